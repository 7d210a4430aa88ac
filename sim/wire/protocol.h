#pragma once

#include "sim/base/bytes.h"
#include "sim/base/text.h"

#include <cstdint>

namespace tcplab::wire {

/// What a layer of a frame is. Payload is what no layer below knows how to read.
enum class Protocol : std::uint8_t {
    Ethernet,
    LinuxSll,
    LinuxSll2,
    BsdLoopback,
    Vlan,
    Mpls,
    Pppoe,
    Ppp,
    Arp,
    Ipv4,
    Ipv6,
    Ipv6HopByHop,
    Ipv6Routing,
    Ipv6DestinationOptions,
    Ipv6Fragment,
    Gre,
    Vxlan,
    Icmp,
    Icmpv6,
    Udp,
    Tcp,
    DnsLength,
    Dns,
    Http,
    Tls,
    Payload,
};

inline constexpr std::uint16_t kEtherTypeIpv4 = 0x0800;
inline constexpr std::uint16_t kEtherTypeIpv6 = 0x86dd;
inline constexpr std::uint8_t kIpNumberIcmp = 1;
inline constexpr std::uint8_t kIpNumberTcp = 6;
inline constexpr std::uint8_t kIpNumberUdp = 17;
inline constexpr std::uint8_t kIpNumberIcmpv6 = 58;

/// "Internet Protocol version 4", the title of a layer in the window.
[[nodiscard]] Text titleOf(Protocol protocol);
/// "IPv4": as short as it is called; "data" for Payload.
[[nodiscard]] std::string_view nameOf(Protocol protocol);

/// What an EtherType (IANA "IEEE 802 Numbers") announces; Payload where it is not dissected.
[[nodiscard]] Protocol protocolOfEtherType(std::uint16_t etherType);
/// What a protocol number (IANA "Protocol Numbers") announces in IPv4.
[[nodiscard]] Protocol protocolOfIpNumber(std::uint8_t number);
/// The same of a next header of IPv6, which has extension headers too.
[[nodiscard]] Protocol protocolOfNextHeader(std::uint8_t number);
/// IPv4 or IPv6, by the version in the first octet of the packet.
[[nodiscard]] Protocol protocolOfVersion(Octets packet);

/// "IPv4", "ARP", ...; empty where we have no name for the number.
[[nodiscard]] std::string_view etherTypeName(std::uint32_t etherType);
/// "TCP", "UDP", ...; empty where we have no name for the number.
[[nodiscard]] std::string_view ipNumberName(std::uint32_t number);
/// "Ethernet", "loopback", ...: what Linux calls a kind of device (ARPHRD_).
[[nodiscard]] std::string_view hardwareName(std::uint32_t number);

}  // namespace tcplab::wire
