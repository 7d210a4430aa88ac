#pragma once

#include "sim/net/scenario.h"
#include "sim/trace/trace.h"

#include <string>
#include <vector>

namespace tcplab {

/// The states that an end went through, first to last.
[[nodiscard]] std::vector<tcp::State> statesVisited(const Trace& trace,
                                                    ConnectionId connection,
                                                    Side side);

/// Whether `wanted` are among `visited` in this order, perhaps with others between.
[[nodiscard]] bool inThisOrder(const std::vector<tcp::State>& wanted,
                               const std::vector<tcp::State>& visited);

/// What the scenario expects and the record of its run does not show, a sentence each; empty where
/// all holds.
[[nodiscard]] std::vector<std::string> unmetExpectations(const net::Scenario& scenario,
                                                         const Trace& trace);

}  // namespace tcplab
