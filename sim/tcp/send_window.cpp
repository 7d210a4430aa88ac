// The congestion window where losses are detected by time: how it shrinks (RFC 6937), grows (RFC
// 5681, RFC 9438), and when a reduction was for nothing (RFC 5682, RFC 4015, RFC 3708).

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

using Phase = LossRecovery::Phase;

std::uint32_t Step::reducedWindow() {
    LossRecovery& r = tcb_.recovery;
    if (config_.congestionControl == Config::CongestionControl::Cubic)
        return r.cubic.reduce(r.window);
    return std::max(r.window / 2, 2U);  // RFC 5681 (4)
}

// RFC 6937 3.
void Step::beginReduction() {
    LossRecovery& r = tcb_.recovery;
    r.high = tcb_.snd.nxt;
    r.probe.reset();
    r.counted = 0;
    r.reduction = {.prior = r.window};
    r.threshold = reducedWindow();
    if (tcb_.ecn.agreed) tcb_.ecn.reduced = true;
}

void Step::endReduction() {
    LossRecovery& r = tcb_.recovery;
    if (r.threshold < LossRecovery::kUnlimited && (r.phase == Phase::Cwr || r.undo.from))
        r.window = r.threshold;
}

// RFC 3168 6.1.2
void Step::enterReduction() {
    LossRecovery& r = tcb_.recovery;
    r.undo.threshold = 0;
    if (r.phase != Phase::Open && r.phase != Phase::Disorder) return;
    r.undo.from.reset();
    beginReduction();
    r.phase = Phase::Cwr;
}

void Step::enterRecovery(bool echoes) {
    LossRecovery& r = tcb_.recovery;
    r.undo.threshold = 0;
    prepareUndo();
    if (!r.reduces()) {
        if (!echoes) r.undo.threshold = thresholdToKeep();
        beginReduction();
    }
    r.phase = Phase::Recovery;
}

// RFC 6582 4 and RFC 8985 6.3: after a timeout all that was waited for long enough is lost.
void Step::enterLoss() {
    LossRecovery& r = tcb_.recovery;
    const bool first =
        r.phase == Phase::Open || r.phase == Phase::Disorder || r.phase == Phase::Cwr;
    const bool reneged =
        !r.scoreboard.empty() && r.scoreboard.segments().front().sacked;  // RFC 2018 8
    if (reneged) r.scoreboard.forgetSacks();
    if (!tcb_.sackPermitted) r.scoreboard.resetDuplicates();
    for (std::size_t i = 0; i < r.scoreboard.segments().size(); ++i)
        if (i == 0 || reneged || !tcb_.sackPermitted ||
            r.rack.remaining(r.scoreboard.segments()[i], now_) <= Duration{})
            (void)r.scoreboard.markLost(i);
    if (r.phase == Phase::Open || r.phase == Phase::Disorder || r.high <= tcb_.snd.una ||
        (r.phase == Phase::Loss && tcb_.retransmissions == 0)) {
        r.undo.threshold = thresholdToKeep();
        r.reduction.prior = r.window;
        r.threshold = reducedWindow();
        r.cubic.timedOut();
        r.hystart = {};
        prepareUndo();
    }
    if ((r.phase == Phase::Open || r.phase == Phase::Disorder) && r.scoreboard.sacked() >= 3)
        r.reordering = std::min(r.reordering, 3U);
    r.window = r.scoreboard.pipe() + 1;
    r.counted = 0;
    r.phase = Phase::Loss;
    r.high = tcb_.snd.nxt;
    r.probe.reset();
    if (tcb_.ecn.agreed) tcb_.ecn.reduced = true;
    r.checksTimeout = config_.forwardRto && (first || tcb_.retransmissions > 0);
}

void Step::prepareUndo() {
    LossRecovery& r = tcb_.recovery;
    r.undo.from = tcb_.snd.una;
    r.undo.unproved.reset();
    if (r.scoreboard.retransmitting() > 0) r.undo.unproved = r.scoreboard.retransmitting();
}

std::uint32_t Step::thresholdToKeep() const {
    const LossRecovery& r = tcb_.recovery;
    return r.reduces() ? r.threshold : std::max(r.threshold, r.window / 2 + r.window / 4);
}

// RFC 4015 3.2: an ACK of before the first retransmission, or every retransmission came twice.
bool Step::wasForNothing() const {
    const LossRecovery& r = tcb_.recovery;
    return r.undo.from && (r.undo.unproved == 0U || acksOriginal_);
}

void Step::undoReduction(bool nothingLost) {
    LossRecovery& r = tcb_.recovery;
    if (nothingLost) r.scoreboard.unmarkLost();
    if (r.undo.threshold != 0) {
        r.window = std::max(r.window, r.reduction.prior);
        if (r.undo.threshold > r.threshold) {
            r.threshold = r.undo.threshold;
            tcb_.ecn.reduced = false;
        }
    }
    r.undo.from.reset();
    r.rack.examineAgain();
}

// True where the phase has to stay what it is: without SACK, until something above is acknowledged.
bool Step::staysForDuplicates() {
    LossRecovery& r = tcb_.recovery;
    if (tcb_.sackPermitted || tcb_.snd.una != r.high) return false;
    if (!r.scoreboard.anyRetransmitted()) r.undo.retransmittedAt.reset();
    return true;
}

bool Step::undoRecovery() {
    LossRecovery& r = tcb_.recovery;
    if (wasForNothing())
        undoReduction(false);
    else
        r.rack.recoveryEnded();
    if (staysForDuplicates()) return true;
    r.phase = Phase::Open;
    return false;
}

bool Step::undoTimeout(bool forward) {
    LossRecovery& r = tcb_.recovery;
    if (!forward && !wasForNothing()) return false;
    undoReduction(true);
    tcb_.retransmissions = 0;
    if (staysForDuplicates()) return true;
    if (forward || tcb_.sackPermitted) r.phase = Phase::Open;
    return true;
}

bool Step::undoPartly(const AckNews& ack) {
    LossRecovery& r = tcb_.recovery;
    if (!r.undo.from || !acksOriginal_) return false;
    noteReordering(ack.una);
    if (r.scoreboard.retransmitting() > 0) return true;
    if (!r.scoreboard.anyRetransmitted()) r.undo.retransmittedAt.reset();
    undoReduction(true);
    keepOpen();
    return false;
}

bool Step::undoByDsack() {
    LossRecovery& r = tcb_.recovery;
    if (!r.undo.from || r.undo.unproved != 0U) return false;
    undoReduction(false);
    return true;
}

void Step::keepOpen() {
    LossRecovery& r = tcb_.recovery;
    const bool missing = r.scoreboard.sacked() + r.scoreboard.lost() > 0;
    const Phase phase = missing || r.scoreboard.anyRetransmitted() ? Phase::Disorder : Phase::Open;
    if (r.phase == phase) return;
    r.phase = phase;
    r.high = tcb_.snd.nxt;
}

// RFC 6937 3 while the window is reduced; else RFC 5681 3.1 or RFC 9438.
void Step::adjustWindow(const AckNews& ack, std::uint32_t newlyLost) {
    LossRecovery& r = tcb_.recovery;
    const std::uint32_t delivered = ack.of.delivered + ack.duplicatesDelivered;
    if (r.reduces()) return reduceWindow(delivered, newlyLost, ack.advances);
    const bool moved = ack.of.acknowledged > 0 || (r.reordering > 3 && ack.of.sacked);
    if (moved) growWindow(delivered);
}

void Step::reduceWindow(std::uint32_t delivered, std::uint32_t newlyLost, bool advances) {
    LossRecovery& r = tcb_.recovery;
    if (delivered == 0 || r.reduction.prior == 0) return;
    r.reduction.delivered += delivered;
    const auto pipe = std::int64_t{r.scoreboard.pipe()};
    const auto room = std::int64_t{r.threshold} - pipe;
    const auto owed = std::int64_t{r.reduction.delivered} - std::int64_t{r.reduction.out};
    std::int64_t count = 0;
    if (room < 0) {  // Proportional: as many leave as keep the share of ssthresh in the old window.
        const auto share = std::int64_t{r.threshold} * r.reduction.delivered;
        count = (share + r.reduction.prior - 1) / r.reduction.prior - r.reduction.out;
    } else {  // The reduction bound: conservation of packets, and slow start where all goes well.
        count = std::max(owed, std::int64_t{delivered});
        if (advances && newlyLost == 0) ++count;
        count = std::min(count, room);
    }
    count = std::max<std::int64_t>(count, r.reduction.out == 0 ? 1 : 0);
    r.window = static_cast<std::uint32_t>(pipe + count);
}

void Step::growWindow(std::uint32_t acked) {
    LossRecovery& r = tcb_.recovery;
    if (!r.isLimited()) return;
    if (r.slowStart()) {
        const std::uint32_t grown = std::min(acked, r.threshold - r.window);
        r.window += grown;
        acked -= grown;
        if (acked == 0) return;
    }
    const bool cubic = config_.congestionControl == Config::CongestionControl::Cubic;
    const std::uint32_t forOne =
        cubic ? r.cubic.segmentsForOne(r.window, acked, r.minimumRtt.value_or(Duration{}), now_)
              : std::max(r.window, 1U);
    if (r.counted >= forOne) {
        r.counted = 0;
        ++r.window;
    }
    r.counted += acked;
    r.window += r.counted / forOne;
    r.counted %= forOne;
}

// RFC 7661 4: how much of the window was used.
void Step::noteUse(std::uint32_t sent) {
    LossRecovery& r = tcb_.recovery;
    const bool limited = r.window <= r.scoreboard.pipe();
    if (r.reduces()) r.reduction.out += sent;
    if (sent == 0 && (!limited || unsent() == 0)) return;
    if (r.usedFrom <= tcb_.snd.una || limited || (!r.limited && r.scoreboard.out() > r.mostOut)) {
        r.limited = limited;
        r.mostOut = r.scoreboard.out();
        r.usedFrom = tcb_.snd.nxt;
    }
}

// RFC 2861 3.1: for each RTO of silence half of the window.
void Step::restartWindow(Duration silence) {
    LossRecovery& r = tcb_.recovery;
    const Duration rto = tcb_.rto.value(config_);
    const std::uint32_t least = std::min(r.initial, r.window);
    r.threshold = thresholdToKeep();
    for (silence -= rto; silence > Duration{} && r.window > least; silence -= rto) r.window /= 2;
    r.window = std::max(r.window, least);
}

}  // namespace tcplab::tcp
