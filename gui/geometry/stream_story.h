#pragma once

#include "capture/stream.h"
#include "sim/framing/prove.h"
#include "sim/net/scenario.h"
#include "sim/trace/stream_rows.h"
#include "sim/trace/trace.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
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

/// What is to be drawn, in the language of the window.
struct StreamStory {
    StreamRows rows{};
    bool captured = false;  ///< Nothing is known of sends and receives.
    std::optional<Trials> trials{};
};

// What is written of it.

/// Octets as text, what cannot be shown as a dot. Of many the first.
[[nodiscard]] QString textOf(Octets octets);
/// As much of a text as fits, with an ellipsis where it goes on; nothing where that says nothing.
[[nodiscard]] QString startThatFits(const QString& text,
                                    double width,
                                    const std::function<double(const QString&)>& measure);
/// "octets 3 to 8"
[[nodiscard]] QString whereOf(const framing::StreamRange& range);
/// "octet 10: glued"
[[nodiscard]] QString headOf(const StreamRows::Broken& broken);
/// All that may stand before a reason, as wide as it can be.
[[nodiscard]] QStringList headsOf(const StreamStory& story);
/// Why the boundary is broken, in a sentence or several.
[[nodiscard]] QString reasonOf(const StreamStory& story, const StreamRows::Broken& broken);
/// What to say where no boundary is broken.
[[nodiscard]] QString goodNewsOf(const StreamStory& story);
/// How a decoder fared with all cuts of so many octets.
[[nodiscard]] QString sentenceOf(const Trial& trial, std::size_t octets);
/// The messages that a decoder makes of the cuts that break it.
[[nodiscard]] QString cameOutOf(const Trial& trial);

/// What the colours of segments and messages mean.
struct KeyTexts {
    QString again{};   ///< A segment.
    QString whole{};   ///< A message.
    QString broken{};  ///< A message in parts or glued to another.
};
[[nodiscard]] KeyTexts keyTextsOf(const StreamStory& story);

}  // namespace tcplab::gui
