#pragma once

#include "capture/stream.h"
#include "sim/framing/prove.h"
#include "sim/net/scenario.h"
#include "sim/trace/stream_rows.h"
#include "sim/trace/trace.h"

#include <cstdint>
#include <optional>
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

/// What is known of the rows of a run once `until` has been: the rest is still to come. The rows
/// are those of the trace.
[[nodiscard]] StreamRows upTo(StreamRows rows, const Trace& trace, Moment until);

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

}  // namespace tcplab::gui
