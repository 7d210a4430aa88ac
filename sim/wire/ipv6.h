#pragma once

#include "sim/wire/ip_options.h"
#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The fixed IPv6 header of RFC 8200 3.
struct Ipv6Header {
    static constexpr Protocol kProtocol = Protocol::Ipv6;
    static constexpr std::size_t kOctets = 40;
    static constexpr std::uint8_t kNoNextHeader = 59;

    std::uint8_t version = 6;
    std::uint8_t dscp = 0;
    std::uint8_t ecn = 0;
    std::uint32_t flowLabel = 0;  ///< 20 bits.
    std::uint16_t payloadLength = 0;
    std::uint8_t nextHeader = 0;
    std::uint8_t hopLimit = 0;
    IpAddress source{.version = 6};
    IpAddress destination{.version = 6};
};

/// The shape that the extension headers of RFC 8200 4.3, 4.4 and 4.6 share.
struct Ipv6Extension {
    std::uint8_t nextHeader = 0;
    std::uint8_t moreWords = 0;  ///< Length in words of eight octets, the first one not counted.
    Octets content{};
};
struct Ipv6HopByHopHeader : Ipv6Extension {
    static constexpr Protocol kProtocol = Protocol::Ipv6HopByHop;
};
struct Ipv6RoutingHeader : Ipv6Extension {
    static constexpr Protocol kProtocol = Protocol::Ipv6Routing;

    /// How many addresses are still to be visited after the packet's destination.
    [[nodiscard]] std::uint8_t segmentsLeft() const { return content.size() > 1 ? content[1] : 0; }
};
struct Ipv6DestinationOptionsHeader : Ipv6Extension {
    static constexpr Protocol kProtocol = Protocol::Ipv6DestinationOptions;
};

/// The fragment header of RFC 8200 4.5.
struct Ipv6FragmentHeader {
    static constexpr Protocol kProtocol = Protocol::Ipv6Fragment;

    std::uint8_t nextHeader = 0;
    std::uint8_t reserved = 0;
    std::uint16_t fragmentOffset = 0;  ///< In units of eight octets.
    std::uint8_t reservedBits = 0;
    bool moreFragments = false;
    std::uint32_t identification = 0;
};

inline constexpr FieldInfo kNextHeader{
    .name = {"Next header", "下一个首部"},
    .meaning = {"What comes after this header.", "本首部之后的首部或协议。"},
    .nameOf = ipNumberName};

template <class Io>
void layout(Io& io, Ipv6Header& h) {
    io.bits(4,
            h.version,
            {.name = {"Version", "版本"}, .meaning = {"6 for IPv6.", "IPv6 的版本号是 6。"}});
    io.require(h.version == 6, {"The version is not 6.", "版本号不是 6。"});
    io.bits(6,
            h.dscp,
            {.name = {"DSCP", "区分服务 DSCP"},
             .meaning = {"Which service routers should give this packet.",
                         "希望路由器为这个分组提供的服务类别。"}});
    io.bits(2,
            h.ecn,
            {.name = {"ECN", "显式拥塞通知 ECN"},
             .meaning = {"0: not ECN-capable; 1, 2: ECN-capable; 3: a router met congestion.",
                         "0：不支持 ECN;1、2：支持 ECN;3：途中的路由器遇到拥塞。"}});
    io.bits(20,
            h.flowLabel,
            {.name = {"Flow label", "流标号"},
             .meaning = {"The same in all packets of one flow, so that routers can keep them "
                         "together.",
                         "同一个流的各分组相同，便于路由器一致对待。"},
             .hex = true});
    io.field(h.payloadLength,
             {.name = {"Payload length", "有效载荷长度"},
              .meaning = {"Octets after this header.", "本首部之后的字节数。"}});
    io.extent(Ipv6Header::kOctets + h.payloadLength);
    io.note(h.payloadLength == 0 && h.nextHeader != Ipv6Header::kNoNextHeader,
            {"left to the network card, or told by a jumbo option",
             "留给网卡填写，或由巨型载荷选项给出"});
    io.field(h.nextHeader, kNextHeader);
    io.field(h.hopLimit,
             {.name = {"Hop limit", "跳数限制"},
              .meaning = {"Each router takes one away, and discards the packet at zero.",
                          "每经过一个路由器减 1，减到 0 时丢弃分组。"}});
    io.field(h.source,
             {.name = {"Source address", "源地址"},
              .meaning = {"The host that sent the packet.", "发送分组的主机。"}});
    io.field(h.destination,
             {.name = {"Destination address", "目的地址"},
              .meaning = {"The host that is to receive it.", "应接收分组的主机。"}});
}

template <class Io>
void layoutExtension(Io& io, Ipv6Extension& h, const FieldInfo& content) {
    io.field(h.nextHeader, kNextHeader);
    io.field(h.moreWords,
             {.name = {"Extension length", "扩展首部长度"},
              .meaning = {"In words of eight octets, the first of which is not counted.",
                          "以 8 字节为单位，不含最前面的 8 字节。"},
              .unit = 8});
    io.extent(8 * (h.moreWords + std::size_t{1}));
    io.octets(h.content, h.moreWords * 8U + 6, content);
}
template <class Io>
void layoutIpv6Options(Io& io, Ipv6Extension& h) {
    layoutExtension(io,
                    h,
                    {.name = {"Options", "选项"},
                     .meaning = {"One after the other, filled up to whole words.",
                                 "依次排列，填充到 8 字节的整数倍。"},
                     .parts = listIpv6Options});
}
template <class Io>
void layout(Io& io, Ipv6HopByHopHeader& h) {
    layoutIpv6Options(io, h);
}
template <class Io>
void layout(Io& io, Ipv6DestinationOptionsHeader& h) {
    layoutIpv6Options(io, h);
}
template <class Io>
void layout(Io& io, Ipv6RoutingHeader& h) {
    layoutExtension(io,
                    h,
                    {.name = {"Route", "路由"},
                     .meaning = {"Where the packet is to pass.", "分组要经过的各站。"},
                     .parts = listIpv6Route});
}

template <class Io>
void layout(Io& io, Ipv6FragmentHeader& h) {
    io.field(h.nextHeader, kNextHeader);
    io.field(h.reserved,
             {.name = {"Reserved", "保留"}, .meaning = {"Sent as zero.", "发送时为 0。"}});
    io.bits(13,
            h.fragmentOffset,
            {.name = {"Fragment offset", "片偏移"},
             .meaning = {"Where this payload lies in that of the whole packet, in units of eight "
                         "octets.",
                         "本分片的数据在原分组中的位置，以 8 字节为单位。"},
             .unit = 8});
    io.note(h.fragmentOffset > 0,
            {"a later fragment: the header of what it carries is in the first",
             "不是第一个分片：上层首部在第一个分片中"});
    io.bits(2,
            h.reservedBits,
            {.name = {"Reserved", "保留"}, .meaning = {"Sent as zero.", "发送时为 0。"}});
    io.bits(1,
            h.moreFragments,
            {.name = {"M", "M"}, .meaning = {"More fragments follow this one.", "后面还有分片。"}});
    io.field(h.identification,
             {.name = {"Identification", "标识"},
              .meaning = {"The same in all fragments of one packet.",
                          "同一分组的各个分片具有相同的标识。"},
              .hex = true});
}

[[nodiscard]] inline Continuation continuation(const Ipv6Header& h) {
    Continuation after{protocolOfNextHeader(h.nextHeader)};
    if (h.payloadLength > 0 || h.nextHeader == Ipv6Header::kNoNextHeader) {
        after.length = Ipv6Header::kOctets + h.payloadLength;
    }
    return after;
}
[[nodiscard]] inline Continuation continuation(const Ipv6Extension& h) {
    return {protocolOfNextHeader(h.nextHeader)};
}
[[nodiscard]] inline Continuation continuation(const Ipv6FragmentHeader& h) {
    return {h.fragmentOffset == 0 ? protocolOfNextHeader(h.nextHeader) : Protocol::Payload};
}

/// "→ TCP"
[[nodiscard]] inline std::string summary(const Ipv6Extension& h) {
    return "→ " + std::string{ipNumberName(h.nextHeader)};
}
[[nodiscard]] inline std::string summary(const Ipv6FragmentHeader& h) {
    return "→ " + std::string{ipNumberName(h.nextHeader)};
}

/// "2001:db8::1 → 2001:db8::2"
[[nodiscard]] inline std::string summary(const Ipv6Header& h) {
    return toString(h.source) + " → " + toString(h.destination);
}

}  // namespace tcplab::wire
