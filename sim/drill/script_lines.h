#pragma once

#include "sim/drill/write_script.h"

#include <optional>
#include <string>
#include <vector>

namespace tcplab::drill {

/// The statements of a script that is being made, each a line. Private to sim/drill.
struct ScriptLines {
    std::uint8_t ipVersion = 4;
    std::vector<std::string> all{};
    std::optional<wire::TcpOptions> syn{};  ///< Of the host's own, where it sent one.
};

/// Of a simulated run: the calls are in the record.
[[nodiscard]] Expected<ScriptLines, Error> knownLines(const Trace& trace,
                                                      const ScriptSubject& subject);

/// Of anything else: the calls that explain the packets. A program reads what comes at once, writes
/// up to a PSH in one go, and closes when its FIN is seen.
[[nodiscard]] Expected<ScriptLines, Error> guessedLines(const Trace& trace,
                                                        const ScriptSubject& subject);

}  // namespace tcplab::drill
