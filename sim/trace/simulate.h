#pragma once

#include "sim/net/scenario.h"
#include "sim/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tcplab {

/// Runs the scenario to its end and tells `sink` all that happens. The same scenario and seed give
/// the same record, octet for octet.
void simulate(const net::Scenario& scenario, std::uint64_t seed, Sink& sink);

/// The same, with these choices taken first and the scheduler's after them: another future.
void simulate(const net::Scenario& scenario,
              std::uint64_t seed,
              std::span<const net::Choice> first,
              Sink& sink);

/// The same as the first, kept.
[[nodiscard]] Trace simulate(const net::Scenario& scenario, std::uint64_t seed = 1);

/// The first `count` choices of such a run; fewer where it ends before.
[[nodiscard]] std::vector<net::Choice> choicesOf(const net::Scenario& scenario,
                                                 std::uint64_t seed,
                                                 std::span<const net::Choice> first,
                                                 std::size_t count);

}  // namespace tcplab
