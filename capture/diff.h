#pragma once

#include "capture/session.h"
#include "sim/trace/diff.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What happened to a conversation between two places at which it was captured. Neither clock is
// trusted, and neither addresses, ports nor sequence numbers need to be the same in both.
namespace tcplab::capture {

/// What a packet says at the first of the two places that it passed, and at the second.
struct FieldChange {
    std::string_view field{};  ///< "TTL", "MSS", "payload"
    std::string before{};
    std::string after{};
    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

enum class Fate : std::uint8_t {
    Lost,         ///< Seen at the first place it should pass, and not at the second.
    Appeared,     ///< Seen at the second only: made, or missed by the first capture.
    Duplicated,   ///< Seen at the second once more than at the first.
    Resegmented,  ///< Its octets came, cut into other packets.
    Reordered,    ///< At the second after packets that it was ahead of at the first.
    Changed,
};
[[nodiscard]] std::string_view toString(Fate fate);

/// A packet to which something happened. One packet may have several of these.
struct PacketFate {
    Fate fate{};
    Side from{};  ///< As the first capture has the sides.
    InBoth<PacketId> packet{};
    std::vector<FieldChange> changes{};  ///< Changed: which fields, at least one.
};

/// How long packets of one direction took, as the two clocks have it.
struct OneWay {
    std::size_t packets = 0;  ///< That were seen at both places.
    Duration least{};
    Duration mean{};
    Duration most{};
};

/// A connection that both captures have.
struct FlowDiff {
    ConnectionId a = 0;
    ConnectionId b = 0;
    bool swapped = false;       ///< The second capture has client and server the other way round.
    Side nearA = Side::Client;  ///< The end that is nearer to the place of the first capture.
    bool nearKnown = false;     ///< Times tell; else it is assumed that it is the client.
    std::vector<FieldChange> ends{};    ///< Addresses and ports that are not the same in both.
    PerSide<std::uint32_t> shift{};     ///< Added to the sequence numbers on the way, modulo 2^32.
    PerSide<OneWay> delay{};            ///< By who sends.
    std::vector<PacketFate> packets{};  ///< In the order of the first places.
    std::size_t common = 0;             ///< Packets that both have.

    [[nodiscard]] bool same() const;
    /// How much the second clock is ahead, if the quickest packets took as long in both directions.
    [[nodiscard]] std::optional<Duration> clockOffset() const;
};

struct CaptureDiff {
    std::vector<FlowDiff> flows{};  ///< In the order of the first capture.
    std::vector<ConnectionId> onlyA{};
    std::vector<ConnectionId> onlyB{};

    [[nodiscard]] bool same() const;
};

/// Compares two captures. A connection is found again by its ends, or where those were changed by
/// what was said; a packet by its relative numbers, and among equals by the IP identification or
/// the timestamp, where these come through, or else by time.
[[nodiscard]] CaptureDiff diff(const Loaded& a, const Loaded& b);

}  // namespace tcplab::capture
