#pragma once

#include "sim/base/time.h"
#include "sim/tcp/config.h"
#include "sim/wire/address.h"

#include <cstdint>

namespace tcplab::host {

/// What holds for a whole host. It may change in mid-run, as sysctl does; sockets see the change
/// with their next event.
struct HostConfig {
    tcp::Config tcp{};  ///< Of each connection, where its socket's options do not say otherwise.
    wire::IpAddress v4 = wire::IpAddress::v4(192, 0, 2, 1);
    wire::IpAddress v6{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 6};
    std::uint16_t mtu = 1500;  ///< Of the interface, in octets.
    std::uint8_t ttl = 64;
    std::uint64_t secret = 0x7463706c61623933;  ///< The key of initial numbers (RFC 6528 3).
    std::uint16_t firstEphemeralPort = 49152;
    std::uint32_t sendBuffer = 65536;            ///< In octets, where SO_SNDBUF does not say.
    std::uint32_t mostBuffer = 2 * 1024 * 1024;  ///< What SO_RCVBUF and SO_SNDBUF are cut to.
    std::size_t mostBacklog = 4096;              ///< What listen()'s backlog is cut to.
    std::size_t mostIncomplete = 1024;           ///< Connections in SYN-RECEIVED, for one listener.
    bool synCookies = true;          ///< Answer SYNs without keeping them once there are too many.
    bool resetUnread = true;         ///< RFC 9293 3.6.1: close() with octets unread sends a RST.
    bool prohibitedRefuses = false;  ///< ICMP's "prohibited" is ECONNREFUSED, else EHOSTUNREACH.
    bool blackhole = false;          ///< Segments for a port that nobody has are not answered.
    bool doubleBuffers = false;      ///< SO_RCVBUF and SO_SNDBUF are doubled, for the bookkeeping.
    bool listenWithoutPort = true;   ///< listen() before bind() takes an ephemeral port.

    friend bool operator==(const HostConfig&, const HostConfig&) = default;
};

/// What hosts with this profile do.
[[nodiscard]] HostConfig hostConfigOf(tcp::Profile profile);

}  // namespace tcplab::host
