#pragma once

#include "capture/analysis/finding.h"
#include "capture/analysis/sent_segments.h"
#include "sim/base/side.h"
#include "sim/base/time.h"
#include "sim/wire/stack.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace tcplab::capture {

/// What tshark 4.0 finds in the packets between two ends: its SEQ/ACK analysis, decided in its
/// order. A value of fixed size; it looks at each packet once and keeps none.
///
/// tshark counts in the 32 bits of the header and takes 0 for a number that it does not know yet.
/// That is a part of what its words mean, so it is done here as well, and nowhere else.
class SequenceAnalysis {
public:
    /// Adds what is found of the packet. `sent` are the segments of both ends before it.
    void look(const wire::TcpPacketView& packet,
              Side from,
              Instant at,
              const PerSide<SentSegments>& sent,
              PacketFindings& found);

    /// The time from a SYN to the ACK that ends its handshake, which tshark takes for the round
    /// trip; zero where it is not known.
    [[nodiscard]] Duration initialRoundTrip() const { return initialRoundTrip_; }

    /// The same with the ends the other way round.
    [[nodiscard]] SequenceAnalysis swapped() const {
        SequenceAnalysis other = *this;
        std::swap(other.ends_[Side::Client], other.ends_[Side::Server]);
        return other;
    }

private:
    enum class Scaling : std::uint8_t { Unknown, Known, Refused };
    /// What one end has sent.
    struct End {
        std::optional<std::uint32_t>
            base{};                 ///< Its initial number, perhaps by what was acknowledged.
        std::uint32_t nextSeq = 0;  ///< The highest end of a segment.
        std::uint32_t maxSeqToBeAcked = 0;  ///< The same, without a gap.
        std::uint32_t lastAck = 0;
        std::uint32_t window = UINT32_MAX;  ///< As the header has it, which never holds this.
        std::uint32_t duplicateAcks = 0;
        Scaling scaling = Scaling::Unknown;
        std::uint8_t shift = 0;
        bool firstAckToCome = false;  ///< Since its SYN.
        Findings last{};              ///< Of its last packet.
        Instant nextSeqAt{};
        Instant lastAckAt{};
        PacketId nextSeqPacket = 0;
        PacketId lastPacket = 0;
        PacketId lastNewAck = 0;  ///< The packet of the last ACK that was no duplicate.
        PacketId lastDuplicateAck = 0;
        PacketId lastKeepAlive = 0;  ///< Or the last zero window probe.
    };
    /// A packet as it is looked at.
    struct Look {
        const wire::TcpHeader& header;
        std::uint32_t seq = 0;
        std::uint32_t ack = 0;
        std::uint32_t len = 0;
        Instant at{};
        const PerSide<SentSegments>& sent;
        Side from{};
        PacketFindings& found;

        [[nodiscard]] bool opensOrCloses() const { return header.flags.syn || header.flags.fin; }
        /// None of SYN, FIN and RST.
        [[nodiscard]] bool isPlain() const { return !opensOrCloses() && !header.flags.rst; }
    };

    void findReuse(const Look& look);
    void findProbes(const Look& look);
    [[nodiscard]] bool findRepeatedAck(const Look& look);
    void findAckOfUnseen(const Look& look);
    void findRepetition(const Look& look) const;
    [[nodiscard]] PacketId firstSent(const Look& look) const;
    void remember(const Look& look);
    void learnScaling(const Look& look);
    void learnRoundTrip(const Look& look);

    PerSide<End> ends_{};
    Instant lastSyn_{};
    Duration initialRoundTrip_{};
    PacketId first_ = 0;
};

}  // namespace tcplab::capture
