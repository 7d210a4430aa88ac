#pragma once

#include "sim/net/scenario.h"
#include "sim/trace/trace.h"

#include <string>
#include <vector>

namespace tcplab {

/// What the scenario expects and the record of its run does not show, a sentence each; empty where
/// all holds.
[[nodiscard]] std::vector<std::string> unmetExpectations(const net::Scenario& scenario,
                                                         const Trace& trace);

}  // namespace tcplab
