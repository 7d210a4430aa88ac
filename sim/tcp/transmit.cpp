// The shapes of segments that RFC 9293 3.10 prescribes, and the options in them.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {
namespace {

constexpr std::uint32_t kLargestWindow = 0xFFFF;

}  // namespace

void Step::transmit(Segment segment, Clause why, Repeated repeated) {
    if (tcb_.snd.up && !segment.ctl.rst && segment.seq < *tcb_.snd.up) {
        segment.ctl.urg = true;
        segment.up =
            static_cast<std::uint16_t>(std::min<std::int32_t>(*tcb_.snd.up - segment.seq, 0xFFFF));
    }
    if (!segment.ctl.syn) pushOptions(segment);
    if (!segment.ctl.rst) fillWindow(segment);
    if (segment.ctl.ack && !segment.ctl.rst) {
        segment.ack = tcb_.rcv.nxt;
        ackOwed_ = {};
        disarm(Timer::DelayedAck, clause::kAckLeaves);
        tcb_.ackedTo = tcb_.timestamp.lastAckSent = tcb_.rcv.nxt;
        tcb_.sackList.reportOnce(std::nullopt);
    }
    const bool occupies = segment.len() > 0 && !segment.ctl.rst;
    if (repeated == Repeated::Yes)
        tcb_.rto.retransmitted();
    else if (occupies)
        tcb_.rto.sent(segment.end(), now_);
    if (occupies) tcb_.sentAt = now_;
    const bool probing = tcb_.snd.wnd == 0 && tcb_.timers.due(Timer::Persist).has_value();
    const wire::Ecn ecn = markEcn(segment, repeated == Repeated::No && !probing);
    const bool ofSyn = segment.ctl.syn;
    const Seq from = segment.seq;
    const Seq to = segment.end();
    out_.push_back(Transmit{std::move(segment), why, repeated == Repeated::Yes, ecn});
    if (occupies && !ofSyn && detectsByTime()) {
        if (repeated == Repeated::Yes) return;  // Whoever sends it again notes it.
        const bool first = tcb_.recovery.scoreboard.empty();
        tcb_.recovery.scoreboard.sent(from, to, now_);
        const bool open = tcb_.snd.iss < tcb_.snd.una;
        if (!probing && open && (first || tcb_.timers.due(Timer::LossProbe))) armRto(true);
    } else if (occupies && !probing && !tcb_.timers.due(Timer::Retransmission))  // RFC 6298 (5.1)
        arm(Timer::Retransmission, now_ + tcb_.rto.value(config_), clause::kTimerStarts);
}

// The window of a SYN is never scaled (RFC 7323 2.2).
void Step::fillWindow(Segment& segment) {
    const unsigned shift = segment.ctl.syn ? 0 : tcb_.rcv.scale;
    const std::uint32_t field = std::min(tcb_.rcv.wnd >> shift, kLargestWindow);
    segment.wnd = static_cast<std::uint16_t>(field);
    if (segment.ctl.ack) tcb_.toldWindowEdge = tcb_.rcv.nxt + (field << shift);
}

void Step::pushOptions(Segment& segment) {
    if (tcb_.usesTimestamps) {
        segment.options.push(wire::NoOperation{});
        segment.options.push(wire::NoOperation{});
        segment.options.push(wire::Timestamps{timestampAt(now_, config_),
                                              segment.ctl.ack ? tcb_.timestamp.recent : 0});
    }
    if (!tcb_.sackPermitted || !segment.ctl.ack || segment.ctl.rst) return;
    if (const auto sack = tcb_.sackList.option(tcb_.usesTimestamps ? 3 : 4)) {
        segment.options.push(wire::NoOperation{});
        segment.options.push(wire::NoOperation{});
        segment.options.push(*sack);
    }
}

std::size_t Step::segmentRoom() const {
    if (!tcb_.sackPermitted || tcb_.sackList.size() == 0) return tcb_.sendMss;
    const std::size_t most = tcb_.usesTimestamps ? 3 : 4;
    const std::size_t sack = 4 + 8 * std::min(tcb_.sackList.size(), most);
    return std::max<std::size_t>(tcb_.sendMss, sack + 1) - sack;
}

// A SYN offers what the configuration has; the SYN that answers one, what both have.
void Step::pushSynOptions(Segment& segment) {
    const bool answers = tcb_.peerMss != 0;
    const bool scales = answers ? tcb_.windowScaling : config_.windowScale.has_value();
    const bool sacks = answers ? tcb_.sackPermitted : config_.sack;
    const bool stamps = answers ? tcb_.usesTimestamps : config_.timestamps;
    const wire::Timestamps timestamps{timestampAt(now_, config_),
                                      segment.ctl.ack ? tcb_.timestamp.recent : 0};
    const wire::WindowScale scale{config_.windowScale.value_or(std::uint8_t{0})};
    wire::TcpOptions& options = segment.options;
    const auto nops = [&](int count) {
        for (; count > 0; --count) options.push(wire::NoOperation{});
    };
    if (config_.announceMss) options.push(wire::MaximumSegmentSize{announcedMss()});
    switch (config_.optionLayout) {
        case Config::OptionLayout::Words:
            if (!(sacks && stamps)) nops(sacks || stamps ? 2 : 0);
            if (sacks) options.push(wire::SackPermitted{});
            if (stamps) options.push(timestamps);
            if (scales) nops(1);
            if (scales) options.push(scale);
            return;
        case Config::OptionLayout::Packed:
            if (scales) nops(1);
            if (scales) options.push(scale);
            if (sacks) options.push(wire::SackPermitted{});
            if (stamps) nops(sacks ? 0 : 2);
            if (stamps) options.push(timestamps);
            while (options.octets().size() % 4 != 0) options.push(wire::EndOfList{});
            return;
    }
}

// Of a path that is known to carry less, no more is asked for (3.7.3, SHLD-6).
std::uint16_t Step::announcedMss() const {
    if (tcb_.pathMtu == 0) return config_.mss;
    const int carried = tcb_.pathMtu - config_.ipHeader - 20;
    return static_cast<std::uint16_t>(std::clamp<int>(carried, 1, config_.mss));
}

void Step::sendSyn(Answering answering, Clause why, Repeated repeated) {
    Segment segment{.seq = tcb_.snd.iss, .ctl = {.syn = true, .ack = answering == Answering::Yes}};
    if (!config_.synOptionTries || tcb_.retransmissions <= *config_.synOptionTries)
        pushSynOptions(segment);
    offerEcn(segment, answering == Answering::Yes);
    transmit(std::move(segment), why, repeated);
}

void Step::sendAck(Clause why) {
    if (config_.finInAcks && tcb_.fin && !tcb_.finAcknowledged())
        return transmit({.seq = *tcb_.fin, .ctl = {.fin = true, .ack = true}}, why, Repeated::Yes);
    transmit({.seq = tcb_.snd.nxt, .ctl = {.ack = true}}, why);
}

void Step::sendRst(const Segment& about, Clause why) {
    if (about.ctl.ack) return transmit({.seq = about.ack, .ctl = {.rst = true}}, why);
    transmit({.seq = Seq{0}, .ack = about.end(), .ctl = {.rst = true, .ack = true}}, why);
}

void Step::sendOwnRst(bool withAck, Clause why) {
    Segment segment{.seq = tcb_.snd.nxt, .ctl = {.rst = true, .ack = withAck}};
    if (withAck) segment.ack = tcb_.rcv.nxt;
    transmit(std::move(segment), why);
}

void Step::enter(State to, Clause why) {
    TCPLAB_CHECK(isDeclared(tcb_.state, to));
    out_.push_back(Enter{tcb_.state, to, why});
    tcb_.state = to;
}

void Step::arm(Timer timer, Instant due, Clause why) {
    tcb_.timers.set(timer, due);
    out_.push_back(Arm{timer, due, why});
}

void Step::disarm(Timer timer, Clause why) {
    if (!tcb_.timers.due(timer)) return;
    tcb_.timers.set(timer, std::nullopt);
    out_.push_back(Disarm{timer, why});
}

void Step::flush(Clause why) {
    for (const Timer timer : kTimers) disarm(timer, why);
    Tcb fresh{};
    fresh.state = tcb_.state;
    fresh.passive = tcb_.passive;
    fresh.snd.iss = tcb_.snd.iss;
    tcb_ = fresh;
    ackOwed_ = {};
}

void Step::deleteTcb(Clause why) {
    flush(why);
    enter(State::Closed, why);
}

void Step::listenAgain(Clause why) {
    flush(why);
    enter(State::Listen, why);
}

}  // namespace tcplab::tcp
