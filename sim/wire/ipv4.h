#pragma once

#include "sim/wire/ip_options.h"
#include "sim/wire/layout.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The IPv4 header of RFC 791 3.1, with the service octet of RFC 2474 and RFC 3168.
struct Ipv4Header {
    static constexpr Protocol kProtocol = Protocol::Ipv4;
    static constexpr std::size_t kFixedOctets = 20;  ///< Before the options.

    std::uint8_t version = 4;
    std::uint8_t ihl = 5;  ///< The header's length in words of four octets.
    std::uint8_t dscp = 0;
    std::uint8_t ecn = 0;
    std::uint16_t totalLength = 0;
    std::uint16_t identification = 0;
    bool reserved = false;
    bool dontFragment = false;
    bool moreFragments = false;
    std::uint16_t fragmentOffset = 0;  ///< In units of eight octets.
    std::uint8_t ttl = 0;
    std::uint8_t protocol = 0;
    std::uint16_t checksum = 0;
    IpAddress source{};
    IpAddress destination{};
    Octets options{};  ///< Those captured.

    [[nodiscard]] constexpr std::size_t headerOctets() const {
        return std::max<std::size_t>(ihl * 4U, kFixedOctets);
    }
};

template <class Io>
void layout(Io& io, Ipv4Header& h) {
    io.bits(4,
            h.version,
            {.name = {"Version", "版本"}, .meaning = {"4 for IPv4.", "IPv4 的版本号是 4。"}});
    io.require(h.version == 4, {"The version is not 4.", "版本号不是 4。"});
    io.bits(4,
            h.ihl,
            {.name = {"Header length", "首部长度"},
             .meaning = {"Length of this header, counted in words of four octets.",
                         "本首部的长度，以 4 字节为单位。"},
             .unit = 4});
    io.require(h.ihl >= 5,
               {"The header length is under 5 words: an IPv4 header has 20 octets.",
                "首部长度小于 5:IPv4 首部至少 20 字节。"});
    io.extent(h.headerOctets());
    io.bits(6,
            h.dscp,
            {.name = {"DSCP", "区分服务 DSCP"},
             .meaning = {"Which service routers should give this datagram.",
                         "希望路由器为这个数据报提供的服务类别。"}});
    io.bits(2,
            h.ecn,
            {.name = {"ECN", "显式拥塞通知 ECN"},
             .meaning = {"0: not ECN-capable; 1, 2: ECN-capable; 3: a router met congestion.",
                         "0：不支持 ECN;1、2：支持 ECN;3：途中的路由器遇到拥塞。"}});
    io.field(h.totalLength,
             {.name = {"Total length", "总长度"},
              .meaning = {"Octets of header and payload.", "首部与数据部分的字节数之和。"}});
    io.require(h.totalLength == 0 || h.totalLength >= h.headerOctets(),
               {"The total length is smaller than the header.", "总长度小于首部长度。"});
    io.extent(h.totalLength);
    io.note(h.totalLength == 0,
            {"left to the network card, which cuts large segments (TSO)",
             "留给网卡填写：由网卡切分大报文段（TSO）"});
    io.field(h.identification,
             {.name = {"Identification", "标识"},
              .meaning = {"The same in all fragments of one datagram.",
                          "同一数据报的各个分片具有相同的标识。"},
              .hex = true});
    io.group({.name = {"Flags", "标志"},
              .meaning = {"Whether the datagram may be, and is, fragmented.",
                          "数据报能否分片、后面是否还有分片。"}},
             [&] {
                 io.bits(1,
                         h.reserved,
                         {.name = {"Reserved", "保留"}, .meaning = {"Always 0.", "总是 0。"}});
                 io.bits(1,
                         h.dontFragment,
                         {.name = {"DF", "DF"},
                          .meaning = {"Routers must not fragment it.", "不允许路由器分片。"}});
                 io.bits(1,
                         h.moreFragments,
                         {.name = {"MF", "MF"},
                          .meaning = {"More fragments follow this one.", "后面还有分片。"}});
             });
    io.bits(13,
            h.fragmentOffset,
            {.name = {"Fragment offset", "片偏移"},
             .meaning = {"Where this payload lies in that of the whole datagram, in units of eight "
                         "octets.",
                         "本分片的数据在原数据报数据部分中的位置，以 8 字节为单位。"},
             .unit = 8});
    io.note(h.fragmentOffset > 0,
            {"a later fragment: the header of what it carries is in the first",
             "不是第一个分片：上层首部在第一个分片中"});
    io.field(h.ttl,
             {.name = {"Time to live", "生存时间 TTL"},
              .meaning = {"Each router takes one away, and discards the datagram at zero.",
                          "每经过一个路由器减 1，减到 0 时丢弃数据报。"}});
    io.field(h.protocol,
             {.name = {"Protocol", "协议"},
              .meaning = {"What the datagram carries.", "数据部分使用的协议。"},
              .nameOf = ipNumberName});
    io.checksum(h.checksum,
                {.name = {"Header checksum", "首部检验和"},
                 .meaning = {"Over this header alone.", "只检验本首部。"},
                 .hex = true});
    io.field(h.source,
             {.name = {"Source address", "源地址"},
              .meaning = {"The host that sent the datagram.", "发送数据报的主机。"}});
    io.field(h.destination,
             {.name = {"Destination address", "目的地址"},
              .meaning = {"The host that is to receive it.", "应接收数据报的主机。"}});
    io.octets(h.options,
              h.headerOctets() - Ipv4Header::kFixedOctets,
              {.name = {"Options", "选项"},
               .meaning = {"Rarely used, at most 40 octets.", "很少使用，最多 40 字节。"},
               .parts = listIpv4Options});
}

[[nodiscard]] inline Continuation continuation(const Ipv4Header& h) {
    Continuation after;
    if (h.fragmentOffset == 0) after.next = protocolOfIpNumber(h.protocol);
    if (h.totalLength > 0) after.length = h.totalLength;
    return after;
}

/// "192.0.2.1 → 192.0.2.2"
[[nodiscard]] inline std::string summary(const Ipv4Header& h) {
    return toString(h.source) + " → " + toString(h.destination);
}

}  // namespace tcplab::wire
