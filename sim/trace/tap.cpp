#include "sim/trace/tap.h"

#include <algorithm>

namespace tcplab {

std::vector<Passing> observe(const Trace& trace, double position) {
    TCPLAB_CHECK(0 <= position);
    TCPLAB_CHECK(position <= 1);
    std::vector<Passing> seen;
    for (const Packet& packet : trace.packets()) {
        const Transit& transit = packet.transit;
        const double share = packet.from == Side::Client ? position : 1 - position;
        const auto end = transit.arrived ? transit.arrived : transit.lost;
        if (!transit.departed || (share == 1 && !transit.arrived)) continue;
        // One still on its way when the run was stopped has no end: the tap at its start saw it.
        if (!end && share > 0) continue;
        const Duration journey = end ? end->at - transit.departed->at : Duration{};
        const Duration toTap{
            static_cast<std::int64_t>(static_cast<double>(journey.count()) * share)};
        seen.push_back({transit.departed->at + toTap, packet.number});
    }
    std::ranges::stable_sort(seen, {}, &Passing::at);
    return seen;
}

}  // namespace tcplab
