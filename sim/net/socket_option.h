#pragma once

#include "sim/tcp/config.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab::net {

/// What a program can change by setsockopt() while its connection lives.
enum class SocketOption : std::uint8_t {
    NoDelay,        ///< 1: small segments do not wait for an ACK (RFC 9293 3.7.4, MUST-17).
    Cork,           ///< 1: no small segment leaves until it is 0 again.
    QuickAck,       ///< 1: no ACK waits, nor does the one that waits now.
    KeepAlive,      ///< 1: probes a silent connection (RFC 9293 3.8.4).
    KeepIdle,       ///< Seconds of silence before the first probe.
    UserTimeout,    ///< Milliseconds that an octet may stay unacknowledged; 0: for ever.
    ReceiveBuffer,  ///< Octets. The window that was promised is not taken back.
};

struct SocketOptionName {
    SocketOption option{};
    std::string_view name{};  ///< "TCP_NODELAY"
    std::int64_t least = 0;   ///< Of its values.
    std::int64_t most = 1;

    /// 0 and 1 are all of its values.
    [[nodiscard]] constexpr bool isSwitch() const { return most == 1; }
    /// The first argument of setsockopt() after the descriptor: "IPPROTO_TCP".
    [[nodiscard]] constexpr std::string_view level() const {
        return name.starts_with("TCP_") ? "IPPROTO_TCP" : "SOL_SOCKET";
    }
};

/// By SocketOption.
inline constexpr std::array kSocketOptions{
    SocketOptionName{SocketOption::NoDelay, "TCP_NODELAY"},
    SocketOptionName{SocketOption::Cork, "TCP_CORK"},
    SocketOptionName{SocketOption::QuickAck, "TCP_QUICKACK"},
    SocketOptionName{SocketOption::KeepAlive, "SO_KEEPALIVE"},
    SocketOptionName{SocketOption::KeepIdle, "TCP_KEEPIDLE", 1, 32767},
    SocketOptionName{SocketOption::UserTimeout, "TCP_USER_TIMEOUT", 0, 0x7FFFFFFF},
    SocketOptionName{SocketOption::ReceiveBuffer, "SO_RCVBUF", 1, 1 << 30},
};

[[nodiscard]] constexpr const SocketOptionName& nameOf(SocketOption option) {
    return kSocketOptions.at(static_cast<std::size_t>(option));
}

/// What getsockopt() would tell.
[[nodiscard]] std::int64_t valueOf(const tcp::Config& config, SocketOption option);

/// The value must be one of the option's.
void set(tcp::Config& config, SocketOption option, std::int64_t value);

}  // namespace tcplab::net
