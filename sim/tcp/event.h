#pragma once

#include "sim/base/bytes.h"
#include "sim/tcp/icmp_error.h"
#include "sim/tcp/timer.h"
#include "sim/wire/ecn.h"
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
/// SEND (3.10.2). `urgent`: the urgent data end with the last of these octets. `more`: they are not
/// pushed, as more is to follow; else they are. `endsRecord`: what follows goes in other segments.
struct Send {
    Bytes octets{};
    bool urgent = false;
    bool more = false;
    bool endsRecord = false;
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
/// The program will receive no more. With CLOSE it is the close of both directions that 3.6.1 calls
/// half-duplex: octets that still arrive have no reader. What was received and not taken is lost.
struct EndReceiving {
    friend bool operator==(const EndReceiving&, const EndReceiving&) = default;
};
/// ABORT (3.10.5).
struct Abort {
    friend bool operator==(const Abort&, const Abort&) = default;
};
/// SEGMENT ARRIVES (3.10.7), its checksum right.
struct SegmentArrives {
    Segment segment{};
    wire::Ecn ecn = wire::Ecn::NotEct;  ///< Of the IP header it came with.
    friend bool operator==(const SegmentArrives&, const SegmentArrives&) = default;
};
/// An ICMP error about a segment that began at `seq` (3.9.2.2). `mtu`: of TooBig, the largest IP
/// packet that the next link takes; 0: unknown.
struct IcmpArrives {
    IcmpError error{};
    Seq seq{};
    std::uint32_t mtu = 0;
    friend bool operator==(const IcmpArrives&, const IcmpArrives&) = default;
};
/// The host has changed its Config: what that held back leaves, timers start or stop.
struct ConfigChanged {
    friend bool operator==(const ConfigChanged&, const ConfigChanged&) = default;
};
/// A timer has run out (3.10.8).
struct Timeout {
    Timer timer{};
    friend bool operator==(const Timeout&, const Timeout&) = default;
};

using Event = std::variant<PassiveOpen,
                           ActiveOpen,
                           Send,
                           Receive,
                           Close,
                           EndReceiving,
                           Abort,
                           SegmentArrives,
                           IcmpArrives,
                           ConfigChanged,
                           Timeout>;

}  // namespace tcplab::tcp
