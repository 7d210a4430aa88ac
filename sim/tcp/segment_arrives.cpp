// RFC 9293 3.10.7.1 - 3.10.7.3: SEGMENT ARRIVES where the connection is not yet synchronized.
// One block for each numbered check, in the order of the text.

#include "sim/tcp/step.h"

namespace tcplab::tcp {

void Step::segmentArrives(const Segment& seg) {
    switch (tcb_.state) {
        case State::Closed: return inClosed(seg);
        case State::Listen: return inListen(seg);
        case State::SynSent: return inSynSent(seg);
        case State::SynReceived:
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait: return inOtherStates(seg);
    }
}

// 3.10.7.1  CLOSED
void Step::inClosed(const Segment& seg) {
    if (seg.ctl.rst) return discard(clause::kClosedIgnoresRst);
    discard(clause::kClosedAnswersRst);
    sendRst(seg, clause::kClosedAnswersRst);
}

// 3.10.7.2  LISTEN
void Step::inListen(const Segment& seg) {
    // First, check for a RST.
    if (seg.ctl.rst) return discard(clause::kListenIgnoresRst);

    // Second, check for an ACK.
    if (seg.ctl.ack) {
        discard(clause::kListenRefusesAck);
        return sendRst(seg, clause::kListenRefusesAck);
    }

    // Third, check for a SYN.
    if (seg.ctl.syn) {
        tcb_.rcv.wnd = config_.receiveBuffer;
        openWith(tcb_.snd.iss);
        synchronize(seg);
        sendSyn(Answering::Yes, clause::kListenAnswersSyn);
        return enter(State::SynReceived, clause::kListenAnswersSyn);
    }

    // Fourth, other data or control.
    discard(clause::kListenDrops);
}

// 3.10.7.3  SYN-SENT
void Step::inSynSent(const Segment& seg) {
    // First, check the ACK bit.
    if (seg.ctl.ack && !(tcb_.snd.una < seg.ack && seg.ack <= tcb_.snd.nxt)) {
        discard(clause::kSynSentBadAck);
        if (!seg.ctl.rst) sendRst(seg, clause::kSynSentBadAck);
        return;
    }

    // Second, check the RST bit.
    if (seg.ctl.rst) {
        if (!seg.ctl.ack) return discard(clause::kSynSentIgnoresRst);
        signal(Notice::Refused, clause::kSynSentReset);
        return deleteTcb(clause::kSynSentReset);
    }

    // Third, check the security. Nothing here carries a security option.

    // Fourth, check the SYN bit.
    if (seg.ctl.syn) {
        synchronize(seg);
        tcb_.snd.wnd = tcb_.snd.maxWnd = seg.wnd;
        tcb_.snd.wl1 = seg.seq;
        tcb_.snd.wl2 = seg.ack;
        if (!seg.ctl.ack) {
            sendSyn(Answering::Yes, clause::kSynSentCrossed);
            return enter(State::SynReceived, clause::kSynSentCrossed);
        }
        (void)takeAck(seg);
        ackOwed_ = clause::kSynSentEstablished;
        enter(State::Established, clause::kSynSentEstablished);
        signal(Notice::Established, clause::kSynSentEstablished);

        Segment rest = seg;  // Other controls or text: on from the sixth check of 3.10.7.4.
        rest.ctl.syn = false;
        rest.seq = seg.seq + 1;
        sixthCheckUrg(rest);
        seventhProcessText(rest);
        eighthCheckFin(rest);
        return;
    }

    // Fifth, neither SYN nor RST.
    discard(clause::kSynSentDrops);
}

// What a SYN tells, whichever state it meets.
void Step::synchronize(const Segment& syn) {
    tcb_.rcv.irs = syn.seq;
    tcb_.rcv.nxt = syn.seq + 1;
    tcb_.sendMss = syn.options.maximumSegmentSize().value_or(config_.defaultSendMss);
    tcb_.congestion.start(tcb_.sendMss, config_.initialWindow);
}

}  // namespace tcplab::tcp
