#pragma once

#include "sim/base/text.h"

#include <cstdint>

namespace tcplab::wire {

/// What a layer of a frame is. Payload is what no layer below knows how to read.
enum class Protocol : std::uint8_t {
    Ethernet,
    Ipv4,
    Ipv6,
    Ipv6HopByHop,
    Ipv6Routing,
    Ipv6DestinationOptions,
    Ipv6Fragment,
    Tcp,
    Payload,
};

inline constexpr std::uint16_t kEtherTypeIpv4 = 0x0800;
inline constexpr std::uint16_t kEtherTypeIpv6 = 0x86dd;
inline constexpr std::uint8_t kIpNumberTcp = 6;

/// "Internet Protocol version 4", the title of a layer in the window.
[[nodiscard]] Text titleOf(Protocol protocol);

/// What an EtherType (IANA "IEEE 802 Numbers") announces; Payload where it is not dissected.
[[nodiscard]] Protocol protocolOfEtherType(std::uint16_t etherType);
/// What an IPv4 protocol or IPv6 next header (IANA "Protocol Numbers") announces.
[[nodiscard]] Protocol protocolOfIpNumber(std::uint8_t number);

/// "IPv4", "ARP", ...; empty where we have no name for the number.
[[nodiscard]] std::string_view etherTypeName(std::uint32_t etherType);
/// "TCP", "UDP", ...; empty where we have no name for the number.
[[nodiscard]] std::string_view ipNumberName(std::uint32_t number);

}  // namespace tcplab::wire
