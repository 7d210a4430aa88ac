#pragma once

#include "cli/ladder.h"
#include "sim/base/text.h"
#include "sim/drill/runner.h"
#include "sim/tcp/config.h"
#include "sim/trace/trace.h"

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

/// The ladders of a script that was run, up to its failure, and there what was expected beside what
/// came.
void printScript(const Trace& trace,
                 const drill::Verdict& verdict,
                 const LadderStyle& style,
                 std::ostream& out);

/// Runs packetdrill scripts and prints a line for each; the exit code.
int drill(const DrillRequest& request, std::ostream& out, std::ostream& err);

}  // namespace tcplab::cli
