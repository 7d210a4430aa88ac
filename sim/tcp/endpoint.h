#pragma once

#include "sim/base/time.h"
#include "sim/tcp/action.h"
#include "sim/tcp/config.h"
#include "sim/tcp/event.h"
#include "sim/tcp/explain.h"
#include "sim/tcp/tcb.h"

#include <optional>

namespace tcplab::tcp {

/// One end of a TCP connection (RFC 9293 3.10). A value: a copy of it is a snapshot. It does no
/// I/O, reads no clock and draws no random numbers; all that happens to it comes through on().
class Endpoint {
public:
    /// Takes one event at the time `now`, which never goes back, and appends to `out` what is to be
    /// done about it, in order.
    void on(const Event& event, Instant now, const Config& config, Actions& out);

    /// What on() with the same arguments leaves undone, and what each of it waits for: "Nagle: 5
    /// octets wait for the ACK of 1:1449". Changes nothing; on() does not pay for it.
    [[nodiscard]] Silences explain(const Event& event, Instant now, const Config& config) const;

    /// When the earliest running timer runs out, and which; empty where none runs. At that time
    /// somebody hands in a Timeout.
    struct Deadline {
        Instant due{};
        Timer timer{};
    };
    [[nodiscard]] std::optional<Deadline> nextDeadline() const;

    [[nodiscard]] State state() const { return tcb_.state; }
    [[nodiscard]] const Tcb& tcb() const { return tcb_; }

    friend bool operator==(const Endpoint&, const Endpoint&) = default;

private:
    Tcb tcb_{};
};

}  // namespace tcplab::tcp
