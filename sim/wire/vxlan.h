#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The header of RFC 7348 5, between UDP and the frame of a virtual network.
struct VxlanHeader {
    static constexpr Protocol kProtocol = Protocol::Vxlan;
    static constexpr std::uint16_t kPort = 4789;

    std::uint8_t reservedFlags = 0;
    bool hasNetwork = true;
    std::uint8_t moreReservedFlags = 0;
    std::uint32_t reserved = 0;  ///< 24 bits.
    std::uint32_t network = 0;   ///< 24 bits.
    std::uint8_t reserved2 = 0;
};

inline constexpr FieldInfo kVxlanReserved{.name = {"Reserved", "保留"},
                                          .meaning = {"Sent as zero.", "发送时为 0。"}};

template <class Io>
void layout(Io& io, VxlanHeader& h) {
    io.bits(4, h.reservedFlags, kVxlanReserved);
    io.bits(1,
            h.hasNetwork,
            {.name = {"I", "I"},
             .meaning = {"The network identifier counts. Always 1.", "网络标识符有效，总是 1。"}});
    io.require(h.hasNetwork,
               {"The network identifier does not count: this is no VXLAN header.",
                "网络标识符无效：这不是 VXLAN 首部。"});
    io.bits(3, h.moreReservedFlags, kVxlanReserved);
    io.bits(24, h.reserved, kVxlanReserved);
    io.bits(
        24,
        h.network,
        {.name = {"VXLAN network identifier", "VXLAN 网络标识符 VNI"},
         .meaning = {"Which virtual network the frame belongs to.", "内层的帧所属的虚拟网络。"}});
    io.bits(8, h.reserved2, kVxlanReserved);
}

[[nodiscard]] inline Continuation continuation(const VxlanHeader& /*header*/) {
    return {Protocol::Ethernet};
}

/// "VNI 100"
[[nodiscard]] inline std::string summary(const VxlanHeader& h) {
    return "VNI " + std::to_string(h.network);
}

}  // namespace tcplab::wire
