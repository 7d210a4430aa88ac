// What a packet shows of its sender, and whether that is beyond doubt.

#include "capture/observer.h"
#include "capture/sequence_length.h"

namespace tcplab::capture {

using tcp::State;

State Observer::shown(const Packet& packet, const End& before) const {
    const Flags& flags = packet.tcp.flags;
    const End& me = ends_[packet.from];
    if (flags.rst) return me.told();
    const bool stale = packet.tcp.ack && *packet.tcp.ack < before.received;
    if (stale) return me.state;
    if (flags.syn && flags.ack && before.syn && me.state == State::Established) {
        return State::SynReceived;
    }
    if (!flags.fin || !before.fin || me.knowsOfAck()) return me.state;
    switch (me.state) {
        case State::FinWait2: return State::FinWait1;
        case State::TimeWait: return State::Closing;
        case State::Closed: return State::LastAck;
        case State::Listen:
        case State::SynSent:
        case State::SynReceived:
        case State::Established:
        case State::FinWait1:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck: return me.state;
    }
    TCPLAB_UNREACHABLE();
}

/// `before` is the sender before it sent the packet.
bool Observer::doubtful(const Packet& packet, bool overtaken, const End& before) const {
    const TcpNumbers& tcp = packet.tcp;
    if (tcp.flags.rst) return false;
    const bool passed = overtaken && endOf(tcp) < before.nextThen;
    const bool stale = tcp.ack && *tcp.ack < before.receivedThen;
    const End& me = ends_[packet.from];
    const bool repeatsFin = tcp.flags.fin && before.fin;
    const bool assumed = me.ackAssumed && !repeatsFin;
    // It says again what it lacks: something after that has come.
    const bool repeatsAck = lengthOf(tcp) == 0 && tcp.ack && *tcp.ack == before.received;
    const bool unanswered = me.finAcknowledged && !me.knowsOfAck() && repeatsAck;
    // In SYN-RECEIVED an end answers what it cannot take with the ACK that it sends in ESTABLISHED,
    // too (RFC 9293 3.10.7.4). Which of them it is in is open where the ACK of its SYN passed with
    // what is unanswered, where a RST may have come in place of that ACK, and where both ends
    // opened and its SYN with ACK may be still to come.
    const End& peer = ends_[other(packet.from)];
    const bool bare = me.syn && before.next <= 1 && lengthOf(tcp) == 0 && tcp.ack.value_or(2) <= 1;
    const bool underway = me.state == State::SynReceived && me.synAcknowledged;
    const bool answersReset = !me.active && peer.reset;
    const bool bothOpened = me.active && peer.active && before.received < 1;
    const bool opening = bare && (underway || answersReset || bothOpened);
    return passed || stale || assumed || unanswered || opening || unseen_;
}

}  // namespace tcplab::capture
