#pragma once

#include "sim/wire/application.h"
#include "sim/wire/layout.h"
#include "sim/wire/protocol.h"
#include "sim/wire/segment.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The TCP header of RFC 9293 3.1, field by field.
struct TcpHeader {
    static constexpr Protocol kProtocol = Protocol::Tcp;
    static constexpr std::size_t kFixedOctets = 20;  ///< Before the options.

    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    Seq seq{};
    Seq ack{};
    std::uint8_t dataOffset = 5;  ///< The header's length in words of four octets.
    std::uint8_t reserved = 0;    ///< Four bits.
    Flags flags{};
    std::uint16_t window = 0;
    std::uint16_t checksum = 0;
    std::uint16_t urgentPointer = 0;
    Octets options{};  ///< Those captured.

    /// Octets of options on the wire.
    [[nodiscard]] constexpr std::size_t optionOctets() const {
        return std::max<std::size_t>(dataOffset * 4U, kFixedOctets) - kFixedOctets;
    }
};

template <class Io>
void layout(Io& io, TcpHeader& h) {
    io.field(h.sourcePort,
             {.name = {"Source port", "源端口"},
              .meaning = {"Names the sender's end of the connection within its host.",
                          "在发送方主机内标识连接的这一端。"}});
    io.field(h.destinationPort,
             {.name = {"Destination port", "目的端口"},
              .meaning = {"Names the receiver's end of the connection within its host.",
                          "在接收方主机内标识连接的另一端。"}});
    io.field(h.seq,
             {.name = {"Sequence number", "序号"},
              .meaning = {
                  "The number of the first octet of payload. With SYN it is the initial "
                  "sequence number, and the payload starts one later.",
                  "数据部分第一个字节的序号。SYN 为 1 时是初始序号 ISN，数据从下一个序号开始。"}});
    io.field(h.ack,
             {.name = {"Acknowledgement number", "确认号"},
              .meaning = {"The next sequence number that the sender expects: everything before it "
                          "has arrived. It counts only where ACK is set.",
                          "期望收到的下一个序号：在它之前的都已收到。只在 ACK 为 1 时有效。"}});
    io.bits(4,
            h.dataOffset,
            {.name = {"Data offset", "数据偏移"},
             .meaning = {"Length of this header, counted in words of four octets.",
                         "本首部的长度，以 4 字节为单位。"},
             .unit = 4});
    io.require(h.dataOffset >= 5,
               {"The data offset is under 5 words: a TCP header has 20 octets.",
                "数据偏移小于 5:TCP 首部至少 20 字节。"});
    io.extent(TcpHeader::kFixedOctets + h.optionOctets());
    io.bits(4,
            h.reserved,
            {.name = {"Reserved", "保留"},
             .meaning = {"Sent as zero, ignored by the receiver.", "发送时为 0，接收方忽略。"}});
    io.group(
        {.name = {"Control bits", "控制位"},
         .meaning = {"What this segment is for.", "本报文段的用途。"}},
        [&] {
            io.bits(1,
                    h.flags.cwr,
                    {.name = {"CWR", "CWR"},
                     .meaning = {"The sender has reduced its congestion window.",
                                 "发送方已减小拥塞窗口。"}});
            io.bits(1,
                    h.flags.ece,
                    {.name = {"ECE", "ECE"},
                     .meaning = {"Echoes a congestion mark; in a SYN, offers ECN.",
                                 "回显拥塞标记；在 SYN 中表示支持 ECN。"}});
            io.bits(1,
                    h.flags.urg,
                    {.name = {"URG", "URG"},
                     .meaning = {"The urgent pointer counts.", "紧急指针有效。"}});
            io.bits(1,
                    h.flags.ack,
                    {.name = {"ACK", "ACK"},
                     .meaning = {"The acknowledgement number counts.", "确认号有效。"}});
            io.bits(1,
                    h.flags.psh,
                    {.name = {"PSH", "PSH"},
                     .meaning = {"Hand the data to the application without waiting for more.",
                                 "尽快把数据交付给应用进程，不再等待更多数据。"}});
            io.bits(
                1,
                h.flags.rst,
                {.name = {"RST", "RST"}, .meaning = {"The connection is reset.", "复位连接。"}});
            io.bits(1,
                    h.flags.syn,
                    {.name = {"SYN", "SYN"},
                     .meaning = {"Opens: announces the initial sequence number.",
                                 "建立连接：告知初始序号 ISN。"}});
            io.bits(
                1,
                h.flags.fin,
                {.name = {"FIN", "FIN"},
                 .meaning = {"The sender has no more data to send.", "发送方不再有数据要发送。"}});
        });
    io.field(
        h.window,
        {.name = {"Window", "窗口"},
         .meaning = {"How many octets from the acknowledgement number on the sender is ready "
                     "to receive; to be scaled if both SYNs carried the option.",
                     "从确认号起还允许对方发送的字节数；双方的 SYN 都带窗口扩大选项时需要放大。"}});
    io.checksum(h.checksum,
                {.name = {"Checksum", "检验和"},
                 .meaning = {"Over the pseudo-header, this header and the payload.",
                             "检验范围是伪首部、本首部和数据部分。"},
                 .hex = true});
    io.field(h.urgentPointer,
             {.name = {"Urgent pointer", "紧急指针"},
              .meaning = {"Where the urgent data end, from the sequence number on. It counts only "
                          "where URG is set.",
                          "紧急数据的末尾相对序号的偏移。只在 URG 为 1 时有效。"}});
    io.octets(h.options,
              h.optionOctets(),
              {.name = {"Options", "选项"},
               .meaning = {"What not every segment needs, at most 40 octets.",
                           "并非每个报文段都需要的内容，最多 40 字节。"},
               .parts = listTcpOptions});
    if (const auto broken = brokenOptionAt(h.options)) {
        io.fault(TcpHeader::kFixedOctets + *broken,
                 {"A TCP option has an impossible length; what follows it is not read.",
                  "某个 TCP 选项的长度不可能成立，其后的选项不再解析。"});
    }
}

/// What the payload begins with, where a message of a program is recognised in it.
[[nodiscard]] inline Continuation continuation(const TcpHeader& h, Octets payload) {
    return {beginningOfMessage(h.sourcePort, h.destinationPort, payload)};
}

/// "40000 → 80, S. 0:0(0) ack 1 win 65535"
[[nodiscard]] std::string summary(const TcpHeader& header, std::size_t payloadLength);

}  // namespace tcplab::wire
