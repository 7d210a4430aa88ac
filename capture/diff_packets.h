#pragma once

#include "capture/diff.h"
#include "sim/wire/tcp_options.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

// The parts of capture/diff.cpp.
namespace tcplab::capture {

/// A packet as a comparison needs it. Octets are those of the capture's trace.
struct Seen {
    PacketId number = 0;
    Instant at{};
    Side from{};
    TcpNumbers tcp{};
    std::uint16_t rawWindow = 0;
    std::uint16_t urgent = 0;
    std::uint8_t version = 4;
    std::uint8_t ttl = 0;
    std::uint8_t dscp = 0;
    std::uint8_t ecn = 0;
    std::optional<std::uint16_t> ipId{};
    bool dontFragment = false;
    wire::TcpOptions options{};
    Octets payload{};  ///< As much as was captured.
};

/// The packets of each connection, by its id, in the order of the file. Packets that came in
/// fragments have no more than their numbers.
[[nodiscard]] std::vector<std::vector<Seen>> seenIn(const Trace& trace);

/// What a packet is, wherever it is seen: sender, relative numbers, length, SYN, FIN, RST and ACK.
using PacketKey = std::tuple<Side, std::int64_t, std::int64_t, std::uint32_t, std::uint8_t>;
[[nodiscard]] PacketKey keyOf(const Seen& packet);

/// Places in two lists of packets that are of the same one.
struct Match {
    std::size_t a = 0;
    std::size_t b = 0;
};
struct Matching {
    std::vector<Match> pairs{};  ///< By `a`.
    bool identified = false;     ///< Equal packets were told apart by what they carry.
    std::vector<std::size_t> restA{};
    std::vector<std::size_t> restB{};
};
[[nodiscard]] Matching match(const std::vector<Seen>& a, const std::vector<Seen>& b);

/// Whether two packets of one key carry the same IP identification or timestamp.
[[nodiscard]] bool sameMark(const Seen& a, const Seen& b);

/// What differs between a packet as it came to the first place, and to the second. `forth` is what
/// was added to its sender's sequence numbers on the way, `back` what is added to the other's.
[[nodiscard]] std::vector<FieldChange> changesOf(const Seen& before,
                                                 const Seen& after,
                                                 std::uint32_t forth,
                                                 std::uint32_t back);

}  // namespace tcplab::capture
