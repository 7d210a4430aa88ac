// The sender's side where losses are detected by time (RFC 8985): what ACKs say of what is in
// flight, and what is lost. send_window.cpp has the window, send_again.cpp what leaves again and
// when.

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

}  // namespace tcplab::tcp
