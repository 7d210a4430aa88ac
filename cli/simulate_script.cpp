// A packetdrill script as a run to look at: who wants it judged, takes `tcplab drill`.

#include "capture/tap_file.h"
#include "cli/ending.h"
#include "cli/event_rows.h"
#include "cli/ladder.h"
#include "cli/simulate.h"
#include "cli/text_file.h"
#include "sim/drill/parse_script.h"
#include "sim/drill/runner.h"

#include <fmt/format.h>

namespace tcplab::cli {
namespace {

void printConnections(const Trace& trace, const SimulateRequest& request, std::ostream& out) {
    const LadderStyle style{request.notation, request.language, request.colour};
    for (const Connection& connection : trace.connections()) {
        if (connection.id > 0) out << '\n';
        printLadder(trace, connection.id, style, out);
        out << '\n';
        printReasons(trace, connection.id, style, out);
    }
}

bool asksForMoreThanAScriptHas(const SimulateRequest& request) {
    return request.step || request.stopAt || request.until || !request.settings.empty() ||
           request.course != Course{};
}

}  // namespace

int simulateScript(const SimulateRequest& request, std::ostream& out, std::ostream& err) {
    const std::string& path = request.scenario;
    if (asksForMoreThanAScriptHas(request))
        return complain(err,
                        path +
                            ": --step, --break, --until, --set, --seed and --fork are for "
                            "scenarios, and this is a script",
                        exit_code::kUsage);
    const auto text = readText(path);
    if (!text) return complain(err, text.error());
    const tcp::Profile profile = drill::profileOf(*text);
    const auto script = drill::parseScript(*text, drill::definitionsOf(profile));
    if (!script) {
        const auto& [place, what] = script.error();
        return complain(err, fmt::format("{}:{}:{}: {}", path, place.line, place.column, what));
    }
    Trace trace{Origin::Simulated};
    const drill::Verdict verdict = drill::run(*script, profile, &trace);
    const bool isEmpty = trace.connections().empty();
    if (request.drawing.wanted()) {
        if (isEmpty) return complain(err, path + ": has no connection to draw");
        const PageAbout about{.title = {path, path}};
        if (const auto failed = writeDrawing(trace, 0, about, request.drawing))
            return complain(err, *failed);
    } else if (request.format) {
        printEvents(trace, *request.format, request.colour, out);
    } else {
        printConnections(trace, request, out);
    }
    if (!request.write.empty())
        if (const auto failed = capture::writeTap(trace, request.tap, request.write))
            return complain(err, *failed);
    if (verdict.kind == drill::Verdict::Kind::Passed) return exit_code::kDone;
    return complain(err,
                    fmt::format("{}:{}: goes on otherwise than the script says; tcplab drill {} "
                                "says how",
                                path,
                                verdict.place.line,
                                path),
                    exit_code::kDoesNotHold);
}

}  // namespace tcplab::cli
