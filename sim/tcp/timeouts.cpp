// RFC 9293 3.10.8: timeouts.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

void Step::timeout(Timer timer) {
    tcb_.timers.set(timer, std::nullopt);
    switch (timer) {
        case Timer::Retransmission: {
            if (!tcb_.retransmittingSince) {
                tcb_.retransmittingSince = now_;
                if (tcb_.snd.iss < tcb_.snd.una) tcb_.congestion.timedOut(tcb_.snd.nxt, flight());
            }
            const bool opening = tcb_.snd.una == tcb_.snd.iss;
            const Duration patience = opening ? config_.r2OfSyn : config_.r2;
            if (now_ - *tcb_.retransmittingSince >= patience) return giveUp();
            tcb_.rto.backOff();  // RFC 6298 (5.4) - (5.6)
            retransmitFirst(clause::kRetransmissionTimeout);
            return arm(
                Timer::Retransmission, now_ + tcb_.rto.value(config_), clause::kTimerBacksOff);
        }
        case Timer::Persist: {
            // From here on the octet is in flight, and the retransmission timer asks again.
            const std::int32_t usable = tcb_.snd.una + tcb_.snd.wnd - tcb_.snd.nxt;
            const std::size_t count = std::min({static_cast<std::size_t>(std::max(usable, 1)),
                                                static_cast<std::size_t>(tcb_.sendMss),
                                                unsent()});
            return sendOctets(count);
        }
        case Timer::DelayedAck: ackOwed_ = clause::kAckWaitedLongEnough; return;
        case Timer::TimeWait:
            deleteTcb(clause::kTimeWaitTimeout);
            return signal(Notice::Closed, clause::kTimeWaitTimeout);
    }
}

void Step::giveUp() {
    signal(Notice::TimedOut, clause::kGiveUp);
    deleteTcb(clause::kGiveUp);
}

}  // namespace tcplab::tcp
