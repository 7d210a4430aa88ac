#pragma once

#include "sim/net/scenario.h"
#include "sim/trace/simulate.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tcplab::cli {

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

}  // namespace tcplab::cli
