// What leaves: RFC 9293 3.8, and the shapes of segments that 3.10 prescribes.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

namespace {

// What a sender is busy with, `waiting` octets being unsent and the next segment having `room`.
Chronograph::Kind sendingKind(const Tcb& tcb, std::size_t waiting, std::size_t room) {
    using Kind = Chronograph::Kind;
    const Seq wanted = tcb.snd.nxt + static_cast<std::uint32_t>(std::min(waiting, room));
    if (waiting > 0 && tcb.snd.una + tcb.snd.wnd < wanted) return Kind::WindowLimited;
    return tcb.snd.una < tcb.snd.nxt || waiting > 0 ? Kind::Busy : Kind::Idle;
}

}  // namespace

void Step::output() {
    switch (tcb_.state) {
        case State::Established:
        case State::FinWait1:
        case State::CloseWait:
        case State::Closing:  // CLOSE was called with octets still waiting for the window.
            restartAfterIdle();
            sendWhatFits();
            armWhatWaits();
            tcb_.sending.turn(sendingKind(tcb_, unsent(), segmentRoom()), now_);
            break;
        case State::Closed:
        case State::Listen:
        case State::SynSent:
        case State::SynReceived: break;
        case State::FinWait2:
        case State::LastAck:
        case State::TimeWait:
            tcb_.sending.turn(sendingKind(tcb_, unsent(), segmentRoom()), now_);
            break;
    }
    if (ackOwed_ && tcb_.state != State::Closed) sendAck(ackOwed_);
}

// What a path that is paced takes in a millisecond leaves together, no less than configured, and no
// more than half of the window.
std::uint32_t Step::burstSegments() const {
    if (config_.pushBursts == 0 || !detectsByTime()) return config_.pushBursts;
    constexpr std::uint32_t kMost = 44;  // 64 KB of segments on Ethernet.
    const Duration srtt = tcb_.rto.srtt().value_or(Duration{});
    const LossRecovery& r = tcb_.recovery;
    const std::int64_t percent = r.window < r.threshold / 2 ? 200 : 120;
    const Duration window = std::chrono::milliseconds{1} * (r.window * percent / 100);
    const std::uint32_t half = std::max(r.window / 2, 1U);
    if (srtt * kMost <= window) return std::min(kMost, half);
    return std::min(std::max(config_.pushBursts, static_cast<std::uint32_t>(window / srtt)), half);
}

void Step::pushLast() {
    for (auto action = out_.rbegin(); action != out_.rend(); ++action)
        if (auto* transmit = std::get_if<Transmit>(&*action)) {
            transmit->segment.ctl.psh = true;
            return;
        }
}

void Step::sendWhatFits() {
    const std::uint32_t before = tcb_.recovery.scoreboard.out();
    const std::uint32_t burst = burstSegments();
    std::uint32_t together = 0;
    while (const std::size_t count = sendable()) {
        sendOctets(count);
        if (++together < burst || burst < 2) continue;
        pushLast();
        together = 0;
    }
    if (together > 1 && burst > 0) pushLast();
    if (tcb_.closeRequested && !tcb_.fin && unsent() == 0) sendFin(clause::kCloseSendsFin);
    if (!detectsByTime()) return;
    const std::uint32_t sent = tcb_.recovery.scoreboard.out() - before;
    noteUse(sent);
    if (sent > 0) (void)armLossProbe(false);
}

// RFC 5681 4.1: what the path takes is not known any more.
void Step::restartAfterIdle() {
    if (!config_.restartAfterIdle || !controlsCongestion() || flight() > 0 || unsent() == 0) return;
    const Duration silence = now_ - tcb_.sentAt;
    if (silence <= tcb_.rto.value(config_)) return;
    if (detectsByTime())
        restartWindow(silence);
    else
        tcb_.congestion.restart();
}

// What cannot leave now waits for the window, and for the user's patience.
void Step::armWhatWaits() {
    if (unsent() > 0 && flight() == 0 && !tcb_.timers.due(Timer::Persist))
        arm(Timer::Persist, now_ + persistInterval(), clause::kWindowClosed);
    if (config_.userTimeout && (flight() > 0 || unsent() > 0) && !tcb_.timers.due(Timer::User))
        arm(Timer::User, now_ + *config_.userTimeout, clause::kUserTimeoutStarts);
}

// Octets that were never sent.
std::size_t Step::unsent() const {
    const Seq firstOctet = tcb_.snd.iss + 1;
    const Seq from = tcb_.snd.una < firstOctet ? firstOctet : tcb_.snd.una;
    const auto inFlight = static_cast<std::size_t>(tcb_.snd.nxt - from) - (tcb_.fin ? 1U : 0U);
    return tcb_.fin ? 0 : tcb_.sendQueue.size() - inFlight;
}

// What the peer's window and the congestion window leave to be sent. A window that has shrunk
// leaves nothing (3.8.6, MUST-34).
std::uint32_t Step::usableWindow() const {
    std::uint32_t window = tcb_.snd.wnd;
    if (controlsCongestion() && detectsByTime()) {
        const LossRecovery& r = tcb_.recovery;
        if (r.window <= r.scoreboard.pipe()) return 0;
        const std::uint64_t octets = std::uint64_t{r.window - r.scoreboard.pipe()} * tcb_.sendMss;
        const std::int32_t left = tcb_.snd.una + window - tcb_.snd.nxt;
        return static_cast<std::uint32_t>(
            std::min<std::uint64_t>(static_cast<std::uint64_t>(std::max(left, 0)), octets));
    }
    if (controlsCongestion()) {
        const std::uint32_t extra =
            config_.limitedTransmit ? tcb_.congestion.limitedTransmit() : 0;  // RFC 3042
        window = std::min(window, tcb_.congestion.window() + extra);
    }
    return static_cast<std::uint32_t>(std::max(tcb_.snd.una + window - tcb_.snd.nxt, 0));
}

// How many octets the next segment may carry, by the window and by sender silly window avoidance
// (3.8.6.2.1): a whole segment, all there is, or half of the largest window seen.
std::size_t Step::sendable() const {
    const std::size_t waiting = unsent();
    if (waiting == 0) return 0;
    // A record that ends is a whole segment, be it small or not.
    const std::size_t record = tcb_.sendQueue.recordLeft(tcb_.sendQueue.size() - waiting);
    const std::size_t room = std::min(segmentRoom(), record);
    const std::size_t count = std::min({waiting, room, static_cast<std::size_t>(usableWindow())});
    const bool small = count == waiting && count < segmentRoom();
    if (small && !mayLeaveSmall()) return 0;
    const bool worthwhile = count == room || count == waiting || count >= tcb_.snd.maxWnd / 2;
    return worthwhile ? count : 0;
}

// Nagle's algorithm (3.7.4): a small segment is not sent while anything is unacknowledged; by
// Minshall's variant, while a small one is. The last octets before a FIN do not wait.
bool Step::mayLeaveSmall() const {
    if (tcb_.closeRequested) return true;
    if (config_.cork || more_) return false;
    if (!config_.nagle || flight() == 0) return true;
    return config_.minshall && (!tcb_.smallEnd || *tcb_.smallEnd <= tcb_.snd.una);
}

void Step::sendOctets(std::size_t count) {
    const std::size_t offset = tcb_.sendQueue.size() - unsent();
    const bool last = count == unsent();
    const bool ends = count == tcb_.sendQueue.recordLeft(offset);
    Segment segment{.seq = tcb_.snd.nxt,
                    .ctl = {.fin = last && tcb_.closeRequested,
                            .psh = ends && !(last && tcb_.unpushed),
                            .ack = true},
                    .payload = tcb_.sendQueue.range(offset, count)};
    if (count < segmentRoom()) tcb_.smallEnd = segment.seq + static_cast<std::uint32_t>(count);
    tcb_.quickAcksSent = config_.quickAcks;
    tcb_.snd.nxt = segment.end();
    if (segment.ctl.fin) tcb_.fin = segment.end() - 1;
    const bool fin = segment.ctl.fin;
    transmit(std::move(segment), clause::kSendData);
    if (fin && tcb_.state == State::CloseWait) enter(State::LastAck, clause::kCloseSendsFin);
}

void Step::sendFin(Clause why) {
    tcb_.fin = tcb_.snd.nxt;
    tcb_.snd.nxt += 1;
    transmit({.seq = *tcb_.fin, .ctl = {.fin = true, .ack = true}}, why);
    if (tcb_.state == State::SynReceived) enter(State::FinWait1, why);
    if (tcb_.state == State::CloseWait) enter(State::LastAck, why);
}

// The segment at the front of the retransmission queue, cut anew from what is in flight, with at
// most so many octets.
void Step::retransmitFirst(Clause why, std::size_t most) {
    ++tcb_.totalRetransmissions;
    if (tcb_.snd.una == tcb_.snd.iss)
        return sendSyn(
            tcb_.state == State::SynSent ? Answering::No : Answering::Yes, why, Repeated::Yes);
    const std::size_t inFlight = tcb_.sendQueue.size() - unsent();
    const std::size_t count = std::min({inFlight, segmentRoom(), most});
    const bool last = count == inFlight;
    transmit(
        {.seq = tcb_.snd.una,
         .ctl = {.fin = last && tcb_.fin, .psh = last && count > 0 && unsent() == 0, .ack = true},
         .payload = tcb_.sendQueue.range(0, count)},
        why,
        Repeated::Yes);
}

// All that is in flight, in segments of the size that is right now.
void Step::retransmitAll(Clause why) {
    if (tcb_.snd.una == tcb_.snd.iss) return retransmitFirst(why);
    const std::size_t inFlight = tcb_.sendQueue.size() - unsent();
    std::size_t offset = 0;
    do {
        const std::size_t count = std::min(inFlight - offset, segmentRoom());
        const bool last = offset + count == inFlight;
        ++tcb_.totalRetransmissions;
        transmit({.seq = tcb_.snd.una + static_cast<std::uint32_t>(offset),
                  .ctl = {.fin = last && tcb_.fin,
                          .psh = last && count > 0 && unsent() == 0,
                          .ack = true},
                  .payload = tcb_.sendQueue.range(offset, count)},
                 why,
                 Repeated::Yes);
        offset += count;
    } while (offset < inFlight);
}

}  // namespace tcplab::tcp
