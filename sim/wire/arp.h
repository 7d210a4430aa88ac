#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The packet of RFC 826; its addresses have names where they are of Ethernet and IPv4.
struct ArpPacket {
    static constexpr Protocol kProtocol = Protocol::Arp;

    std::uint16_t hardware = 1;
    std::uint16_t protocol = kEtherTypeIpv4;
    std::uint8_t hardwareLength = 6;
    std::uint8_t protocolLength = 4;
    std::uint16_t operation = 0;
    MacAddress senderMac{};
    IpAddress senderIp{};
    MacAddress targetMac{};
    IpAddress targetIp{};
    Octets addresses{};  ///< Of any other kind.

    [[nodiscard]] constexpr bool isOfEthernetAndIpv4() const {
        return protocol == kEtherTypeIpv4 && hardwareLength == 6 && protocolLength == 4;
    }
};

[[nodiscard]] inline std::string_view arpOperationName(std::uint32_t operation) {
    switch (operation) {
        case 1: return "request";
        case 2: return "reply";
        case 3: return "RARP request";
        case 4: return "RARP reply";
        default: return {};
    }
}

template <class Io>
void layoutArpAddresses(Io& io, ArpPacket& h) {
    if (!h.isOfEthernetAndIpv4()) {
        io.octets(h.addresses,
                  2 * (std::size_t{h.hardwareLength} + h.protocolLength),
                  {.name = {"Addresses", "地址"},
                   .meaning = {"Both addresses of the sender, then of the target.",
                               "发送方的两个地址，然后是目标的两个地址。"}});
        return;
    }
    io.field(
        h.senderMac,
        {.name = {"Sender's hardware address", "发送方硬件地址"},
         .meaning = {"Where the sender is reached on this link.", "发送方在本链路上的地址。"}});
    io.field(h.senderIp,
             {.name = {"Sender's IP address", "发送方 IP 地址"},
              .meaning = {"Whose hardware address it is.", "上述硬件地址所属的主机。"}});
    io.field(
        h.targetMac,
        {.name = {"Target's hardware address", "目标硬件地址"},
         .meaning = {"What a request asks for, zero in it.", "请求所询问的地址，在请求中为 0。"}});
    io.field(h.targetIp,
             {.name = {"Target's IP address", "目标 IP 地址"},
              .meaning = {"Who is asked for, or answered.", "被询问或被回答的主机。"}});
}

template <class Io>
void layout(Io& io, ArpPacket& h) {
    io.field(h.hardware,
             {.name = {"Hardware type", "硬件类型"},
              .meaning = {"1 for Ethernet.", "1 表示以太网。"},
              .nameOf = hardwareName});
    io.field(h.protocol,
             {.name = {"Protocol type", "协议类型"},
              .meaning = {"Whose addresses are resolved.", "要解析的是哪种协议的地址。"},
              .hex = true,
              .nameOf = etherTypeName});
    io.field(h.hardwareLength,
             {.name = {"Hardware address length", "硬件地址长度"},
              .meaning = {"Octets of each hardware address.", "每个硬件地址的字节数。"}});
    io.field(h.protocolLength,
             {.name = {"Protocol address length", "协议地址长度"},
              .meaning = {"Octets of each protocol address.", "每个协议地址的字节数。"}});
    io.field(h.operation,
             {.name = {"Operation", "操作"},
              .meaning = {"A question, or its answer.", "请求或应答。"},
              .nameOf = arpOperationName});
    layoutArpAddresses(io, h);
}

[[nodiscard]] inline Continuation continuation(const ArpPacket& /*header*/) {
    return {};
}

/// "who has 192.0.2.2? 192.0.2.1 asks"
[[nodiscard]] Phrase summary(const ArpPacket& h);

}  // namespace tcplab::wire
