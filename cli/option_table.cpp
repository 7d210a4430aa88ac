#include "cli/option_table.h"

#include "cli/words.h"
#include "sim/base/check.h"
#include "sim/net/scenario.h"

#include <string_view>

namespace tcplab::cli {
namespace {

std::vector<std::string> choicesOf(CLI::Option& option) {
    if (option.get_name() == "SCENARIO") {
        std::vector<std::string> names;
        for (const net::Scenario& scenario : net::builtInScenarios())
            names.push_back(scenario.name);
        return names;
    }
    for (int i = 0;; ++i) {
        try {
            std::vector<std::string> words = wordsOf(*option.get_validator(i));
            if (!words.empty()) return words;
        } catch (const CLI::OptionNotFound&) {
            return {};  // CLI11 tells of its last validator in no other way.
        }
    }
}

OptionEntry entryOf(CLI::Option& option) {
    OptionEntry entry{.help = option.get_description(), .required = option.get_required()};
    for (const std::string& name : option.get_snames()) entry.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) entry.names.push_back("--" + name);
    const int most = option.get_items_expected_max();
    if (most > 0) entry.value = entry.names.empty() ? option.get_name(true) : "VALUE";
    entry.repeats = most > 1;
    entry.words = choicesOf(option);
    return entry;
}

}  // namespace

std::vector<VerbEntry> optionTable(CLI::App& app) {
    std::vector<VerbEntry> verbs;
    for (CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
        VerbEntry& entry = verbs.emplace_back();
        entry.name = verb->get_name();
        entry.help = verb->get_description();
        for (CLI::Option* option : verb->get_options([](const CLI::Option*) { return true; }))
            entry.options.push_back(entryOf(*option));
    }
    return verbs;
}

std::string describedFor(const std::string& reader, CLI::App& app) {
    const std::vector<VerbEntry> verbs = optionTable(app);
    if (reader == "man") return manualPage(verbs);
    if (reader == "bash") return bashCompletion(verbs);
    if (reader == "zsh") return zshCompletion(verbs);
    TCPLAB_CHECK(reader == "fish");
    return fishCompletion(verbs);
}

}  // namespace tcplab::cli
