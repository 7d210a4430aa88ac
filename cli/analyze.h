#pragma once

#include "cli/rows.h"
#include "sim/tcp/state.h"
#include "sim/trace/label.h"

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// What `tcplab analyze` is asked for.
struct AnalyzeRequest {
    std::vector<std::string> files{};  ///< "-" is standard input.
    /// A row a flow, a row a packet, or the ladder of each flow.
    enum class Shape : std::uint8_t { Flows, Packets, Ladder };
    Shape shape = Shape::Flows;
    Format format = Format::Table;
    bool colour = false;
    Notation notation = Notation::Tcpdump;  ///< Of a ladder.
    std::optional<ConnectionId> flow{};     ///< Only this one.
    /// Only packets at which an end is in this state, or flows that end in it.
    std::optional<tcp::State> state{};
};

/// Analyses each file and prints the rows on `out`, remarks on `err`. The exit code.
[[nodiscard]] int analyze(const AnalyzeRequest& request, std::ostream& out, std::ostream& err);

}  // namespace tcplab::cli
