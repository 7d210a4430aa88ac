#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// An entry of the label stack of RFC 3032 2.1. What is below the last one is told by no field.
struct MplsLabel {
    static constexpr Protocol kProtocol = Protocol::Mpls;

    std::uint32_t label = 0;  ///< 20 bits.
    std::uint8_t trafficClass = 0;
    bool bottom = false;
    std::uint8_t ttl = 0;
};

template <class Io>
void layout(Io& io, MplsLabel& h) {
    io.bits(20,
            h.label,
            {.name = {"Label", "标记"},
             .meaning = {"What a router forwards the packet by, instead of its address.",
                         "标记交换路由器按它转发分组，而不按地址。"}});
    io.bits(3,
            h.trafficClass,
            {.name = {"Traffic class", "通信量类"},
             .meaning = {"Which service the packet should be given.", "希望得到的服务类别。"}});
    io.bits(1,
            h.bottom,
            {.name = {"Bottom of stack", "栈底"},
             .meaning = {"The last label: the packet follows.", "最后一个标记，后面是分组。"}});
    io.bits(8,
            h.ttl,
            {.name = {"Time to live", "生存时间 TTL"},
             .meaning = {"Each router takes one away, and discards the packet at zero.",
                         "每经过一个路由器减 1，减到 0 时丢弃分组。"}});
}

/// IP is seen by its version.
[[nodiscard]] inline Continuation continuation(const MplsLabel& h, Octets payload) {
    if (!h.bottom) return {Protocol::Mpls};
    return {.next = protocolOfVersion(payload), .undecided = payload.empty()};
}

/// "label 100"
[[nodiscard]] inline Phrase summary(const MplsLabel& h) {
    return {"label " + std::to_string(h.label), "标记 " + std::to_string(h.label)};
}

}  // namespace tcplab::wire
