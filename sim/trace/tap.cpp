#include "sim/trace/tap.h"

#include <algorithm>
#include <optional>

namespace tcplab {

namespace {

/// When the packet passes the tap. Nothing where it is lost before: one that a full queue or the
/// MTU stopped never left its sender, who alone has seen it.
std::optional<Instant> passes(const Transit& transit, double share) {
    if (!transit.departed) return std::nullopt;
    const auto end = transit.arrived ? transit.arrived : transit.lost;
    // One still on its way when the run was stopped has no end: the tap at its start saw it.
    if (share == 0) return transit.departed->at;
    const bool neverLeft = transit.lost && transit.lost->at == transit.departed->at;
    if (!end || neverLeft) return std::nullopt;
    const Duration journey = end->at - transit.departed->at;
    return transit.departed->at +
           Duration{static_cast<std::int64_t>(static_cast<double>(journey.count()) * share)};
}

}  // namespace

std::vector<Passing> observe(const Trace& trace, double position) {
    TCPLAB_CHECK(0 <= position);
    TCPLAB_CHECK(position <= 1);
    const auto shareOf = [position](Side from) {
        return from == Side::Client ? position : 1 - position;
    };
    std::vector<Passing> seen;
    for (const Packet& packet : trace.packets()) {
        const double share = shareOf(packet.from);
        if (share == 1) continue;
        if (const auto at = passes(packet.transit, share)) seen.push_back({*at, packet.number});
    }
    // At the far end packets are lost, and arrive twice.
    for (const Entry& entry : trace.entries()) {
        const auto* arrived = std::get_if<Arrived>(&entry.what);
        if (arrived != nullptr && shareOf(other(entry.side)) == 1)
            seen.push_back({entry.at, arrived->packet});
    }
    std::ranges::stable_sort(seen, [](const Passing& a, const Passing& b) {
        return a.at != b.at ? a.at < b.at : a.packet < b.packet;
    });
    return seen;
}

}  // namespace tcplab
