#include "gui/geometry/ladder_story.h"

#include "gui/glossary.h"
#include "sim/base/overloaded.h"
#include "sim/tcp/clauses.h"

#include <QCoreApplication>

#include <map>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using Kind = LadderEvent::Kind;

/// What a call was told beside its arguments is no part of what it gave:
/// "close() = 0 (linger 0)" of "close(), linger 0".
QString besideArguments(const QString& call, QString* words) {
    const qsizetype end = call.indexOf(u"), "_s);
    if (end < 0) return call;
    *words = u" (%1)"_s.arg(call.mid(end + 3));
    return call.left(end + 1);
}

QString callText(const Returned& call) {
    QString words;
    const QString name = besideArguments(toQt(call.text), &words);
    return call.result.empty() ? toQt(call.text)
                               : u"%1 = %2%3"_s.arg(name, toQt(call.result), words);
}

/// Without the 0 that most calls give; "getsockopt() [ECONNREFUSED]" of "= 0 with".
QString briefCallText(const Returned& call) {
    constexpr std::string_view kWith = "0 with ";
    QString words;
    const QString name = besideArguments(toQt(call.text), &words);
    if (call.result == "0") return name + words;
    if (call.result.starts_with(kWith))
        return name + u' ' + toQt(call.result.substr(kWith.size())) + words;
    return {};
}

/// What an end has sent, by which its next packet is judged.
class SentSoFar {
public:
    void judge(LadderTrip& trip, const SentSoFar& peer) {
        const TcpNumbers& tcp = trip.packet->tcp;
        const bool bare = tcp.len == 0 && !tcp.flags.syn && !tcp.flags.fin && !tcp.flags.rst;
        const bool pureAck = bare && tcp.ack;
        trip.oldNumber = pureAck && next_ && tcp.seq != *next_;
        trip.onlyWindow = pureAck && !trip.oldNumber && last_ && !last_->flags.syn &&
                          last_->ack == tcp.ack && last_->window != tcp.window;
        if (!bare && !isProbe(tcp, peer)) trip.repeats = trip.packet->retransmissionOf;

        const std::int64_t end =
            tcp.seq + tcp.len + (tcp.flags.syn ? 1 : 0) + (tcp.flags.fin ? 1 : 0);
        if (!tcp.flags.rst) next_ = std::max(next_.value_or(end), end);
        last_ = &tcp;
    }

private:
    /// An octet that the peer has acknowledged already, to make it answer.
    [[nodiscard]] bool isProbe(const TcpNumbers& tcp, const SentSoFar& peer) const {
        const bool plain = !tcp.flags.syn && !tcp.flags.fin && !tcp.flags.rst;
        return plain && tcp.len == 1 && next_ && tcp.seq == *next_ - 1 && peer.last_ &&
               peer.last_->ack == next_;
    }

    std::optional<std::int64_t> next_{};  ///< SND.NXT
    const TcpNumbers* last_ = nullptr;
};

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
        story_.microseconds = trace_.origin() == Origin::Captured && isDense();
        return std::move(story_);
    }

private:
    /// Whether two packets leave within one millisecond.
    [[nodiscard]] bool isDense() const {
        for (std::size_t i = 1; i < story_.trips.size(); ++i) {
            const Duration time = story_.events[story_.trips[i].departure].at -
                                  story_.events[story_.trips[i - 1].departure].at;
            if (time > Duration{} && time < std::chrono::milliseconds{1}) return true;
        }
        return false;
    }

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
        LadderTrip trip{&packet, story_.events.size() - 1, {}, {}, known};
        sent_[packet.from].judge(trip, sent_[other(packet.from)]);
        story_.trips.push_back(trip);
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
        const auto trip = departures_.find(discarded.packet);
        if (trip != departures_.end() && entry.why == tcp::clause::kChecksumWrong)
            story_.trips[trip->second].damaged = entry.moment;
        const LadderEvent* last = lastOf(entry.side, entry.moment);
        const bool came =
            last != nullptr && last->kind == Kind::Arrival && last->packet == discarded.packet;
        if (packet != nullptr && !came) arrive(*packet, {entry.at, entry.moment});
        note(entry, LadderNote::Kind::Discard, tr("not taken"));
    }

    static LadderNote stateNote(tcp::State state, Certainty certainty, Moment moment) {
        return {LadderNote::Kind::State,
                toQt(toString(state)),
                {},
                gloss(state),
                state,
                certainty,
                moment};
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
                start.notes[wait.calledNote].text = callText(result);
                start.notes[wait.calledNote].brief = briefCallText(result);
                wait.returned = wait.called;
                wait.returnedNote = wait.calledNote;
                return;
            }
        }
        settle(entry.side);
        LadderEvent& event = note(entry, LadderNote::Kind::Call, callText(result));
        event.notes.back().brief = briefCallText(result);
        if (found == open_.end()) return;
        LadderWait& wait = story_.waits[found->second];
        wait.returned = indexOf(event);
        wait.returnedNote = event.notes.size() - 1;
    }

    LadderEvent& note(const Entry& entry, LadderNote::Kind kind, const QString& text) {
        LadderEvent& event = eventOf(entry);
        event.notes.push_back({kind, text, {}, {}, {}, entry.certainty, entry.moment});
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
    PerSide<SentSoFar> sent_{};
    std::map<PacketId, std::size_t> departures_{};  ///< To its trip.
    std::map<CallId, std::size_t> open_{};          ///< To its wait.
};

}  // namespace

LabelForms ladderLabelForms(const LadderTrip& trip, Notation notation, bool raw) {
    const TcpNumbers& tcp = trip.packet->tcp;
    LabelForms forms = raw ? rawLabelForms(*trip.packet) : labelForms(*trip.packet, notation);
    if (raw) notation = Notation::Names;
    const QString all = forms.numbers.first();
    if (trip.oldNumber && notation == Notation::Names) {
        const QString seq = u"seq=%1"_s.arg(raw ? tcp.seqRaw : tcp.seq);
        forms.numbers = {seq + u' ' + all, seq, {}};
    }
    if (trip.onlyWindow) {
        const QString window =
            (notation == Notation::Tcpdump ? u"win %1"_s : u"win=%1"_s).arg(tcp.window);
        forms.numbers = {
            all + (notation == Notation::Textbook ? u", "_s : u" "_s) + window, window, {}};
    }
    return forms;
}

QString timeOf(const LadderStory& story, Instant at) {
    const double time = std::chrono::duration<double>(at - story.start).count();
    if (story.microseconds && time < 1000) return QString::number(time, 'f', 6);
    return seconds(at - story.start);
}

LadderStory tellLadder(const Trace& trace, ConnectionId connection) {
    return Teller{trace, connection}.tell();
}

}  // namespace tcplab::gui
