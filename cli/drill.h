#pragma once

#include "sim/base/text.h"
#include "sim/drill/lexer.h"
#include "sim/tcp/config.h"

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// What `tcplab drill` is asked for.
struct DrillRequest {
    std::vector<std::string> paths{};       ///< Scripts, and folders that are walked.
    std::optional<tcp::Profile> profile{};  ///< Empty: by the sysctls of each script.
    drill::Definitions definitions{};       ///< Besides those of the profile.
    bool verbose = false;                   ///< The ladder of a script that fails.
    Language language = Language::English;
    bool colour = false;
};

/// Runs packetdrill scripts and prints a line for each; the exit code.
int drill(const DrillRequest& request, std::ostream& out, std::ostream& err);

}  // namespace tcplab::cli
