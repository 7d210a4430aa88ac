#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::test {

/// What a shell command prints on standard output.
[[nodiscard]] std::string outputOf(const std::string& command);

[[nodiscard]] bool tsharkIsThere();

/// The TCP packets alone; ICMP quotes TCP. Read twice, so that what a flow is in the end is told of
/// each packet.
inline constexpr std::string_view kTcpAlone = "-2 -Y 'tcp and not icmp'";
/// Every packet, each by itself, with the sequence numbers that it has, and IP's checksums verified
/// too.
inline constexpr std::string_view kEachByItself =
    "-o ip.check_checksum:TRUE -o ip.defragment:FALSE -o ipv6.defragment:FALSE -o "
    "tcp.relative_sequence_numbers:FALSE "
    "-o tcp.desegment_tcp_streams:FALSE -E occurrence=a -E aggregator=,";

/// These fields of each packet as tshark prints them: a line a packet, tabs between. TCP's
/// checksums are verified. `options` are further ones of its command line.
[[nodiscard]] std::vector<std::string> tshark(const std::string& file,
                                              const std::vector<std::string>& fields,
                                              std::string_view options = kTcpAlone);

/// The names of fields in tshark, and their values. Fields that are not there have no entry.
using TsharkFields = std::map<std::string, std::string>;
[[nodiscard]] std::vector<TsharkFields> tsharkFields(const std::string& file,
                                                     const std::vector<std::string>& fields,
                                                     std::string_view options = kEachByItself);

/// Where the two differ: "tcp.len: tshark says 10, and we say nothing".
[[nodiscard]] std::vector<std::string> differences(const TsharkFields& theirs,
                                                   const TsharkFields& ours);

}  // namespace tcplab::test
