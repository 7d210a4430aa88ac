#pragma once

#include "sim/base/bytes.h"
#include "sim/wire/address.h"
#include "sim/wire/ecn.h"
#include "sim/wire/segment.h"

#include <cstdint>
#include <variant>

// What passes between a host and the network: IP datagrams, as far as a host looks at them.
namespace tcplab::host {

struct TcpDatagram {
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    Segment segment{};
    friend bool operator==(const TcpDatagram&, const TcpDatagram&) = default;
};

struct UdpDatagram {
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    Bytes payload{};
    friend bool operator==(const UdpDatagram&, const UdpDatagram&) = default;
};

/// An ICMP or ICMPv6 error (RFC 792, RFC 4443), with what it quotes of the datagram it is about.
struct IcmpDatagram {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint32_t mtu = 0;  ///< Of "fragmentation needed" and "packet too big"; 0: not said.
    enum class Quoted : std::uint8_t { Tcp, Udp };
    Quoted quoted = Quoted::Tcp;
    wire::SocketAddress quotedSource{};
    wire::SocketAddress quotedDestination{};
    Seq quotedSequence{};  ///< Of a TCP segment.
    friend bool operator==(const IcmpDatagram&, const IcmpDatagram&) = default;
};

struct Datagram {
    wire::IpAddress source{};
    wire::IpAddress destination{};
    std::uint8_t tos = 0;  ///< The TOS octet (RFC 2474, RFC 3168) or traffic class.
    std::uint8_t ttl = 64;
    std::variant<TcpDatagram, UdpDatagram, IcmpDatagram> carries{};
    friend bool operator==(const Datagram&, const Datagram&) = default;
};

/// The last two bits of the TOS octet (RFC 3168 5).
[[nodiscard]] constexpr wire::Ecn ecnOf(std::uint8_t tos) {
    return static_cast<wire::Ecn>(tos & 3);
}
/// The TOS octet that the program wants, with these two.
[[nodiscard]] constexpr std::uint8_t tosOf(std::uint8_t wanted, wire::Ecn ecn) {
    if (ecn == wire::Ecn::NotEct) return wanted;
    return static_cast<std::uint8_t>((wanted & 0xFC) | static_cast<std::uint8_t>(ecn));
}

}  // namespace tcplab::host
