#include "cli/words.h"

#include "sim/base/nearest.h"
#include "sim/base/parse_duration.h"
#include "sim/base/words.h"
#include "sim/framing/parse_framing.h"
#include "sim/tcp/state.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cstdlib>
#include <utility>

namespace tcplab::cli {
namespace {

// The subcommand that was given, else the program itself.
const CLI::App& verbOf(const CLI::App& app) {
    const auto given = app.get_subcommands();
    return given.empty() ? app : *given.front();
}

std::vector<std::string> optionNames(const CLI::App& verb) {
    std::vector<std::string> names;
    for (const CLI::Option* option : verb.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

std::vector<std::string> verbNames(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(verb->get_name());
    }
    return names;
}

// What is wrong, in a sentence.
std::string mistakeIn(const CLI::App& app, const CLI::ParseError& error) {
    const std::vector<std::string> extras = app.remaining(true);
    if (extras.empty() && app.get_subcommands().empty() && error.get_name() == "RequiredError")
        return fmt::format("say what to do: {}", fmt::join(verbNames(app), " or "));
    if (extras.empty()) return error.what();
    const std::string& word = extras.front();
    const CLI::App& verb = verbOf(app);
    const bool isOption = word.starts_with('-');
    if (!isOption && &verb != &app) return error.what();
    const auto names = isOption ? optionNames(verb) : verbNames(app);
    const std::vector<std::string_view> known{names.begin(), names.end()};
    return unknownWord(word.substr(0, word.find('=')), known);
}

}  // namespace

CLI::Validator oneOf(std::vector<std::string_view> known) {
    std::string name = fmt::format("{}", fmt::join(known, " "));
    const auto check = [known = std::move(known)](const std::string& word) {
        return std::ranges::find(known, word) == known.end() ? unknownWord(word, known) : "";
    };
    return CLI::Validator{check, "", std::move(name)};
}

std::vector<std::string> wordsOf(const CLI::Validator& check) {
    const std::string& name = check.get_name();
    std::string_view rest = name;
    std::vector<std::string> words;
    for (auto word = takeWord(rest); !word.empty(); word = takeWord(rest)) words.emplace_back(word);
    return words;
}

CLI::Validator wholeNumber(std::uint64_t least, std::uint64_t most) {
    // CLI11 would read octal, hexadecimal and negative numbers too, and take what is too large.
    const auto check = [least, most](std::string& word) -> std::string {
        std::uint64_t number = 0;
        const char* end = word.data() + word.size();
        const auto read = std::from_chars(word.data(), end, number);
        if (read.ec != std::errc{} || read.ptr != end || number < least || number > most)
            return fmt::format("'{}' is no whole number from {} to {}", word, least, most);
        word = std::to_string(number);
        return {};
    };
    return CLI::Validator{check, ""};
}

CLI::Validator validTime() {
    const auto check = [](const std::string& word) -> std::string {
        if (parseDuration(word)) return {};
        return fmt::format("'{}' is no time; write a number and us, ms, s or min, as in 1.5s",
                           word);
    };
    return CLI::Validator{check, ""};
}

CLI::Validator validFraming() {
    return CLI::Validator{[](const std::string& text) -> std::string {
                              if (text == "auto") return {};
                              const auto framing = framing::parseFraming(text);
                              return framing ? std::string{} : framing.error().what;
                          },
                          ""};
}

std::vector<std::string_view> stateNames() {
    std::vector<std::string_view> names;
    names.reserve(tcp::kStates.size());
    for (const tcp::State state : tcp::kStates) names.push_back(tcp::toString(state));
    return names;
}

std::vector<std::string_view> notationNames() {
    std::vector<std::string_view> names;
    for (const Notation notation : kNotations) names.push_back(toString(notation));
    return names;
}

Notation notationNamed(std::string_view name) {
    const auto found = std::ranges::find_if(
        kNotations, [name](Notation notation) { return toString(notation) == name; });
    TCPLAB_CHECK(found != kNotations.end());
    return *found;
}

std::string_view sideName(Side side, Language language) {
    constexpr PerSide<Text> kNames{{Text{"client", "客户端"}, Text{"server", "服务器"}}};
    return kNames[side].in(language);
}

Language languageNamed(std::string_view name) {
    if (!name.empty()) return name == "zh_CN" ? Language::Chinese : Language::English;
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(variable);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view{value}.starts_with("zh") ? Language::Chinese : Language::English;
    }
    return Language::English;
}

std::string explain(const CLI::App& app, const CLI::ParseError& error) {
    const CLI::App& verb = verbOf(app);
    return fmt::format("{}\nSee tcplab {}--help.",
                       mistakeIn(app, error),
                       &verb == &app ? "" : verb.get_name() + " ");
}

}  // namespace tcplab::cli
