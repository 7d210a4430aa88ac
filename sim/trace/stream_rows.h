#pragma once

#include "sim/base/side.h"
#include "sim/base/text.h"
#include "sim/base/time.h"
#include "sim/framing/framing.h"
#include "sim/net/scenario.h"
#include "sim/trace/record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What one program sent and the other received, over one axis: the octets of the stream. Four rows,
// as data for whoever draws them: sends, segments, receives, messages; and where a boundary of one
// is none of another, why.
namespace tcplab {

/// Why a boundary between two sends is lost, or another one appears.
struct Cause {
    enum class Kind : std::uint8_t {
        // Glued: the octets on both sides of a send's end came out of one receive.
        ReadLate,  ///< `packet` had arrived too when the program read, `time` after what is before.
        ReadTooMuch,   ///< The call asked for `octets`, more than what was left of the send.
        Nagle,         ///< Nagle's algorithm held the octets before: `packet` was not acknowledged.
        Cork,          ///< TCP_CORK held them.
        WindowClosed,  ///< The peer's window had no room for them.
        CongestionClosed,  ///< The congestion window had none.
        SentAgain,         ///< Lost, and sent again in one segment.
        GapFilled,         ///< `packet` filled a gap, and what lay behind it could be read too.
        // Split: a receive ended within a send.
        ReadTooLittle,       ///< The call asked for `octets`, and more were there.
        MaximumSegmentSize,  ///< `packet` was full, of `octets`, and the next had not arrived.
        WindowEdge,          ///< `packet` filled the peer's window.
        CongestionEdge,      ///< `packet` filled the congestion window.
        // Octets that are gone, over UDP.
        ReadTooShort,  ///< The call asked for `octets`: the rest of the datagram is lost.
        DatagramLost,  ///< `packet` was lost on the wire.
        BufferFull,    ///< There was no room for `packet` in the receive buffer.
    };
    Kind kind{};
    std::optional<PacketId> packet{};
    std::uint64_t octets = 0;
    Duration time{};
    friend bool operator==(const Cause&, const Cause&) = default;
};
/// "read-late"
[[nodiscard]] std::string_view toString(Cause::Kind kind);
/// What the sender, the receiver and the window call it: one sentence.
[[nodiscard]] std::string describe(const Cause& cause, Language language);

struct StreamRows {
    struct Send {
        framing::StreamRange octets{};
        Instant at{};
    };
    struct Segment {
        framing::StreamRange octets{};
        PacketId packet = 0;
        Instant departed{};
        std::optional<Instant> arrived{};
        bool again = false;  ///< A retransmission.
    };
    struct Receive {
        framing::StreamRange octets{};
        std::uint32_t asked = 0;  ///< The n of recv(n).
        Instant called{};
        Instant returned{};
    };
    /// A message that the receiver's decoder took out, or else what was one send.
    struct Message {
        framing::StreamRange octets{};
        bool parts = false;    ///< In several receives.
        bool glued = false;    ///< A receive with some of it has octets of another message too.
        bool missing = false;  ///< Some of it was never received.
    };
    /// Where a boundary of a send is none of a receive (glued), or the other way round (split).
    struct Broken {
        std::uint64_t offset = 0;
        bool glued = false;
        std::vector<Cause> causes{};  ///< All that had to come together.
    };
    struct Lost {
        framing::StreamRange octets{};
        Cause cause{};
    };

    Side from{};
    bool datagrams = false;  ///< Over UDP: a segment is a datagram.
    Bytes octets{};          ///< All that was sent.
    std::vector<Send> sends{};
    std::vector<Segment> segments{};
    std::vector<Receive> receives{};
    std::vector<Message> messages{};
    std::vector<Broken> broken{};
    std::vector<Lost> lost{};
    std::optional<framing::FramingError>
        error{};  ///< What the receiver's decoder said, if anything.
};

/// Plays the scenario over TCP. By who sends.
[[nodiscard]] PerSide<StreamRows> streamRows(const net::Scenario& scenario, std::uint64_t seed = 1);

/// Plays the same programs over the same links with UDP sockets: connect, listen and accept return
/// at once, each send is a datagram, each recv takes one. Nothing is acknowledged or sent again.
[[nodiscard]] PerSide<StreamRows> datagramRows(const net::Scenario& scenario,
                                               std::uint64_t seed = 1);

/// Fills `messages` from what was received and sent. Called by the two above.
void addMessages(const std::optional<framing::Framing>& framing, StreamRows& rows);

}  // namespace tcplab
