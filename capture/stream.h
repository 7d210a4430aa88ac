#pragma once

#include "capture/session.h"
#include "sim/trace/record.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <vector>

namespace tcplab::capture {

/// What a packet was the first to bring of a stream.
struct StreamPart {
    std::uint64_t begin = 0;  ///< Offset in the stream: 0 is the first octet after the SYN.
    std::uint64_t end = 0;
    PacketId packet = 0;
    Instant at{};
    bool push = false;  ///< The packet has PSH, and this is its end.
};

/// The octets that one end of a connection sent, in order and once, as far as nothing is missing.
struct Stream {
    std::vector<std::uint8_t> octets{};
    std::vector<StreamPart> parts{};      ///< Of `octets`, in order, without gaps.
    std::vector<std::uint64_t> turns{};   ///< Offsets at which the other end began to speak.
    std::uint64_t missing = 0;            ///< Octets that the file lacks behind `octets`,
    std::optional<PacketId> missingAt{};  ///< and the first packet behind them.
    std::optional<PacketId> noRoomFor{};  ///< As in StreamEnd.
    bool ended = false;                   ///< A FIN stands right behind `octets`.
};

/// The packets that brought a range of the stream, in its order.
[[nodiscard]] std::vector<PacketId> packetsOf(const Stream& stream,
                                              std::uint64_t begin,
                                              std::uint64_t end);

/// What is known of a stream besides its octets.
struct StreamEnd {
    std::uint64_t size = 0;               ///< Octets without a gap.
    std::uint64_t missing = 0;            ///< Octets that the file lacks behind them,
    std::optional<PacketId> missingAt{};  ///< and the first packet behind those.
    /// They are in the file, in this packet and later ones, and there was no room to hold them.
    std::optional<PacketId> noRoomFor{};
    bool ended = false;  ///< A FIN stands right behind them.
};

/// Puts what the packets of one connection carry in order, each octet once: where octets come twice
/// the first ones count. It holds what waits for a gap to fill, at most `kMostHeld` octets, and
/// nothing any more once the other end has acknowledged what is beyond the gap: what the file lacks
/// does not come. What is given up so is missing, and so is what had no room.
class StreamOrder {
public:
    static constexpr std::uint64_t kMostHeld = 16U * 1024 * 1024;
    /// So many octets are held even if the gap was acknowledged: captures of two interfaces may
    /// have the ACK first.
    static constexpr std::uint64_t kHeldBeyondAck = 256U * 1024;

    /// Takes what comes next of a stream; the octets are valid during the call.
    using Next = std::function<void(Side from, const StreamPart& part, Octets octets)>;

    /// `payload` is what was captured of the packet's payload.
    void take(const Packet& packet, Octets payload, const Next& next);
    /// To be asked when no more packets come.
    [[nodiscard]] StreamEnd endOf(Side side) const;

private:
    struct Waiting {
        std::vector<std::uint8_t> octets{};
        PacketId packet = 0;
        Instant at{};
        bool push = false;
    };
    struct Direction {
        std::uint64_t known = 0;              ///< Octets without a gap.
        std::optional<std::int64_t> first{};  ///< Sequence number of offset 0.
        std::map<std::uint64_t, Waiting> waiting{};
        std::uint64_t held = 0;
        std::optional<std::uint64_t> fin{};
        std::int64_t acknowledged = 0;  ///< Sequence number that the other end has acknowledged.
        bool gaveUp = false;            ///< The gap will not fill.
        std::optional<PacketId> beyondGap{};
        std::uint64_t gapEnd = 0;
        /// The first piece that had no room, and has not come again.
        struct Refused {
            PacketId packet = 0;
            std::uint64_t end = 0;
        };
        std::optional<Refused> refused{};
    };
    void giveUp(Direction& direction);

    PerSide<Direction> directions_{};
};

/// Puts the streams of one connection together, of each at most its first `most` octets.
class StreamAssembler {
public:
    explicit StreamAssembler(std::uint64_t most = std::numeric_limits<std::uint64_t>::max())
        : most_{most} {}

    /// `payload` is what was captured of the packet's payload.
    void take(const Packet& packet, Octets payload);
    /// Both streams, when no more packets come.
    [[nodiscard]] PerSide<Stream> finish();

private:
    void extend(Side side, const StreamPart& part, Octets octets);

    std::uint64_t most_;
    StreamOrder order_{};
    PerSide<Stream> streams_{};
    std::optional<Side> speaker_{};  ///< Who sent the last new octets.
};

/// What was captured of the payload of a packet of a record, `octets` being the whole frame; empty
/// where it is not this packet's alone, as of a fragment.
[[nodiscard]] Octets payloadOf(const Packet& packet, Octets octets);

/// Both streams of a connection of a record that keeps the octets of its packets whole, of each at
/// most the first `most` octets.
[[nodiscard]] PerSide<Stream> streamsOf(
    const Trace& trace,
    ConnectionId connection,
    std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

/// One connection with what both ends sent.
struct Conversation {
    Flow flow{};
    PerSide<Stream> streams{};
};

/// Reads `source` to its end and hands over each connection when it has ended. What was fragmented
/// is missing in the streams.
[[nodiscard]] Summary readConversations(FrameSource& source,
                                        const std::function<void(Conversation)>& take);

}  // namespace tcplab::capture
