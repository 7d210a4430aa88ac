#include "cli/simulate.h"

#include "capture/tap_file.h"
#include "cli/course_options.h"
#include "cli/event_rows.h"
#include "cli/ladder.h"
#include "cli/stepper.h"
#include "cli/test_export.h"
#include "cli/text_file.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "sim/base/parse_duration.h"
#include "sim/trace/expectation.h"
#include "sim/trace/label.h"
#include "sim/trace/simulate.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

namespace tcplab::cli {
namespace {

void printStory(const net::Scenario& scenario,
                const Trace& trace,
                const SimulateRequest& request,
                std::ostream& out) {
    const std::string title{scenario.title.in(request.language)};
    out << (request.colour ? "\x1b[1m" + title + "\x1b[0m" : title) << "\n"
        << scenario.notes.in(request.language) << "\n";
    const LadderStyle style{request.notation, request.language, request.colour};
    printLadder(trace, 0, style, out);
    out << (request.language == Language::Chinese ? "\n状态为何改变\n"
                                                  : "\nWhy the states changed\n");
    printReasons(trace, 0, style, out);
    for (const net::Question& question : scenario.questions)
        out << '\n'
            << question.ask.in(request.language) << '\n'
            << "    " << question.answer.in(request.language) << '\n';
}

void printList(const SimulateRequest& request, std::ostream& out) {
    RowPrinter rows{out,
                    request.format.value_or(Format::Table),
                    {{"name", "Scenario"}, {"title", "Title"}},
                    request.colour};
    for (const net::Scenario& scenario : net::builtInScenarios())
        rows.row({scenario.name, std::string{scenario.title.in(request.language)}});
    rows.finish();
}

Expected<net::Scenario, Error> readScenario(const std::string& path,
                                            std::span<const net::Setting> settings) {
    const auto toml = readText(path);
    if (!toml) return Unexpected{toml.error()};
    return net::parseScenario(*toml, path, settings);
}

bool isScript(const std::string& nameOrPath) {
    return nameOrPath.ends_with(".pkt");
}

bool isPath(const std::string& nameOrPath) {
    return nameOrPath.ends_with(".toml") || isScript(nameOrPath) ||
           nameOrPath.find('/') != std::string::npos;
}

}  // namespace

Expected<net::Scenario, Error> findScenario(const std::string& nameOrPath,
                                            std::span<const net::Setting> settings) {
    if (isPath(nameOrPath)) return readScenario(nameOrPath, settings);
    auto scenario = net::scenarioNamed(nameOrPath, settings);
    if (!scenario && scenario.error().code == Error::Code::NotFound)
        return Unexpected{Error{Error::Code::Usage, scenario.error().what}};
    return scenario;
}

int simulate(const SimulateRequest& request, std::ostream& out, std::ostream& err) {
    if (request.list) {
        printList(request, out);
        return exit_code::kDone;
    }
    for (const std::string& written : {request.write, request.drawing.path})
        if (isPath(request.scenario) && isSameFile(request.scenario, written))
            return complain(err,
                            written + ": is the scenario itself; write to another file",
                            exit_code::kUsage);
    if (isScript(request.scenario)) return simulateScript(request, out, err);
    auto scenario = findScenario(request.scenario, request.settings);
    if (!scenario) return complain(err, scenario.error());
    if (request.until) scenario->until = request.until;

    auto trace = tcplab::simulate(*scenario, request.course);
    if (!trace) return complain(err, trace.error());
    if (request.step) {
        Stepper{*scenario, request.course, request.language, request.notation}.run(std::cin, out);
        return exit_code::kDone;
    }
    int code = exit_code::kDone;
    if (request.stopAt) {
        const std::vector<Moment> stops = stopsOf(*trace, *request.stopAt);
        if (stops.empty())
            code = complain(
                err, "never stops at " + toString(*request.stopAt), exit_code::kDoesNotHold);
        Course stopped = request.course;
        if (!stops.empty()) stopped.steps = stops.front();
        trace = tcplab::simulate(*scenario, stopped);
        TCPLAB_CHECK(trace.has_value());
    }
    if (request.drawing.exported == Export::Packetdrill) {
        const drill::ScriptSubject subject{.title = scenario->title.en,
                                           .host = request.drawing.host,
                                           .plan = &scenario->hosts[request.drawing.host]};
        code = std::max(code, exportScript(*trace, subject, request.drawing, err));
    } else if (request.drawing.wanted()) {
        const PageAbout about{.title = {scenario->title.en, scenario->title.zh},
                              .notes = {scenario->notes.en, scenario->notes.zh}};
        if (const auto failed = writeDrawing(*trace, 0, about, request.drawing))
            return complain(err, *failed);
    } else if (request.format)
        printEvents(*trace, *request.format, request.colour, out);
    else
        printStory(*scenario, *trace, request, out);
    if (!request.write.empty()) {
        if (const auto failed = capture::writeTap(*trace, request.tap, request.write))
            return complain(err, *failed);
    }
    // What is cut short, or led astray, need not come to the end that is expected.
    const bool asWritten = !request.until && !request.stopAt && request.course.forks.empty();
    for (const std::string& unmet :
         asWritten ? unmetExpectations(*scenario, *trace) : std::vector<std::string>{})
        code = complain(err, unmet, exit_code::kDoesNotHold);
    return code;
}

namespace {

CLI::Validator validTap() {
    return CLI::Validator{
        [](const std::string& word) -> std::string {
            if (word == "client" || word == "server") return {};
            double value = 0;
            if (CLI::detail::lexical_cast(word, value) && value >= 0 && value <= 1) return {};
            return "'" + word + "' is no place for a tap; it is client, server, " +
                   "or a number from 0 to 1";
        },
        ""};
}

double tapNamed(const std::string& word) {
    if (word == "client") return 0;
    if (word == "server") return 1;
    double value = 0;
    CLI::detail::lexical_cast(word, value);
    return value;
}

}  // namespace

void addSimulate(CLI::App& app, int& exitCode) {
    struct Words {
        SimulateRequest request{};
        std::string format{};
        std::string tap = "0.5";
        std::string until{};
        std::string language{};
        std::string notation = "tcpdump";
        CourseWords course{};
        std::string stopAt{};
        DrawWords drawing{};
    };
    CLI::App* verb = app.add_subcommand("simulate", "Play a scenario and show it as a ladder");
    const auto words = std::make_shared<Words>();
    CLI::Option* scenario =
        verb->add_option("SCENARIO",
                         words->request.scenario,
                         "A built-in's name (see --list), a .toml file, or a .pkt script");
    verb->add_flag("--list", words->request.list, "The built-in scenarios")->excludes(scenario);
    CLI::Option* format =
        verb->add_option("--format", words->format, "Every event as table, json, jsonl or csv")
            ->check(oneOf(formatNames()));
    verb->add_flag(
            "--step", words->request.step, "Step through it at a prompt: forward, back, jump")
        ->excludes(format);
    addCourseOptions(*verb, words->course, "");
    verb->add_option("--break", words->stopAt, "Stop at a state, an edge, or a packet: 'fin'")
        ->check(validBy(parseBreakPoint))
        ->excludes("--step");
    verb->add_option("--until", words->until, "Stop at this time of the run: 500ms, 2s, 1min")
        ->check(validTime());
    verb->add_option("-w", words->request.write, "Write the packets to this pcapng file");
    verb->add_option("--tap", words->tap, "Where they are recorded: client, server, or 0 to 1")
        ->check(validTap());
    verb->add_option("--language", words->language, "en or zh_CN; else that of the locale")
        ->check(oneOf({"en", "zh_CN"}));
    verb->add_option("--notation", words->notation, "Of packets: tcpdump, names or textbook")
        ->check(oneOf(notationNames()));
    words->drawing.addTo(*verb, false);
    verb->callback([words, scenario, &exitCode] {
        SimulateRequest& request = words->request;
        if (scenario->count() == 0 && !request.list)
            throw CLI::RequiredError("SCENARIO, or --list,");
        request.format = formatNamed(words->format);
        request.notation = notationNamed(words->notation);
        request.tap = tapNamed(words->tap);
        request.settings = settingsOf(words->course);
        request.course = courseOf(words->course);
        if (!words->stopAt.empty()) request.stopAt = *parseBreakPoint(words->stopAt);
        if (const auto until = parseDuration(words->until)) request.until = Instant{*until};
        request.language = languageNamed(words->language);
        request.drawing = words->drawing.chosen(request.language);
        request.colour = colourWanted();
        exitCode = simulate(request, std::cout, std::cerr);
    });
}

}  // namespace tcplab::cli
