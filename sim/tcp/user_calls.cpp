// RFC 9293 3.10.1 - 3.10.5: the user calls, each by the state that it finds.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

// 3.10.1  OPEN
void Step::passiveOpen(const PassiveOpen& call) {
    if (tcb_.state != State::Closed) return refuse(CallError::ConnectionExists, clause::kOpenTwice);
    tcb_ = {};
    tcb_.passive = true;
    tcb_.snd.iss = call.iss;
    enter(State::Listen, clause::kPassiveOpen);
}

void Step::activeOpen(const ActiveOpen& call) {
    switch (tcb_.state) {
        case State::Closed: tcb_ = {}; break;
        case State::Listen: tcb_.passive = false; break;
        case State::SynSent:
        case State::SynReceived:
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait: return refuse(CallError::ConnectionExists, clause::kOpenTwice);
    }
    tcb_.rcv.wnd = config_.receiveBuffer;
    openWith(call.iss);
    sendSyn(Answering::No, clause::kActiveOpen);
    enter(State::SynSent, clause::kActiveOpen);
}

// 3.10.2  SEND
void Step::send(const Send& call) {
    switch (tcb_.state) {
        case State::Closed:
        case State::Listen:  // The remote socket is not specified yet.
            return refuse(CallError::NoConnection, clause::kSendWithoutConnection);
        case State::SynSent:
        case State::SynReceived:
        case State::Established:
        case State::CloseWait:
            if (tcb_.closeRequested) return refuse(CallError::Closing, clause::kSendAfterClose);
            return tcb_.sendQueue.append(call.octets);
        case State::FinWait1:
        case State::FinWait2:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait: return refuse(CallError::Closing, clause::kSendAfterClose);
    }
}

// 3.10.3  RECEIVE
void Step::receive(const Receive& call) {
    switch (tcb_.state) {
        case State::Closed:
            return refuse(CallError::NoConnection, clause::kReceiveWithoutConnection);
        case State::Listen:
        case State::SynSent:
        case State::SynReceived:
        case State::Established:
        case State::FinWait1:
        case State::FinWait2: break;
        case State::CloseWait:
        // The text answers "connection closing" at once in these three. Octets that came before
        // the FIN are handed over first, as in CLOSE-WAIT, for they were acknowledged.
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            if (tcb_.received.empty()) return refuse(CallError::Closing, clause::kReceiveAtEnd);
            break;
    }
    tcb_.receiving = call.count;
    answerReceive(clause::kReceiveFromBuffer);
    openReceiveWindow();
}

// 3.10.4  CLOSE
void Step::close() {
    switch (tcb_.state) {
        case State::Closed: return refuse(CallError::NoConnection, clause::kCloseWithoutConnection);
        case State::Listen:
        case State::SynSent:
            deleteTcb(clause::kCloseBeforeOpen);
            return signal(Notice::Closed, clause::kCloseBeforeOpen);
        case State::SynReceived:  // Octets that wait for ESTABLISHED go first.
            tcb_.closeRequested = true;
            if (tcb_.sendQueue.size() == 0) sendFin(clause::kCloseSendsFin);
            return;
        case State::Established:
            tcb_.closeRequested = true;
            return enter(State::FinWait1, clause::kCloseSendsFin);
        case State::CloseWait: tcb_.closeRequested = true; return;
        case State::FinWait1:
        case State::FinWait2:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait: return refuse(CallError::Closing, clause::kCloseTwice);
    }
}

// 3.10.5  ABORT
void Step::abort() {
    switch (tcb_.state) {
        case State::Closed: return refuse(CallError::NoConnection, clause::kAbortWithoutConnection);
        case State::SynReceived:
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
            transmit({.seq = tcb_.snd.nxt, .ctl = {.rst = true}}, clause::kAbortResets);
            deleteTcb(clause::kAbortResets);
            return signal(Notice::Closed, clause::kAbortResets);
        case State::Listen:
        case State::SynSent:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            deleteTcb(clause::kAbortQuietly);
            return signal(Notice::Closed, clause::kAbortQuietly);
    }
}

void Step::openWith(Seq iss) {
    tcb_.snd.iss = iss;
    tcb_.snd.una = iss;
    tcb_.snd.nxt = iss + 1;
    tcb_.sendMss = config_.defaultSendMss;
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
    const auto used = static_cast<std::uint32_t>(tcb_.receivedSize());
    const std::uint32_t room = config_.receiveBuffer - std::min(used, config_.receiveBuffer);
    const std::uint32_t step = std::min<std::uint32_t>(config_.receiveBuffer / 2, config_.mss);
    if (room < tcb_.rcv.wnd + step) return;
    switch (tcb_.state) {
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
            tcb_.rcv.wnd = room;
            // While an ACK waits it will tell of the room; two segments' worth is news of its own.
            if (tcb_.timers.due(Timer::DelayedAck) &&
                tcb_.rcv.nxt + room - tcb_.toldWindowEdge < 2 * std::int32_t{config_.mss})
                return;
            if (!ackOwed_) ackOwed_ = clause::kWindowUpdate;
            return;
        case State::Closed:
        case State::Listen:
        case State::SynSent:
        case State::SynReceived:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait: return;  // Nothing more will come.
    }
}

}  // namespace tcplab::tcp
