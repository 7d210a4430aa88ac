#include "cli/diff.h"

#include "cli/capture_diff.h"
#include "cli/course_options.h"
#include "cli/run_diff.h"
#include "cli/simulate.h"
#include "cli/verbs.h"
#include "cli/words.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace tcplab::cli {
namespace {

/// A name with neither a folder nor an ending that is no file is meant as a scenario's.
bool isScenario(const std::string& name) {
    if (name.ends_with(".toml")) return true;
    std::error_code ignored;
    const bool bare = name.find_first_of("/.") == std::string::npos;
    return bare && name != "-" && !std::filesystem::exists(name, ignored);
}

Expected<Trace, Error> played(const DiffOperand& operand) {
    const auto scenario = findScenario(operand.name, operand.settings);
    if (!scenario) return Unexpected{scenario.error()};
    return tcplab::simulate(*scenario, operand.course);
}

/// What the operand is called beside another of the same name.
std::string nameOf(const DiffOperand& operand) {
    std::string name = operand.name;
    if (operand.course.seed != Course{}.seed)
        name += " --seed " + std::to_string(operand.course.seed);
    for (const net::Setting& setting : operand.settings)
        name += " " + setting.key + "=" + setting.value;
    for (const Fork& fork : operand.course.forks) name += ", " + toString(fork);
    return name;
}

int diffRuns(const DiffRequest& request, std::ostream& out, std::ostream& err) {
    const auto a = played(request.a);
    const auto b = played(request.b);
    for (const auto* run : {&a, &b}) {
        if (!*run) return complain(err, run->error());
    }
    const LadderStyle style{request.notation, request.language, request.colour};
    if (request.format)
        printRunDiffRows(*a, *b, *request.format, out);
    else
        printRunDiff({*a, nameOf(request.a)}, {*b, nameOf(request.b)}, style, out);
    return tcplab::diff(*a, *b).same() ? exit_code::kDone : exit_code::kDoesNotHold;
}

int diffCaptures(const DiffRequest& request, std::ostream& out, std::ostream& err) {
    const auto a = capture::load(request.a.name);
    const auto b = capture::load(request.b.name);
    int code = exit_code::kDone;
    for (const auto* loaded : {&a, &b}) {
        const bool whole = *loaded && !(*loaded)->summary.stopped;
        if (whole) continue;
        code = complain(err, *loaded ? *(*loaded)->summary.stopped : loaded->error());
    }
    if (!a || !b) return code;
    const capture::CaptureDiff found = capture::diff(*a, *b);
    const LadderStyle style{request.notation, request.language, request.colour};
    if (request.format)
        printCaptureDiffRows(*a, *b, found, *request.format, out);
    else
        printCaptureDiff(*a, *b, found, style, out);
    return code != exit_code::kDone || found.same() ? code : exit_code::kDoesNotHold;
}

bool isPlain(const DiffOperand& operand) {
    return operand.settings.empty() && operand.course == Course{};
}

}  // namespace

int diff(const DiffRequest& request, std::ostream& out, std::ostream& err) {
    const bool runs = isScenario(request.a.name);
    if (runs != isScenario(request.b.name)) {
        return complain(err,
                        request.a.name + " and " + request.b.name +
                            ": one is a scenario and the other a capture; compare two of a kind",
                        exit_code::kUsage);
    }
    if (!runs && !(isPlain(request.a) && isPlain(request.b))) {
        return complain(err,
                        "--seed, --set and --fork are for scenarios, and these are captures",
                        exit_code::kUsage);
    }
    return runs ? diffRuns(request, out, err) : diffCaptures(request, out, err);
}

void addDiff(CLI::App& app, int& exitCode) {
    struct Words {
        DiffRequest request{};
        PerSide<CourseWords> courses{};
        std::string format{};
        std::string language{};
        std::string notation = "tcpdump";
    };
    const auto words = std::make_shared<Words>();
    CLI::App* verb = app.add_subcommand("diff", "Compare two captures, or two simulated runs");
    verb->add_option("A", words->request.a.name, "A capture, or a scenario's name or .toml file")
        ->required();
    CLI::Option* b = verb->add_option(
        "B", words->request.b.name, "Another; else A, played with --set, --fork or --seed");
    addCourseOptions(*verb, words->courses[Side::Server], "");
    addCourseOptions(*verb, words->courses[Side::Client], "-a");
    verb->add_option("--format", words->format, "As table, json, jsonl or csv")
        ->check(oneOf(formatNames()));
    verb->add_option("--language", words->language, "en or zh_CN; else that of the locale")
        ->check(oneOf({"en", "zh_CN"}));
    verb->add_option("--notation", words->notation, "Of packets: tcpdump, names or textbook")
        ->check(oneOf(notationNames()));
    verb->callback([words, b, &exitCode] {
        DiffRequest& request = words->request;
        const auto take = [](const CourseWords& from, DiffOperand& to) {
            to.settings = settingsOf(from);
            to.course = courseOf(from);
        };
        take(words->courses[Side::Client], request.a);
        take(words->courses[Side::Server], request.b);
        if (b->count() == 0) {
            if (isPlain(request.b))
                throw CLI::RequiredError("B, or what is to be different: --set, --fork or --seed,");
            request.b.name = request.a.name;
        }
        request.format = formatNamed(words->format);
        request.notation = notationNamed(words->notation);
        request.language = languageNamed(words->language);
        request.colour = colourWanted();
        exitCode = diff(request, std::cout, std::cerr);
    });
}

}  // namespace tcplab::cli
