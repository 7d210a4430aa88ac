#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The header of RFC 768.
struct UdpHeader {
    static constexpr Protocol kProtocol = Protocol::Udp;
    static constexpr std::size_t kOctets = 8;
    static constexpr std::size_t kChecksumOffset = 6;

    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::uint16_t length = 0;
    std::uint16_t checksum = 0;
};

template <class Io>
void layout(Io& io, UdpHeader& h) {
    io.field(h.sourcePort,
             {.name = {"Source port", "源端口"},
              .meaning = {"Names the sending process within its host; 0 where no answer is wanted.",
                          "在发送方主机内标识发送进程；不需要回答时可为 0。"}});
    io.field(h.destinationPort,
             {.name = {"Destination port", "目的端口"},
              .meaning = {"Names the receiving process within its host.",
                          "在接收方主机内标识接收进程。"}});
    io.field(h.length,
             {.name = {"Length", "长度"},
              .meaning = {"Octets of header and payload.", "首部与数据部分的字节数之和。"}});
    io.require(
        h.length == 0 || h.length >= UdpHeader::kOctets,
        {"The length is under 8: a UDP header has 8 octets.", "长度小于 8:UDP 首部有 8 字节。"});
    io.extent(h.length);
    io.note(h.length == 0,
            {"left to the network card, or to the jumbo option of IPv6",
             "留给网卡填写，或由 IPv6 的巨型载荷选项给出"});
    io.checksum(h.checksum,
                {.name = {"Checksum", "检验和"},
                 .meaning = {"Over the pseudo-header, this header and the payload. Over IPv4 it "
                             "may be left out, and is 0 then.",
                             "检验范围是伪首部、本首部和数据部分。IPv4 中可以不用，此时为 0。"},
                 .hex = true});
}

/// What the destination port, or the source port of an answer, is known for.
[[nodiscard]] Continuation continuation(const UdpHeader& h);

/// "53 → 40000"
[[nodiscard]] inline std::string summary(const UdpHeader& h, std::size_t payloadLength) {
    return std::to_string(h.sourcePort) + " → " + std::to_string(h.destinationPort) + " (" +
           std::to_string(payloadLength) + ")";
}

}  // namespace tcplab::wire
