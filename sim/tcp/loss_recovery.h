#pragma once

#include "sim/tcp/cubic.h"
#include "sim/tcp/hystart.h"
#include "sim/tcp/rack.h"
#include "sim/tcp/scoreboard.h"

#include <cstdint>
#include <limits>
#include <optional>

namespace tcplab::tcp {

/// The sender's congestion state where losses are detected by time (RFC 8985): the window and its
/// reduction (RFC 6937), tail loss probes, spurious timeouts (RFC 5682) and what undoes a
/// reduction. Windows are segments. A value; the functions that change it are in loss_recovery.cpp.
struct LossRecovery {
    enum class Phase : std::uint8_t {
        Open,
        Disorder,  ///< Something is missing, or came twice.
        Cwr,       ///< The window is being reduced, without a loss.
        Recovery,  ///< What was lost is sent again (RFC 5681 3.2, RFC 6675).
        Loss,      ///< After a timeout.
    };
    static constexpr std::uint32_t kUnlimited = std::numeric_limits<std::int32_t>::max();

    Scoreboard scoreboard{};
    Rack rack{};
    Cubic cubic{};
    HyStart hystart{};
    Phase phase = Phase::Open;
    Seq high{};  ///< SND.NXT when the phase began: RecoveryPoint of RFC 6675.

    std::uint32_t window = 0;  ///< cwnd
    std::uint32_t initial = 0;
    std::uint32_t threshold = kUnlimited;  ///< ssthresh
    std::uint32_t counted = 0;             ///< Acknowledged towards the next segment of growth.
    std::uint32_t reordering = 3;          ///< DupThresh, learned.
    std::optional<Duration> minimumRtt{};  ///< Of all segments.
    std::uint32_t delivered = 0;           ///< Segments, ever.
    std::uint32_t dsacks = 0;              ///< Segments that came twice, as the peer says.

    /// RFC 6937 3: proportional rate reduction.
    struct Reduction {
        std::uint32_t prior = 0;      ///< cwnd before.
        std::uint32_t delivered = 0;  ///< prr_delivered
        std::uint32_t out = 0;        ///< prr_out
        friend bool operator==(const Reduction&, const Reduction&) = default;
    } reduction{};

    /// What is needed to take a reduction back that turns out to be for nothing (RFC 4015, RFC
    /// 3708).
    struct Undo {
        std::optional<Seq> from{};                 ///< SND.UNA when it was made.
        std::optional<std::uint32_t> unproved{};   ///< Retransmissions that no DSACK has named yet.
        std::uint32_t threshold = 0;               ///< ssthresh before; 0: nothing to take back.
        std::optional<Instant> retransmittedAt{};  ///< When the first segment was sent again.
        friend bool operator==(const Undo&, const Undo&) = default;
    } undo{};

    /// RFC 8985 7: a tail loss probe is out until this is acknowledged.
    struct Probe {
        Seq high{};
        bool retransmitted = false;  ///< It was no new segment.
        friend bool operator==(const Probe&, const Probe&) = default;
    };
    std::optional<Probe> probe{};
    bool checksTimeout = false;  ///< RFC 5682 2: the timeout may have been spurious.

    /// RFC 7661: whether the window was used, and how much of it at most, since `usedFrom`.
    bool limited = false;
    std::uint32_t mostOut = 0;
    Seq usedFrom{};

    void start(std::uint32_t segments) {
        *this = {};
        window = initial = segments;
    }
    [[nodiscard]] bool reduces() const { return phase == Phase::Cwr || phase == Phase::Recovery; }
    [[nodiscard]] bool slowStart() const { return window < threshold; }
    /// RFC 7661: a window that is not used does not grow.
    [[nodiscard]] bool isLimited() const {
        return limited || (slowStart() && window < 2 * mostOut);
    }
    friend bool operator==(const LossRecovery&, const LossRecovery&) = default;
};

}  // namespace tcplab::tcp
