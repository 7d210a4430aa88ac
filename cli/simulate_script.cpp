// A packetdrill script as a run to look at: who wants it judged, takes `tcplab drill`.

#include "capture/tap_file.h"
#include "cli/drill.h"
#include "cli/ending.h"
#include "cli/event_rows.h"
#include "cli/ladder.h"
#include "cli/simulate.h"
#include "cli/text_file.h"
#include "sim/drill/play.h"

namespace tcplab::cli {
namespace {

void printPlayed(const drill::Played& played, const SimulateRequest& request, std::ostream& out) {
    const LadderStyle style{request.notation, request.language, request.colour};
    out << played.about.title.in(request.language) << '\n'
        << played.about.notes.in(request.language) << '\n';
    printScript(played.trace, played.verdict, style, out);
    for (const Connection& connection : played.trace.connections()) {
        out << '\n';
        printReasons(played.trace, connection.id, style, out);
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
    const auto played = drill::play(*text, path);
    if (!played) return complain(err, played.error());
    const Trace& trace = played->trace;
    if (request.drawing.exported == Export::Packetdrill)
        return complain(err, path + ": is a packetdrill script already", exit_code::kUsage);
    if (request.drawing.wanted()) {
        if (trace.connections().empty()) return complain(err, path + ": has no connection to draw");
        const net::Scenario& scenario = played->about;
        const PageAbout about{.title = {scenario.title.en, scenario.title.zh},
                              .notes = {scenario.notes.en, scenario.notes.zh}};
        if (const auto failed = writeDrawing(trace, 0, about, request.drawing))
            return complain(err, *failed);
    } else if (request.format) {
        printEvents(trace, *request.format, request.colour, out);
    } else {
        printPlayed(*played, request, out);
    }
    if (!request.write.empty())
        if (const auto failed = capture::writeTap(trace, request.tap, request.write))
            return complain(err, *failed);
    if (played->verdict.kind == drill::Verdict::Kind::Passed) return exit_code::kDone;
    const net::Bilingual outcome = drill::toText(played->verdict);
    return complain(
        err, path + ": " + std::string{outcome.in(request.language)}, exit_code::kDoesNotHold);
}

}  // namespace tcplab::cli
