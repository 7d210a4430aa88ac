// What leaves: RFC 9293 3.8, and the shapes of segments that 3.10 prescribes.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

void Step::output() {
    switch (tcb_.state) {
        case State::Established:
        case State::FinWait1:
        case State::CloseWait:
        case State::Closing:  // CLOSE was called with octets still waiting for the window.
            while (const std::size_t count = sendable()) sendOctets(count);
            if (tcb_.closeRequested && !tcb_.fin && unsent() == 0) sendFin(clause::kCloseSendsFin);
            if (unsent() > 0 && tcb_.snd.una == tcb_.snd.nxt && !tcb_.timers.due(Timer::Persist))
                arm(Timer::Persist, now_ + tcb_.rto.value(config_), clause::kWindowClosed);
            break;
        case State::Closed:
        case State::Listen:
        case State::SynSent:
        case State::SynReceived:
        case State::FinWait2:
        case State::LastAck:
        case State::TimeWait: break;
    }
    if (ackOwed_ && tcb_.state != State::Closed) sendAck(ackOwed_);
}

// Octets that were never sent.
std::size_t Step::unsent() const {
    const Seq firstOctet = tcb_.snd.iss + 1;
    const Seq from = tcb_.snd.una < firstOctet ? firstOctet : tcb_.snd.una;
    const auto inFlight = static_cast<std::size_t>(tcb_.snd.nxt - from) - (tcb_.fin ? 1U : 0U);
    return tcb_.fin ? 0 : tcb_.sendQueue.size() - inFlight;
}

// How many octets the next segment may carry, by the window and by sender silly window avoidance
// (3.8.6.2.1): a whole segment, all there is, or half of the largest window seen. With Nagle's
// algorithm (3.7.4) a small segment is not sent while anything is unacknowledged.
std::size_t Step::sendable() const {
    const std::uint32_t window =
        controlsCongestion() ? std::min(tcb_.snd.wnd, tcb_.congestion.window()) : tcb_.snd.wnd;
    const std::int32_t usable = tcb_.snd.una + window - tcb_.snd.nxt;
    const std::size_t waiting = unsent();
    const std::size_t count = std::min({waiting,
                                        static_cast<std::size_t>(tcb_.sendMss),
                                        static_cast<std::size_t>(std::max(usable, 0))});
    const bool small = count == waiting && count < tcb_.sendMss;
    if (config_.nagle && small && flight() > 0 && !tcb_.closeRequested) return 0;
    const bool worthwhile =
        count == tcb_.sendMss || count == waiting || count >= tcb_.snd.maxWnd / 2;
    return worthwhile ? count : 0;
}

void Step::sendOctets(std::size_t count) {
    const std::size_t offset = tcb_.sendQueue.size() - unsent();
    const bool last = count == unsent();
    Segment segment{.seq = tcb_.snd.nxt,
                    .ctl = {.fin = last && tcb_.closeRequested, .psh = last, .ack = true},
                    .payload = tcb_.sendQueue.range(offset, count)};
    tcb_.snd.nxt = segment.end();
    if (segment.ctl.fin) tcb_.fin = segment.end() - 1;
    const bool fin = segment.ctl.fin;
    transmit(std::move(segment), clause::kSendData);
    if (fin && tcb_.state == State::CloseWait) enter(State::LastAck, clause::kCloseSendsFin);
}

void Step::sendFin(Clause why) {
    tcb_.fin = tcb_.snd.nxt;
    tcb_.snd.nxt += 1;
    transmit({.seq = *tcb_.fin, .ctl = {.fin = true, .ack = true}}, why);
    if (tcb_.state == State::SynReceived) enter(State::FinWait1, why);
    if (tcb_.state == State::CloseWait) enter(State::LastAck, why);
}

// The segment at the front of the retransmission queue, cut anew from what is in flight.
void Step::retransmitFirst(Clause why) {
    if (tcb_.snd.una == tcb_.snd.iss)
        return sendSyn(
            tcb_.state == State::SynSent ? Answering::No : Answering::Yes, why, Repeated::Yes);
    const std::size_t inFlight = tcb_.sendQueue.size() - unsent();
    const std::size_t count = std::min<std::size_t>(inFlight, tcb_.sendMss);
    const bool last = count == inFlight;
    transmit({.seq = tcb_.snd.una,
              .ctl = {.fin = last && tcb_.fin, .psh = last && count > 0, .ack = true},
              .payload = tcb_.sendQueue.range(0, count)},
             why,
             Repeated::Yes);
}

void Step::transmit(Segment segment, Clause why, Repeated repeated) {
    if (!segment.ctl.rst)
        segment.wnd = static_cast<std::uint16_t>(std::min<std::uint32_t>(tcb_.rcv.wnd, 0xFFFF));
    if (segment.ctl.ack && !segment.ctl.rst) {
        segment.ack = tcb_.rcv.nxt;
        ackOwed_ = {};
        disarm(Timer::DelayedAck, clause::kAckLeaves);
        tcb_.toldWindowEdge = tcb_.rcv.nxt + segment.wnd;
    }
    const bool occupies = segment.len() > 0 && !segment.ctl.rst;
    if (repeated == Repeated::Yes)
        tcb_.rto.retransmitted();
    else if (occupies)
        tcb_.rto.sent(segment.end(), now_);
    out_.push_back(Transmit{std::move(segment), why, repeated == Repeated::Yes});
    if (occupies && !tcb_.timers.due(Timer::Retransmission))  // RFC 6298 (5.1)
        arm(Timer::Retransmission, now_ + tcb_.rto.value(config_), clause::kTimerStarts);
}

void Step::sendSyn(Answering answering, Clause why, Repeated repeated) {
    Segment segment{.seq = tcb_.snd.iss, .ctl = {.syn = true, .ack = answering == Answering::Yes}};
    segment.options.push(wire::MaximumSegmentSize{config_.mss});
    transmit(std::move(segment), why, repeated);
}

void Step::sendAck(Clause why) {
    transmit({.seq = tcb_.snd.nxt, .ctl = {.ack = true}}, why);
}

void Step::sendRst(const Segment& about, Clause why) {
    if (about.ctl.ack) return transmit({.seq = about.ack, .ctl = {.rst = true}}, why);
    transmit({.seq = Seq{0}, .ack = about.end(), .ctl = {.rst = true, .ack = true}}, why);
}

void Step::enter(State to, Clause why) {
    TCPLAB_CHECK(isDeclared(tcb_.state, to));
    out_.push_back(Enter{tcb_.state, to, why});
    tcb_.state = to;
}

void Step::arm(Timer timer, Instant due, Clause why) {
    tcb_.timers.set(timer, due);
    out_.push_back(Arm{timer, due, why});
}

void Step::disarm(Timer timer, Clause why) {
    if (!tcb_.timers.due(timer)) return;
    tcb_.timers.set(timer, std::nullopt);
    out_.push_back(Disarm{timer, why});
}

void Step::flush(Clause why) {
    for (const Timer timer : kTimers) disarm(timer, why);
    Tcb fresh{};
    fresh.state = tcb_.state;
    fresh.passive = tcb_.passive;
    fresh.snd.iss = tcb_.snd.iss;
    tcb_ = fresh;
    ackOwed_ = {};
}

void Step::deleteTcb(Clause why) {
    flush(why);
    enter(State::Closed, why);
}

void Step::listenAgain(Clause why) {
    flush(why);
    enter(State::Listen, why);
}

}  // namespace tcplab::tcp
