#include "capture/observed_clause.h"

#include "sim/base/check.h"
#include "sim/tcp/clauses.h"

namespace tcplab::capture {

using tcp::Clause;
using tcp::State;

namespace {

Clause intoClosed(State from) {
    switch (from) {
        case State::SynSent: return tcp::clause::kSynSentReset;
        case State::SynReceived: return tcp::clause::kRstRefuses;
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait: return tcp::clause::kRstResets;
        case State::LastAck: return tcp::clause::kLastAckAcknowledged;
        case State::Closing:
        case State::TimeWait: return tcp::clause::kRstEnds;
        case State::Listen:
        case State::Closed: return {};
    }
    TCPLAB_UNREACHABLE();
}

Clause intoTimeWait(State from) {
    return from == State::Closing ? tcp::clause::kClosingAcknowledged : tcp::clause::kFinLast;
}

}  // namespace

Clause observedClause(State from, State to, bool resets) {
    if (resets) return tcp::clause::kAbortResets;
    switch (to) {
        case State::Listen:
            return from == State::Closed ? tcp::clause::kPassiveOpen : tcp::clause::kRstToListen;
        case State::SynSent: return tcp::clause::kActiveOpen;
        case State::SynReceived:
            return from == State::Listen ? tcp::clause::kListenAnswersSyn
                                         : tcp::clause::kSynSentCrossed;
        case State::Established:
            return from == State::SynSent ? tcp::clause::kSynSentEstablished
                                          : tcp::clause::kSynAcknowledged;
        case State::FinWait1:
        case State::LastAck: return tcp::clause::kCloseSendsFin;
        case State::FinWait2: return tcp::clause::kFinAcknowledged;
        case State::CloseWait: return tcp::clause::kFinTaken;
        case State::Closing: return tcp::clause::kFinCrossed;
        case State::TimeWait: return intoTimeWait(from);
        case State::Closed: return intoClosed(from);
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::capture
