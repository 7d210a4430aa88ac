#include "sim/tcp/rack.h"

namespace tcplab::tcp {

void Rack::delivered(const Scoreboard::Segment& segment, Instant now, Duration minimumRtt) {
    const Duration rtt = now - segment.sentAt;
    // An ACK sooner than any round trip is for what was sent first.
    if (segment.everRetransmitted && rtt < minimumRtt) return;
    advanced_ = true;
    rtt_ = rtt;
    if (!sentAt_ || *sentAt_ < segment.sentAt ||
        (*sentAt_ == segment.sentAt && end_ < segment.to)) {
        sentAt_ = segment.sentAt;
        end_ = segment.to;
    }
}

Duration Rack::reorderingWindow(bool recovering, Duration minimumRtt, Duration srtt) const {
    if (reorderings_ == 0 && recovering) return {};
    return std::min(minimumRtt / 4 * multiplier_, srtt);
}

std::optional<Duration> Rack::patience(const Scoreboard::Segment& segment,
                                       Duration reorderingWindow,
                                       Instant now) const {
    if (!sentAt_ || *sentAt_ < segment.sentAt || (*sentAt_ == segment.sentAt && end_ <= segment.to))
        return {};
    return segment.sentAt + rtt_ + reorderingWindow - now;
}

void Rack::adaptToDsack(bool dsack) {
    constexpr std::uint32_t kMost = 255;
    constexpr std::uint32_t kRecoveries = 16;
    if (dsack) {
        multiplier_ = std::min(multiplier_ + 1, kMost);
        persist_ = kRecoveries;
    } else if (persist_ == 0) {
        multiplier_ = 1;
    }
}

}  // namespace tcplab::tcp
