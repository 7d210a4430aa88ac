#pragma once

#include "gui/wording.h"
#include "sim/trace/trace.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

// What a ladder tells of a connection, before it has coordinates.
namespace tcplab::gui {

/// A line of text beside a lifeline.
struct LadderNote {
    enum class Kind { State, Call, Timer, Discard };
    Kind kind{};
    QString text{};      ///< "FIN-WAIT-1", "recv() = 5"
    QString brief{};     ///< Where there is no room: a call that gave 0, without that.
    QString gloss{};     ///< Under it; the state's Chinese name.
    tcp::State state{};  ///< Of a State note.
    Certainty certainty = Certainty::Known;
    Moment moment = 0;
};

/// A point on a lifeline: a packet leaves or comes, or something happens without one.
struct LadderEvent {
    enum class Kind { Departure, Arrival, Other };
    Kind kind{};
    Side side{};
    Moment moment = 0;
    Instant at{};
    PacketId packet = 0;  ///< Of Departure and Arrival.
    std::vector<LadderNote> notes{};
};

/// A packet's way from one lifeline to the other. Indexes are of LadderStory::events.
struct LadderTrip {
    const Packet* packet = nullptr;
    std::size_t departure = 0;
    std::optional<std::size_t> arrival{};
    std::optional<Moment> lost{};
    bool known = true;  ///< Departure and end are of the record, not guessed from one sighting.
    /// The packet whose data or flags it sends again; a probe repeats nothing of its program's.
    std::optional<PacketId> repeats{};
    bool oldNumber = false;           ///< It carries nothing, at another number than the next one.
    bool onlyWindow = false;          ///< It acknowledges nothing new, and its window is another.
    std::optional<Moment> damaged{};  ///< When it came, and its checksum did not fit.
};

/// A call that waited: from where it was called to where it returned.
struct LadderWait {
    std::size_t called = 0;
    std::size_t calledNote = 0;
    std::optional<std::size_t> returned{};
    std::size_t returnedNote = 0;
};

struct LadderStory {
    std::vector<LadderEvent> events{};  ///< In the order in which they happened.
    std::vector<LadderTrip> trips{};    ///< In the order of their departures.
    std::vector<LadderWait> waits{};
    Instant start{};
    bool microseconds = false;  ///< Milliseconds would not tell its packets apart.
};

/// How a packet is written beside its arrow. Of a pure ACK its own number matters too where it is
/// not the next one, and its window where that is all it tells: else it would pass for a duplicate.
[[nodiscard]] LabelForms ladderLabelForms(const LadderTrip& trip, Notation notation, bool raw);

/// When something happened, as it is written beside the ladder: "0.040", "0.092696".
[[nodiscard]] QString timeOf(const LadderStory& story, Instant at);

/// The story of one connection. The trace outlives it.
[[nodiscard]] LadderStory tellLadder(const Trace& trace, ConnectionId connection);

}  // namespace tcplab::gui
