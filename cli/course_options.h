#pragma once

#include "sim/base/text.h"
#include "sim/net/scenario.h"
#include "sim/trace/simulate.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tcplab::cli {

/// The errors of a parser as those of an option.
template <class Parse>
[[nodiscard]] CLI::Validator validBy(Parse parse) {
    return CLI::Validator{[parse](const std::string& word) {
                              const auto parsed = parse(word);
                              return parsed ? std::string{} : parsed.error().what;
                          },
                          ""};
}

/// What the command line says of how a scenario is played.
struct CourseWords {
    std::uint64_t seed = Course{}.seed;
    std::vector<std::string> settings{};
    std::vector<std::string> forks{};
};

/// Adds --seed, --set and --fork, each with `suffix` after its name. `words` outlives the parsing.
void addCourseOptions(CLI::App& verb, CourseWords& words, const std::string& suffix);

// Of words that were found to be right.
[[nodiscard]] std::vector<net::Setting> settingsOf(const CourseWords& words);
[[nodiscard]] Course courseOf(const CourseWords& words);

/// The language of this name, "en" or "zh_CN"; empty: that of the user's locale.
[[nodiscard]] Language languageNamed(const std::string& name);

}  // namespace tcplab::cli
