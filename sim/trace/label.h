#pragma once

#include "sim/base/text.h"
#include "sim/trace/trace.h"

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

/// What a timer of the record is called before "timer" or "timeout"; the name itself where it is
/// none of the machine's.
[[nodiscard]] Text nameOfTimer(std::string_view timer);

/// What happened at an end, as a person says it after the end's name: "sends 1  S seq 0",
/// "SYN-SENT -> ESTABLISHED". Its packets are those of `trace`.
[[nodiscard]] std::string labelOf(const Trace& trace,
                                  const Happening& what,
                                  Notation notation = Notation::Tcpdump,
                                  Language language = Language::English);

}  // namespace tcplab
