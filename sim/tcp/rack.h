#pragma once

#include "sim/tcp/scoreboard.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace tcplab::tcp {

/// Loss detection by time (RFC 8985): a segment is lost once one that was sent later has arrived,
/// and so much time has passed that reordering explains it no more. A value.
class Rack {
public:
    /// 6.2, step 1 and 2: a segment arrived that was last sent at `sentAt` and ends at `end`.
    void delivered(const Scoreboard::Segment& segment, Instant now, Duration minimumRtt);
    /// 6.2, step 4: how much reordering is borne with. `recovering`: in recovery, or enough
    /// duplicates to begin one.
    [[nodiscard]] Duration reorderingWindow(bool recovering,
                                            Duration minimumRtt,
                                            Duration srtt) const;
    /// 6.2, step 5: how long the segment may still be waited for; nothing where none that was sent
    /// later has arrived.
    [[nodiscard]] std::optional<Duration> patience(const Scoreboard::Segment& segment,
                                                   Duration reorderingWindow,
                                                   Instant now) const;
    /// Of a timeout: by the time alone.
    [[nodiscard]] Duration remaining(const Scoreboard::Segment& segment, Instant now) const {
        return segment.sentAt + rtt_ - now;
    }
    /// Whether anything was delivered since this was asked last.
    [[nodiscard]] bool takeAdvanced() { return std::exchange(advanced_, false); }
    void examineAgain() { advanced_ = true; }
    void sawReordering() { ++reorderings_; }
    [[nodiscard]] std::uint32_t reorderings() const { return reorderings_; }

    /// 6.2, step 4: a DSACK widens the window, and sixteen recoveries without narrow it again.
    void adaptToDsack(bool dsack);
    void recoveryEnded() {
        if (persist_ > 0) --persist_;
    }

    friend bool operator==(const Rack&, const Rack&) = default;

private:
    std::optional<Instant> sentAt_{};  ///< RACK.xmit_ts
    Seq end_{};                        ///< RACK.end_seq
    Duration rtt_{};                   ///< RACK.rtt
    std::uint32_t reorderings_ = 0;
    std::uint32_t multiplier_ = 1;  ///< RACK.reo_wnd_mult
    std::uint32_t persist_ = 0;     ///< RACK.reo_wnd_persist
    bool advanced_ = false;
};

}  // namespace tcplab::tcp
