#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// A message of RFC 792. What stands after the checksum depends on the type; errors then quote the
/// beginning of the datagram they are about.
struct IcmpHeader {
    static constexpr Protocol kProtocol = Protocol::Icmp;
    static constexpr std::size_t kChecksumOffset = 2;

    static constexpr std::uint8_t kEchoReply = 0;
    static constexpr std::uint8_t kUnreachable = 3;
    static constexpr std::uint8_t kSourceQuench = 4;
    static constexpr std::uint8_t kRedirect = 5;
    static constexpr std::uint8_t kEcho = 8;
    static constexpr std::uint8_t kTimeExceeded = 11;
    static constexpr std::uint8_t kParameterProblem = 12;
    static constexpr std::uint8_t kTimestamp = 13;
    static constexpr std::uint8_t kTimestampReply = 14;

    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint16_t checksum = 0;
    std::uint8_t pointer = 0;       ///< Of a parameter problem.
    std::uint8_t unused = 0;        ///< Of other errors.
    std::uint8_t quotedLength = 0;  ///< RFC 4884, in words of four octets.
    std::uint16_t mtu = 0;          ///< RFC 1191, of an unreachable destination.
    IpAddress gateway{};            ///< Of a redirect.
    std::uint16_t identifier = 0;
    std::uint16_t sequence = 0;
    std::uint32_t originate = 0;
    std::uint32_t receive = 0;
    std::uint32_t transmit = 0;
    std::uint32_t word = 0;  ///< What stands after the checksum in any other message.

    [[nodiscard]] constexpr bool isError() const {
        return type == kUnreachable || type == kSourceQuench || type == kRedirect ||
               type == kTimeExceeded || type == kParameterProblem;
    }
    /// One that is answered by a message with the same identifier and sequence number, or is one.
    [[nodiscard]] constexpr bool isQuery() const {
        return type == kEchoReply || type == kEcho || (type >= kTimestamp && type <= 18);
    }
    [[nodiscard]] constexpr bool isTimestamp() const {
        return type == kTimestamp || type == kTimestampReply;
    }
};

[[nodiscard]] Text icmpTypeText(std::uint8_t type);
/// Empty where the code adds nothing to the type.
[[nodiscard]] Text icmpCodeText(std::uint8_t type, std::uint8_t code);

template <class Io>
void layoutIcmpError(Io& io, IcmpHeader& h) {
    if (h.type == IcmpHeader::kRedirect) {
        io.field(h.gateway,
                 {.name = {"Gateway", "网关"},
                  .meaning = {"The router that is to be used instead.", "应改用的路由器。"}});
        return;
    }
    if (h.type == IcmpHeader::kParameterProblem) {
        io.field(h.pointer,
                 {.name = {"Pointer", "指针"},
                  .meaning = {"The octet of the quoted datagram that is at fault.",
                              "所引用的数据报中出错的字节。"}});
    } else {
        io.field(h.unused,
                 {.name = {"Unused", "未用"}, .meaning = {"Sent as zero.", "发送时为 0。"}});
    }
    io.field(h.quotedLength,
             {.name = {"Length of the quotation", "引用长度"},
              .meaning = {"In words of four octets, where an extension follows the quotation.",
                          "以 4 字节为单位；仅在引用之后有扩展时使用。"},
              .unit = 4});
    io.field(h.mtu,
             {.name = {"MTU of the next hop", "下一跳的 MTU"},
              .meaning = {"The most octets that the next link takes, where this is why the "
                          "datagram did not get through.",
                          "因数据报太长而不能转发时，下一段链路的最大传送单元。"}});
}

template <class Io>
void layoutIcmpQuery(Io& io, IcmpHeader& h) {
    io.field(h.identifier,
             {.name = {"Identifier", "标识符"},
              .meaning = {"Which program asks; the answer has the same.",
                          "标识发出请求的程序，回答中相同。"},
              .hex = true});
    io.field(h.sequence,
             {.name = {"Sequence number", "序号"},
              .meaning = {"Which question this is; the answer has the same.",
                          "第几个请求，回答中相同。"}});
    if (!h.isTimestamp()) return;
    io.field(h.originate,
             {.name = {"Originate timestamp", "原始时间戳"},
              .meaning = {"When the question was sent, in milliseconds since midnight UTC.",
                          "发送请求的时刻，以世界时零点起的毫秒计。"}});
    io.field(h.receive,
             {.name = {"Receive timestamp", "接收时间戳"},
              .meaning = {"When the question arrived.", "收到请求的时刻。"}});
    io.field(h.transmit,
             {.name = {"Transmit timestamp", "发送时间戳"},
              .meaning = {"When the answer was sent.", "发送回答的时刻。"}});
}

template <class Io>
void layout(Io& io, IcmpHeader& h) {
    io.field(h.type,
             {.name = {"Type", "类型"}, .meaning = {"What the message is.", "报文的种类。"}});
    io.note(true, icmpTypeText(h.type));
    io.field(
        h.code,
        {.name = {"Code", "代码"}, .meaning = {"More about the type.", "对类型的进一步说明。"}});
    io.note(!icmpCodeText(h.type, h.code).en.empty(), icmpCodeText(h.type, h.code));
    io.checksum(h.checksum,
                {.name = {"Checksum", "检验和"},
                 .meaning = {"Over the whole message.", "检验整个报文。"},
                 .hex = true});
    if (h.isError()) {
        layoutIcmpError(io, h);
    } else if (h.isQuery()) {
        layoutIcmpQuery(io, h);
    } else {
        io.field(
            h.word,
            {.name = {"Other", "其他"}, .meaning = {"Not dissected.", "不作解析。"}, .hex = true});
    }
}

[[nodiscard]] inline Continuation continuation(const IcmpHeader& h) {
    if (!h.isError()) return {};
    return {.next = Protocol::Ipv4, .quoted = true};
}

/// "destination unreachable, port unreachable"
[[nodiscard]] Phrase summary(const IcmpHeader& h);

}  // namespace tcplab::wire
