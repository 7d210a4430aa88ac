// RFC 9293 3.10.7.4: SEGMENT ARRIVES in all other states. One function for each numbered check, in
// the order of the text.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

void Step::inOtherStates(Segment seg) {
    if (!firstCheckSequenceNumber(seg)) return;
    if (!secondCheckRst(seg)) return;
    if (!thirdCheckSecurity(seg)) return;
    if (!fourthCheckSyn(seg)) return;
    if (!fifthCheckAck(seg)) return;
    sixthCheckUrg(seg);
    seventhProcessText(seg);
    eighthCheckFin(seg);
}

// First, check sequence number: table 6, then trim what lies outside the window.
bool Step::firstCheckSequenceNumber(Segment& seg) {
    if (tcb_.state == State::SynReceived && seg.ctl.syn && seg.ctl.ack && seg.seq == tcb_.rcv.irs) {
        // Both sides of a simultaneous open send their SYN twice, the second time with an ACK, and
        // by table 6 neither could ever take it. Figure 8 has it taken.
        seg.ctl.syn = false;
        seg.seq = seg.seq + 1;
    }
    const Seq left = tcb_.rcv.nxt;
    const Seq right = left + tcb_.rcv.wnd;
    const auto inside = [&](Seq number) { return left <= number && number < right; };
    const std::uint32_t length = seg.ctl.rst ? 0 : seg.len();  // A RST counts by its number alone.
    const bool acceptable = length == 0
                                ? (tcb_.rcv.wnd == 0 ? seg.seq == left : inside(seg.seq))
                                : tcb_.rcv.wnd != 0 && (inside(seg.seq) || inside(seg.end() - 1));
    if (!acceptable) {
        if (seg.ctl.rst) {
            discard(clause::kNotAcceptableRst);
            return false;
        }
        const bool repeatedFin = seg.ctl.fin && tcb_.peerFin == seg.end() - 1;
        if (tcb_.state == State::TimeWait && repeatedFin) {
            // The fifth check's words on TIME-WAIT, which a repeated FIN never gets to.
            discard(clause::kTimeWaitAgain);
            ackOwed_ = clause::kTimeWaitAgain;
            arm(Timer::TimeWait, now_ + 2 * config_.msl, clause::kTimeWaitAgain);
            return false;
        }
        discard(clause::kNotAcceptable);
        ackOwed_ = clause::kNotAcceptable;
        return false;
    }

    if (seg.ctl.rst) return true;
    if (seg.seq < left) {
        auto old = static_cast<std::uint32_t>(left - seg.seq);
        if (seg.ctl.syn) {
            seg.ctl.syn = false;
            --old;
        }
        seg.payload = seg.payload.slice(std::min<std::size_t>(old, seg.payload.size()));
        seg.seq = left;
    }
    if (right < seg.end()) {
        seg.ctl.fin = false;
        const auto room = static_cast<std::size_t>(right - seg.seq) - (seg.ctl.syn ? 1 : 0);
        seg.payload = seg.payload.slice(0, std::min(room, seg.payload.size()));
    }
    return true;
}

// Second, check the RST bit, with RFC 5961 3.
bool Step::secondCheckRst(const Segment& seg) {
    if (!seg.ctl.rst) return true;
    if (seg.seq != tcb_.rcv.nxt) {
        discard(clause::kChallengeRst);
        ackOwed_ = clause::kChallengeRst;
        return false;
    }
    switch (tcb_.state) {
        case State::SynReceived:
            if (tcb_.passive) {
                listenAgain(clause::kRstToListen);
                return false;
            }
            signal(Notice::Refused, clause::kRstRefuses);
            deleteTcb(clause::kRstRefuses);
            return false;
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
            signal(Notice::Reset, clause::kRstResets);
            deleteTcb(clause::kRstResets);
            return false;
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            deleteTcb(clause::kRstEnds);
            signal(Notice::Closed, clause::kRstEnds);
            return false;
        case State::Closed:
        case State::Listen:
        case State::SynSent: break;
    }
    TCPLAB_UNREACHABLE();
}

// Third, check security. Nothing here carries a security option.
bool Step::thirdCheckSecurity(const Segment& /*seg*/) {
    return true;
}

// Fourth, check the SYN bit, with RFC 5961 4.
bool Step::fourthCheckSyn(const Segment& seg) {
    if (!seg.ctl.syn) return true;
    discard(clause::kChallengeSyn);
    if (tcb_.state == State::SynReceived && tcb_.passive) {
        listenAgain(clause::kSynToListen);
        return false;
    }
    ackOwed_ = clause::kChallengeSyn;
    return false;
}

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
        tcb_.snd.wnd = tcb_.snd.maxWnd = seg.wnd;
        tcb_.snd.wl1 = seg.seq;
        tcb_.snd.wl2 = seg.ack;
        enter(State::Established, clause::kSynAcknowledged);
        signal(Notice::Established, clause::kSynAcknowledged);
        // CLOSE was called while the connection was being opened.
        if (tcb_.closeRequested) enter(State::FinWait1, clause::kCloseSendsFin);
    }
    if (seg.ack < tcb_.snd.una - tcb_.snd.maxWnd) {  // RFC 5961 5
        discard(clause::kAckTooOld);
        ackOwed_ = clause::kAckTooOld;
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
                enter(State::FinWait2, clause::kFinAcknowledged);
            return true;
        case State::Closing:
            if (tcb_.finAcknowledged()) timeWait(clause::kClosingAcknowledged);
            return true;
        case State::LastAck:
            if (!tcb_.finAcknowledged()) return true;
            deleteTcb(clause::kLastAckAcknowledged);
            signal(Notice::Closed, clause::kLastAckAcknowledged);
            return false;
        case State::TimeWait: return true;
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
    if (seg.ack < tcb_.snd.una) return true;
    if (isDuplicateAck(seg) && tcb_.congestion.duplicateAck(tcb_.snd.nxt, flight()))
        retransmitFirst(clause::kFastRetransmit);
    if (tcb_.snd.una < seg.ack) {
        const Seq firstOctet = tcb_.snd.iss + 1;
        const Seq before = std::max(tcb_.snd.una, firstOctet, [](Seq a, Seq b) { return a < b; });
        const auto acknowledged = static_cast<std::size_t>(std::max(seg.ack - before, 0));
        tcb_.snd.una = seg.ack;
        tcb_.sendQueue.acknowledge(std::min(acknowledged, tcb_.sendQueue.size()));
        tcb_.rto.acknowledged(seg.ack, now_, config_);
        if (tcb_.snd.una == firstOctet && tcb_.retransmittingSince) {
            tcb_.rto.restartAfterSynTimeout();  // RFC 6298 (5.7)
            tcb_.congestion.synLost();
        }
        tcb_.retransmittingSince.reset();
        if (tcb_.snd.una == tcb_.snd.nxt)  // RFC 6298 (5.2), (5.3)
            disarm(Timer::Retransmission, clause::kAcknowledged);
        else
            arm(Timer::Retransmission, now_ + tcb_.rto.value(config_), clause::kTimerRestarts);
        const auto count = static_cast<std::uint32_t>(acknowledged);
        if (controlsCongestion() && tcb_.congestion.acknowledged(seg.ack, count, flight()) &&
            tcb_.snd.una < tcb_.snd.nxt)
            retransmitFirst(clause::kPartialAck);
    }
    updateSendWindow(seg);
    return true;
}

// RFC 5681 2: nothing new, nothing else in it, and something in flight that it could ask for.
bool Step::isDuplicateAck(const Segment& seg) const {
    return controlsCongestion() && seg.ack == tcb_.snd.una && flight() > 0 &&
           tcb_.snd.iss < tcb_.snd.una && seg.len() == 0 && seg.wnd == tcb_.snd.wnd;
}

void Step::updateSendWindow(const Segment& seg) {
    const bool newer =
        tcb_.snd.wl1 < seg.seq || (tcb_.snd.wl1 == seg.seq && tcb_.snd.wl2 <= seg.ack);
    if (!newer) return;
    tcb_.snd.wnd = seg.wnd;
    tcb_.snd.maxWnd = std::max<std::uint32_t>(tcb_.snd.maxWnd, seg.wnd);
    tcb_.snd.wl1 = seg.seq;
    tcb_.snd.wl2 = seg.ack;
    if (tcb_.snd.wnd == 0)
        tcb_.retransmittingSince.reset();  // A closed window that is answered is no failure.
    else
        disarm(Timer::Persist, clause::kAcknowledged);
}

// Sixth, check the URG bit. Urgent octets are taken in line, as RFC 6093 advises.
void Step::sixthCheckUrg(const Segment& /*seg*/) {}

// Seventh, process the segment text.
void Step::seventhProcessText(const Segment& seg) {
    if (seg.payload.empty()) return;
    switch (tcb_.state) {
        case State::Established:
        case State::FinWait1:
        case State::FinWait2: break;
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait: return discard(clause::kTextAfterFin);
        case State::Closed:
        case State::Listen:
        case State::SynSent:
        case State::SynReceived: TCPLAB_UNREACHABLE();
    }
    if (tcb_.rcv.nxt < seg.seq) {
        tcb_.reassembly.hold(tcb_.rcv.nxt, seg.seq, seg.payload);
        ackOwed_ = clause::kTextHeld;
        return;
    }
    const bool fillsGap = !tcb_.reassembly.empty();
    takeText(seg.payload);
    for (Bytes next = tcb_.reassembly.take(tcb_.rcv.nxt); !next.empty();
         next = tcb_.reassembly.take(tcb_.rcv.nxt))
        takeText(next);
    if (fillsGap)  // RFC 5681 4.2: at once.
        ackOwed_ = clause::kTextTaken;
    else
        delayAck(clause::kTextTaken);
    answerReceive(clause::kDeliverWaiting);
    openReceiveWindow();
}

void Step::takeText(const Bytes& octets) {
    const auto count = static_cast<std::uint32_t>(octets.size());
    tcb_.received.push_back(octets);
    tcb_.rcv.nxt += count;
    tcb_.rcv.wnd -= std::min(count, tcb_.rcv.wnd);
}

// Eighth, check the FIN bit. A FIN beyond a gap is remembered until the gap is filled.
void Step::eighthCheckFin(const Segment& seg) {
    if (seg.ctl.fin && !tcb_.peerFin) tcb_.peerFin = seg.end() - 1;
    if (!tcb_.peerFin || *tcb_.peerFin != tcb_.rcv.nxt) return;
    tcb_.rcv.nxt += 1;
    tcb_.rcv.wnd -= std::min(1U, tcb_.rcv.wnd);
    if (tcb_.state == State::Established)
        delayAck(clause::kFinTaken);  // The program may close in the meantime.
    else
        ackOwed_ = clause::kFinTaken;
    switch (tcb_.state) {
        case State::Established: enter(State::CloseWait, clause::kFinTaken); break;
        case State::FinWait1:
            if (tcb_.finAcknowledged())
                timeWait(clause::kFinLast);
            else
                enter(State::Closing, clause::kFinCrossed);
            break;
        case State::FinWait2: timeWait(clause::kFinLast); break;
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
        case State::Closed:
        case State::Listen:
        case State::SynSent:
        case State::SynReceived: TCPLAB_UNREACHABLE();
    }
    signal(Notice::EndOfData, clause::kFinTaken);
    answerReceive(clause::kReceiveAtEnd);
}

void Step::delayAck(Clause why) {
    if (config_.delayedAck == Duration{} || tcb_.timers.due(Timer::DelayedAck))
        ackOwed_ = why;
    else
        arm(Timer::DelayedAck, now_ + config_.delayedAck, clause::kAckMayWait);
}

void Step::timeWait(Clause why) {
    enter(State::TimeWait, why);
    disarm(Timer::Retransmission, why);
    arm(Timer::TimeWait, now_ + 2 * config_.msl, why);
}

}  // namespace tcplab::tcp
