#include "capture/observer.h"

#include "capture/observed_clause.h"
#include "capture/sequence_length.h"
#include "sim/tcp/transitions.h"

#include <algorithm>

namespace tcplab::capture {

using tcp::State;

PerSide<State> Observer::initial(const Flags& first) {
    if (!first.syn) return {{State::Established, State::Established}};
    // A SYN with ACK answers one that the capture missed.
    return {{first.ack ? State::SynSent : State::Closed, State::Listen}};
}

Observer::Observer(const PerSide<State>& initial) : initial_{initial} {
    for (const Side side : kSides) ends_[side].state = initial[side];
}

PerSide<State> Observer::observe(const Packet& packet,
                                 bool overtaken,
                                 std::vector<Entry>& changes) {
    changes_ = &changes;
    at_ = packet.transit.seen->at;
    moment_ = packet.transit.seen->moment;
    connection_ = packet.connection;
    const Side from = packet.from;
    const End before = ends_[from];
    ends_[from].seen = true;
    if (packet.tcp.flags.rst) {
        sendReset(packet);
    } else {
        if (packet.tcp.flags.syn && !packet.tcp.flags.ack && before.reset) beginAnew();
        takeUnseen(packet);
        if (packet.tcp.ack) receive(from, *packet.tcp.ack, packet.tcp.flags.syn);
        send(packet);
        const bool repeatsSyn = packet.tcp.flags.syn && before.active;
        if (packet.tcp.ack) passOnAck(packet, repeatsSyn);
    }
    PerSide<State> states{{ends_[Side::Client].told(), ends_[Side::Server].told()}};
    states[from] = shown(packet, before);
    certain_ = !doubtful(packet, overtaken, before);

    moment_ += 1;
    for (const Behind behind : {Behind::Syn, Behind::Fin}) {
        if (answered(other(from), behind)) takeHeld(from, behind);
    }
    return states;
}

PerSide<State> Observer::finish(std::vector<Entry>& changes) {
    changes_ = &changes;
    for (const Side side : kSides) {
        const State state = ends_[side].state;
        if (state == State::Listen || state == State::SynSent) continue;
        receive(side, std::max(ends_[side].received, ends_[other(side)].next));
    }
    for (const Side side : kSides) {
        for (const Behind behind : {Behind::Syn, Behind::Fin}) takeHeld(side, behind);
    }
    return {{ends_[Side::Client].told(), ends_[Side::Server].told()}};
}

bool Observer::over() const {
    return resetBy_ || std::ranges::all_of(kSides, [&](Side side) {
               return ends_[side].fin && answered(side, Behind::Fin);
           });
}

std::optional<Flow::ClosedBy> Observer::closedBy() const {
    using enum Flow::ClosedBy;
    if (!firstFin_) return std::nullopt;
    const auto only = [](Side side) { return side == Side::Client ? Client : Server; };
    const Mark& first = *ends_[*firstFin_].fin;
    const std::optional<Mark>& second = ends_[other(*firstFin_)].fin;
    if (!second || second->ack >= first.end) return only(*firstFin_);
    return first.ack >= second->end ? only(other(*firstFin_)) : Both;
}

PerSide<State> Observer::initialInHindsight() const {
    PerSide<State> states = initial_;
    if (leftListen_ == State::SynSent || leftListen_ == State::Closed)
        states[Side::Server] = State::Closed;
    return states;
}

/// Of an attempt that a RST ended nothing counts for the next one.
void Observer::beginAnew() {
    for (const Side side : kSides) {
        const End& old = ends_[side];
        ends_[side] = End{.state = old.told(), .seen = old.seen};
    }
    firstFin_.reset();
}

/// What the sender acknowledges, or sends at all, tells of packets that the capture lacks.
void Observer::takeUnseen(const Packet& packet) {
    const TcpNumbers& tcp = packet.tcp;
    const Side to = other(packet.from);
    const End& me = ends_[packet.from];
    End& peer = ends_[to];
    const bool lacked = tcp.ack && *tcp.ack > peer.next && (!peer.seen || me.syn);
    const bool answersNobody = !peer.seen && tcp.ack && tcp.len > 0;
    if (tcp.flags.syn || (!lacked && !answersNobody)) return;
    if (!peer.seen) unseen_ = true;
    if (peer.state == State::Listen) {
        enter(to, State::SynReceived, packet.number);
        peer.received = std::max<std::int64_t>(peer.received, 1);
    }
    // An ACK of a SYN alone may have come in SYN-RECEIVED.
    if (!answersNobody && *tcp.ack <= 1) return;
    for (const Side side : {to, packet.from}) {
        const State state = ends_[side].state;
        if (state != State::SynSent && state != State::SynReceived) continue;
        enter(side, State::Established, packet.number);
        unseen_ = true;
    }
}

/// The end has received all of its peer's numbers below `upTo`; it says so in a SYN or otherwise.
void Observer::receive(Side side, std::int64_t upTo, bool inSyn) {
    End& me = ends_[side];
    const End& peer = ends_[other(side)];
    me.received = std::max(me.received, upTo);
    if (upTo >= 1) takeSyn(side, upTo, inSyn);

    const bool fin = peer.fin && peer.fin->end <= upTo;
    const bool acknowledged = me.knowsOfAck();
    if (acknowledged) me.ackAssumed = false;
    const bool together = fin && acknowledged && me.finAcknowledged->end == peer.fin->end;
    if (acknowledged && !together) takeAck(side, me.fin->end, me.finAcknowledged->packet);
    if (fin) takeFin(side, together, peer.fin->packet);
}

void Observer::takeSyn(Side side, std::int64_t upTo, bool inSyn) {
    End& me = ends_[side];
    const std::optional<Mark>& syn = ends_[other(side)].syn;
    const PacketId cause = syn ? syn->packet : 0;
    const bool acknowledged = me.synAcknowledged && me.synAcknowledged->end <= upTo;
    const End& peer = ends_[other(side)];
    // It answers the SYN of another attempt.
    const bool listensAgain = inSyn && me.told() == State::Closed && !me.reset;
    if (listensAgain && peer.told() == State::SynSent) enter(side, State::Listen, 0);
    // What is no SYN answers none once a RST has taken it back.
    if (me.state == State::Listen && (inSyn || !peer.reset)) enter(side, State::SynReceived, cause);
    if (me.state == State::SynSent) {
        // Figure 7: a SYN that crossed its own would have been answered by a SYN.
        const bool crossed = inSyn && !acknowledged;
        enter(side, crossed ? State::SynReceived : State::Established, cause);
    }
    if (acknowledged) takeAck(side, 1, me.synAcknowledged->packet);
}

void Observer::takeFin(Side side, bool acknowledged, PacketId cause) {
    switch (ends_[side].state) {
        case State::Established: return enter(side, State::CloseWait, cause);
        case State::FinWait1:
            return enter(side, acknowledged ? State::TimeWait : State::Closing, cause);
        case State::FinWait2: return enter(side, State::TimeWait, cause);
        case State::SynReceived:
        case State::Listen:
        case State::SynSent:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
        case State::Closed: return;
    }
    TCPLAB_UNREACHABLE();
}

void Observer::takeAck(Side side, std::int64_t ack, PacketId cause) {
    const End& me = ends_[side];
    if (me.state == State::SynReceived && ack >= 1) enter(side, State::Established, cause);
    if (!me.fin || ack < me.fin->end) return;
    switch (me.state) {
        case State::FinWait1: return enter(side, State::FinWait2, cause);
        case State::Closing: return enter(side, State::TimeWait, cause);
        case State::LastAck: return enter(side, State::Closed, cause);
        case State::Established:
        case State::FinWait2:
        case State::SynReceived:
        case State::Listen:
        case State::SynSent:
        case State::CloseWait:
        case State::TimeWait:
        case State::Closed: return;
    }
    TCPLAB_UNREACHABLE();
}

/// An ACK that is answered by nothing counts as received.
void Observer::assumeAck(Side side, std::int64_t ack, PacketId cause) {
    End& me = ends_[side];
    takeAck(side, ack, cause);
    if (me.fin && ack >= me.fin->end && !me.knowsOfAck()) me.ackAssumed = true;
}

void Observer::takeReset(Side side, PacketId cause) {
    const End& me = ends_[side];
    if (me.reset || me.state == State::Listen) return;
    if (me.state == State::SynReceived && !me.active) return enter(side, State::Listen, cause);
    vanish(side, cause, false);
}

/// Only what is told ends here: packets that the end sent before it knew of the reset may follow.
void Observer::vanish(Side side, PacketId cause, bool resets) {
    End& me = ends_[side];
    if (me.told() == State::Closed) return;
    tell(side, Entered{me.state, State::Closed}, cause, resets);
    me.reset = true;
}

void Observer::takeHeld(Side side, Behind behind) {
    Held& slot = ends_[side].held[static_cast<std::size_t>(behind)];
    if (!slot.ack && !slot.reset) return;
    const Held held = slot;
    slot = {};
    if (held.ack) assumeAck(side, *held.ack, held.packet);
    if (held.reset) takeReset(side, held.packet);
}

/// What the packet's own SYN and FIN do to its sender.
void Observer::send(const Packet& packet) {
    End& me = ends_[packet.from];
    const TcpNumbers& tcp = packet.tcp;
    me.next = std::max(me.next, endOf(tcp));
    me.window = tcp.window;
    if (tcp.flags.syn && !me.syn) {
        me.syn = Mark{.end = tcp.seq + 1, .packet = packet.number};
        me.active = !tcp.flags.ack;
        const bool opens = me.state == State::Closed || me.state == State::Listen;
        if (me.active && opens) enter(packet.from, State::SynSent, packet.number);
    }
    if (!tcp.flags.fin || me.fin) return;
    me.fin = Mark{.end = endOf(tcp), .ack = tcp.ack.value_or(0), .packet = packet.number};
    if (!firstFin_) firstFin_ = packet.from;
    if (me.state == State::Established || me.state == State::SynReceived) {
        enter(packet.from, State::FinWait1, packet.number);
    } else if (me.state == State::CloseWait) {
        enter(packet.from, State::LastAck, packet.number);
    }
}

void Observer::sendReset(const Packet& packet) {
    if (!credible(packet)) return;
    const Side from = packet.from;
    const Side to = other(from);
    const State state = ends_[from].state;
    const bool opening =
        state == State::Listen || state == State::SynSent || state == State::Closed;
    if (packet.tcp.ack && !opening) receive(from, *packet.tcp.ack);
    if (ends_[to].told() != State::Closed && !resetBy_) resetBy_ = from;
    vanish(from, packet.number, true);
    if (const auto behind = unanswered(from)) {
        Held& held = ends_[to].held[static_cast<std::size_t>(*behind)];
        held.reset = true;
        held.packet = packet.number;
    } else {
        takeReset(to, packet.number);
    }
}

/// Whether the receiver would take this RST, and it is of this connection: in SYN-SENT it has to
/// acknowledge the SYN (RFC 9293 3.10.7.3), later its number has to be in the window (3.10.7.4).
bool Observer::credible(const Packet& reset) const {
    const TcpNumbers& tcp = reset.tcp;
    const End& me = ends_[reset.from];
    const End& peer = ends_[other(reset.from)];
    if (peer.state == State::SynSent) return tcp.ack && 1 <= *tcp.ack && *tcp.ack <= peer.next;
    const std::int64_t left = peer.received;
    const std::int64_t next = std::max(me.next, left);
    if (next == 0) return true;  // Nothing was seen that it could be measured by.
    // 3.10.7.3: whoever is opening answers a wrong ACK with a RST of that number, and stays.
    const bool opening = me.state == State::SynSent || me.state == State::SynReceived;
    if (opening && !tcp.ack) return tcp.seq == next;
    return left <= tcp.seq && tcp.seq <= std::max(next, left + peer.window);
}

/// What the acknowledgement of a packet will tell the other end, and when.
void Observer::passOnAck(const Packet& packet, bool repeatsSyn) {
    const TcpNumbers& tcp = packet.tcp;
    const Side to = other(packet.from);
    End& peer = ends_[to];
    const std::int64_t ack = *tcp.ack;
    const std::int64_t end = endOf(tcp);
    // The answer to a repeated SYN looks like the answer to the first, and proves nothing of it.
    if (lengthOf(tcp) > 0 && !repeatsSyn) {
        if (end <= peer.received) return;  // Known to the receiver, which drops it.
        const auto note = [&](std::optional<Carried>& earliest) {
            if (!earliest || end < earliest->end) earliest = Carried{end, packet.number};
        };
        if (ack >= 1) note(peer.synAcknowledged);
        if (peer.fin && ack >= peer.fin->end) note(peer.finAcknowledged);
        return;
    }
    if (!repeatsSyn && tcp.seq < peer.received) return;  // Out of date.
    if (const auto behind = unanswered(packet.from)) {
        Held& held = peer.held[static_cast<std::size_t>(*behind)];
        held.ack = std::max(held.ack.value_or(ack), ack);
        held.packet = packet.number;
    } else {
        assumeAck(to, ack, packet.number);
    }
}

/// What this end sent and has no answer to yet.
std::optional<Observer::Behind> Observer::unanswered(Side side) const {
    for (const Behind behind : {Behind::Fin, Behind::Syn}) {
        if (!answered(side, behind)) return behind;
    }
    return std::nullopt;
}

bool Observer::answered(Side side, Behind behind) const {
    const std::optional<Mark>& mark = behind == Behind::Syn ? ends_[side].syn : ends_[side].fin;
    return !mark || mark->end <= ends_[other(side)].received;
}

void Observer::enter(Side side, State to, PacketId cause) {
    End& me = ends_[side];
    me.nextThen = me.next;
    me.receivedThen = me.received;
    if (!me.reset) tell(side, Entered{me.state, to}, cause);
    me.state = to;
}

void Observer::tell(Side side, Entered change, PacketId cause, bool resets) {
    TCPLAB_CHECK(tcp::isDeclared(change.from, change.to));
    if (change.from == State::Listen && !leftListen_) leftListen_ = change.to;
    Entry& entry = changes_->emplace_back();
    entry.at = at_;
    entry.moment = moment_;
    entry.connection = connection_;
    entry.certainty = Certainty::Inferred;
    entry.side = side;
    if (cause != 0) entry.cause = cause;
    entry.why = observedClause(change.from, change.to, resets);
    entry.what = change;
}

}  // namespace tcplab::capture
