// RFC 9293 3.10.7.4: SEGMENT ARRIVES in all other states, the sixth to eighth step: urgent data,
// text, FIN; and the ACKs and windows that answer text (3.8.6).

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

// Sixth, check the URG bit. The octets stay in line, as RFC 6093 advises.
void Step::sixthCheckUrg(const Segment& seg) {
    if (!seg.ctl.urg || tcb_.finReceived()) return;
    const Seq up = seg.seq + seg.up;
    if (tcb_.rcv.up && up <= *tcb_.rcv.up) return;
    tcb_.rcv.up = up;
    if (tcb_.urgentAhead() > 0) signal(Notice::Urgent, clause::kUrgentAhead);
}

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
    if (tcb_.receiveEnded && tcb_.closeRequested && config_.resetLateText) {
        discard(clause::kTextTooLate);
        sendRst(seg, clause::kTextTooLate);
        deleteTcb(clause::kTextTooLate);
        return signal(Notice::Closed, clause::kTextTooLate);
    }
    const auto count = static_cast<std::uint32_t>(seg.payload.size());
    tcb_.largestReceived = std::max(tcb_.largestReceived, count);
    if (tcb_.rcv.nxt < seg.seq) {
        tcb_.reassembly.hold(tcb_.rcv.nxt, seg.seq, seg.payload);
        tcb_.sackList.held(seg.seq, seg.seq + count);
        ackOwed_ = clause::kTextHeld;
        return;
    }
    const bool fillsGap = !tcb_.reassembly.empty();
    // Octets that came with the SYN may have been taken a moment ago.
    const auto known = static_cast<std::size_t>(tcb_.rcv.nxt - seg.seq);
    takeText(seg.payload.slice(std::min(known, seg.payload.size())));
    takeHeldText();
    if (fillsGap || tcb_.sackList.reportsRepeated())  // RFC 5681 4.2, RFC 2883 4: at once.
        ackOwed_ = clause::kTextTaken;
    else
        delayAck(clause::kTextTaken);
    answerReceive(clause::kDeliverWaiting);
    openReceiveWindow();
}

void Step::takeText(const Bytes& octets) {
    const auto count = static_cast<std::uint32_t>(octets.size());
    if (count == 0) return;
    if (!tcb_.receiveEnded) tcb_.received.push_back(octets);
    tcb_.rcv.nxt += count;
    tcb_.rcv.wnd -= std::min(count, tcb_.rcv.wnd);
}

void Step::takeHeldText() {
    for (Bytes next = tcb_.reassembly.take(tcb_.rcv.nxt); !next.empty();
         next = tcb_.reassembly.take(tcb_.rcv.nxt)) {
        takeText(next);
        if (!ackOwed_) ackOwed_ = clause::kTextTaken;
    }
    tcb_.sackList.inOrder(tcb_.rcv.nxt);
}

// Eighth, check the FIN bit. A FIN beyond a gap is remembered until the gap is filled.
void Step::eighthCheckFin(const Segment& seg) {
    if (tcb_.state == State::Closed) return;
    if (seg.ctl.fin && !tcb_.peerFin) tcb_.peerFin = seg.end() - 1;
    if (seg.ctl.fin && tcb_.rcv.nxt < *tcb_.peerFin) ackOwed_ = clause::kTextHeld;
    if (!tcb_.peerFin || *tcb_.peerFin != tcb_.rcv.nxt) return;
    tcb_.rcv.nxt += 1;
    if (tcb_.state == State::Established && config_.delayAckOfFin)
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

// RFC 9293 3.8.6.3 and SHLD-19.
void Step::delayAck(Clause why) {
    const auto waiting = static_cast<std::uint32_t>(tcb_.rcv.nxt - tcb_.ackedTo);
    const bool second = config_.ackEverySecondSegment
                            ? tcb_.timers.due(Timer::DelayedAck).has_value()
                            : waiting > tcb_.largestReceived;
    const bool quick = tcb_.quickAcksSent < config_.quickAcks;
    if (quick) ++tcb_.quickAcksSent;
    if (config_.delayedAck == Duration{} || config_.quickAck || second || quick)
        ackOwed_ = why;
    else if (!tcb_.timers.due(Timer::DelayedAck))
        arm(Timer::DelayedAck, now_ + config_.delayedAck, clause::kAckMayWait);
}

// Answers a RECEIVE that waits, if there is something to answer it with.
void Step::answerReceive(Clause why) {
    if (!tcb_.receiving) return;
    if (tcb_.received.empty()) {
        if (!tcb_.finReceived()) return;
        tcb_.receiving.reset();
        return refuse(CallError::Closing, clause::kReceiveAtEnd);
    }
    std::vector<std::uint8_t> octets;
    while (!tcb_.received.empty() && octets.size() < *tcb_.receiving) {
        Bytes& first = tcb_.received.front();
        const Bytes part = first.slice(0, *tcb_.receiving - octets.size());
        octets.insert(octets.end(), part.view().begin(), part.view().end());
        if (part.size() == first.size())
            tcb_.received.pop_front();
        else
            first = first.slice(part.size());
    }
    tcb_.receiving.reset();
    out_.push_back(Deliver{Bytes{std::move(octets)}, why});
}

// RFC 9293 3.8.6.2.2: the right edge moves only by a worthwhile step.
void Step::openReceiveWindow() {
    const std::uint32_t buffer = receiveBufferOf(tcb_, config_);
    const auto used = static_cast<std::uint32_t>(tcb_.receivedSize());
    const std::uint32_t room = buffer - std::min(used, buffer);
    const std::uint32_t step =
        config_.tellAllRoom ? (room < std::min<std::uint32_t>(buffer / 4, config_.mss) ? room : 1)
                            : std::min<std::uint32_t>(buffer / 2, config_.mss);
    if (room < tcb_.rcv.wnd + step || room <= tcb_.rcv.wnd) return;
    switch (tcb_.state) {
        case State::Established:
        case State::FinWait1:
        case State::FinWait2: break;
        case State::Closed:
        case State::Listen:
        case State::SynSent:
        case State::SynReceived:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait: return;  // Nothing more will come.
    }
    tcb_.rcv.wnd = room;
    const std::uint32_t shown = std::min(room >> tcb_.rcv.scale, 0xFFFFU) << tcb_.rcv.scale;
    const std::int32_t news = tcb_.rcv.nxt + shown - tcb_.toldWindowEdge;
    const auto least = static_cast<std::int32_t>(config_.windowUpdateSegments * config_.mss);
    const auto share = static_cast<std::int32_t>(
        config_.windowUpdateShare == 0 ? 0 : buffer / config_.windowUpdateShare);
    const bool worthwhile =
        (news >= least && news >= share) || 2 * news >= static_cast<std::int32_t>(buffer);
    // While an ACK waits it will tell of the room; two segments' worth is news of its own.
    if (news <= 0 || !worthwhile ||
        (tcb_.timers.due(Timer::DelayedAck) && news < 2 * std::int32_t{config_.mss}))
        return;
    if (!ackOwed_) ackOwed_ = clause::kWindowUpdate;
}

}  // namespace tcplab::tcp
