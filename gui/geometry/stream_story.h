#pragma once

#include "capture/stream.h"
#include "sim/framing/prove.h"
#include "sim/net/scenario.h"
#include "sim/trace/stream_rows.h"
#include "sim/trace/trace.h"

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

// What the stream page tells: the rows of one direction, of a scenario under other switches or of a
// captured connection. Pure: no widget.
namespace tcplab::gui {

/// What one may change of a scenario to see what becomes of its boundaries.
struct StreamSwitches {
    bool noDelay = false;  ///< TCP_NODELAY of the sender.
    bool cork = false;     ///< TCP_CORK of the sender.
    bool datagrams = false;
    std::uint16_t mss = 0;       ///< Of both ends.
    Duration sendPace{};         ///< Before each send but the first.
    std::uint32_t readSize = 0;  ///< The n of each recv(n).
    Duration readPace{};         ///< Before each recv.
    /// How the programs mark their messages; empty: not at all, or as they were written.
    std::optional<framing::Framing> framing{};
    friend bool operator==(const StreamSwitches&, const StreamSwitches&) = default;
};

/// As the scenario has them; where calls differ, of the longest.
[[nodiscard]] StreamSwitches switchesOf(const net::Scenario& scenario, Side sender);

/// The scenario with what differs between the two changed. Where its messages cannot be written
/// with the framing, why.
[[nodiscard]] Expected<net::Scenario, framing::FramingError> withSwitches(
    net::Scenario scenario, Side sender, const StreamSwitches& were, const StreamSwitches& are);

/// The side whose program sends, or sends more of the messages.
[[nodiscard]] Side mainSpeaker(const net::Scenario& scenario);

/// So many octets of a captured stream are read at most.
inline constexpr std::uint64_t kMostRead = 8U * 1024 * 1024;

/// The rows of a captured stream: segments, and messages where there is a framing. Sends and
/// receives are not in a capture; a boundary is broken where the end of a message is none of a
/// segment (glued), or the other way round (split).
[[nodiscard]] StreamRows capturedRows(const capture::Stream& stream,
                                      Side from,
                                      const std::optional<framing::Framing>& framing,
                                      std::uint64_t start = 0);

/// What of a direction of a run has been by a moment.
struct StreamSoFar {
    std::size_t sends = 0;
    std::size_t receives = 0;
    std::set<PacketId> packets{};  ///< Segments that have left.
};
[[nodiscard]] StreamSoFar soFar(const Trace& trace, Side from, Moment until);

/// What is known of the rows of a run by then: the rest is still to come.
[[nodiscard]] StreamRows upTo(StreamRows rows, const StreamSoFar& soFar);

/// The octets of payload of a full segment from this end: what the MSS that the other end announced
/// leaves beside the options of its segments. Empty where the record does not say it.
[[nodiscard]] std::optional<std::uint64_t> fullSegmentOf(const Trace& trace,
                                                         ConnectionId connection,
                                                         Side from);

/// What a captured stream has behind the octets that are shown.
struct StreamGap {
    std::uint64_t missing = 0;         ///< Octets that nobody captured,
    std::optional<PacketId> behind{};  ///< the first packet behind them,
    std::uint64_t beyond = 0;          ///< and octets of the stream from there on.
};
[[nodiscard]] StreamGap gapOf(const capture::Stream& stream,
                              const Trace& trace,
                              ConnectionId connection,
                              Side from);

/// One decoder, tried with every cut.
struct Trial {
    framing::Exhibit exhibit{};
    framing::Proof proof{};
};
/// The first messages of a stream, and what each decoder that suits makes of all ways to cut them.
struct Trials {
    Bytes octets{};
    std::vector<Trial> all{};
};
[[nodiscard]] Trials tryEveryCut(Octets stream, const framing::Framing& framing);

/// What is to be drawn, in the language of the window.
struct StreamStory {
    StreamRows rows{};
    bool captured = false;  ///< Nothing is known of sends and receives.
    bool goesOn = false;    ///< The rows are those of a run that has not ended.
    std::optional<Trials> trials{};
    /// How the messages are marked, where they are.
    std::optional<framing::Framing> framing{};
    std::optional<std::uint64_t> fullSegment{};  ///< As fullSegmentOf, of a capture.
    StreamGap gap{};
    /// What has been by the cursor; empty: all.
    std::optional<StreamSoFar> soFar{};
};

/// Whether the receiver had not read so far by the cursor.
[[nodiscard]] bool isLater(const StreamStory& story, std::uint64_t offset);

/// How many octets of a stream have room at first, so that segments and messages can be told apart.
[[nodiscard]] std::uint64_t octetsThatFit(const StreamRows& rows, double width);

}  // namespace tcplab::gui
