#include "capture/analysis/behaviour.h"

#include "capture/analysis/sent_segments.h"

#include <algorithm>

namespace tcplab::capture {
namespace {

using enum Finding;

// RFC 9293 3.8.6.3: an ACK may wait half a second. No timer of that kind is shorter than this.
constexpr Duration kShortestDelay = std::chrono::milliseconds{35};
constexpr Duration kLongestDelay = std::chrono::milliseconds{600};
constexpr Duration kAtOnce = std::chrono::milliseconds{10};
constexpr std::uint32_t kFewestKeepAlives = 2;
// An end that has not closed for so long will perhaps never do it.
constexpr Duration kStuck = std::chrono::seconds{60};

Instant timeOf(const Packet& packet) {
    return packet.transit.seen->at;
}

}  // namespace

void Behaviour::look(const Packet& packet, const Context& context, PacketFindings& found) {
    const TcpNumbers& tcp = packet.tcp;
    End& me = ends_[packet.from];
    End& peer = ends_[other(packet.from)];
    if (tcp.flags.rst) {
        lookAtReset(packet, context, found);
    } else {
        lookAtSyn(packet, found);
        lookAtOctets(packet, context, found);
        lookAtFin(packet, found);
        lookAtWindow(packet, context, found);
        lookAtWaiting(packet, context, found);
        me.next = std::max(me.next, endOf(tcp));
        if (tcp.len > 0) {
            me.unread = false;
            peer.unread = true;
        }
    }
    me.packets += 1;
    if (!tcp.flags.rst) {
        me.last = {packet.number, timeOf(packet)};
        me.hopLimit = context.hopLimit;
    }
    if (tcp.ack && !tcp.flags.rst) {
        if (!me.firstAck) me.firstAck = *tcp.ack;
        me.largestAck = std::max(me.largestAck, *tcp.ack);
    }
    if (found.has(KeepAlive) && peer.closed) {
        found.add(WindowProbe, {peer.closed->packet});
    } else if (found.has(KeepAlive)) {
        if (me.keepAlives++ == 0) me.firstKeepAlive = packet.number;
    }
    peer.keepAlives = 0;
}

void Behaviour::lookAtSyn(const Packet& packet, PacketFindings& found) {
    const TcpNumbers& tcp = packet.tcp;
    End& me = ends_[packet.from];
    const End& peer = ends_[other(packet.from)];
    if (!tcp.flags.syn) {
        const bool answersSyn = peer.syn != 0 && me.syn == 0 && peer.packets == 1;
        if (answersSyn && tcp.ack) {
            if (*tcp.ack == peer.synNumber + 1) {
                me.acknowledgedSyn = true;
            } else if (tcp.len == 0 && me.packets == 0) {
                found.add(HalfOpen, {peer.syn});
                halfOpen_ = true;
            }
        }
        return;
    }
    // Its first SYN with ACK, where both ends opened, answers the other's.
    const bool answers = tcp.flags.ack && peer.syn != 0 && !me.answeredSyn;
    if (tcp.flags.ack) me.answeredSyn = true;
    if (me.syn != 0) {
        if (tcp.seq == me.synNumber && !answers) found.add(SynRetransmission, {me.syn});
        return;
    }
    me.syn = packet.number;
    me.synNumber = tcp.seq;
    if (tcp.flags.ack || peer.syn == 0) return;
    found.add(me.acknowledgedSyn ? SplitHandshake : SimultaneousOpen, {peer.syn});
}

void Behaviour::lookAtOctets(const Packet& packet, const Context& context, PacketFindings& found) {
    const TcpNumbers& tcp = packet.tcp;
    const End& me = ends_[packet.from];
    const bool finAgain = tcp.flags.fin && me.fin != 0 && endOf(tcp) == me.finEnd;
    const bool octetsAgain = context.captured > context.fresh && !found.has(KeepAlive);
    if (finAgain || octetsAgain) {
        found.add(RepeatedOctets, {packet.retransmissionOf.value_or(finAgain ? me.fin : 0)});
        if (context.differsFrom != 0) found.add(DifferentOctets, {context.differsFrom});
        return;
    }
    const bool occupies = context.captured > 0 || tcp.flags.fin;
    if (occupies && tcp.seq < me.next && !found.has(KeepAlive)) found.add(GapFilled);
}

void Behaviour::lookAtFin(const Packet& packet, PacketFindings& found) {
    const TcpNumbers& tcp = packet.tcp;
    End& me = ends_[packet.from];
    const End& peer = ends_[other(packet.from)];
    if (!tcp.flags.fin || me.fin != 0) return;
    me.fin = packet.number;
    me.finAt = timeOf(packet);
    me.finEnd = endOf(tcp);
    if (peer.fin != 0 && tcp.ack && *tcp.ack < peer.finEnd && *tcp.ack + 1 >= peer.finEnd) {
        found.add(SimultaneousClose, {peer.fin});
    }
}

void Behaviour::lookAtReset(const Packet& packet, const Context& context, PacketFindings& found) {
    const End& me = ends_[packet.from];
    const End& peer = ends_[other(packet.from)];
    if (reset_ != 0) return;
    reset_ = packet.number;
    if (me.last.packet != 0 && me.hopLimit != context.hopLimit) {
        return found.add(ResetByMiddlebox, {me.last.packet});
    }
    if (halfOpen_) return;  // What an end does about it (RFC 9293 3.10.7.3, first).
    if (me.packets == 0 && peer.syn != 0 && peer.packets > 0 && peer.next <= peer.synNumber + 1) {
        found.add(Refused, {peer.syn});
    } else if (me.packets == 0 && peer.packets > 0 && !packet.tcp.ack) {
        found.add(HalfOpen);
    } else if (me.keepAlives >= kFewestKeepAlives) {
        found.add(KeepAliveTimeout, {me.firstKeepAlive});
    } else if (me.fin != 0) {
        found.add(ResetAfterClose, {me.fin});
    } else if (me.syn == 0 || peer.syn == 0 || me.packets > 1) {
        found.add(me.unread ? ResetUnreadData : ResetAbort);
    }
}

void Behaviour::lookAtWindow(const Packet& packet, const Context& context, PacketFindings& found) {
    const std::uint32_t window = packet.tcp.window;
    End& me = ends_[packet.from];
    me.largestWindow = std::max(me.largestWindow, window);
    if (packet.tcp.flags.syn) return me.closed.reset();  // Another attempt, with a window anew.
    if (window == 0) {
        if (!me.closed && me.closedFor == Duration{}) me.firstClosed = packet.number;
        if (!me.closed) me.closed = Seen{packet.number, timeOf(packet)};
    } else if (me.closed) {
        found.add(ZeroWindowStall, {me.closed->packet});
        me.closedFor = windowClosed(packet.from, timeOf(packet));
        me.closed.reset();
    }
    const bool silly = window < std::min(context.segment, me.largestWindow / 4);
    if (found.has(WindowUpdate) && silly) found.add(SillyWindow);
}

/// RFC 9293 3.7.4: a small segment waits until everything is acknowledged; 3.8.6.3: the other end
/// waits with its ACK for something to send.
void Behaviour::lookAtWaiting(const Packet& packet, const Context& context, PacketFindings& found) {
    const TcpNumbers& tcp = packet.tcp;
    const Instant now = timeOf(packet);
    End& me = ends_[packet.from];
    End& peer = ends_[other(packet.from)];
    if (tcp.len == 0) {
        const Duration waited = now - peer.small.at;
        const bool answers = peer.small.packet != 0 && tcp.ack && *tcp.ack == peer.next;
        const bool late = kShortestDelay <= waited && waited <= kLongestDelay &&
                          context.roundTrip && waited > *context.roundTrip * 2;
        if (answers && late) peer.lateAck = {packet.number, now};
        return;
    }
    const bool again = tcp.seq < me.next;
    if (!again && me.lateAck.packet != 0 && now - me.lateAck.at <= kAtOnce) {
        found.add(NagleDelayedAck, {me.small.packet, me.lateAck.packet});
    }
    me.lateAck = {};
    me.small = tcp.len < context.segment && !again ? Seen{packet.number, now} : Seen{};
}

Duration Behaviour::windowClosed(Side side, Instant last) const {
    const End& end = ends_[side];
    const Duration now = end.closed ? std::max(last - end.closed->at, Duration{}) : Duration{};
    return now < Duration::max() - end.closedFor ? end.closedFor + now : end.closedFor;
}

void Behaviour::finish(const PerSide<tcp::State>& states,
                       Instant until,
                       FindingCounts& counts) const {
    for (const Side side : kSides) {
        const End& me = ends_[side];
        const End& peer = ends_[other(side)];
        // One that acknowledges something was answered where the capture was not taken.
        const bool onlySyns = me.syn != 0 && !me.firstAck && me.next <= me.synNumber + 1;
        if (onlySyns && peer.packets == 0) {
            counts.note(Unanswered, me.syn);
        }
        if (peer.packets == 0 && me.firstAck && me.largestAck > *me.firstAck) {
            counts.note(OneSided, me.last.packet);
        }
        if (me.closed) counts.note(ZeroWindowStall, me.closed->packet);
        // Of an end that the capture lacks nobody knows whether it closed.
        if (me.packets > 0 && states[side] == tcp::State::CloseWait &&
            until - peer.finAt >= kStuck) {
            counts.note(CloseWaitStuck, peer.fin);
        }
        if (states[side] == tcp::State::FinWait2 && until - me.finAt >= kStuck) {
            counts.note(FinWait2Stuck, me.fin);
        }
    }
}

}  // namespace tcplab::capture
