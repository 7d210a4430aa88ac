#pragma once

#include "cli/rows.h"

#include <optional>
#include <ostream>
#include <string>

namespace tcplab::cli {

/// What `tcplab check` is asked for.
struct CheckRequest {
    std::string file{};              ///< A capture.
    std::string rules{};             ///< A rules file.
    bool write = false;              ///< Write the rules rather than check them.
    std::string junit{};             ///< A file for the results in JUnit's XML; empty: none.
    std::optional<Format> format{};  ///< Empty: for people.
};

/// Checks the rules and prints on `out` those that do not hold; with a format, a row a rule. The
/// exit code.
[[nodiscard]] int check(const CheckRequest& request, std::ostream& out, std::ostream& err);

}  // namespace tcplab::cli
