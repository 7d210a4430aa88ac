#pragma once

#include "capture/analysis/finding.h"
#include "sim/trace/record.h"

#include <cstdint>
#include <optional>

namespace tcplab::capture {

/// What we find in a flow, under names of our own. A value of fixed size; it looks at each packet
/// once, after SequenceAnalysis, and keeps none.
class Behaviour {
public:
    /// What is known of a packet beside its record.
    struct Context {
        std::uint64_t captured = 0;           ///< Octets of payload that are in the file,
        std::uint64_t fresh = 0;              ///< and those of them that were not there before.
        std::uint32_t segment = 536;          ///< Octets of payload that it may have.
        std::optional<Duration> roundTrip{};  ///< Of the handshake.
        std::uint8_t hopLimit = 0;            ///< Left of it where the packet was captured.
        /// A packet with the same numbers and other octets; 0 where there is none.
        PacketId differsFrom = 0;
    };
    void look(const Packet& packet, const Context& context, PacketFindings& found);

    /// What shows only when nothing more comes; `until` is how far the capture goes.
    void finish(const PerSide<tcp::State>& states, Instant until, FindingCounts& counts) const;

    /// How long the end has kept its window closed, up to the last packet.
    [[nodiscard]] Duration windowClosed(Side side, Instant last) const;
    /// The first packet with which it said so; 0 where there is none.
    [[nodiscard]] PacketId windowClosedSince(Side side) const { return ends_[side].firstClosed; }
    [[nodiscard]] PacketId synOf(Side side) const { return ends_[side].syn; }
    [[nodiscard]] bool answeredSyn(Side side) const { return ends_[side].answeredSyn; }
    [[nodiscard]] PacketId finOf(Side side) const { return ends_[side].fin; }
    [[nodiscard]] PacketId resetPacket() const { return reset_; }

private:
    struct Seen {
        PacketId packet = 0;
        Instant at{};
    };
    struct End {
        PacketId syn = 0;  ///< Its first SYN; 0 where there is none.
        std::int64_t synNumber = 0;
        bool answeredSyn = false;  ///< With a SYN that has an ACK.
        PacketId fin = 0;
        Instant finAt{};
        std::int64_t finEnd = 0;
        std::int64_t next = 0;  ///< The highest end of its segments.
        std::uint64_t packets = 0;
        Seen last{};                ///< Its last packet that was no RST,
        std::uint8_t hopLimit = 0;  ///< and what was left of its hop limit.
        std::optional<std::int64_t> firstAck{};
        std::int64_t largestAck = 0;
        bool acknowledgedSyn = false;  ///< With a packet that was no SYN.
        bool unread = false;           ///< It got octets since it last sent any.
        std::uint32_t keepAlives = 0;  ///< Without an answer.
        PacketId firstKeepAlive = 0;
        std::uint32_t largestWindow = 0;
        std::optional<Seen> closed{};  ///< Its window, since then.
        Duration closedFor{};          ///< The times before that, added up.
        PacketId firstClosed = 0;
        Seen small{};    ///< Its last segment, where it was alone and not full.
        Seen lateAck{};  ///< The answer to that, where it took long.
    };

    void lookAtSyn(const Packet& packet, PacketFindings& found);
    void lookAtOctets(const Packet& packet, const Context& context, PacketFindings& found);
    void lookAtFin(const Packet& packet, PacketFindings& found);
    void lookAtReset(const Packet& packet, const Context& context, PacketFindings& found);
    void lookAtWindow(const Packet& packet, const Context& context, PacketFindings& found);
    void lookAtWaiting(const Packet& packet, const Context& context, PacketFindings& found);

    PerSide<End> ends_{};
    PacketId reset_ = 0;
    bool halfOpen_ = false;
};

}  // namespace tcplab::capture
