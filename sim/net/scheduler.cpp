#include "sim/net/scheduler.h"

namespace tcplab::net {

std::optional<Due> nextDue(const World& world) {
    std::optional<Due> next;
    const auto offer = [&](Instant at, Choice choice) {
        if (!next || at < next->at) next = Due{at, choice};
    };
    if (!world.inFlight.empty()) {
        const InFlight& packet = world.inFlight.front();
        offer(packet.due,
              packet.doomed ? Choice{Drop{packet.number}} : Choice{Deliver{packet.number}});
    }
    for (const Side side : kSides)
        if (const auto deadline = world.hosts[side].endpoint.nextDeadline())
            offer(deadline->due, Fire{side, deadline->timer});
    for (const Side side : kSides)
        if (const auto due = callDue(world, side)) offer(*due, MakeCall{side});
    return next;
}

namespace {

bool isProbe(tcp::Timer timer) {
    return timer == tcp::Timer::Persist || timer == tcp::Timer::KeepAlive;
}

/// Nothing is on its way or planned, and no timer runs but for probes.
bool onlyProbes(const World& world) {
    if (!world.inFlight.empty()) return false;
    for (const Side side : kSides) {
        if (callDue(world, side)) return false;
        for (const tcp::Timer timer : tcp::kTimers)
            if (world.hosts[side].endpoint.tcb().timers.due(timer) && !isProbe(timer)) return false;
    }
    return true;
}

}  // namespace

std::optional<Due> Repetition::nextDue(const World& world) const {
    if (probes_ >= kMostProbes && onlyProbes(world)) return std::nullopt;
    return net::nextDue(world);
}

void Repetition::taken(const World& world, const Choice& choice) {
    const auto* fire = std::get_if<Fire>(&choice);
    const bool probes = fire != nullptr && isProbe(fire->timer);
    if (probes_ == 0 && !probes) return;
    PerSide<Reached> now;
    for (const Side side : kSides) {
        const tcp::Tcb& tcb = world.hosts[side].endpoint.tcb();
        now[side] = {.state = tcb.state,
                     .sent = tcb.snd.nxt,
                     .acknowledged = tcb.snd.una,
                     .received = tcb.rcv.nxt,
                     .readable = tcb.receivedSize(),
                     .call = world.hosts[side].nextCall};
    }
    if (!(now == reached_)) probes_ = 0;
    reached_ = now;
    if (probes) ++probes_;
}

}  // namespace tcplab::net
