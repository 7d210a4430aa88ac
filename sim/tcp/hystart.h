#pragma once

#include "sim/base/time.h"
#include "sim/wire/seq.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace tcplab::tcp {

/// Ends slow start before it loses anything: where round trips grow longer (RFC 9406 4.2), or where
/// the ACKs of one round follow each other for half of a round trip. A value.
class HyStart {
public:
    static constexpr std::uint32_t kLeastWindow = 16;  ///< Segments; under it, it does not look.

    /// An ACK up to `una` measured `rtt`; `next` is SND.NXT. True where slow start has to end.
    [[nodiscard]] bool endsSlowStart(
        Seq una, Seq next, Duration rtt, Duration minimumRtt, Instant now) {
        if (!roundEnd_ || *roundEnd_ < una) {
            *this = {};
            roundEnd_ = next;
            roundStart_ = lastAck_ = now;
        }
        constexpr Duration kTogether = std::chrono::milliseconds{2};
        if (now - lastAck_ <= kTogether) {
            lastAck_ = now;
            if (now - roundStart_ > minimumRtt / 2) return true;
        }
        shortest_ = std::min(shortest_.value_or(rtt), rtt);
        constexpr std::uint32_t kSamples = 8;  // N_RTT_SAMPLE
        if (samples_ < kSamples) {
            ++samples_;
            return false;
        }
        constexpr Duration kLeast = std::chrono::milliseconds{4};  // MIN_RTT_THRESH
        constexpr Duration kMost = std::chrono::milliseconds{16};  // MAX_RTT_THRESH
        return *shortest_ > minimumRtt + std::clamp(minimumRtt / 8, kLeast, kMost);
    }
    friend bool operator==(const HyStart&, const HyStart&) = default;

private:
    std::optional<Seq> roundEnd_{};  ///< The round ends when this is acknowledged.
    Instant roundStart_{};
    Instant lastAck_{};
    std::optional<Duration> shortest_{};  ///< Round trip in this round.
    std::uint32_t samples_ = 0;
};

}  // namespace tcplab::tcp
