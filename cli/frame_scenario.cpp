#include "cli/frame.h"
#include "cli/simulate.h"
#include "cli/stream_picture.h"
#include "cli/verbs.h"
#include "sim/trace/stream_rows.h"

#include "picture/stream_figure.h"
#include "picture/svg.h"

#include <fstream>

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

}  // namespace

int frameScenario(const StreamRequest& request, std::ostream& out, std::ostream& err) {
    const auto complain = [&err](const std::string& what, int code) {
        err << "tcplab: " << what << '\n';
        return code;
    };
    if (request.format == Format::Csv)
        return complain("the rows of a scenario are no table: use --format json, jsonl or table",
                        exit_code::kUsage);
    const auto scenario = findScenario(request.scenario, request.settings);
    if (!scenario) return complain(scenario.error().what, exitCodeOf(scenario.error()));
    const PerSide<StreamRows> rows =
        request.udp ? datagramRows(*scenario, request.seed) : streamRows(*scenario, request.seed);
    print(request, *scenario, rows, out);
    out.flush();
    if (!out) return complain("standard output could not be written", exit_code::kFile);
    if (request.path.empty()) return exit_code::kDone;

    constexpr double kWidth = 960;
    const Side drawn =
        request.from.value_or(rows[Side::Client].sends.empty() ? Side::Server : Side::Client);
    std::ofstream file{request.path, std::ios::binary};
    file << picture::toSvg(picture::streamFigure(rows[drawn], kWidth, request.language),
                           picture::Theme::Light,
                           request.language);
    file.close();
    if (!file) return complain(request.path + ": could not be written", exit_code::kFile);
    return exit_code::kDone;
}

}  // namespace tcplab::cli
