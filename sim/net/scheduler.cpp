#include "sim/net/scheduler.h"

namespace tcplab::net {

std::optional<Due> nextDue(const World& world) {
    std::optional<Due> next;
    const auto offer = [&](Instant at, Choice choice) {
        if (!next || at < next->at) next = Due{at, choice};
    };
    if (!world.inFlight.empty()) {
        const InFlight& packet = world.inFlight.front();
        offer(packet.due,
              packet.doomed ? Choice{Drop{packet.number}} : Choice{Deliver{packet.number}});
    }
    for (const Side side : kSides)
        if (const auto deadline = world.hosts[side].endpoint.nextDeadline())
            offer(deadline->due, Fire{side, deadline->timer});
    for (const Side side : kSides)
        if (const auto due = callDue(world, side)) offer(*due, MakeCall{side});
    return next;
}

}  // namespace tcplab::net
