#include "capture/analysis/statistics.h"

#include <algorithm>

namespace tcplab::capture {

void Statistics::note(const Packet& packet,
                      std::uint64_t captured,
                      std::uint64_t fresh,
                      const PacketFindings& found) {
    const TcpNumbers& tcp = packet.tcp;
    const Side from = packet.from;
    SideStatistics& mine = sides[from];
    const Instant now = packet.transit.seen->at;
    if (last_[from]) mine.longestIdle = std::max(mine.longestIdle, now - *last_[from]);
    last_[from] = now;

    if (found.has(Finding::Retransmission)) mine.retransmittedPackets += 1;
    mine.retransmittedOctets += captured - fresh;
    mine.largestSegment = std::max(mine.largestSegment, tcp.len);
    if (tcp.len > 0) mine.dataPackets += 1;
    if (tcp.flags.rst) return;
    if (!tcp.flags.syn) {
        mine.smallestWindow = std::min(mine.smallestWindow.value_or(tcp.window), tcp.window);
        mine.largestWindow = std::max(mine.largestWindow, tcp.window);
    }
    if (tcp.ack) {
        acknowledged_[other(from)] = std::max(acknowledged_[other(from)], *tcp.ack);
    }
    next_[from] = std::max(next_[from], tcp.seq + tcp.len);
    if (tcp.len > 0 && next_[from] > acknowledged_[from]) {
        const auto inFlight = next_[from] - std::max<std::int64_t>(acknowledged_[from], 1);
        mine.mostInFlight = std::max(mine.mostInFlight, static_cast<std::uint64_t>(inFlight));
    }
}

}  // namespace tcplab::capture
