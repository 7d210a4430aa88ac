#pragma once

#include "sim/base/bytes.h"
#include "sim/tcp/timer.h"
#include "sim/wire/segment.h"

#include <cstdint>
#include <variant>

namespace tcplab::tcp {

// What may happen to an endpoint: RFC 9293 3.10. The user calls, an arriving segment, a timeout.

/// OPEN, passive (3.10.1). `iss` is for the answer to the SYN that will arrive.
struct PassiveOpen {
    Seq iss{};
    friend bool operator==(const PassiveOpen&, const PassiveOpen&) = default;
};
/// OPEN, active (3.10.1).
struct ActiveOpen {
    Seq iss{};
    friend bool operator==(const ActiveOpen&, const ActiveOpen&) = default;
};
/// SEND (3.10.2), pushed.
struct Send {
    Bytes octets{};
    friend bool operator==(const Send&, const Send&) = default;
};
/// RECEIVE (3.10.3) of at most `count` octets. Answered by Deliver, now or when there is something.
struct Receive {
    std::uint32_t count = 0;
    friend bool operator==(const Receive&, const Receive&) = default;
};
/// CLOSE (3.10.4): nothing more will be sent. Octets may still be received.
struct Close {
    friend bool operator==(const Close&, const Close&) = default;
};
/// ABORT (3.10.5).
struct Abort {
    friend bool operator==(const Abort&, const Abort&) = default;
};
/// SEGMENT ARRIVES (3.10.7), its checksum right.
struct SegmentArrives {
    Segment segment{};
    friend bool operator==(const SegmentArrives&, const SegmentArrives&) = default;
};
/// A timer has run out (3.10.8).
struct Timeout {
    Timer timer{};
    friend bool operator==(const Timeout&, const Timeout&) = default;
};

using Event =
    std::variant<PassiveOpen, ActiveOpen, Send, Receive, Close, Abort, SegmentArrives, Timeout>;

}  // namespace tcplab::tcp
