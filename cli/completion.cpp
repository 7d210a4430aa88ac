#include "cli/option_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

namespace tcplab::cli {
namespace {

/// `text` with `escape` before each of `special`.
std::string escaped(std::string_view text, std::string_view special, std::string_view escape) {
    std::string out;
    for (const char c : text) {
        if (special.find(c) != special.npos) out += escape;
        out += c;
    }
    return out;
}

/// In single quotes for bash and zsh, in which a quote must be closed to write one.
std::string inQuotes(std::string_view text) {
    return "'" + escaped(text, "'", "'\\'") + "'";
}

std::vector<std::string> namesOf(const std::vector<VerbEntry>& verbs) {
    std::vector<std::string> names;
    for (const VerbEntry& verb : verbs) names.push_back(verb.name);
    return names;
}

}  // namespace

std::string bashCompletion(const std::vector<VerbEntry>& verbs) {
    std::string cases;
    for (const VerbEntry& verb : verbs) {
        std::vector<std::string> options;
        std::string words;
        for (const OptionEntry& option : verb.options) {
            options.insert(options.end(), option.names.begin(), option.names.end());
            const std::string values = fmt::format("{}", fmt::join(option.words, " "));
            if (option.names.empty()) words += (words.empty() ? "" : " ") + values;
            if (option.names.empty() || option.value.empty()) continue;
            for (const std::string& name : option.names)
                cases += fmt::format("        {}/{}/*) words='{}' ;;\n", verb.name, name, values);
        }
        cases +=
            fmt::format("        {}/*/-*) words='{}' ;;\n", verb.name, fmt::join(options, " "));
        cases += fmt::format("        {}/*) words='{}' ;;\n", verb.name, words);
    }
    return fmt::format(R"(# bash completion for tcplab, made by the program itself

_tcplab() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} verb words=
    verb=${{COMP_WORDS[1]}}
    ((COMP_CWORD == 1)) && verb=
    case $verb/$before/$word in
        //*|/*) words='{} --help --version' ;;
{}    esac
    COMPREPLY=($(compgen -W "$words" -- "$word"))
}}
complete -o bashdefault -o default -F _tcplab tcplab
)",
                       fmt::join(namesOf(verbs), " "),
                       cases);
}

std::string zshCompletion(const std::vector<VerbEntry>& verbs) {
    const auto help = [](const std::string& text) { return escaped(text, "[]:\\", "\\"); };
    std::string names;
    std::string cases;
    for (const VerbEntry& verb : verbs) {
        names += " " + inQuotes(verb.name + ":" + help(verb.help));
        cases += fmt::format("        {}) _arguments", verb.name);
        for (const OptionEntry& option : verb.options) {
            const std::string values =
                option.words.empty() ? "_files" : fmt::format("({})", fmt::join(option.words, " "));
            const std::string action =
                option.value.empty() ? "" : fmt::format(":{}:{}", option.value, values);
            for (const std::string& name : option.names)
                cases += " " + inQuotes((option.repeats ? "*" : "") + name + "[" +
                                        help(option.help) + "]" + action);
            if (option.names.empty()) cases += " " + inQuotes((option.repeats ? "*" : "") + action);
        }
        cases += " ;;\n";
    }
    return fmt::format(R"(#compdef tcplab
# zsh completion for tcplab, made by the program itself

_tcplab() {{
    local -a verbs=({} )
    if ((CURRENT == 2)); then
        _describe verb verbs
        return
    fi
    local verb=$words[2]
    shift words
    ((CURRENT--))
    case $verb in
{}    esac
}}
_tcplab "$@"
)",
                       names,
                       cases);
}

std::string fishCompletion(const std::vector<VerbEntry>& verbs) {
    const auto help = [](const std::string& text) { return escaped(text, "'\\", "\\"); };
    std::string text = "# fish completion for tcplab, made by the program itself\n";
    for (const VerbEntry& verb : verbs) {
        text += fmt::format("complete -c tcplab -n __fish_use_subcommand -a {} -d '{}'\n",
                            verb.name,
                            help(verb.help));
        for (const OptionEntry& option : verb.options) {
            std::string line =
                fmt::format("complete -c tcplab -n '__fish_seen_subcommand_from {}'", verb.name);
            for (const std::string& name : option.names)
                line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            if (!option.words.empty())
                line += fmt::format(
                    " {} -a '{}'", option.names.empty() ? "" : "-x", fmt::join(option.words, " "));
            else if (!option.value.empty())
                line += " -r";
            if (option.names.empty() && option.words.empty()) continue;
            text += line + fmt::format(" -d '{}'\n", help(option.help));
        }
    }
    return text;
}

}  // namespace tcplab::cli
