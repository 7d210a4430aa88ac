#pragma once

#include "sim/base/bytes.h"
#include "sim/tcp/clause.h"
#include "sim/tcp/state.h"
#include "sim/tcp/timer.h"
#include "sim/wire/ecn.h"
#include "sim/wire/segment.h"

#include <cstdint>
#include <variant>
#include <vector>

namespace tcplab::tcp {

// What an endpoint asks of the world, each with the clause that it follows.

struct Transmit {
    Segment segment{};
    Clause why{};
    bool retransmission = false;        ///< The octets were sent before.
    wire::Ecn ecn = wire::Ecn::NotEct;  ///< For the IP header.
    friend bool operator==(const Transmit&, const Transmit&) = default;
};
struct Enter {
    State from{};
    State to{};
    Clause why{};
    friend bool operator==(const Enter&, const Enter&) = default;
};
/// Octets for the user: the answer to a RECEIVE.
struct Deliver {
    Bytes octets{};
    Clause why{};
    friend bool operator==(const Deliver&, const Deliver&) = default;
};

/// What the user is told without having been asked (RFC 9293 3.9.1).
enum class Notice : std::uint8_t {
    Established,  ///< The OPEN is done.
    EndOfData,    ///< The peer's FIN was reached: no octet follows.
    Refused,      ///< "connection refused"
    Reset,        ///< "connection reset"
    TimedOut,     ///< Given up: after R2, the user timeout or unanswered keep-alive probes.
    Closed,       ///< The TCB is gone, in good order.
    Unreachable,  ///< An ICMP error, the one that has just come, ended the connection.
    SoftError,    ///< An ICMP error came that may pass (3.9.1.8).
    Trouble,      ///< Retransmitted for R1 times without an answer (3.8.3, SHLD-9).
    Urgent,       ///< Urgent octets are ahead, or more of them (3.8.5).
    Superseded,   ///< A SYN in TIME-WAIT begins a new connection: it is for whoever listens.
};
struct Signal {
    Notice notice{};
    Clause why{};
    friend bool operator==(const Signal&, const Signal&) = default;
};

/// Why a user call is not served.
enum class CallError : std::uint8_t {
    NoConnection,      ///< "connection does not exist"
    ConnectionExists,  ///< "connection already exists"
    Closing,           ///< "connection closing"
};
struct Refuse {
    CallError error{};
    Clause why{};
    friend bool operator==(const Refuse&, const Refuse&) = default;
};

struct Arm {
    Timer timer{};
    Instant due{};
    Clause why{};
    friend bool operator==(const Arm&, const Arm&) = default;
};
struct Disarm {
    Timer timer{};
    Clause why{};
    friend bool operator==(const Disarm&, const Disarm&) = default;
};
/// The arriving segment is not taken.
struct Discard {
    Clause why{};
    friend bool operator==(const Discard&, const Discard&) = default;
};

using Action = std::variant<Transmit, Enter, Deliver, Signal, Refuse, Arm, Disarm, Discard>;
using Actions = std::vector<Action>;

}  // namespace tcplab::tcp
