// RFC 9293 3.10.8: timeouts, and the timers of 3.8.3, 3.8.4 and 3.8.6.1.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

void Step::timeout(Timer timer) {
    tcb_.timers.set(timer, std::nullopt);
    switch (timer) {
        case Timer::Retransmission: return retransmissionTimeout();
        case Timer::LossProbe: return lossProbeTimeout();
        case Timer::Reordering: return reorderingTimeout();
        case Timer::Persist: return persistTimeout();
        case Timer::KeepAlive: return keepAliveTimeout();
        case Timer::DelayedAck: ackOwed_ = clause::kAckWaitedLongEnough; return;
        case Timer::User: return giveUp(clause::kUserTimeout);
        case Timer::TimeWait:
            deleteTcb(clause::kTimeWaitTimeout);
            return signal(Notice::Closed, clause::kTimeWaitTimeout);
        case Timer::FinWait2:
            deleteTcb(clause::kFinWait2Timeout);
            return signal(Notice::Closed, clause::kFinWait2Timeout);
    }
}

void Step::retransmissionTimeout() {
    if (!tcb_.retransmittingSince) {
        tcb_.retransmittingSince = now_;
        if (tcb_.snd.iss < tcb_.snd.una && !detectsByTime())
            tcb_.congestion.timedOut(tcb_.snd.nxt, flight());
    }
    if (outOfPatience()) return giveUp(clause::kGiveUp);
    const bool byTime =
        detectsByTime() && tcb_.snd.iss < tcb_.snd.una && !tcb_.recovery.scoreboard.empty();
    if (byTime) enterLoss();
    if (++tcb_.retransmissions == config_.r1) signal(Notice::Trouble, clause::kTrouble);
    tcb_.rto.backOff();  // RFC 6298 (5.4) - (5.6)
    if (byTime)
        retransmitSegment(tcb_.recovery.scoreboard.segments().front(),
                          clause::kRetransmissionTimeout);
    else
        retransmitFirst(clause::kRetransmissionTimeout);
    arm(Timer::Retransmission, now_ + tcb_.rto.value(config_), clause::kTimerBacksOff);
}

bool Step::outOfPatience() const {
    const bool opening = tcb_.snd.una == tcb_.snd.iss;
    const auto& retries = opening ? config_.synRetries : config_.retries;
    if (retries) return tcb_.retransmissions >= *retries;
    return now_ - *tcb_.retransmittingSince >= (opening ? config_.r2OfSyn : config_.r2);
}

Duration Step::persistInterval() const {
    Duration interval = tcb_.rto.value(config_);
    for (std::uint32_t n = 0; n < tcb_.probes && interval < config_.maximumPersist; ++n)
        interval *= 2;
    return std::clamp(
        interval, config_.minimumPersist, std::max(config_.minimumPersist, config_.maximumPersist));
}

void Step::persistTimeout() {
    if (unsent() == 0 && flight() == 0) return;
    if (usableWindow() > 0 &&
        unsent() > 0) {  // What silly window avoidance held back has waited long enough.
        const std::size_t most = std::min<std::size_t>(usableWindow(), segmentRoom());
        tcb_.unpushed = false;
        return sendOctets(std::min(most, unsent()));
    }
    if (!tcb_.unansweredSince) tcb_.unansweredSince = now_;
    const bool silent = config_.retries ? tcb_.probes - tcb_.answeredProbes >= *config_.retries
                                        : now_ - *tcb_.unansweredSince >= config_.r2;
    if (silent) return giveUp(clause::kGiveUp);
    ++tcb_.probes;
    arm(Timer::Persist, now_ + persistInterval(), clause::kProbeAgain);
    if (!config_.probeWithOctet)
        return transmit({.seq = tcb_.snd.una - 1, .ctl = {.ack = true}}, clause::kWindowProbe);
    if (flight() > 0) return retransmitFirst(clause::kWindowProbe, 1);
    const std::size_t offset = tcb_.sendQueue.size() - unsent();
    Segment probe{
        .seq = tcb_.snd.nxt, .ctl = {.ack = true}, .payload = tcb_.sendQueue.range(offset, 1)};
    tcb_.snd.nxt = probe.end();
    transmit(std::move(probe), clause::kWindowProbe);
}

void Step::armKeepAlive() {
    if (config_.keepAlive)
        arm(Timer::KeepAlive,
            std::max(now_, tcb_.heardAt + config_.keepAliveIdle),
            clause::kKeepAliveStarts);
}

// 3.8.4: a probe only where nothing is in flight and nothing was heard for the whole interval.
void Step::keepAliveTimeout() {
    const Duration idle = now_ - tcb_.heardAt;
    if (flight() > 0 || unsent() > 0 || idle < config_.keepAliveIdle) {
        tcb_.keepAliveProbes = 0;
        const Instant since = flight() > 0 || unsent() > 0 ? now_ : tcb_.heardAt;
        return arm(Timer::KeepAlive, since + config_.keepAliveIdle, clause::kKeepAliveStarts);
    }
    if (tcb_.keepAliveProbes >= config_.keepAliveProbes) {
        sendOwnRst(config_.rstCarriesAck, clause::kKeepAliveGivesUp);
        return giveUp(clause::kKeepAliveGivesUp);
    }
    ++tcb_.keepAliveProbes;
    Segment probe{.seq = tcb_.snd.nxt - 1, .ctl = {.ack = true}};
    if (config_.keepAliveOctet) probe.payload = Bytes{std::vector<std::uint8_t>{0}};
    transmit(std::move(probe), clause::kKeepAliveProbe, Repeated::Yes);
    arm(Timer::KeepAlive, now_ + config_.keepAliveInterval, clause::kKeepAliveProbe);
}

void Step::giveUp(Clause why) {
    signal(Notice::TimedOut, why);
    deleteTcb(why);
}

}  // namespace tcplab::tcp
