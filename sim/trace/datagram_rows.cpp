#include "sim/base/rng.h"
#include "sim/trace/stream_rows.h"

#include <algorithm>
#include <deque>

namespace tcplab {
namespace {

using Kind = Cause::Kind;
using framing::StreamRange;

struct Datagram {
    StreamRange octets{};
    PacketId packet = 0;
    Side to{};
    Instant due{};
    bool lost = false;
};

/// One host's program over a UDP socket.
struct Host {
    const net::HostPlan* plan = nullptr;
    std::size_t nextCall = 0;
    bool waiting = false;  ///< In recv.
    bool closed = false;
    Instant freeSince{};
    Instant calledAt{};
    std::deque<Datagram> queue{};
    std::uint64_t queued = 0;  ///< Octets in the queue.
};

class Playing {
public:
    Playing(const net::Scenario& scenario, std::uint64_t seed)
        : scenario_{scenario}, links_{scenario.links}, rng_{seed} {
        for (const Side side : kSides) {
            hosts_[side].plan = &scenario.hosts[side];
            rows_[side].from = side;
            rows_[side].datagrams = true;
        }
    }
    [[nodiscard]] PerSide<StreamRows> play();

private:
    [[nodiscard]] std::optional<Instant> callDue(Side side) const;
    void call(Side side);
    void send(Side side, const Bytes& octets);
    void arrive(const Datagram& datagram);
    void receive(Side side);

    const net::Scenario& scenario_;
    PerSide<net::Link> links_;
    Rng rng_;
    Instant now_{};
    PacketId packets_ = 0;
    PerSide<Host> hosts_{};
    std::vector<Datagram> flying_{};  ///< By due.
    PerSide<StreamRows> rows_{};
    PerSide<std::vector<std::uint8_t>> octets_{};
};

std::optional<Instant> Playing::callDue(Side side) const {
    const Host& host = hosts_[side];
    if (host.waiting || host.nextCall == host.plan->program.size()) return std::nullopt;
    const net::Call& next = host.plan->program[host.nextCall];
    return std::max(host.freeSince, next.at.value_or(host.freeSince)) + next.delay;
}

void Playing::send(Side side, const Bytes& octets) {
    const Octets more = octets.view();
    const std::uint64_t begin = octets_[side].size();
    octets_[side].insert(octets_[side].end(), more.begin(), more.end());
    const StreamRange range{begin, octets_[side].size()};
    rows_[side].sends.push_back({range, now_});
    const std::size_t ipHeader = hosts_[side].plan->address.ip.version == 6 ? 40 : 20;
    constexpr std::size_t kUdpHeader = 8;
    const Segment carrier{.payload = octets};
    const net::Journey journey =
        net::depart(links_[side], carrier, ipHeader + kUdpHeader + octets.size(), now_, rng_);
    const PacketId packet = ++packets_;
    rows_[side].segments.push_back({.octets = range, .packet = packet, .departed = now_});
    Datagram datagram{range, packet, other(side), journey.due, journey.lost || journey.corrupt};
    for (int copies = journey.twice && !journey.lost ? 2 : 1; copies > 0; --copies)
        flying_.insert(std::ranges::upper_bound(flying_, datagram.due, {}, &Datagram::due),
                       datagram);
}

void Playing::arrive(const Datagram& datagram) {
    StreamRows& rows = rows_[other(datagram.to)];
    if (datagram.lost) {
        rows.lost.push_back(
            {datagram.octets, {.kind = Kind::DatagramLost, .packet = datagram.packet}});
        return;
    }
    for (StreamRows::Segment& segment : rows.segments)
        if (segment.packet == datagram.packet && !segment.arrived) segment.arrived = now_;
    Host& host = hosts_[datagram.to];
    if (host.closed) return;
    if (host.queued + datagram.octets.size() > host.plan->config.receiveBuffer) {
        rows.lost.push_back(
            {datagram.octets, {.kind = Kind::BufferFull, .packet = datagram.packet}});
        return;
    }
    host.queue.push_back(datagram);
    host.queued += datagram.octets.size();
    if (host.waiting) receive(datagram.to);
}

void Playing::receive(Side side) {
    Host& host = hosts_[side];
    StreamRows& rows = rows_[other(side)];
    const net::Call& call = host.plan->program[host.nextCall];
    const Datagram datagram = host.queue.front();
    host.queue.pop_front();
    host.queued -= datagram.octets.size();
    StreamRange taken = datagram.octets;
    taken.end = std::min(taken.end, taken.begin + call.count);
    rows.receives.push_back({taken, call.count, host.calledAt, now_});
    if (taken.end < datagram.octets.end)
        rows.lost.push_back(
            {{taken.end, datagram.octets.end},
             {.kind = Kind::ReadTooShort, .packet = datagram.packet, .octets = call.count}});
    host.waiting = false;
    host.freeSince = now_;
    if (!call.untilEnd) ++host.nextCall;
}

void Playing::call(Side side) {
    Host& host = hosts_[side];
    const net::Call& next = host.plan->program[host.nextCall];
    if (next.kind == net::CallKind::Recv) {
        host.waiting = true;
        host.calledAt = now_;
        if (!host.queue.empty()) receive(side);
        return;
    }
    if (next.kind == net::CallKind::Send) send(side, next.octets);
    if (next.kind == net::CallKind::Close || next.kind == net::CallKind::Abort) host.closed = true;
    host.freeSince = now_;
    ++host.nextCall;
}

PerSide<StreamRows> Playing::play() {
    for (;;) {
        std::optional<Instant> next;
        if (!flying_.empty()) next = flying_.front().due;
        std::optional<Side> caller;
        for (const Side side : kSides) {
            const auto due = callDue(side);
            if (!due || (next && *next <= *due)) continue;
            next = due;
            caller = side;
        }
        if (!next || (scenario_.until && *scenario_.until < *next)) break;
        now_ = std::max(now_, *next);
        if (caller) {
            call(*caller);
            continue;
        }
        const Datagram datagram = flying_.front();
        flying_.erase(flying_.begin());
        arrive(datagram);
    }
    for (const Side side : kSides) {
        rows_[side].octets = Bytes{std::move(octets_[side])};
        addMessages({}, rows_[side]);
    }
    return std::move(rows_);
}

}  // namespace

PerSide<StreamRows> datagramRows(const net::Scenario& scenario, std::uint64_t seed) {
    return Playing{scenario, seed}.play();
}

}  // namespace tcplab
