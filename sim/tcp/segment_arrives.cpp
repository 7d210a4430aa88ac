// RFC 9293 3.10.7.1 - 3.10.7.3: SEGMENT ARRIVES where the connection is not yet synchronized.
// One block for each numbered check, in the order of the text.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {
namespace {

constexpr std::uint8_t kLargestShift = 14;       ///< RFC 7323 2.3
constexpr std::uint32_t kLargestInSyn = 0xFFFF;  ///< A SYN cannot tell of a larger window.

}  // namespace

void Step::segmentArrives(const SegmentArrives& arrival) {
    const Segment& seg = arrival.segment;
    if (config_.dropSynFin && seg.ctl.syn && seg.ctl.fin) return discard(clause::kSynFin);
    switch (tcb_.state) {
        case State::Closed: return inClosed(seg);
        case State::Listen: return inListen(seg);
        case State::SynSent: return inSynSent(seg);
        case State::SynReceived:
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait: return inOtherStates(seg, arrival.ecn);
    }
}

// 3.10.7.1  CLOSED
void Step::inClosed(const Segment& seg) {
    if (seg.ctl.rst) return discard(clause::kClosedIgnoresRst);
    discard(clause::kClosedAnswersRst);
    sendRst(seg, clause::kClosedAnswersRst);
}

// 3.10.7.2  LISTEN
void Step::inListen(const Segment& seg) {
    // First, check for a RST.
    if (seg.ctl.rst) return discard(clause::kListenIgnoresRst);

    // Second, check for an ACK.
    if (seg.ctl.ack) {
        discard(clause::kListenRefusesAck);
        if (seg.ctl.syn && !config_.resetSynAckInListen) return;
        return sendRst(seg, clause::kListenRefusesAck);
    }

    // Third, check for a SYN.
    if (seg.ctl.syn) {
        openWith(tcb_.snd.iss);
        synchronize(seg);
        tcb_.rcv.wnd = std::min(config_.receiveBuffer, kLargestInSyn);
        holdTextOf(seg);
        sendSyn(Answering::Yes, clause::kListenAnswersSyn);
        return enter(State::SynReceived, clause::kListenAnswersSyn);
    }

    // Fourth, other data or control.
    discard(clause::kListenDrops);
}

// 3.10.7.3  SYN-SENT
void Step::inSynSent(const Segment& seg) {
    // First, check the ACK bit.
    if (seg.ctl.ack && !(tcb_.snd.una < seg.ack && seg.ack <= tcb_.snd.nxt)) {
        discard(clause::kSynSentBadAck);
        if (!seg.ctl.rst) sendRst(seg, clause::kSynSentBadAck);
        return;
    }

    // Second, check the RST bit.
    if (seg.ctl.rst) {
        if (!seg.ctl.ack) return discard(clause::kSynSentIgnoresRst);
        signal(Notice::Refused, clause::kSynSentReset);
        return deleteTcb(clause::kSynSentReset);
    }

    // Third, check the security. Nothing here carries a security option.

    // Fourth, check the SYN bit.
    if (seg.ctl.syn) {
        synchronize(seg);
        tcb_.snd.wnd = tcb_.snd.maxWnd = seg.wnd;
        tcb_.snd.wl1 = seg.seq;
        tcb_.snd.wl2 = seg.ack;
        tcb_.rcv.wnd = receiveBufferOf(tcb_, config_);
        if (!seg.ctl.ack) {
            holdTextOf(seg);
            sendSyn(Answering::Yes, clause::kSynSentCrossed);
            return enter(State::SynReceived, clause::kSynSentCrossed);
        }
        (void)takeAck(seg);
        ackOwed_ = clause::kSynSentEstablished;
        establish(clause::kSynSentEstablished);

        Segment rest = seg;  // Other controls or text: on from the sixth check of 3.10.7.4.
        rest.ctl.syn = false;
        rest.seq = seg.seq + 1;
        sixthCheckUrg(rest);
        seventhProcessText(rest);
        eighthCheckFin(rest);
        return;
    }

    // Fifth, neither SYN nor RST.
    discard(clause::kSynSentDrops);
}

void Step::openWith(Seq iss) {
    tcb_.snd.iss = iss;
    tcb_.snd.una = iss;
    tcb_.snd.nxt = iss + 1;
    tcb_.openedAt = now_;
    if (config_.openTimeout)
        arm(Timer::User, now_ + *config_.openTimeout, clause::kOpenTimeoutStarts);
}

// What a SYN tells, whichever state it meets.
void Step::synchronize(const Segment& syn) {
    tcb_.rcv.irs = syn.seq;
    tcb_.rcv.nxt = syn.seq + 1;
    const auto mss = syn.options.maximumSegmentSize();
    tcb_.peerMss = std::max<std::uint16_t>(mss.value_or(config_.defaultSendMss), 1);
    tcb_.sackPermitted = config_.sack && syn.options.sackPermitted();
    const auto scale = syn.options.windowScale();
    tcb_.windowScaling = config_.windowScale && scale;
    tcb_.snd.scale = tcb_.windowScaling ? std::min(*scale, kLargestShift) : std::uint8_t{0};
    tcb_.rcv.scale =
        tcb_.windowScaling ? std::min(*config_.windowScale, kLargestShift) : std::uint8_t{0};
    const auto stamps = syn.options.timestamps();
    tcb_.usesTimestamps = config_.timestamps && stamps;
    if (tcb_.usesTimestamps) {
        tcb_.timestamp.recent = stamps->value;
        tcb_.timestamp.recentAt = now_;
    }
    tcb_.timestamp.lastAckSent = tcb_.rcv.nxt;
    agreeOnEcn(syn);
    fitSegments();
    tcb_.congestion.start(tcb_.sendMss, config_);
    if (detectsByTime()) tcb_.recovery.start(std::max(tcb_.congestion.window() / tcb_.sendMss, 1U));
}

// Eff.snd.MSS of 3.7.1: options that each segment carries leave less room for text.
void Step::fitSegments() {
    constexpr std::uint16_t kTimestampOctets = 12;
    const std::uint16_t limit = segmentLimit(tcb_, config_);
    const std::uint16_t options = tcb_.usesTimestamps ? kTimestampOctets : 0;
    tcb_.sendMss = limit > options ? static_cast<std::uint16_t>(limit - options) : 1;
}

// Text and FIN that came with the SYN wait for ESTABLISHED.
void Step::holdTextOf(const Segment& syn) {
    if (!config_.queueTextOfSyn) return;
    const Bytes text = syn.payload.slice(0, tcb_.rcv.wnd);
    if (!text.empty()) tcb_.reassembly.hold(tcb_.rcv.nxt, tcb_.rcv.nxt, text);
    if (syn.ctl.fin && text.size() == syn.payload.size()) tcb_.peerFin = syn.end() - 1;
}

void Step::establish(Clause why) {
    tcb_.rcv.wnd = receiveBufferOf(tcb_, config_);
    tcb_.heardAt = now_;
    disarm(Timer::User, why);
    enter(State::Established, why);
    signal(Notice::Established, why);
    armKeepAlive();
}

}  // namespace tcplab::tcp
