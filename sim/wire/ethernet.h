#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The Ethernet header without preamble and frame check sequence, which captures rarely hold.
struct EthernetHeader {
    static constexpr Protocol kProtocol = Protocol::Ethernet;
    static constexpr std::size_t kOctets = 14;
    /// From here on the last field is an EtherType, below it a length as in IEEE 802.3.
    static constexpr std::uint16_t kLeastEtherType = 1536;

    MacAddress destination{};
    MacAddress source{};
    std::uint16_t etherType = 0;
};

/// The field that ends the Ethernet header and the tags after it, `octets` of which end with it.
template <class Io>
void layoutEtherType(Io& io, std::uint16_t& etherType, std::size_t octets) {
    io.field(etherType,
             {.name = {"Type", "类型"},
              .meaning = {"What the frame carries. Below 1536 it is a length instead (IEEE 802.3).",
                          "帧中数据部分的协议。小于 1536 时表示长度（IEEE 802.3）。"},
              .hex = true,
              .nameOf = etherTypeName});
    if (etherType < EthernetHeader::kLeastEtherType) io.extent(octets + etherType);
}

[[nodiscard]] inline Continuation afterEtherType(std::uint16_t etherType, std::size_t octets) {
    if (etherType >= EthernetHeader::kLeastEtherType) return {protocolOfEtherType(etherType)};
    return {Protocol::Payload, octets + etherType};
}

template <class Io>
void layout(Io& io, EthernetHeader& h) {
    io.field(h.destination,
             {.name = {"Destination address", "目的地址"},
              .meaning = {"The network interface on this link that is to take the frame.",
                          "本链路上应接收这一帧的网络接口。"}});
    io.field(h.source,
             {.name = {"Source address", "源地址"},
              .meaning = {"The network interface that sent the frame.", "发送这一帧的网络接口。"}});
    layoutEtherType(io, h.etherType, EthernetHeader::kOctets);
}

[[nodiscard]] inline Continuation continuation(const EthernetHeader& h) {
    return afterEtherType(h.etherType, EthernetHeader::kOctets);
}

/// "02:00:00:00:00:01 → 02:00:00:00:00:02"
[[nodiscard]] inline std::string summary(const EthernetHeader& h) {
    return toString(h.source) + " → " + toString(h.destination);
}

}  // namespace tcplab::wire
