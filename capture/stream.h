#pragma once

#include "capture/session.h"
#include "sim/trace/record.h"

#include <cstdint>
#include <functional>
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
    bool ended = false;                   ///< A FIN stands right behind `octets`.
};

/// The packets that brought a range of the stream, in its order.
[[nodiscard]] std::vector<PacketId> packetsOf(const Stream& stream,
                                              std::uint64_t begin,
                                              std::uint64_t end);

/// Puts the streams of one connection together. Where octets come twice the first ones count. It
/// holds what waits for a gap to fill, at most `kMostHeld` octets: what is beyond is missing.
class StreamAssembler {
public:
    static constexpr std::uint64_t kMostHeld = 64U * 1024 * 1024;

    /// `payload` is what was captured of the packet's payload.
    void take(const Packet& packet, Octets payload);
    /// Both streams, when no more packets come.
    [[nodiscard]] PerSide<Stream> finish();

private:
    struct Waiting {
        std::vector<std::uint8_t> octets{};
        PacketId packet = 0;
        Instant at{};
        bool push = false;
    };
    struct Direction {
        Stream stream{};
        std::optional<std::int64_t> first{};  ///< Sequence number of offset 0.
        std::map<std::uint64_t, Waiting> waiting{};
        std::uint64_t held = 0;
        std::optional<std::uint64_t> fin{};
    };
    void extend(Side side, std::uint64_t begin, const Waiting& piece);

    PerSide<Direction> directions_{};
    std::optional<Side> speaker_{};  ///< Who sent the last new octets.
};

/// Both streams of a connection of a record that keeps the octets of its packets whole.
[[nodiscard]] PerSide<Stream> streamsOf(const Trace& trace, ConnectionId connection);

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
