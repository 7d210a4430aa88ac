#pragma once

#include "sim/wire/ethernet.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The tag of IEEE 802.1Q after the EtherType that announces it. Two of them, one after the other,
/// are the service tag and customer tag of IEEE 802.1ad.
struct VlanTag {
    static constexpr Protocol kProtocol = Protocol::Vlan;
    static constexpr std::size_t kOctets = 4;

    std::uint8_t priority = 0;
    bool dropEligible = false;
    std::uint16_t vlan = 0;  ///< 12 bits.
    std::uint16_t etherType = 0;
};

template <class Io>
void layout(Io& io, VlanTag& h) {
    io.bits(3,
            h.priority,
            {.name = {"Priority", "优先级"},
             .meaning = {"From 0, best effort, to 7, network control.",
                         "从 0（尽最大努力交付）到 7（网络控制）。"}});
    io.bits(1,
            h.dropEligible,
            {.name = {"Drop eligible", "可丢弃"},
             .meaning = {"A congested switch should rather drop this frame than others.",
                         "交换机拥塞时可优先丢弃这一帧。"}});
    io.bits(12,
            h.vlan,
            {.name = {"VLAN identifier", "虚拟局域网标识符 VID"},
             .meaning = {"Which virtual LAN the frame belongs to; 0 for none, the tag then only "
                         "tells the priority.",
                         "这一帧所属的虚拟局域网；0 表示不属于任何一个，标签只给出优先级。"}});
    layoutEtherType(io, h.etherType, VlanTag::kOctets);
}

[[nodiscard]] inline Continuation continuation(const VlanTag& h) {
    return afterEtherType(h.etherType, VlanTag::kOctets);
}

/// "VLAN 100"
[[nodiscard]] inline std::string summary(const VlanTag& h) {
    return "VLAN " + std::to_string(h.vlan);
}

}  // namespace tcplab::wire
