#pragma once

#include "capture/analysis/finding.h"
#include "capture/analysis/sent_segments.h"
#include "sim/trace/record.h"
#include "sim/wire/tcp_options.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tcplab::capture {

/// What became of octets that were sent again or came late, as far as the two ends themselves say
/// so: the receiver by its SACK blocks (RFC 2018, RFC 2883), the sender by its timestamps (RFC 7323
/// 3). It looks at each packet once, after Behaviour, and keeps none; what it remembers of ranges
/// is bounded, and there is none in a flow that loses nothing.
class Recovery {
public:
    static constexpr std::size_t kMostSacked = 64;  ///< Ranges that one end has reported,
    static constexpr std::size_t kMostCopies = 64;  ///< and of those that were sent again.

    /// What is known of a packet beside its record.
    struct Context {
        Octets options{};  ///< Of its header, as much as was captured.
        const PerSide<SentSegments>& sent;
        std::optional<Duration> roundTrip{};  ///< Of the handshake.
    };
    void look(const Packet& packet, const Context& context, PacketFindings& found);

private:
    /// Numbers that were reported, and the last packet that added to them.
    struct Range {
        std::int64_t from = 0;
        std::int64_t to = 0;
        PacketId packet = 0;
    };
    /// Numbers that passed once more.
    struct Copy {
        std::int64_t from = 0;
        std::int64_t to = 0;
        PacketId first = 0;  ///< Who had them before; 0 where that is not known.
        PacketId again = 0;
        bool judged = false;  ///< It needs no finding any more.
    };
    struct End {
        // As a sender:
        std::optional<std::int64_t> begin{};  ///< What is before that may have come uncaptured.
        std::int64_t next = 0;  ///< The highest end of its segments, when that was reached,
        Instant nextAt{};
        PacketId nextPacket = 0;  ///< and by which packet.
        std::uint32_t nextTimestamp = 0;
        std::uint32_t newestTimestamp = 0;
        PacketId newestPacket = 0;  ///< 0 where none had a timestamp.
        std::vector<Copy> copies{};
        std::size_t oldestCopy = 0;      ///< Where the next one goes, once they are kMostCopies.
        std::int64_t forgottenUpTo = 0;  ///< Copies up to there may have been forgotten.
        // As a receiver:
        std::int64_t acknowledged = 0;
        Instant acknowledgedAt{};
        PacketId acknowledgedBy = 0;  ///< 0 where the sender may not take it for an ACK.
        std::vector<Range> sacked{};  ///< Behind what is acknowledged, ascending and apart.
    };

    void lookAtRepetition(const Packet& packet, const Context& context, PacketFindings& found);
    void lookAtTimestamp(const Packet& packet, std::uint32_t value, PacketFindings& found) const;
    void lookAtAck(const Packet& packet, const Context& context, PacketFindings& found);
    void lookAtDuplicate(const Packet& packet,
                         const Range& twice,
                         const SentSegments& sent,
                         PacketFindings& found);
    [[nodiscard]] bool isTailLossProbe(const Packet& packet, const Context& context) const;
    void remember(Side from, const Copy& copy);
    static void report(End& receiver, Range range);

    PerSide<End> ends_{};
};

}  // namespace tcplab::capture
