#pragma once

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
};

/// The story of one connection. The trace outlives it.
[[nodiscard]] LadderStory tellLadder(const Trace& trace, ConnectionId connection);

}  // namespace tcplab::gui
