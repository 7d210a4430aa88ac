#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// A message of RFC 4443, or of Neighbour Discovery (RFC 4861). Errors quote the beginning of the
/// packet they are about.
struct Icmpv6Header {
    static constexpr Protocol kProtocol = Protocol::Icmpv6;
    static constexpr std::size_t kChecksumOffset = 2;

    static constexpr std::uint8_t kUnreachable = 1;
    static constexpr std::uint8_t kPacketTooBig = 2;
    static constexpr std::uint8_t kParameterProblem = 4;
    static constexpr std::uint8_t kLeastInformation = 128;  ///< Types below it are errors.
    static constexpr std::uint8_t kEcho = 128;
    static constexpr std::uint8_t kEchoReply = 129;
    static constexpr std::uint8_t kRouterSolicitation = 133;
    static constexpr std::uint8_t kRouterAdvertisement = 134;
    static constexpr std::uint8_t kNeighbourSolicitation = 135;
    static constexpr std::uint8_t kNeighbourAdvertisement = 136;
    static constexpr std::uint8_t kRedirect = 137;

    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint16_t checksum = 0;
    std::uint32_t word = 0;  ///< What stands after the checksum where nothing below does.
    std::uint16_t identifier = 0;
    std::uint16_t sequence = 0;
    std::uint8_t hopLimit = 0;
    std::uint8_t flags = 0;
    std::uint16_t lifetime = 0;
    std::uint32_t reachable = 0;
    std::uint32_t retransmit = 0;
    IpAddress target{.version = 6};
    IpAddress destination{.version = 6};
    Octets options{};  ///< Of Neighbour Discovery, those captured.

    [[nodiscard]] constexpr bool isError() const { return type < kLeastInformation; }
    [[nodiscard]] constexpr bool isEcho() const { return type == kEcho || type == kEchoReply; }
    [[nodiscard]] constexpr bool isNeighbourDiscovery() const {
        return type >= kRouterSolicitation && type <= kRedirect;
    }
    [[nodiscard]] constexpr bool hasTarget() const {
        return type >= kNeighbourSolicitation && type <= kRedirect;
    }
};

[[nodiscard]] Text icmpv6TypeText(std::uint8_t type);
/// Empty where the code adds nothing to the type.
[[nodiscard]] Text icmpv6CodeText(std::uint8_t type, std::uint8_t code);
/// What the four octets after the checksum are, for a type that gives them no names of their own.
[[nodiscard]] FieldInfo icmpv6WordInfo(std::uint8_t type);
/// Appends each option of Neighbour Discovery (RFC 4861 4.6) as a field.
void listNeighbourOptions(const Inside& inside, std::vector<Field>& fields);

template <class Io>
void layoutRouterAdvertisement(Io& io, Icmpv6Header& h) {
    io.field(h.hopLimit,
             {.name = {"Hop limit", "跳数限制"},
              .meaning = {"What hosts should use; 0 for no advice.",
                          "建议主机使用的值；0 表示不作建议。"}});
    io.field(h.flags,
             {.name = {"Flags", "标志"},
              .meaning = {"0x80: addresses come by DHCPv6; 0x40: other settings do.",
                          "0x80：由 DHCPv6 分配地址；0x40：其他配置由 DHCPv6 提供。"},
              .hex = true});
    io.field(
        h.lifetime,
        {.name = {"Router lifetime", "路由器生存时间"},
         .meaning = {"Seconds for which it is a default router.", "作为默认路由器的有效秒数。"}});
    io.field(h.reachable,
             {.name = {"Reachable time", "可达时间"},
              .meaning = {"Milliseconds for which a neighbour is believed to be there.",
                          "认为邻居可达的毫秒数。"}});
    io.field(h.retransmit,
             {.name = {"Retransmission time", "重传间隔"},
              .meaning = {"Milliseconds between two solicitations.", "两次询问之间的毫秒数。"}});
}

template <class Io>
void layoutIcmpv6Body(Io& io, Icmpv6Header& h) {
    if (h.isEcho()) {
        io.field(h.identifier,
                 {.name = {"Identifier", "标识符"},
                  .meaning = {"Which program asks; the answer has the same.",
                              "标识发出请求的程序，回答中相同。"},
                  .hex = true});
        io.field(h.sequence,
                 {.name = {"Sequence number", "序号"},
                  .meaning = {"Which question this is; the answer has the same.",
                              "第几个请求，回答中相同。"}});
        return;
    }
    if (h.type == Icmpv6Header::kRouterAdvertisement) {
        layoutRouterAdvertisement(io, h);
    } else {
        io.field(h.word, icmpv6WordInfo(h.type));
    }
    if (h.hasTarget()) {
        io.field(h.target,
                 {.name = {"Target address", "目标地址"},
                  .meaning = {"Whose link-layer address is asked for or told.",
                              "被询问或告知链路层地址的主机。"}});
    }
    if (h.type == Icmpv6Header::kRedirect) {
        io.field(
            h.destination,
            {.name = {"Destination address", "目的地址"},
             .meaning = {"Packets to it should go to the target.", "发往它的分组应交给目标。"}});
    }
    if (!h.isNeighbourDiscovery()) return;
    io.rest(h.options,
            SIZE_MAX,
            {.name = {"Options", "选项"},
             .meaning = {"Link-layer addresses, prefixes and the like.", "链路层地址、前缀等。"},
             .parts = listNeighbourOptions});
}

template <class Io>
void layout(Io& io, Icmpv6Header& h) {
    io.field(h.type,
             {.name = {"Type", "类型"}, .meaning = {"What the message is.", "报文的种类。"}});
    io.note(true, icmpv6TypeText(h.type));
    io.field(
        h.code,
        {.name = {"Code", "代码"}, .meaning = {"More about the type.", "对类型的进一步说明。"}});
    io.note(!icmpv6CodeText(h.type, h.code).en.empty(), icmpv6CodeText(h.type, h.code));
    io.checksum(h.checksum,
                {.name = {"Checksum", "检验和"},
                 .meaning = {"Over the pseudo-header and the whole message.",
                             "检验范围是伪首部和整个报文。"},
                 .hex = true});
    layoutIcmpv6Body(io, h);
}

[[nodiscard]] inline Continuation continuation(const Icmpv6Header& h) {
    if (!h.isError()) return {};
    return {.next = Protocol::Ipv6, .quoted = true};
}

/// "packet too big"
[[nodiscard]] Phrase summary(const Icmpv6Header& h);

}  // namespace tcplab::wire
