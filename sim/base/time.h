#pragma once

#include <chrono>
#include <cstdint>

namespace tcplab {

/// A clock that moves only when someone moves it. It has no now(): time is an argument, and reading
/// the wall clock in sim does not compile.
struct VirtualClock {
    using rep = std::int64_t;
    using period = std::nano;
    using duration = std::chrono::nanoseconds;
    using time_point = std::chrono::time_point<VirtualClock>;
    static constexpr bool is_steady = true;
};

using Duration = VirtualClock::duration;

/// Nanoseconds: since the start of the run in a simulation, since 1970-01-01 UTC in a capture.
using Instant = VirtualClock::time_point;

}  // namespace tcplab
