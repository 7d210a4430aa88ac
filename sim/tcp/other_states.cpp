// RFC 9293 3.10.7.4: SEGMENT ARRIVES in all other states, the first four checks. One function for
// each numbered check, in the order of the text.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

void Step::inOtherStates(Segment seg, wire::Ecn ecn) {
    if (tcb_.state == State::TimeWait && !checkTimeWait(seg)) return;
    if (!checkTimestamp(seg)) return;
    if (!firstCheckSequenceNumber(seg)) return;
    takeCongestionMark(seg, ecn);
    if (!secondCheckRst(seg)) return;
    if (!thirdCheckSecurity(seg)) return;
    if (!fourthCheckSyn(seg)) return;
    if (!fifthCheckAck(seg)) return;
    sixthCheckUrg(seg);
    seventhProcessText(seg);
    eighthCheckFin(seg);
}

// What 3.6.1 and RFC 1337 say of TIME-WAIT, before the segment is judged like any other.
bool Step::checkTimeWait(const Segment& seg) {
    if (seg.ctl.rst) {
        if (!config_.ignoreRstInTimeWait) return true;
        discard(clause::kTimeWaitIgnoresRst);
        return false;
    }
    if (seg.ctl.syn && !seg.ctl.ack && isNewer(seg)) {
        deleteTcb(clause::kTimeWaitReused);
        signal(Notice::Superseded, clause::kTimeWaitReused);
        return false;
    }
    if (!config_.timeWaitJustAcks) return true;
    discard(seg.ctl.ack ? clause::kTimeWaitAnswers : clause::kNoAck);
    if (!seg.ctl.ack) return false;
    if (seg.ctl.fin && tcb_.peerFin == seg.end() - 1)
        arm(Timer::TimeWait, now_ + 2 * config_.msl, clause::kTimeWaitAgain);
    if (isMoreThanAck(seg)) ackOwed_ = clause::kTimeWaitAnswers;
    return false;
}

// Only the ACK that two ends in TIME-WAIT would send to and fro is left unanswered.
bool Step::isMoreThanAck(const Segment& seg) const {
    return seg.len() > 0 || seg.seq != tcb_.rcv.nxt || seg.ack != tcb_.snd.nxt;
}

// Whether this SYN cannot be an old duplicate: by RFC 6191 2, or by its number.
bool Step::isNewer(const Segment& syn) const {
    const auto stamps = syn.options.timestamps();
    if (config_.reuseByTimestamp && tcb_.usesTimestamps && stamps) {
        const Seq recent{tcb_.timestamp.recent};
        if (recent < Seq{stamps->value}) return true;
        if (Seq{stamps->value} < recent) return false;
        return tcb_.rcv.nxt < syn.seq;
    }
    return config_.reuseByNumber && tcb_.rcv.nxt < syn.seq;
}

// RFC 7323 3.2 and 5.3: PAWS.
bool Step::checkTimestamp(const Segment& seg) {
    if (!tcb_.usesTimestamps || seg.ctl.rst) return true;
    const auto stamps = seg.options.timestamps();
    if (!stamps) {
        if (!config_.requireTimestamps || seg.ctl.syn) return true;
        discard(clause::kTimestampMissing);
        return false;
    }
    constexpr Duration kOutdated = std::chrono::hours{24 * 24};  // RFC 7323 5.5
    const bool valid = now_ - tcb_.timestamp.recentAt < kOutdated;
    if (valid && Seq{stamps->value} < Seq{tcb_.timestamp.recent}) {
        discard(clause::kTimestampOld);
        ackOwed_ = clause::kTimestampOld;
        return false;
    }
    // RFC 7323 4.3 (2)
    if (seg.seq <= tcb_.timestamp.lastAckSent && tcb_.timestamp.lastAckSent <= seg.end()) {
        tcb_.timestamp.recent = stamps->value;
        tcb_.timestamp.recentAt = now_;
    }
    return true;
}

// First, check sequence number: table 6, then trim what lies outside the window.
bool Step::firstCheckSequenceNumber(Segment& seg) {
    if (tcb_.state == State::SynReceived && seg.ctl.syn && seg.ctl.ack && seg.seq == tcb_.rcv.irs) {
        // Both sides of a simultaneous open send their SYN twice, the second time with an ACK, and
        // by table 6 neither could ever take it. Figure 8 has it taken.
        seg.ctl.syn = false;
        seg.seq = seg.seq + 1;
    }
    const Seq left = tcb_.rcv.nxt;
    const Seq right = left + tcb_.rcv.wnd;
    const auto inside = [&](Seq number) { return left <= number && number < right; };
    const std::uint32_t length = seg.ctl.rst ? 0 : seg.len();  // A RST counts by its number alone.
    // Where the window is closed, valid ACKs and URGs are taken still; octets are not (3.10.7.4).
    const bool closed = tcb_.rcv.wnd == 0 && seg.seq == left;
    const bool acceptable =
        length == 0 ? closed || inside(seg.seq) : inside(seg.seq) || inside(seg.end() - 1);
    const bool ackCounts = (closed && seg.ctl.ack && !seg.ctl.syn) || oldAckCounts(seg);
    if (!acceptable && !ackCounts) {
        notAcceptable(seg);
        return false;
    }
    tcb_.heardAt = now_;
    tcb_.keepAliveProbes = 0;
    if (seg.ctl.rst) return true;
    if (seg.len() > 0 && config_.dsack && tcb_.sackPermitted) {
        const auto repeated = tcb_.sackList.repeated(seg.seq, seg.end(), left);
        tcb_.sackList.reportOnce(repeated);
        if (repeated) ackOwed_ = clause::kTextRepeated;
    }
    if (!acceptable) ackOwed_ = clause::kNotAcceptable;  // Of its ACK alone is made use.
    if (seg.seq < left) {
        auto old = static_cast<std::uint32_t>(left - seg.seq);
        if (seg.up < old) seg.ctl.urg = false;
        seg.up = static_cast<std::uint16_t>(seg.up - std::min<std::uint32_t>(old, seg.up));
        if (seg.ctl.syn) {
            seg.ctl.syn = false;
            --old;
        }
        seg.payload = seg.payload.slice(std::min<std::size_t>(old, seg.payload.size()));
        seg.seq = left;
    }
    if (seg.end() <= left) seg.ctl.fin = false;
    if (right < seg.end()) {
        seg.ctl.fin = false;
        const auto room = static_cast<std::size_t>(right - seg.seq) - (seg.ctl.syn ? 1 : 0);
        seg.payload = seg.payload.slice(0, std::min(room, seg.payload.size()));
    }
    return true;
}

// Whether this segment, all of it old, may at least acknowledge something.
bool Step::oldAckCounts(const Segment& seg) const {
    if (!seg.ctl.ack || seg.ctl.rst || seg.ctl.syn || tcb_.state == State::SynReceived ||
        tcb_.state == State::TimeWait || tcb_.rcv.nxt < seg.end() || tcb_.rcv.nxt <= seg.seq)
        return false;
    switch (config_.oldAcks) {
        case Config::OldAcks::Ignored: return false;
        case Config::OldAcks::AtTheEdge: return seg.end() == tcb_.rcv.nxt;
        case Config::OldAcks::Taken: return true;
    }
    TCPLAB_UNREACHABLE();
}

void Step::notAcceptable(const Segment& seg) {
    if (seg.ctl.rst) return discard(clause::kNotAcceptableRst);
    const bool repeatedSyn =
        tcb_.state == State::SynReceived && seg.ctl.syn && seg.seq == tcb_.rcv.irs;
    if (repeatedSyn && config_.repeatSynAck) {
        discard(clause::kSynAckAgain);
        return sendSyn(Answering::Yes, clause::kSynAckAgain, Repeated::Yes);
    }
    const bool repeatedFin = seg.ctl.fin && tcb_.peerFin == seg.end() - 1;
    if (tcb_.state == State::TimeWait && repeatedFin) {
        // The fifth check's words on TIME-WAIT, which a repeated FIN never gets to.
        discard(clause::kTimeWaitAgain);
        ackOwed_ = clause::kTimeWaitAgain;
        return arm(Timer::TimeWait, now_ + 2 * config_.msl, clause::kTimeWaitAgain);
    }
    discard(clause::kNotAcceptable);
    if (seg.ctl.syn && tcb_.state != State::SynReceived) return challenge(clause::kNotAcceptable);
    if (config_.dsack && !seg.payload.empty() && seg.seq < tcb_.rcv.nxt)
        tcb_.sackList.reportOnce(
            tcb_.sackList.repeated(seg.seq, seg.seq + seg.len(), tcb_.rcv.nxt));
    ackOwed_ = clause::kNotAcceptable;
}

void Step::challenge(Clause why) {
    if (config_.challengeAcks != 0) {
        if (tcb_.challenges == 0 || now_ - tcb_.challengesSince >= config_.challengePeriod) {
            tcb_.challengesSince = now_;
            tcb_.challenges = 0;
        }
        if (tcb_.challenges == config_.challengeAcks) return;
        ++tcb_.challenges;
    }
    transmit({.seq = tcb_.snd.nxt, .ctl = {.ack = true}}, why);
}

// Second, check the RST bit, with RFC 5961 3.
bool Step::secondCheckRst(const Segment& seg) {
    if (!seg.ctl.rst) return true;
    if (config_.exactRst && seg.seq != tcb_.rcv.nxt) {
        discard(clause::kChallengeRst);
        challenge(clause::kChallengeRst);
        return false;
    }
    switch (tcb_.state) {
        case State::SynReceived:
            if (tcb_.passive) {
                listenAgain(clause::kRstToListen);
                return false;
            }
            signal(Notice::Refused, clause::kRstRefuses);
            deleteTcb(clause::kRstRefuses);
            return false;
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
            signal(Notice::Reset, clause::kRstResets);
            deleteTcb(clause::kRstResets);
            return false;
        case State::Closing:
        case State::LastAck:
            deleteTcb(clause::kRstEnds);
            signal(config_.tellResetWhileClosing ? Notice::Reset : Notice::Closed,
                   clause::kRstEnds);
            return false;
        case State::TimeWait:
            deleteTcb(clause::kRstEnds);
            signal(Notice::Closed, clause::kRstEnds);
            return false;
        case State::Closed:
        case State::Listen:
        case State::SynSent: break;
    }
    TCPLAB_UNREACHABLE();
}

// Third, check security. Nothing here carries a security option.
bool Step::thirdCheckSecurity(const Segment& /*seg*/) {
    return true;
}

// Fourth, check the SYN bit, with RFC 5961 4.
bool Step::fourthCheckSyn(const Segment& seg) {
    if (!seg.ctl.syn) return true;
    discard(clause::kChallengeSyn);
    if (tcb_.state == State::SynReceived && tcb_.passive) {
        listenAgain(clause::kSynToListen);
        return false;
    }
    if (config_.challengeSyn) {
        challenge(clause::kChallengeSyn);
        return false;
    }
    sendOwnRst(true, clause::kSynResets);
    signal(Notice::Reset, clause::kSynResets);
    deleteTcb(clause::kSynResets);
    return false;
}

}  // namespace tcplab::tcp
