// The sender's side where losses are detected by time (RFC 8985): what is lost and sent again (RFC
// 6675), how the window shrinks (RFC 6937) and grows (RFC 9438), and when a reduction was for
// nothing (RFC 5682, RFC 4015, RFC 3708).

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

using Phase = LossRecovery::Phase;

bool Step::isNothingNew(const AckNews& ack) {
    return !ack.hasText && !ack.updatesWindow && ack.of.acknowledged == 0;
}

// An ACK of before SND.UNA, which may still say what the peer holds.
void Step::takeOldAckByTime(const Segment& seg) {
    AckNews ack{.una = tcb_.snd.una, .hasText = true};
    takeSacks(seg, ack);
    if (!ack.of.sacked && !ack.dsack) return;
    const Retransmit retransmit = judge(ack);
    tcb_.recovery.delivered += ack.of.delivered + ack.duplicatesDelivered;
    sendAgain(retransmit);
}

void Step::takeAckByTime(const Segment& seg) {
    LossRecovery& r = tcb_.recovery;
    const auto stamps = seg.options.timestamps();
    acksOriginal_ = tcb_.usesTimestamps && stamps && r.undo.retransmittedAt &&
                    Seq{stamps->echoReply} < Seq{timestampAt(*r.undo.retransmittedAt, config_)};
    const bool ofSyn = tcb_.snd.una == tcb_.snd.iss;
    const bool nothingOut = r.scoreboard.empty();
    const Seq highestBefore = r.scoreboard.highestSacked(tcb_.snd.una);
    const std::uint32_t lostBefore = r.scoreboard.everLost();
    AckNews ack{.una = tcb_.snd.una,
                .advances = tcb_.snd.una<seg.ack, .hasText = seg.len()> 0,
                .updatesWindow = isNewerWindow(seg),
                .echoes = tcb_.ecn.agreed && seg.ctl.ece && !seg.ctl.syn};
    takeSacks(seg, ack);
    if (ack.advances) {
        ack.of.reordered.reset();
        r.scoreboard.acknowledge(seg.ack, r.high, ack.of, [&](const Scoreboard::Segment& segment) {
            if (tcb_.sackPermitted)
                r.rack.delivered(segment, now_, r.minimumRtt.value_or(Duration{}));
        });
        acknowledged(seg);
        if (ack.of.reordered && *ack.of.reordered < highestBefore)
            noteReordering(*ack.of.reordered);
    }
    updateSendWindow(seg);
    if (ofSyn) {
        r.delivered = 1;
        r.high = r.usedFrom = tcb_.snd.una;
        r.minimumRtt = tcb_.rto.srtt();
        return armAnew();
    }
    if (nothingOut) {
        if (ack.dsack) (void)judge(ack);
        if (r.probe) takeAckOfProbe(seg, ack);
        return;
    }
    if (!tcb_.sackPermitted && ack.of.acknowledged > 0)
        ack.of.delivered = r.scoreboard.takeDuplicates(ack.of.acknowledged);
    measure(seg, ack);
    r.rack.adaptToDsack(ack.dsack && !ack.dsackOfProbe && r.rack.reorderings() > 0);
    if (r.probe) takeAckOfProbe(seg, ack);

    Retransmit retransmit = Retransmit::Nothing;
    const bool doubtful =
        isNothingNew(ack) || ack.of.sacked || ack.echoes || ack.dsack || r.phase != Phase::Open;
    if (doubtful) retransmit = judge(ack);
    if (ack.restartsTimer && !tcb_.timers.due(Timer::Reordering)) armAnew();
    r.delivered += ack.of.delivered + ack.duplicatesDelivered;
    adjustWindow(ack, r.scoreboard.everLost() - lostBefore);
    sendAgain(retransmit);
}

// RFC 2018 4, 5 and RFC 2883 4.
void Step::takeSacks(const Segment& seg, AckNews& ack) {
    LossRecovery& r = tcb_.recovery;
    const auto sack = seg.options.sack();
    if (!tcb_.sackPermitted || !sack) return;
    for (std::size_t i = 0; i < sack->count; ++i) {
        const Seq left{sack->blocks[i].left};
        const Seq right{sack->blocks[i].right};
        const bool within = i == 0 && sack->count > 1 && Seq{sack->blocks[1].left} <= left &&
                            right <= Seq{sack->blocks[1].right};
        if (i == 0 && (left < seg.ack || within)) {
            takeDsack(left, right, ack);
            continue;
        }
        if (right <= left || right <= tcb_.snd.una || tcb_.snd.nxt < right) continue;
        r.scoreboard.sack(left, right, r.high, ack.of, [&](const Scoreboard::Segment& segment) {
            r.rack.delivered(segment, now_, r.minimumRtt.value_or(Duration{}));
        });
    }
    if (ack.of.reordered && (r.phase != Phase::Loss || r.undo.from))
        noteReordering(*ack.of.reordered);
}

// RFC 3708 2: it names octets that were sent again for nothing.
void Step::takeDsack(Seq left, Seq right, AckNews& ack) {
    LossRecovery& r = tcb_.recovery;
    if (right <= left || tcb_.snd.nxt < right) return;
    const auto octets = static_cast<std::uint32_t>(right - left);
    const std::uint32_t segments = octets <= tcb_.sendMss ? 1 : (octets - 1) / tcb_.sendMss + 1;
    ack.dsackOfProbe = r.probe && r.probe->high == right;
    r.dsacks += segments;
    if (r.dsacks > tcb_.totalRetransmissions) return;  // The network made it, not we.
    ack.dsack = true;
    ack.duplicatesDelivered += segments;
    if (r.undo.from && *r.undo.from < right && r.undo.unproved)
        *r.undo.unproved -= std::min(*r.undo.unproved, segments);
}

// RFC 8985 6.2, step 3; RFC 4653 has the same idea of DupThresh.
void Step::noteReordering(Seq low) {
    constexpr std::uint32_t kMost = 300;
    LossRecovery& r = tcb_.recovery;
    const Seq highest = r.scoreboard.highestSacked(tcb_.snd.una);
    if (highest <= low) return;
    const std::uint32_t metric =
        (static_cast<std::uint32_t>(highest - low) + tcb_.sendMss - 1) / tcb_.sendMss;
    r.reordering = std::max(r.reordering, std::min(metric, kMost));
    r.rack.sawReordering();
}

// RFC 6298 4 and RFC 7323 4: each ACK of something sent once is a measurement.
void Step::measure(const Segment& seg, AckNews& ack) {
    LossRecovery& r = tcb_.recovery;
    const Scoreboard::News& of = ack.of;
    std::optional<Duration> rtt;
    std::optional<Duration> last;
    if (of.firstAcked && !of.ofRetransmitted) {
        rtt = now_ - *of.firstAcked;
        last = now_ - *of.lastAcked;
    }
    if (of.firstSacked) {
        const Duration ofSack = now_ - *of.firstSacked;
        last = now_ - *of.lastSacked;
        if (!rtt) rtt = ofSack;
        // Not where the first in flight left again later than what this measures.
        if (!r.scoreboard.empty() && ofSack > now_ - r.scoreboard.segments().front().sentAt)
            ack.restartsTimer = true;
    }
    if (of.acknowledged > 0) ack.restartsTimer = true;
    if (last) r.minimumRtt = std::min(r.minimumRtt.value_or(*last), *last);
    if (last && config_.hystart && r.slowStart() && r.window >= HyStart::kLeastWindow &&
        r.hystart.endsSlowStart(tcb_.snd.una, tcb_.snd.nxt, *last, *r.minimumRtt, now_))
        r.threshold = r.window;
    const auto stamps = seg.options.timestamps();
    if (rtt)
        tcb_.rto.sample(*rtt, config_);
    else if (ack.advances && tcb_.usesTimestamps && stamps && stamps->echoReply != 0)
        sampleRtt(seg);
}

// RFC 8985 7.4: what the ACK says of the probe.
void Step::takeAckOfProbe(const Segment& seg, const AckNews& ack) {
    LossRecovery& r = tcb_.recovery;
    if (seg.ack < r.probe->high) return;
    if (!r.probe->retransmitted || ack.dsackOfProbe) {
        r.probe.reset();
    } else if (r.probe->high < seg.ack) {  // The loss that it repaired counts like any other.
        beginReduction();
        r.phase = Phase::Cwr;
        endReduction();
        keepOpen();
    } else if (!ack.advances && isNothingNew(ack) && !ack.of.sacked) {
        r.probe.reset();  // A duplicate ACK: both came.
    }
}

// What an ACK out of the ordinary means, by the phase that it meets.
Step::Retransmit Step::judge(AckNews& ack) {
    LossRecovery& r = tcb_.recovery;
    const bool duplicate = !ack.advances && isNothingNew(ack) && !ack.dsack;
    if (ack.echoes) r.undo.threshold = 0;
    if (r.phase == Phase::Open && !r.scoreboard.anyRetransmitted()) r.undo.retransmittedAt.reset();
    if (r.phase != Phase::Open && r.high <= tcb_.snd.una) {
        if (r.phase == Phase::Cwr && tcb_.snd.una != r.high) {
            endReduction();
            r.phase = Phase::Open;
        } else if (r.phase == Phase::Recovery) {
            if (!tcb_.sackPermitted) r.scoreboard.resetDuplicates();
            if (undoRecovery()) return Retransmit::Nothing;
            endReduction();
        }
    }
    switch (r.phase) {
        case Phase::Recovery:
            if (!ack.advances)
                addDuplicate(duplicate, ack);
            else if (undoPartly(ack))
                return Retransmit::Nothing;
            if (undoByDsack()) keepOpen();
            detectLosses(ack);
            if (r.phase != Phase::Recovery) {
                if (r.scoreboard.lost() == 0) return Retransmit::Nothing;
                enterRecovery(ack.echoes);
            }
            return Retransmit::Lost;
        case Phase::Loss: {
            const Retransmit next = judgeAfterTimeout(ack, duplicate);
            const bool lostAgain = detectLosses(ack);
            if (r.phase != Phase::Open && !lostAgain) return next;
            break;
        }
        case Phase::Open:
        case Phase::Disorder:
        case Phase::Cwr: break;
    }
    if (!tcb_.sackPermitted && ack.advances) r.scoreboard.resetDuplicates();
    addDuplicate(duplicate, ack);
    if (r.phase == Phase::Open || r.phase == Phase::Disorder) (void)undoByDsack();
    (void)detectLosses(ack);
    if (r.scoreboard.lost() == 0) {
        if (!r.scoreboard.anyRetransmitted()) r.undo.retransmittedAt.reset();
        if (ack.echoes) enterReduction();
        if (r.phase != Phase::Cwr) keepOpen();
        return Retransmit::Nothing;
    }
    enterRecovery(ack.echoes);
    return Retransmit::Lost;
}

// RFC 5682 3: whether the timeout was spurious.
Step::Retransmit Step::judgeAfterTimeout(const AckNews& ack, bool duplicate) {
    LossRecovery& r = tcb_.recovery;
    const bool recovered = r.high <= tcb_.snd.una;
    if (ack.advances && undoTimeout(false)) return Retransmit::Nothing;
    if (r.checksTimeout) {
        if (ack.of.originalDelivered && undoTimeout(true)) return Retransmit::Nothing;
        if (r.high < tcb_.snd.nxt) {
            if (ack.of.sacked || duplicate) r.checksTimeout = false;
        } else if (ack.advances && !recovered) {
            r.high = tcb_.snd.nxt;
            if (unsent() > 0 && tcb_.snd.nxt < tcb_.snd.una + tcb_.snd.wnd)
                return Retransmit::NewFirst;
            r.checksTimeout = false;
        }
    }
    if (recovered) {
        (void)undoRecovery();
        return Retransmit::Nothing;
    }
    if (!tcb_.sackPermitted && ack.advances && tcb_.snd.nxt <= r.high)
        r.scoreboard.resetDuplicates();
    return Retransmit::Lost;
}

void Step::addDuplicate(bool duplicate, AckNews& ack) {
    if (tcb_.sackPermitted || !duplicate) return;
    if (tcb_.recovery.scoreboard.addDuplicate()) ++ack.duplicatesDelivered;
}

// RFC 8985 6.2, step 5; without SACK, RFC 6582: the first in flight. True where something was lost
// that had been sent again.
bool Step::detectLosses(const AckNews& ack) {
    LossRecovery& r = tcb_.recovery;
    if (r.scoreboard.empty()) return false;
    const std::uint32_t retransmitting = r.scoreboard.retransmitting();
    const bool recovering = r.phase == Phase::Recovery || r.phase == Phase::Loss;
    if (!tcb_.sackPermitted) {
        if ((!recovering && r.scoreboard.sacked() >= r.reordering) ||
            (r.phase == Phase::Recovery && ack.advances))
            if (!r.scoreboard.segments().front().lost) (void)r.scoreboard.markLost(0);
    } else if (r.rack.takeAdvanced()) {
        markLost();
    }
    return r.scoreboard.retransmitting() < retransmitting;
}

// Whatever has been waited for long enough is lost; the timer runs for what has not.
void Step::markLost() {
    LossRecovery& r = tcb_.recovery;
    const bool recovering = r.phase == Phase::Recovery || r.phase == Phase::Loss;
    const Duration window =
        r.rack.reorderingWindow(recovering || r.scoreboard.sacked() >= r.reordering,
                                r.minimumRtt.value_or(Duration{}),
                                tcb_.rto.srtt().value_or(Duration{}));
    Duration longest{};
    for (std::size_t i = 0; i < r.scoreboard.segments().size(); ++i) {
        const Scoreboard::Segment& segment = r.scoreboard.segments()[i];
        if (segment.sacked || (segment.lost && !segment.retransmitting)) continue;
        const auto left = r.rack.patience(segment, window, now_);
        if (!left) continue;
        if (*left <= Duration{})
            (void)r.scoreboard.markLost(i);
        else
            longest = std::max(longest, *left);
    }
    constexpr Duration kSlack = std::chrono::milliseconds{2};
    if (longest > Duration{})
        armOnly(Timer::Reordering, now_ + longest + kSlack, clause::kReordering);
}

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
