#pragma once

#include "sim/base/time.h"
#include "sim/tcp/config.h"
#include "sim/wire/seq.h"

#include <optional>

namespace tcplab::tcp {

/// The retransmission timeout of RFC 6298, with one segment timed at a time and, by Karn's
/// algorithm, none that was sent twice (3).
class Rto {
public:
    /// The current timeout, backed off.
    [[nodiscard]] Duration value(const Config& config) const;

    /// A segment that ends before `end` leaves for the first time.
    void sent(Seq end, Instant now);
    /// Something is sent again: what is being timed could now be answered twice.
    void retransmitted() { timed_.reset(); }
    /// Everything before `ack` is acknowledged.
    void acknowledged(Seq ack, Instant now, const Config& config);
    /// One measurement of the round-trip time.
    void sample(Duration rtt, const Config& config);
    /// (5.5) The timer ran out: back off, until the next measurement.
    void backOff();
    /// (5.7) The timer ran out on our SYN; data may not start with less than 3 s.
    void restartAfterSynTimeout();

    [[nodiscard]] std::optional<Duration> srtt() const { return srtt_; }
    [[nodiscard]] Duration rttvar() const { return rttvar_; }
    [[nodiscard]] unsigned backOffs() const { return backOffs_; }

    friend bool operator==(const Rto&, const Rto&) = default;

private:
    struct Timed {
        Seq end{};
        Instant sentAt{};
        friend bool operator==(const Timed&, const Timed&) = default;
    };

    std::optional<Duration> rto_{};  ///< Empty until there is a measurement or (5.7) sets it.
    std::optional<Duration> srtt_{};
    Duration rttvar_{};
    std::optional<Timed> timed_{};
    unsigned backOffs_ = 0;
};

}  // namespace tcplab::tcp
