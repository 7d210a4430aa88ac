#pragma once

#include "cli/draw.h"
#include "sim/drill/write_script.h"

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// Writes a packetdrill script, and says on `err` what came of it when the model ran it. The exit
/// code.
[[nodiscard]] int exportScript(const Trace& trace,
                               const drill::ScriptSubject& subject,
                               const DrawOptions& options,
                               std::ostream& err);

/// Writes the flow with this number, or the only one, of the one file as a test: a packetdrill
/// script, or a source for GoogleTest or pytest. The exit code.
[[nodiscard]] int exportTest(const std::vector<std::string>& files,
                             std::optional<ConnectionId> flow,
                             const DrawOptions& options,
                             std::ostream& err);

}  // namespace tcplab::cli
