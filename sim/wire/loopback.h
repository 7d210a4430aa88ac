#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// What a BSD writes before a packet of its loopback interface: the address family, as the host
/// stores numbers (LINKTYPE 0), or in network order (LINKTYPE 108).
struct BsdLoopbackHeader {
    static constexpr Protocol kProtocol = Protocol::BsdLoopback;

    std::uint32_t word = 0;  ///< As if it were in network order.

    /// Families are small numbers, so the order of their octets can be seen.
    [[nodiscard]] constexpr std::uint32_t family() const {
        return word <= 0xffff ? word : __builtin_bswap32(word);
    }
};

/// IPv4 is 2 in every system; IPv6 is 24, 28 or 30 in the BSDs and 10 in Linux.
[[nodiscard]] constexpr Protocol protocolOfAddressFamily(std::uint32_t family) {
    switch (family) {
        case 2: return Protocol::Ipv4;
        case 10:
        case 24:
        case 28:
        case 30: return Protocol::Ipv6;
        default: return Protocol::Payload;
    }
}
[[nodiscard]] inline std::string_view addressFamilyName(std::uint32_t word) {
    switch (protocolOfAddressFamily(BsdLoopbackHeader{word}.family())) {
        case Protocol::Ipv4: return "IPv4";
        case Protocol::Ipv6: return "IPv6";
        default: return {};
    }
}

template <class Io>
void layout(Io& io, BsdLoopbackHeader& h) {
    io.field(h.word,
             {.name = {"Address family", "地址族"},
              .meaning = {"What the packet is, in the numbers of the host that captured it.",
                          "分组的协议，用抓包主机的地址族编号表示。"},
              .hex = true,
              .nameOf = addressFamilyName});
}

[[nodiscard]] inline Continuation continuation(const BsdLoopbackHeader& h) {
    return {protocolOfAddressFamily(h.family())};
}

/// "→ IPv4"
[[nodiscard]] inline std::string summary(const BsdLoopbackHeader& h) {
    return "→ " + std::string{addressFamilyName(h.word)};
}

}  // namespace tcplab::wire
