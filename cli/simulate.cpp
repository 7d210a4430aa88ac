#include "cli/simulate.h"

#include "capture/tap_file.h"
#include "cli/figures.h"
#include "cli/ladder.h"
#include "cli/stepper.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "sim/base/overloaded.h"
#include "sim/base/parse_duration.h"
#include "sim/trace/expectation.h"
#include "sim/trace/label.h"
#include "sim/trace/simulate.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <utility>

namespace tcplab::cli {
namespace {

/// What an entry says, in the columns of kEventColumns from `what` on.
struct Event {
    std::string what{};
    Cell from{};
    Cell to{};
    Cell packet{};
    Cell call{};
    Cell text{};
    Cell result{};
    Cell timer{};
    Cell due{};
    Cell variable{};
    Cell before{};
    Cell after{};
};

const std::vector<Column> kEventColumns{
    {"time"},
    {"", "Seconds"},
    {"host", "Host"},
    {"connection"},
    {"what", "What"},
    {"from", "From"},
    {"to", "To"},
    {"packet", "Packet"},
    {.key = "call", .optional = true},
    {.key = "text", .heading = "Text", .optional = true},
    {.key = "result", .heading = "Result", .optional = true},
    {.key = "timer", .heading = "Timer", .optional = true},
    {.key = "due", .optional = true},
    {.key = "variable", .heading = "Variable", .optional = true},
    {.key = "before", .heading = "Before", .optional = true},
    {.key = "after", .heading = "After", .optional = true},
    {"clause", "Clause"},
};

Cell number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

Event eventOf(const Trace& trace, const Happening& happening) {
    const auto aboutPacket = [](std::string what, PacketId packet) {
        return Event{.what = std::move(what), .packet = number(packet)};
    };
    const auto aboutTimer = [](std::string what, std::string_view timer) {
        return Event{.what = std::move(what), .timer = std::string{timer}};
    };
    return std::visit(
        Overloaded{
            [&](const Sent& sent) {
                Event event = aboutPacket("sent", sent.packet);
                event.text = labelOf(*trace.find(sent.packet));
                return event;
            },
            [&](const Arrived& arrived) { return aboutPacket("arrived", arrived.packet); },
            [&](const Lost& lost) { return aboutPacket("lost", lost.packet); },
            [&](const Discarded& it) { return aboutPacket("discarded", it.packet); },
            [](const Entered& entered) {
                return Event{.what = "entered",
                             .from = std::string{tcp::toString(entered.from)},
                             .to = std::string{tcp::toString(entered.to)}};
            },
            [](const Called& called) {
                return Event{.what = "called", .call = number(called.call), .text = called.text};
            },
            [](const Returned& returned) {
                return Event{.what = "returned",
                             .call = number(returned.call),
                             .text = returned.text,
                             .result = returned.result};
            },
            [&](const Armed& armed) {
                Event event = aboutTimer("armed", armed.timer);
                event.due = Literal{seconds(armed.due)};
                return event;
            },
            [&](const Disarmed& disarmed) { return aboutTimer("disarmed", disarmed.timer); },
            [&](const Fired& fired) { return aboutTimer("fired", fired.timer); },
            [](const VariableChanged& changed) {
                return Event{.what = "changed",
                             .variable = std::string{changed.name},
                             .before = number(changed.before),
                             .after = number(changed.after)};
            },
        },
        happening);
}

void printEvents(const Trace& trace, Format format, bool colour, std::ostream& out) {
    RowPrinter rows{out, format, kEventColumns, colour};
    for (const Entry& entry : trace.entries()) {
        Event event = eventOf(trace, entry.what);
        if (std::holds_alternative<std::monostate>(event.packet) && entry.cause)
            event.packet = number(*entry.cause);
        const std::string clause = entry.why.citation();
        rows.row({Literal{seconds(entry.at)},
                  Literal{shortSeconds(entry.at.time_since_epoch())},
                  std::string{toString(entry.side)},
                  number(entry.connection),
                  event.what,
                  event.from,
                  event.to,
                  event.packet,
                  event.call,
                  event.text,
                  event.result,
                  event.timer,
                  event.due,
                  event.variable,
                  event.before,
                  event.after,
                  clause.empty() ? Cell{} : Cell{clause}});
    }
    rows.finish();
}

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

Expected<net::Scenario, Error> readScenario(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return Unexpected{Error{Error::Code::NotReadable, path + ": is a directory"}};
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        const auto code = errno == ENOENT ? Error::Code::NotFound : Error::Code::NotReadable;
        return Unexpected{Error{code, path + ": " + std::strerror(errno)}};
    }
    const std::string toml{std::istreambuf_iterator<char>{file}, {}};
    return net::parseScenario(toml, path);
}

/// The language of the user's locale.
Language languageWanted() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view{value}.starts_with("zh") ? Language::Chinese : Language::English;
    }
    return Language::English;
}

bool isPath(const std::string& nameOrPath) {
    return nameOrPath.ends_with(".toml") || nameOrPath.find('/') != std::string::npos;
}

}  // namespace

Expected<net::Scenario, Error> findScenario(const std::string& nameOrPath) {
    return isPath(nameOrPath) ? readScenario(nameOrPath) : net::scenarioNamed(nameOrPath);
}

int simulate(const SimulateRequest& request, std::ostream& out, std::ostream& err) {
    const auto complain = [&err](const std::string& what, int code) {
        err << "tcplab: " << what << '\n';
        return code;
    };
    if (request.list) {
        printList(request, out);
        return exit_code::kDone;
    }
    auto scenario = findScenario(request.scenario);
    if (!scenario) {
        const bool aName = !isPath(request.scenario);
        return complain(scenario.error().what, aName ? exit_code::kUsage : exit_code::kFile);
    }
    if (request.until) scenario->until = request.until;

    if (request.step) {
        Stepper{*scenario, request.seed, request.language, request.notation}.run(std::cin, out);
        return exit_code::kDone;
    }
    const Trace trace = tcplab::simulate(*scenario, request.seed);
    if (request.format)
        printEvents(trace, *request.format, request.colour, out);
    else
        printStory(*scenario, trace, request, out);
    out.flush();
    if (!out) return complain("standard output could not be written", exit_code::kFile);
    if (!request.write.empty()) {
        if (const auto failed = capture::writeTap(trace, request.tap, request.write))
            return complain(failed->what, exit_code::kFile);
    }
    const bool whole = !request.until;  // What is cut short need not have come to its end.
    int code = exit_code::kDone;
    for (const std::string& unmet :
         whole ? unmetExpectations(*scenario, trace) : std::vector<std::string>{})
        code = complain(unmet, exit_code::kDoesNotHold);
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

CLI::Validator validTime() {
    return CLI::Validator{[](const std::string& word) -> std::string {
                              if (parseDuration(word)) return {};
                              return "'" + word + "' is no time; write a number and us, ms, s or " +
                                     "min, as in 1.5s";
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
    };
    const auto words = std::make_shared<Words>();
    CLI::App* verb = app.add_subcommand("simulate", "Play a scenario and show it as a ladder");
    CLI::Option* scenario = verb->add_option(
        "SCENARIO", words->request.scenario, "A built-in's name (see --list) or a .toml file");
    verb->add_flag("--list", words->request.list, "The built-in scenarios")->excludes(scenario);
    CLI::Option* format =
        verb->add_option("--format", words->format, "Every event as table, json, jsonl or csv")
            ->check(oneOf(formatNames()));
    verb->add_flag(
            "--step", words->request.step, "Step through it at a prompt: forward, back, jump")
        ->excludes(format);
    verb->add_option("--seed", words->request.seed, "What the dice start from; 1 if not given");
    verb->add_option("--until", words->until, "Stop at this time of the run: 500ms, 2s, 1min")
        ->check(validTime());
    verb->add_option("-w", words->request.write, "Write the packets to this pcapng file");
    verb->add_option("--tap", words->tap, "Where they are recorded: client, server, or 0 to 1")
        ->check(validTap());
    verb->add_option("--language", words->language, "en or zh_CN; else that of the locale")
        ->check(oneOf({"en", "zh_CN"}));
    verb->add_option("--notation", words->notation, "Of packets: tcpdump, names or textbook")
        ->check(oneOf(notationNames()));
    verb->callback([words, scenario, &exitCode] {
        SimulateRequest& request = words->request;
        if (scenario->count() == 0 && !request.list)
            throw CLI::RequiredError("SCENARIO, or --list,");
        request.format = formatNamed(words->format);
        request.notation = notationNamed(words->notation);
        request.tap = tapNamed(words->tap);
        if (const auto until = parseDuration(words->until)) request.until = Instant{*until};
        request.language = words->language.empty()      ? languageWanted()
                           : words->language == "zh_CN" ? Language::Chinese
                                                        : Language::English;
        request.colour = colourWanted();
        exitCode = simulate(request, std::cout, std::cerr);
    });
}

}  // namespace tcplab::cli
