#pragma once

#include "sim/trace/trace.h"

#include <vector>

namespace tcplab {

/// A packet as somebody who listens on the wire meets it.
struct Passing {
    Instant at{};
    PacketId packet = 0;
    friend bool operator==(const Passing&, const Passing&) = default;
};

/// What a tap sees of a simulated record, in the order of passing. `position` is where it sits: 0
/// at the client, 1 at the server. Packets are lost at the far end of the wire, so that only a tap
/// there misses them.
[[nodiscard]] std::vector<Passing> observe(const Trace& trace, double position);

}  // namespace tcplab
