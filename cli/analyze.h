#pragma once

#include "capture/analysis/finding.h"
#include "cli/rows.h"
#include "sim/base/text.h"
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
    std::optional<capture::Finding> finding{};  ///< Only packets, or flows, that have it.
    std::string filter{};                       ///< Only packets that pass it.
    bool checksums = false;
    bool byTrouble = false;  ///< Flows with more trouble first.
    Language language = Language::English;
};

/// Analyses each file and prints the rows on `out`, remarks on `err`. The exit code.
[[nodiscard]] int analyze(const AnalyzeRequest& request, std::ostream& out, std::ostream& err);

}  // namespace tcplab::cli
