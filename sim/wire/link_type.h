#pragma once

#include <cstdint>

namespace tcplab::wire {

/// What the first octet of a frame belongs to: the LINKTYPE_ number that capture files carry. Any
/// number may come from a file; frames of those without a name here are one payload.
enum class LinkType : std::uint16_t {
    Null = 0,  ///< A BSD's loopback, in the byte order of its host.
    Ethernet = 1,
    Ppp = 9,
    RawIpOld = 12,      ///< Raw IP, as most systems once wrote it.
    RawIpOpenBsd = 14,  ///< The same of OpenBSD.
    RawIp = 101,
    Loop = 108,      ///< A BSD's loopback in network order.
    LinuxSll = 113,  ///< Linux "cooked", from the device "any".
    Ipv4 = 228,
    Ipv6 = 229,
    LinuxSll2 = 276,
};

/// Whether layers are found in frames of this link type.
[[nodiscard]] constexpr bool isDissected(LinkType link) {
    switch (link) {
        case LinkType::Null:
        case LinkType::Ethernet:
        case LinkType::Ppp:
        case LinkType::RawIpOld:
        case LinkType::RawIpOpenBsd:
        case LinkType::RawIp:
        case LinkType::Loop:
        case LinkType::LinuxSll:
        case LinkType::Ipv4:
        case LinkType::Ipv6:
        case LinkType::LinuxSll2: return true;
    }
    return false;
}

}  // namespace tcplab::wire
