#pragma once

#include "tests/support/tshark.h"

#include <cstdint>
#include <map>
#include <string>

namespace tcplab::test {

/// The TCP packets of a capture file by their numbers, with the names that tshark has for fields,
/// and "source", "destination" for the addresses of the innermost IP header.
using TcpPackets = std::map<std::uint32_t, TsharkFields>;

/// As the analysis tells its sinks.
[[nodiscard]] TcpPackets tcpPacketsAsWeReadThem(const std::string& file);
/// Without those that ICMP quotes.
[[nodiscard]] TcpPackets tcpPacketsAsTsharkReadsThem(const std::string& file);

}  // namespace tcplab::test
