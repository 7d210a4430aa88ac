#pragma once

#include "capture/analysis/behaviour.h"
#include "capture/analysis/recovery.h"
#include "capture/analysis/remarks.h"
#include "capture/analysis/sent_segments.h"
#include "capture/analysis/sequence_analysis.h"
#include "capture/flow.h"
#include "capture/flow_key.h"
#include "capture/frame_source.h"
#include "capture/observer.h"
#include "capture/sequence_space.h"
#include "sim/wire/stack.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace tcplab::capture {

/// What is remembered of two ends when their flow has ended.
struct PastFlow {
    wire::SocketAddress client{};
    SequenceAnalysis analysis{};
};

/// A connection of a capture while its packets come. Of fixed size but for the gaps in its
/// sequence numbers, which are bounded.
class OpenFlow {
public:
    /// `first` is its first packet. The client is who sent the SYN without ACK, or who was answered
    /// by a SYN with ACK. Where neither was seen, it is guessed: the end with the higher port, and
    /// of equal ports the sender of the first packet. `past` is the flow before it between the same
    /// ends, if there was one. `initial` is what is known in hindsight of the states before it.
    OpenFlow(ConnectionId id,
             const Frame& frame,
             const wire::TcpPacketView& first,
             const std::optional<PastFlow>& past = {},
             const std::optional<PerSide<tcp::State>>& initial = {});

    [[nodiscard]] const Connection& connection() const { return flow_.connection; }

    /// Asks the processor for all of it, which may have been forgotten by its caches, at once.
    void prefetch() const {
        constexpr std::size_t kLine = 64;
        const auto* octets = reinterpret_cast<const std::uint8_t*>(this);
        for (std::size_t at = 0; at < sizeof *this; at += kLine) __builtin_prefetch(octets + at);
    }

    /// False where the packet opens another connection between the same ends: it is a SYN with
    /// another sequence number.
    [[nodiscard]] bool continuesWith(const wire::TcpPacketView& packet) const;

    /// The packet that `view` shows as a record, `moment` being its own. Appends changes of state
    /// to `changes`, and what is found of the packet to `found`.
    [[nodiscard]] Packet take(const Frame& frame,
                              const wire::TcpPacketView& view,
                              Moment moment,
                              std::vector<Entry>& changes,
                              PacketFindings& found,
                              bool checksumWrong = false);

    /// Both FINs were acknowledged, or a RST ended it. Packets may follow.
    [[nodiscard]] bool over() const { return observer_ && observer_->over(); }

    /// What is known of it in the end; the capture has gone on `until` then. Appends the last
    /// changes of state to `changes`. Nothing may come after that.
    [[nodiscard]] const Flow& finish(Instant until, std::vector<Entry>& changes);

    [[nodiscard]] PastFlow past() const {
        return {flow_.connection.ends[Side::Client], sequenceAnalysis_};
    }

private:
    [[nodiscard]] Side sideOf(const wire::SocketAddress& address) const;
    [[nodiscard]] bool windowScaleUnknown(Side side) const;
    [[nodiscard]] TcpNumbers numbersOf(const wire::TcpPacketView& packet, Side from);
    void noteOptions(const wire::TcpPacketView& packet, Side from);
    void noteHandshake(const Packet& packet);
    /// The packet that had the same numbers and other octets; 0 where there is none.
    PacketId analyse(const wire::TcpPacketView& view, Packet& packet, PacketFindings& found);
    void measure(const wire::TcpPacketView& view,
                 const Packet& packet,
                 PacketId differsFrom,
                 PacketFindings& found);

    Flow flow_{};
    std::optional<Observer> observer_{};  ///< From the first packet on.
    PerSide<SequenceSpace> spaces_{};     ///< By who sends.
    PerSide<SentSegments> sent_{};
    SequenceAnalysis sequenceAnalysis_{};
    PerSide<std::optional<Flags>> syn_{};  ///< Of the first SYN of each.
    Behaviour behaviour_{};
    Recovery recovery_{};
    Remarks remarks_{};
    Statistics statistics_{};
    PerSide<std::optional<std::uint8_t>> windowScale_{};
    PerSide<bool> offeredWindow_{};  ///< In a packet whose window may be scaled.
    std::optional<Instant> synAt_{};
    bool synAcknowledged_ = false;
};

}  // namespace tcplab::capture
