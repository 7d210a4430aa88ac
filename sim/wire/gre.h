#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The header of RFC 2784 2 with the key and sequence number of RFC 2890 2; version 1 is that of
/// PPTP (RFC 2637 4.1), which has an acknowledgement number too.
struct GreHeader {
    static constexpr Protocol kProtocol = Protocol::Gre;
    static constexpr std::size_t kChecksumOffset = 4;

    bool hasChecksum = false;
    bool hasRouting = false;
    bool hasKey = false;
    bool hasSequence = false;
    bool strictRoute = false;
    std::uint8_t recursion = 0;
    bool hasAck = false;
    std::uint8_t reserved = 0;
    std::uint8_t version = 0;
    std::uint16_t protocol = 0;
    std::uint16_t checksum = 0;
    std::uint16_t reserved1 = 0;
    std::uint32_t key = 0;
    std::uint32_t sequence = 0;
    std::uint32_t ack = 0;
};

template <class Io>
void layoutGreFlags(Io& io, GreHeader& h) {
    io.bits(1,
            h.hasChecksum,
            {.name = {"C", "C"}, .meaning = {"A checksum follows.", "后面有检验和。"}});
    io.bits(1,
            h.hasRouting,
            {.name = {"R", "R"},
             .meaning = {"A source route follows, which is no longer in use.",
                         "后面有源路由，现已不用。"}});
    io.bits(1, h.hasKey, {.name = {"K", "K"}, .meaning = {"A key follows.", "后面有密钥字段。"}});
    io.bits(1,
            h.hasSequence,
            {.name = {"S", "S"}, .meaning = {"A sequence number follows.", "后面有序号。"}});
    io.bits(1, h.strictRoute, {.name = {"s", "s"}, .meaning = {"No longer in use.", "现已不用。"}});
    io.bits(3,
            h.recursion,
            {.name = {"Recursion", "递归"}, .meaning = {"No longer in use.", "现已不用。"}});
    io.bits(1,
            h.hasAck,
            {.name = {"A", "A"},
             .meaning = {"In version 1: an acknowledgement number follows.",
                         "版本 1 中：后面有确认号。"}});
    io.bits(4,
            h.reserved,
            {.name = {"Reserved", "保留"}, .meaning = {"Sent as zero.", "发送时为 0。"}});
}

template <class Io>
void layout(Io& io, GreHeader& h) {
    io.group({.name = {"Flags", "标志"},
              .meaning = {"Which of the optional fields are there.", "有哪些可选字段。"}},
             [&] { layoutGreFlags(io, h); });
    io.bits(3,
            h.version,
            {.name = {"Version", "版本"}, .meaning = {"0, or 1 for PPTP.", "0；PPTP 是 1。"}});
    io.require(h.version <= 1, {"The version is neither 0 nor 1.", "版本号不是 0 或 1。"});
    io.require(!h.hasRouting, {"A source route is not read.", "不解析源路由。"});
    io.field(h.protocol,
             {.name = {"Protocol type", "协议类型"},
              .meaning = {"What is carried: an EtherType.", "承载的协议，用以太网类型值表示。"},
              .hex = true,
              .nameOf = etherTypeName});
    if (h.hasChecksum) {
        io.checksum(h.checksum,
                    {.name = {"Checksum", "检验和"},
                     .meaning = {"Over this header and what it carries.",
                                 "检验范围是本首部和它承载的数据。"},
                     .hex = true});
        io.field(h.reserved1,
                 {.name = {"Reserved", "保留"}, .meaning = {"Sent as zero.", "发送时为 0。"}});
    }
    if (h.hasKey) {
        io.field(h.key,
                 {.name = {"Key", "密钥"},
                  .meaning = {"Tells the flows of one tunnel apart. In version 1 the length of "
                              "what is carried, and the call.",
                              "区分同一隧道中的不同流。版本 1 中是承载数据的长度和呼叫号。"},
                  .hex = true});
    }
    if (h.hasSequence) {
        io.field(h.sequence,
                 {.name = {"Sequence number", "序号"},
                  .meaning = {"Of the packets of this tunnel.", "本隧道中分组的序号。"}});
    }
    if (h.version == 1 && h.hasAck) {
        io.field(h.ack,
                 {.name = {"Acknowledgement number", "确认号"},
                  .meaning = {"The highest sequence number received.", "已收到的最大序号。"}});
    }
}

[[nodiscard]] inline Continuation continuation(const GreHeader& h) {
    return {protocolOfEtherType(h.protocol)};
}

/// "→ IPv4"
[[nodiscard]] inline std::string summary(const GreHeader& h) {
    return "→ " + std::string{etherTypeName(h.protocol)};
}

}  // namespace tcplab::wire
