#include "cli/frame.h"
#include "cli/simulate.h"
#include "cli/stream_picture.h"
#include "cli/text_file.h"
#include "cli/verbs.h"
#include "sim/trace/stream_rows.h"

#include "picture/stream_figure.h"
#include "picture/svg.h"

#include <algorithm>

namespace tcplab::cli {
namespace {

constexpr std::size_t kAxisWidth = 84;

bool isShown(const StreamRequest& request, const StreamRows& rows) {
    return (!request.from || *request.from == rows.from) && !rows.sends.empty();
}

void print(const StreamRequest& request,
           const net::Scenario& scenario,
           const PerSide<StreamRows>& rows,
           std::ostream& out) {
    const bool list = request.format == Format::Json;
    std::string before = list ? "[" : "";
    if (request.format == Format::Table) out << scenario.title.in(request.language) << "\n\n";
    for (const Side side : kSides) {
        if (!isShown(request, rows[side])) continue;
        if (request.format == Format::Table) {
            printStreamRows(rows[side], request.language, request.colour, kAxisWidth, out);
            out << '\n';
            continue;
        }
        out << before << jsonOf(rows[side], request.language) << (list ? "" : "\n");
        before = list ? ",\n" : "";
    }
    if (list) out << (before == "[" ? "[]" : "]") << '\n';
    if (request.format == Format::Table) out << scenario.notes.in(request.language);
}

/// Whether a program waits for a state of TCP.
bool waitsForAState(const net::Scenario& scenario) {
    return std::ranges::any_of(kSides, [&](Side side) {
        return std::ranges::any_of(scenario.hosts[side].program,
                                   [](const net::Call& call) { return call.after.has_value(); });
    });
}

}  // namespace

int frameScenario(const StreamRequest& request, std::ostream& out, std::ostream& err) {
    if (request.format == Format::Csv)
        return complain(err,
                        "the rows of a scenario are no table: use --format json, jsonl or table",
                        exit_code::kUsage);
    const auto scenario = findScenario(request.scenario, request.settings);
    if (!scenario) return complain(err, scenario.error());
    if (request.udp && waitsForAState(*scenario))
        return complain(err,
                        request.scenario + ": waits for a state, and UDP has none (`after`)",
                        exit_code::kUsage);
    const PerSide<StreamRows> rows =
        request.udp ? datagramRows(*scenario, request.seed) : streamRows(*scenario, request.seed);
    print(request, *scenario, rows, out);
    if (request.path.empty()) return exit_code::kDone;

    constexpr double kWidth = 960;
    const Side drawn =
        request.from.value_or(rows[Side::Client].sends.empty() ? Side::Server : Side::Client);
    const std::string svg =
        picture::toSvg(picture::streamFigure(rows[drawn], kWidth, request.language),
                       picture::Theme::Light,
                       request.language);
    const auto failed = writeText(request.path, svg);
    return failed ? complain(err, *failed) : exit_code::kDone;
}

}  // namespace tcplab::cli
