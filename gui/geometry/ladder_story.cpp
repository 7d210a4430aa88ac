#include "gui/geometry/ladder_story.h"

#include "gui/glossary.h"
#include "gui/wording.h"
#include "sim/base/overloaded.h"

#include <QCoreApplication>

#include <map>

namespace tcplab::gui {

namespace {

using Kind = LadderEvent::Kind;

class Teller {
    Q_DECLARE_TR_FUNCTIONS(Ladder)

public:
    Teller(const Trace& trace, ConnectionId id) : trace_{trace}, id_{id} {}

    LadderStory tell() && {
        story_.start = startOf(trace_, id_);
        begin();
        auto packet = trace_.packets().begin();
        const auto showUntil = [&](Moment moment) {
            for (; packet != trace_.packets().end(); ++packet) {
                if (packet->connection != id_ || !packet->transit.seen) continue;
                if (packet->transit.seen->moment > moment) return;
                show(*packet);
            }
        };
        for (const Entry& entry : trace_.entries()) {
            if (entry.connection != id_) continue;
            showUntil(entry.moment);
            tellEntry(entry);
        }
        showUntil(trace_.moments());
        for (const Side side : kSides) settle(side);
        return std::move(story_);
    }

private:
    /// The states in which the record begins.
    void begin() {
        for (const Connection& connection : trace_.connections()) {
            if (connection.id != id_) continue;
            for (const Side side : kSides) {
                LadderEvent& event = add(Kind::Other, side, {story_.start, 0});
                event.notes.push_back(stateNote(connection.initial[side], Certainty::Known, 0));
            }
        }
    }

    /// A packet of which only one sighting is known leaves and comes in the same breath.
    void show(const Packet& packet) {
        if (packet.transit.departed || departures_.contains(packet.number)) return;
        depart(packet, *packet.transit.seen, packet.certain);
        arrive(packet, *packet.transit.seen);
    }

    void tellEntry(const Entry& entry) {
        const Sighting when{entry.at, entry.moment};
        std::visit(Overloaded{[&](const Sent& sent) {
                                  if (const Packet* packet = trace_.find(sent.packet);
                                      packet && fresh(*packet))
                                      depart(*packet, when, true);
                              },
                              [&](const Arrived& arrived) {
                                  if (const Packet* packet = trace_.find(arrived.packet))
                                      arrive(*packet, when);
                              },
                              [&](const Lost& lost) {
                                  const auto trip = departures_.find(lost.packet);
                                  if (trip != departures_.end())
                                      story_.trips[trip->second].lost = entry.moment;
                              },
                              [&](const Discarded& discarded) { discard(entry, discarded); },
                              [&](const Entered& entered) { enter(entry, entered); },
                              [&](const Called& called) { call(entry, called); },
                              [&](const Returned& result) { finish(entry, result); },
                              [&](const Fired& fired) {
                                  note(entry,
                                       LadderNote::Kind::Timer,
                                       tr("%1 runs out").arg(timerSymbol(fired.timer)));
                              },
                              [](const Armed&) {},
                              [](const Disarmed&) {},
                              [](const VariableChanged&) {}},
                   entry.what);
    }

    [[nodiscard]] bool fresh(const Packet& packet) const {
        return !departures_.contains(packet.number);
    }

    LadderEvent& add(Kind kind, Side side, const Sighting& when, PacketId packet = 0) {
        story_.events.push_back({kind, side, when.moment, when.at, packet, {}});
        last_[side] = story_.events.size() - 1;
        return story_.events.back();
    }

    void depart(const Packet& packet, const Sighting& when, bool known) {
        LadderEvent& event = add(Kind::Departure, packet.from, when, packet.number);
        departures_[packet.number] = story_.trips.size();
        story_.trips.push_back({&packet, story_.events.size() - 1, {}, {}, known});
        // A state that the sending itself brought about stands where the packet leaves.
        if (auto& state = pending_[packet.from]; state && state->moment == when.moment)
            event.notes.push_back(*std::exchange(state, std::nullopt));
    }

    void arrive(const Packet& packet, const Sighting& when) {
        const auto found = departures_.find(packet.number);
        if (found == departures_.end()) return;
        const Side side = other(packet.from);
        settle(side);
        add(Kind::Arrival, side, when, packet.number);
        LadderTrip& trip = story_.trips[found->second];
        if (trip.arrival) {  // A duplicate: the same departure, one more end.
            LadderTrip again = trip;
            again.arrival = story_.events.size() - 1;
            story_.trips.push_back(again);
        } else {
            trip.arrival = story_.events.size() - 1;
        }
    }

    void discard(const Entry& entry, const Discarded& discarded) {
        const Packet* packet = trace_.find(discarded.packet);
        const LadderEvent* last = lastOf(entry.side, entry.moment);
        const bool came =
            last != nullptr && last->kind == Kind::Arrival && last->packet == discarded.packet;
        if (packet != nullptr && !came) arrive(*packet, {entry.at, entry.moment});
        note(entry, LadderNote::Kind::Discard, tr("not taken"));
    }

    static LadderNote stateNote(tcp::State state, Certainty certainty, Moment moment) {
        return {
            LadderNote::Kind::State, toQt(toString(state)), gloss(state), state, certainty, moment};
    }

    void enter(const Entry& entry, const Entered& entered) {
        settle(entry.side);
        const LadderNote state = stateNote(entered.to, entry.certainty, entry.moment);
        const LadderEvent* last = lastOf(entry.side, entry.moment);
        if (last != nullptr && last->kind == Kind::Other)
            pending_[entry.side] = state;
        else
            eventOf(entry).notes.push_back(state);
    }

    void call(const Entry& entry, const Called& called) {
        settle(entry.side);
        LadderEvent& event = note(entry, LadderNote::Kind::Call, toQt(called.text));
        open_[called.call] = story_.waits.size();
        story_.waits.push_back({indexOf(event), event.notes.size() - 1, {}, 0});
    }

    void finish(const Entry& entry, const Returned& result) {
        const auto found = open_.find(result.call);
        if (found != open_.end()) {
            LadderWait& wait = story_.waits[found->second];
            LadderEvent& start = story_.events[wait.called];
            if (start.moment == entry.moment) {  // It did not wait: one line says both.
                start.notes[wait.calledNote].text = returned(result);
                wait.returned = wait.called;
                wait.returnedNote = wait.calledNote;
                return;
            }
        }
        settle(entry.side);
        LadderEvent& event = note(entry, LadderNote::Kind::Call, returned(result));
        if (found == open_.end()) return;
        LadderWait& wait = story_.waits[found->second];
        wait.returned = indexOf(event);
        wait.returnedNote = event.notes.size() - 1;
    }

    LadderEvent& note(const Entry& entry, LadderNote::Kind kind, const QString& text) {
        LadderEvent& event = eventOf(entry);
        event.notes.push_back({kind, text, {}, {}, entry.certainty, entry.moment});
        return event;
    }

    /// Puts a state that waited for a departure where it happened, when none came.
    void settle(Side side) {
        auto& state = pending_[side];
        if (!state) return;
        story_.events[*last_[side]].notes.push_back(*std::exchange(state, std::nullopt));
    }

    [[nodiscard]] LadderEvent* lastOf(Side side, Moment moment) {
        if (!last_[side]) return nullptr;
        LadderEvent& event = story_.events[*last_[side]];
        return event.moment == moment ? &event : nullptr;
    }

    /// Where on its lifeline an entry is told: at what happened last in this moment, else at a
    /// point of its own.
    LadderEvent& eventOf(const Entry& entry) {
        if (LadderEvent* last = lastOf(entry.side, entry.moment)) return *last;
        return add(Kind::Other, entry.side, {entry.at, entry.moment});
    }

    [[nodiscard]] std::size_t indexOf(const LadderEvent& event) const {
        return static_cast<std::size_t>(&event - story_.events.data());
    }

    const Trace& trace_;
    ConnectionId id_;
    LadderStory story_{};
    PerSide<std::optional<std::size_t>> last_{};
    PerSide<std::optional<LadderNote>> pending_{};
    std::map<PacketId, std::size_t> departures_{};  ///< To its trip.
    std::map<CallId, std::size_t> open_{};          ///< To its wait.
};

}  // namespace

LadderStory tellLadder(const Trace& trace, ConnectionId connection) {
    return Teller{trace, connection}.tell();
}

}  // namespace tcplab::gui
