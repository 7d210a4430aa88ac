// RFC 9293 3.10.7.4: SEGMENT ARRIVES in all other states, the fifth check, and what an ACK does.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

// Fifth, check the ACK field.
bool Step::fifthCheckAck(const Segment& seg) {
    if (!seg.ctl.ack) {
        discard(clause::kNoAck);
        return false;
    }
    if (tcb_.state == State::SynReceived) {
        if (!(tcb_.snd.una < seg.ack && seg.ack <= tcb_.snd.nxt)) {
            discard(clause::kSynReceivedBadAck);
            sendRst(seg, clause::kSynReceivedBadAck);
            return false;
        }
        tcb_.snd.wnd = tcb_.snd.maxWnd = windowOf(seg);
        tcb_.snd.wl1 = seg.seq;
        tcb_.snd.wl2 = seg.ack;
        establish(clause::kSynAcknowledged);
        takeHeldText();
        // CLOSE was called while the connection was being opened.
        if (tcb_.closeRequested) enter(State::FinWait1, clause::kCloseSendsFin);
    }
    if (config_.checkAckRange && seg.ack < tcb_.snd.una - tcb_.snd.maxWnd) {  // RFC 5961 5
        discard(clause::kAckTooOld);
        challenge(clause::kAckTooOld);
        return false;
    }
    if (!takeAck(seg)) {
        discard(clause::kAckOfUnsent);
        ackOwed_ = clause::kAckOfUnsent;
        return false;
    }
    switch (tcb_.state) {
        case State::Established:
        case State::FinWait2:
        case State::CloseWait: return true;
        case State::FinWait1:
            // A FIN that is taken with this very ACK goes to TIME-WAIT in one step (figure 5, note
            // 2).
            if (tcb_.finAcknowledged() && !(seg.ctl.fin && seg.seq == tcb_.rcv.nxt))
                finWait2(clause::kFinAcknowledged);
            return true;
        case State::Closing:
            if (tcb_.finAcknowledged()) timeWait(clause::kClosingAcknowledged);
            return true;
        case State::LastAck:
            if (!tcb_.finAcknowledged()) return true;
            deleteTcb(clause::kLastAckAcknowledged);
            signal(Notice::Closed, clause::kLastAckAcknowledged);
            return false;
        case State::TimeWait:
            if (isMoreThanAck(seg)) ackOwed_ = clause::kTimeWaitAnswers;
            return true;
        case State::Closed:
        case State::Listen:
        case State::SynSent:
        case State::SynReceived: break;
    }
    TCPLAB_UNREACHABLE();
}

// The part of the fifth check that all states share. False where the ACK is of something unsent.
bool Step::takeAck(const Segment& seg) {
    if (tcb_.snd.nxt < seg.ack) return false;
    if (seg.ack < tcb_.snd.una) {
        if (detectsByTime()) takeOldAckByTime(seg);
        return true;
    }
    tcb_.unansweredSince.reset();
    tcb_.answeredProbes = tcb_.probes;
    if (detectsByTime()) {
        takeAckByTime(seg);
        return true;
    }
    if (isDuplicateAck(seg) && tcb_.congestion.duplicateAck(tcb_.snd.nxt, flight()))
        retransmitFirst(clause::kFastRetransmit);
    takeCongestionEcho(seg);
    if (tcb_.snd.una < seg.ack) acknowledged(seg);
    updateSendWindow(seg);
    return true;
}

void Step::acknowledged(const Segment& seg) {
    const Seq firstOctet = tcb_.snd.iss + 1;
    const Seq before = tcb_.snd.una < firstOctet ? firstOctet : tcb_.snd.una;
    const auto count = static_cast<std::uint32_t>(std::max(seg.ack - before, 0));
    if (!detectsByTime() || tcb_.snd.una == tcb_.snd.iss) sampleRtt(seg);
    tcb_.snd.una = seg.ack;
    if (tcb_.snd.up && *tcb_.snd.up <= seg.ack) tcb_.snd.up.reset();
    tcb_.sendQueue.acknowledge(std::min<std::size_t>(count, tcb_.sendQueue.size()));
    if (tcb_.snd.una == firstOctet && tcb_.retransmittingSince) {
        tcb_.rto.restartAfterSynTimeout();  // RFC 6298 (5.7)
        tcb_.congestion.synLost();
        if (tcb_.totalRetransmissions > 1) tcb_.recovery.window = 1;  // RFC 6928 2
    }
    tcb_.retransmittingSince.reset();
    tcb_.retransmissions = 0;
    disarm(Timer::User, clause::kAcknowledged);
    if (flight() == 0 && unsent() == 0) disarm(Timer::Persist, clause::kAcknowledged);
    if (detectsByTime()) {
        if (flight() == 0) stopSendTimers(clause::kAcknowledged);
        return;
    }
    if (tcb_.snd.una == tcb_.snd.nxt)  // RFC 6298 (5.2), (5.3)
        disarm(Timer::Retransmission, clause::kAcknowledged);
    else
        arm(Timer::Retransmission, now_ + tcb_.rto.value(config_), clause::kTimerRestarts);
    if (controlsCongestion() && tcb_.congestion.acknowledged(seg.ack, count, flight()) &&
        tcb_.snd.una < tcb_.snd.nxt)
        retransmitFirst(clause::kPartialAck);
}

// A timestamp tells even of what was sent twice (RFC 7323 4.1); else Karn's algorithm holds.
void Step::sampleRtt(const Segment& seg) {
    const auto stamps = seg.options.timestamps();
    if (!tcb_.usesTimestamps || !stamps || stamps->echoReply == 0)
        return tcb_.rto.acknowledged(seg.ack, now_, config_);
    const std::uint32_t elapsed = timestampAt(now_, config_) - stamps->echoReply;
    constexpr std::uint32_t kAbsurd = 1U << 31U;
    if (elapsed < kAbsurd) tcb_.rto.sample(std::chrono::milliseconds{elapsed}, config_);
}

// RFC 5681 2: nothing new, nothing else in it, and something in flight that it could ask for.
bool Step::isDuplicateAck(const Segment& seg) const {
    return controlsCongestion() && seg.ack == tcb_.snd.una && flight() > 0 &&
           tcb_.snd.iss < tcb_.snd.una && seg.len() == 0 && windowOf(seg) == tcb_.snd.wnd;
}

std::uint32_t Step::windowOf(const Segment& seg) const {
    return std::uint32_t{seg.wnd} << (seg.ctl.syn ? 0U : tcb_.snd.scale);
}

// Whether the ACK says something of the window that was not known.
bool Step::isNewerWindow(const Segment& seg) const {
    return tcb_.snd.una < seg.ack || tcb_.snd.wl1 < seg.seq ||
           (tcb_.snd.wl1 == seg.seq && (tcb_.snd.wnd < windowOf(seg) || seg.wnd == 0));
}

void Step::updateSendWindow(const Segment& seg) {
    const bool newer =
        tcb_.snd.wl1 < seg.seq || (tcb_.snd.wl1 == seg.seq && tcb_.snd.wl2 <= seg.ack);
    if (!newer) return;
    const bool opens = tcb_.snd.wnd == 0 && tcb_.snd.maxWnd > 0 && seg.wnd > 0;
    tcb_.snd.wnd = windowOf(seg);
    tcb_.snd.maxWnd = std::max(tcb_.snd.maxWnd, tcb_.snd.wnd);
    tcb_.snd.wl1 = seg.seq;
    tcb_.snd.wl2 = seg.ack;
    if (tcb_.snd.wnd == 0) {
        tcb_.retransmittingSince.reset();  // A closed window that is answered is no failure.
        tcb_.retransmissions = 0;
        // What was sent before it closed is probed for, like what was not (3.8.6, MUST-35).
        if (flight() > 0 && tcb_.snd.iss < tcb_.snd.una && !detectsByTime()) {
            disarm(Timer::Retransmission, clause::kWindowClosed);
            if (!tcb_.timers.due(Timer::Persist))
                arm(Timer::Persist, now_ + persistInterval(), clause::kWindowClosed);
        }
        return;
    }
    disarm(Timer::Persist, clause::kWindowOpened);
    tcb_.probes = tcb_.answeredProbes = 0;
    if (!opens || flight() == 0 || tcb_.snd.una <= tcb_.snd.iss || detectsByTime()) return;
    retransmitFirst(clause::kWindowOpened);
}

void Step::finWait2(Clause why) {
    enter(State::FinWait2, why);
    if (tcb_.receiveEnded && config_.finWait2Timeout)
        arm(Timer::FinWait2, now_ + *config_.finWait2Timeout, clause::kFinWait2Waits);
}

void Step::timeWait(Clause why) {
    enter(State::TimeWait, why);
    stopSendTimers(why);
    for (const Timer timer : {Timer::Persist, Timer::KeepAlive, Timer::User, Timer::FinWait2})
        disarm(timer, why);
    arm(Timer::TimeWait, now_ + 2 * config_.msl, why);
}

}  // namespace tcplab::tcp
