#pragma once

#include "capture/session.h"
#include "sim/trace/trace.h"

#include <string_view>
#include <vector>

// What the simulator knows of a run, as far as somebody who listens could tell.
namespace tcplab::test {

/// The side of a record read from a capture that is `side` of the true one: in a simultaneous open
/// the tap decides whose SYN was first, and that end counts as the client.
[[nodiscard]] Side sideIn(const capture::Loaded& seen, const Trace& truth, Side side);

/// When the last packet has left or arrived, and before anything that happens later of itself.
[[nodiscard]] Moment lastSeen(const Trace& trace);

/// Whether a packet up to `last` is a FIN of this side.
[[nodiscard]] bool sentFinBy(const Trace& truth, Side side, PacketId last);

/// What can be told from outside of a state that an end is in. FIN-WAIT-1 begins with CLOSE, and
/// shows only when the FIN is seen, which may have to wait for the octets before it; where the
/// peer's FIN comes in between, nobody sees that CLOSE was called before.
[[nodiscard]] tcp::State fromOutside(const Trace& truth, tcp::State state, Side side, bool finSeen);

/// The states of the sender of a packet from its departure on, as they show from outside.
[[nodiscard]] std::vector<std::string_view> statesFrom(const Trace& truth,
                                                       const Packet& sent,
                                                       bool finSeen,
                                                       Instant until);

}  // namespace tcplab::test
