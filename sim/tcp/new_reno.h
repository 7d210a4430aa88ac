#pragma once

#include "sim/tcp/config.h"
#include "sim/wire/seq.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace tcplab::tcp {

/// The congestion window of RFC 5681: slow start, congestion avoidance, fast retransmit, and the
/// recovery of RFC 6582. All sizes are octets; `flight` is SND.NXT - SND.UNA. A value.
class NewReno {
public:
    /// The connection opens, with the initial window that the configuration has for segments of
    /// `smss` octets.
    void start(std::uint32_t smss, const Config& config);
    /// Nothing was sent for a while: at most the initial window (RFC 5681 4.1).
    void restart() { window_ = std::min(window_, initial_); }
    /// The path takes smaller segments than before.
    void segmentsAreNow(std::uint32_t smss) { smss_ = smss; }
    /// Our SYN was lost: one segment only (RFC 5681 3.1).
    void synLost() { window_ = smss_; }

    /// `count` new octets are acknowledged, up to `ack`. True where it is a partial ACK: the oldest
    /// segment in flight was lost too, and is to be sent again.
    [[nodiscard]] bool acknowledged(Seq ack, std::uint32_t count, std::uint32_t flight);
    /// A duplicate ACK as RFC 5681 2 defines it. True at the third: fast retransmit.
    [[nodiscard]] bool duplicateAck(Seq next, std::uint32_t flight);
    /// A router met congestion (RFC 3168 6.1.2): as after a loss, but nothing is to be sent again.
    void congestionMet(std::uint32_t flight);
    /// The retransmission timer ran out for the first time for these octets.
    void timedOut(Seq next, std::uint32_t flight);

    [[nodiscard]] std::uint32_t window() const { return window_; }        ///< cwnd
    [[nodiscard]] std::uint32_t threshold() const { return threshold_; }  ///< ssthresh
    [[nodiscard]] bool inFastRecovery() const { return fast_; }
    [[nodiscard]] std::uint32_t duplicates() const { return duplicates_; }
    /// What may leave beyond the window for the first two duplicate ACKs (RFC 3042).
    [[nodiscard]] std::uint32_t limitedTransmit() const {
        return fast_ || duplicates_ > 2 ? 0 : duplicates_ * smss_;
    }

    friend bool operator==(const NewReno&, const NewReno&) = default;

private:
    void halve(std::uint32_t flight);
    void grow(std::uint32_t count);

    std::uint32_t smss_ = 0;
    std::uint32_t initial_ = 0;
    std::uint32_t limit_ = 1;  ///< L of RFC 3465 2.2.
    std::uint32_t window_ = 0;
    std::uint32_t threshold_ = 0;
    std::uint32_t duplicates_ = 0;
    std::optional<Seq>
        recover_{};      ///< SND.NXT when the loss was noticed; until it is acknowledged.
    bool fast_ = false;  ///< In fast recovery.
};

}  // namespace tcplab::tcp
