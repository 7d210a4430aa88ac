#pragma once

#include "sim/wire/link_type.h"

#include <cstdint>
#include <string>

namespace tcplab::capture {

/// The LINKTYPE_ number of a file; old files have numbers that one system alone gave to raw IP.
[[nodiscard]] wire::LinkType linkTypeOf(std::uint16_t number);

/// A sentence: no frame of this link type can be dissected. `number` is as the file has it.
[[nodiscard]] std::string notDissected(std::uint32_t number);

/// The most octets of a packet that a file is believed to hold, where its link type is dissected:
/// the longest snap length of tcpdump, libpcap and Wireshark. More means damage.
constexpr std::uint32_t kLongestPacket = 262'144;

}  // namespace tcplab::capture
