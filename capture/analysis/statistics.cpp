#include "capture/analysis/statistics.h"

#include <algorithm>

namespace tcplab::capture {
namespace {

/// Clocks of captures go back at times, or forward by ages: that was no wait.
void add(Duration& sum, Duration time) {
    if (time > Duration{} && time < Duration::max() / 2 - sum) sum += time;
}

}  // namespace

void Statistics::note(const Packet& packet,
                      std::uint64_t captured,
                      std::uint64_t fresh,
                      std::uint32_t segment,
                      const PacketFindings& found,
                      PerSide<SideStatistics>& sums) {
    const TcpNumbers& tcp = packet.tcp;
    const Side from = packet.from;
    SideStatistics& mine = sums[from];
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
    noteWaiting(packet, segment, mine.waited);
    if (tcp.ack) {
        acknowledged_[other(from)] = std::max(acknowledged_[other(from)], *tcp.ack);
    }
    next_[from] = std::max(next_[from], tcp.seq + tcp.len);
    if (tcp.len > 0 && next_[from] > acknowledged_[from]) {
        const auto inFlight = next_[from] - std::max<std::int64_t>(acknowledged_[from], 1);
        mine.mostInFlight = std::max(mine.mostInFlight, static_cast<std::uint64_t>(inFlight));
    }
}

/// What the time between two segments of new octets was spent on. It is called with the numbers as
/// they were before the packet.
void Statistics::noteWaiting(const Packet& packet,
                             std::uint32_t segment,
                             SideStatistics::Waited& waited) {
    using enum SideStatistics::Wait;
    const TcpNumbers& tcp = packet.tcp;
    const Side from = packet.from;
    const Instant now = packet.transit.seen->at;
    const std::int64_t end = tcp.seq + tcp.len;
    if (tcp.len > 0 && end > next_[from]) {
        Pause& pause = pauses_[from];
        if (pause.since) {
            // Whoever has octets for it sends with the ACK that makes room.
            const Instant ready = std::min(pause.emptySince.value_or(now), now);
            const auto wait = pause.windowFull ? Window : pause.full ? Congestion : Application;
            add(waited[wait], (wait == Congestion ? ready : now) - *pause.since);
            if (wait == Congestion) add(waited[Application], now - ready);
        }
        const std::int64_t inFlight = end - std::max<std::int64_t>(acknowledged_[from], 1);
        const auto& window = window_[other(from)];
        pause = {.since = now,
                 .windowFull = window && inFlight + std::int64_t{segment} > std::int64_t{*window},
                 .full = tcp.len >= segment};
    }
    Pause& answered = pauses_[other(from)];
    const bool all = tcp.ack && *tcp.ack >= next_[other(from)];
    if (all && answered.since && !answered.emptySince) answered.emptySince = now;
    window_[from] = tcp.window;
}

}  // namespace tcplab::capture
