#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/wire/segment.h"
#include "sim/wire/tcp.h"

#include <string>
#include <string_view>

// Segments as text, close to what packetdrill and tcpdump write:
//
//     S. 0:0(0) ack 1 win 65535 <mss 1460,sackOK,TS val 1 ecr 2,nop,wscale 7>
//
// Flags in the order F S R P . U E W, or "none"; first and end number and length of the
// payload; then ack, win, urg and the options, each only if needed. Options are eol, nop, mss N,
// wscale N, sackOK, sack A:B C:D, TS val N ecr N, "kind N 0xHEX" for any other, and "raw 0xHEX"
// for octets that are no option.
namespace tcplab::wire {

/// "S.", "FP.", "none"
[[nodiscard]] std::string flagsText(Flags flags);
/// "SYN, ACK", "none"
[[nodiscard]] std::string flagNames(Flags flags);

[[nodiscard]] std::string toString(const TcpOption& option);
/// "<mss 1460,nop,wscale 7>", or empty.
[[nodiscard]] std::string optionsText(Octets options);

[[nodiscard]] std::string toString(const TcpHeader& header, std::size_t payloadLength);

/// Reads the notation; win is 0 where it is not given. The payload is as many letters 'a' as the
/// length says. Code::Usage, and a sentence with the column, where it cannot be read.
[[nodiscard]] Expected<Segment, Error> parseSegment(std::string_view text);

}  // namespace tcplab::wire

namespace tcplab {

/// The segment in the notation above. parseSegment reads it back, save for the payload's content.
[[nodiscard]] std::string toString(const Segment& segment);

}  // namespace tcplab
