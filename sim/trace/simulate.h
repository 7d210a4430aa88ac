#pragma once

#include "sim/net/scenario.h"
#include "sim/trace/trace.h"

#include <cstdint>

namespace tcplab {

/// Runs the scenario to its end and tells `sink` all that happens. The same scenario and seed give
/// the same record, octet for octet.
void simulate(const net::Scenario& scenario, std::uint64_t seed, Sink& sink);

/// The same, kept.
[[nodiscard]] Trace simulate(const net::Scenario& scenario, std::uint64_t seed = 1);

}  // namespace tcplab
