#pragma once

#include "sim/base/bytes.h"
#include "sim/base/side.h"
#include "sim/base/time.h"
#include "sim/net/socket_option.h"
#include "sim/tcp/state.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tcplab::net {

/// The socket calls that a program makes, each standing for a user call of RFC 9293 3.9.1.
enum class CallKind : std::uint8_t {
    Listen,     ///< Passive OPEN; returns at once.
    Accept,     ///< Waits until the connection is established.
    Connect,    ///< Active OPEN; waits until it is established or has failed.
    Send,       ///< SEND; returns at once.
    Recv,       ///< RECEIVE; waits for octets or the peer's FIN.
    Shutdown,   ///< CLOSE of the sending direction; returns at once.
    Close,      ///< CLOSE; returns at once.
    Abort,      ///< close() with SO_LINGER 0: ABORT.
    SetOption,  ///< setsockopt(); returns at once.
};

/// Whether the call returns at once.
[[nodiscard]] constexpr bool neverWaits(CallKind kind) {
    return kind != CallKind::Accept && kind != CallKind::Connect && kind != CallKind::Recv;
}

/// Octets that a person can follow: the alphabet, over and over.
[[nodiscard]] Bytes alphabet(std::size_t size);

/// Waits until this end of the connection has entered this state.
struct StateEntered {
    Side side{};
    tcp::State state{};
    friend bool operator==(const StateEntered&, const StateEntered&) = default;
};

/// A call and when it is made: once the call before it has returned, `at` has come and `after` has
/// happened, and then `delay` later.
struct Call {
    CallKind kind{};
    Bytes octets{};           ///< Send: what.
    std::uint32_t count = 0;  ///< Recv: at most so many.
    bool untilEnd = false;    ///< Recv: made again until it returns 0.
    SocketOption option{};    ///< SetOption: which.
    std::int64_t value = 0;   ///< SetOption: to what; one of the option's values.
    std::optional<Instant> at{};
    std::optional<StateEntered> after{};
    Duration delay{};
    friend bool operator==(const Call&, const Call&) = default;
};

/// What one host runs: calls, one after the other.
using Program = std::vector<Call>;

/// As a person would write it: "send(12)", "recv(4096)", "shutdown(SHUT_WR)".
[[nodiscard]] std::string toString(const Call& call);

}  // namespace tcplab::net
