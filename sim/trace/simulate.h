#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/net/scenario.h"
#include "sim/trace/fork.h"
#include "sim/trace/trace.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace tcplab {

/// How a scenario is played.
struct Course {
    std::uint64_t seed = 1;
    std::vector<Fork> forks{};      ///< By `at`; each counts the steps of those before it.
    std::optional<Moment> steps{};  ///< Stop after so many; empty: at the scenario's end.
    friend bool operator==(const Course&, const Course&) = default;
};

/// Runs the scenario to its end and tells `sink` all that happens. The same scenario and seed give
/// the same record, octet for octet.
void simulate(const net::Scenario& scenario, std::uint64_t seed, Sink& sink);

/// The same, kept.
[[nodiscard]] Trace simulate(const net::Scenario& scenario, std::uint64_t seed = 1);

/// The run of that course, kept. An error (Code::Usage) where a fork cannot be taken: its packet
/// is not on its way then, or the run has ended before.
[[nodiscard]] Expected<Trace, Error> simulate(const net::Scenario& scenario, const Course& course);

/// The world in which that course ends.
[[nodiscard]] Expected<net::World, Error> worldAfter(const net::Scenario& scenario,
                                                     const Course& course);

}  // namespace tcplab
