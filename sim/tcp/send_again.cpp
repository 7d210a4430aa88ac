// What leaves again where losses are detected by time, and the timers of it: RFC 6675 4, RFC 8985 7
// and 8.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

using Phase = LossRecovery::Phase;

void Step::sendAgain(Retransmit retransmit) {
    LossRecovery& r = tcb_.recovery;
    switch (retransmit) {
        case Retransmit::Nothing: return;
        case Retransmit::NewFirst:
            sendWhatFits();
            if (r.high < tcb_.snd.nxt) return;
            r.checksTimeout = false;
            break;
        case Retransmit::Lost: break;
    }
    sendLostAgain();
}

// RFC 6675 4, NextSeg() (1): what was lost, the oldest first, as far as the window goes.
void Step::sendLostAgain() {
    LossRecovery& r = tcb_.recovery;
    bool first = false;
    for (std::size_t i = 0; i < r.scoreboard.segments().size(); ++i) {
        const Scoreboard::Segment& segment = r.scoreboard.segments()[i];
        if (r.window <= r.scoreboard.pipe() || r.scoreboard.retransmitting() >= r.scoreboard.lost())
            break;
        if (!segment.lost || segment.sacked || segment.retransmitting) continue;
        retransmitSegment(segment,
                          r.phase == Phase::Loss ? clause::kLostAfterTimeout : clause::kLost);
        if (r.reduces()) ++r.reduction.out;
        first |= i == 0 && !tcb_.timers.due(Timer::Reordering);
    }
    if (first)
        armOnly(Timer::Retransmission, now_ + tcb_.rto.value(config_), clause::kTimerRestarts);
}

// A copy of the segment, for the scoreboard changes with it.
void Step::retransmitSegment(Scoreboard::Segment segment, Clause why) {
    LossRecovery& r = tcb_.recovery;
    const bool probe = why == Clause{clause::kTailLossProbe};
    ++tcb_.totalRetransmissions;
    if (!probe) r.undo.unproved = r.undo.unproved.value_or(0) + 1;
    if (!r.undo.retransmittedAt) r.undo.retransmittedAt = now_;
    r.scoreboard.sentAgain(segment.from, now_, !probe);
    const bool fin = tcb_.fin && *tcb_.fin < segment.to;
    const std::size_t count = segment.size() - (fin ? 1U : 0U);
    const auto offset = static_cast<std::size_t>(segment.from - tcb_.snd.una);
    const bool last = offset + count == tcb_.sendQueue.size();
    transmit({.seq = segment.from,
              .ctl = {.fin = fin, .psh = last && count > 0, .ack = true},
              .payload = tcb_.sendQueue.range(offset, count)},
             why,
             Repeated::Yes);
}

// RFC 8985 7.2
bool Step::armLossProbe(bool advances) {
    LossRecovery& r = tcb_.recovery;
    if (!config_.tailLossProbe || r.scoreboard.empty() || !tcb_.sackPermitted ||
        (r.phase != Phase::Open && r.phase != Phase::Cwr))
        return false;
    constexpr Duration kSlack = std::chrono::milliseconds{2};
    const auto srtt = tcb_.rto.srtt();
    Duration wait = config_.initialRto;
    if (srtt) wait = *srtt * 2 + (r.scoreboard.out() == 1 ? config_.minimumRto : kSlack);
    const Duration rto = tcb_.rto.value(config_);
    const Duration left = advances ? rto : r.scoreboard.segments().front().sentAt + rto - now_;
    if (left > Duration{}) wait = std::min(wait, left);
    armOnly(Timer::LossProbe, now_ + wait, clause::kTailLossProbeStarts);
    return true;
}

// RFC 6298 5 (3), and RFC 8985 8: one timer for all three.
void Step::armRto(bool sinceSent) {
    LossRecovery& r = tcb_.recovery;
    if (r.scoreboard.empty()) return stopSendTimers(clause::kAcknowledged);
    const Duration rto = tcb_.rto.value(config_);
    constexpr Duration kLeast = std::chrono::milliseconds{1};
    const Instant due = sinceSent
                            ? std::max(r.scoreboard.segments().front().sentAt + rto, now_ + kLeast)
                            : now_ + rto;
    armOnly(Timer::Retransmission, due, clause::kTimerRestarts);
}

void Step::armAnew() {
    if (tcb_.recovery.scoreboard.empty()) return stopSendTimers(clause::kAcknowledged);
    if (!armLossProbe(true)) armRto(tcb_.timers.due(Timer::LossProbe).has_value());
}

void Step::armOnly(Timer timer, Instant due, Clause why) {
    for (const Timer other : {Timer::Retransmission, Timer::LossProbe, Timer::Reordering})
        if (other != timer) disarm(other, why);
    arm(timer, due, why);
}

void Step::stopSendTimers(Clause why) {
    for (const Timer timer : {Timer::Retransmission, Timer::LossProbe, Timer::Reordering})
        disarm(timer, why);
}

// RFC 8985 7.3
void Step::lossProbeTimeout() {
    LossRecovery& r = tcb_.recovery;
    if (r.scoreboard.empty()) return;
    if (r.probe) return armRto(true);
    const std::int32_t room = tcb_.snd.una + tcb_.snd.wnd - tcb_.snd.nxt;
    const std::size_t count = std::min(unsent(), segmentRoom());
    const bool fresh = count > 0 && room >= static_cast<std::int32_t>(count);
    if (fresh)
        sendOctets(count);
    else
        retransmitSegment(r.scoreboard.segments().back(), clause::kTailLossProbe);
    r.probe = {.high = tcb_.snd.nxt, .retransmitted = !fresh};
    armRto(false);
}

// RFC 8985 6.3: what was borne with for the sake of reordering is lost now.
void Step::reorderingTimeout() {
    LossRecovery& r = tcb_.recovery;
    const std::uint32_t lost = r.scoreboard.everLost();
    markLost();
    if (r.scoreboard.everLost() != lost) {
        if (r.phase != Phase::Recovery) {
            enterRecovery(false);
            reduceWindow(1, r.scoreboard.everLost() - lost, false);
        }
        sendLostAgain();
    }
    if (!tcb_.timers.due(Timer::Retransmission) && !tcb_.timers.due(Timer::Reordering))
        armRto(true);
}

// Segments are smaller from now on: those that were larger are lost, without congestion.
void Step::recutSegments() {
    LossRecovery& r = tcb_.recovery;
    std::vector<Seq> large;
    for (const Scoreboard::Segment& segment : r.scoreboard.segments())
        if (segment.size() > tcb_.sendMss) large.push_back(segment.from);
    r.scoreboard.split(tcb_.sendMss);
    if (large.empty()) return;
    for (std::size_t i = 0; i < r.scoreboard.segments().size(); ++i) (void)r.scoreboard.markLost(i);
    if (r.phase != Phase::Loss) {
        r.high = tcb_.snd.nxt;
        r.threshold = thresholdToKeep();
        r.undo = {};
        r.phase = Phase::Loss;
    }
    sendLostAgain();
}

}  // namespace tcplab::tcp
