#pragma once

#include "sim/trace/record.h"

#include <array>
#include <string>
#include <string_view>

namespace tcplab {

/// How a packet is written beside its arrow.
enum class Notation : std::uint8_t {
    Tcpdump,   ///< "S. seq 0 ack 1", "P. seq 1:13 ack 1 len 12"
    Names,     ///< "SYN, ACK seq 0 ack 1"
    Textbook,  ///< "SYN=1, ACK=1, seq=y, ack=x+1": x and y are the ISNs of client and server.
};
inline constexpr std::array kNotations{Notation::Tcpdump, Notation::Names, Notation::Textbook};

/// "tcpdump", "names", "textbook"
[[nodiscard]] std::string_view toString(Notation notation);

[[nodiscard]] std::string labelOf(const Packet& packet, Notation notation = Notation::Tcpdump);

}  // namespace tcplab
