#pragma once

#include "cli/rows.h"
#include "sim/base/text.h"
#include "sim/framing/framing.h"
#include "sim/trace/record.h"

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// What `tcplab analyze --messages` is asked for.
struct MessagesRequest {
    std::vector<std::string> files{};           ///< "-" is standard input.
    std::optional<framing::Framing> framing{};  ///< Empty: to be inferred.
    std::optional<ConnectionId> flow{};         ///< Only this one.
    std::string filter{};                       ///< Only packets that pass it.
    Format format = Format::Table;
    bool colour = false;
    Language language = Language::English;
};

/// Prints the messages of each direction of each flow on `out`, in the order in which they were
/// complete, remarks on `err`. Memory grows with the flows that are open and the size of a message,
/// not with the packets; table and JSON hold their rows. To infer, a file is read twice. The exit
/// code.
[[nodiscard]] int printMessages(const MessagesRequest& request,
                                std::ostream& out,
                                std::ostream& err);

}  // namespace tcplab::cli
