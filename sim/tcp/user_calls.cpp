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
            tcb_.sendQueue.append(call.octets, call.endsRecord);
            more_ = tcb_.unpushed = call.more;
            if (call.urgent) tcb_.snd.up = tcb_.snd.nxt + static_cast<std::uint32_t>(unsent());
            return;
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

// 3.6.1: what the half-duplex close leaves of the connection.
void Step::endReceiving() {
    tcb_.receiveEnded = true;
    tcb_.receiving.reset();
    tcb_.received.clear();
    openReceiveWindow();
    if (tcb_.state == State::FinWait2 && config_.finWait2Timeout)
        arm(Timer::FinWait2, now_ + *config_.finWait2Timeout, clause::kFinWait2Waits);
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
            sendOwnRst(config_.rstCarriesAck, clause::kAbortResets);
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

// Keep-alive, the user timeout, Nagle's algorithm and the like may have been switched.
void Step::configChanged() {
    disarm(Timer::KeepAlive, clause::kConfigChanged);
    disarm(Timer::User, clause::kConfigChanged);
    switch (tcb_.state) {
        case State::SynSent:
        case State::SynReceived:
            if (config_.openTimeout)
                arm(Timer::User, tcb_.openedAt + *config_.openTimeout, clause::kOpenTimeoutStarts);
            return;
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
            if (tcb_.peerMss != 0) fitSegments();
            openReceiveWindow();
            if (config_.quickAck && tcb_.timers.due(Timer::DelayedAck))
                ackOwed_ = clause::kConfigChanged;
            return armKeepAlive();
        case State::Closed:
        case State::Listen:
        case State::TimeWait: return;
    }
}

}  // namespace tcplab::tcp
