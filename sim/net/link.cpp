#include "sim/net/link.h"

#include "sim/base/check.h"

#include <algorithm>
#include <optional>

namespace tcplab::net {

bool matches(Fault::Match match, const Segment& segment) {
    const Flags& ctl = segment.ctl;
    switch (match) {
        case Fault::Match::Any: return true;
        case Fault::Match::Syn: return ctl.syn && !ctl.ack;
        case Fault::Match::SynAck: return ctl.syn && ctl.ack;
        case Fault::Match::Ack: return ctl.ack && segment.len() == 0 && !ctl.rst;
        case Fault::Match::Data: return !segment.payload.empty();
        case Fault::Match::Fin: return ctl.fin;
        case Fault::Match::Rst: return ctl.rst;
    }
    TCPLAB_UNREACHABLE();
}

namespace {

bool happens(Chance chance, Rng& rng) {
    return chance.perMillion > 0 && rng.next() % Chance::kAlways < chance.perMillion;
}

/// Waits for the rate. When the last octet has left; nothing where the queue is full.
std::optional<Instant> transmit(Link& link, std::size_t ipOctets, Instant now) {
    if (link.rate == 0) return now;
    while (!link.waiting.empty() && link.waiting.front() <= now) link.waiting.pop_front();
    if (link.queue > 0 && link.waiting.size() >= link.queue) return std::nullopt;
    constexpr std::uint64_t kNanoseconds = 1'000'000'000;
    const Duration takes{static_cast<std::int64_t>(ipOctets * 8 * kNanoseconds / link.rate)};
    const Instant begins = std::max(now, link.freeAt);
    if (begins > now) link.waiting.push_back(begins);
    return link.freeAt = begins + takes;
}

}  // namespace

Journey depart(Link& link, const Segment& segment, std::size_t ipOctets, Instant now, Rng& rng) {
    Journey journey{.due = now};
    const auto left = transmit(link, ipOctets, now);
    if (!left || (link.mtu > 0 && ipOctets > link.mtu)) {
        journey.lost = journey.onEntry = true;
        return journey;
    }
    journey.due = *left + link.delay;
    if (link.jitter > Duration{}) {
        const auto most = static_cast<std::uint64_t>(link.jitter.count());
        journey.due += Duration{static_cast<std::int64_t>(rng.next() % (most + 1))};
    }
    journey.due = link.lastDue = std::max(link.lastDue, journey.due);
    journey.lost = happens(link.loss, rng);
    journey.twice = happens(link.duplication, rng);
    journey.corrupt = happens(link.corruption, rng);
    if (happens(link.reordering, rng)) journey.due += link.reorderingDelay;

    link.matched.resize(link.faults.size());
    for (std::size_t i = 0; i < link.faults.size(); ++i) {
        const Fault& fault = link.faults[i];
        if (!matches(fault.match, segment) || ++link.matched[i] != fault.nth) continue;
        switch (fault.kind) {
            case Fault::Kind::Drop: journey.lost = true; break;
            case Fault::Kind::Delay: journey.due += fault.extra; break;
            case Fault::Kind::Duplicate: journey.twice = true; break;
            case Fault::Kind::Corrupt: journey.corrupt = true; break;
        }
    }
    return journey;
}

}  // namespace tcplab::net
