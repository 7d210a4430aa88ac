#include "capture/diff.h"

#include "capture/diff_packets.h"
#include "capture/flow_key.h"

#include <algorithm>
#include <array>
#include <deque>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace tcplab::capture {
namespace {

void swapSides(std::vector<Seen>& packets) {
    for (Seen& packet : packets) packet.from = other(packet.from);
}

bool hasSyn(const std::vector<Seen>& packets, Side side) {
    return std::ranges::any_of(packets, [side](const Seen& packet) {
        return packet.from == side && packet.tcp.flags.syn;
    });
}

/// Where the beginning of a direction is missing in one of the captures, relative numbers begin at
/// different places; raw ones are compared then.
void bringToOneBase(std::vector<Seen>& a, std::vector<Seen>& b) {
    for (const Side side : kSides) {
        if (hasSyn(a, side) && hasSyn(b, side)) continue;
        for (std::vector<Seen>* packets : {&a, &b})
            for (Seen& packet : *packets) {
                if (packet.from == side)
                    packet.tcp.seq = packet.tcp.seqRaw;
                else if (packet.tcp.ack)
                    packet.tcp.ack = packet.tcp.ackRaw;
            }
    }
}

/// How many packets with octets or a SYN the two have in common.
std::size_t likeness(const std::vector<Seen>& a, const std::vector<Seen>& b) {
    using Print = std::tuple<PacketKey, std::vector<std::uint8_t>>;
    const auto printsOf = [](const std::vector<Seen>& packets) {
        std::set<Print> prints;
        for (const Seen& packet : packets)
            if (packet.tcp.flags.syn || packet.tcp.len > 0)
                prints.insert({keyOf(packet), {packet.payload.begin(), packet.payload.end()}});
        return prints;
    };
    const std::set<Print> ofB = printsOf(b);
    return static_cast<std::size_t>(std::ranges::count_if(
        printsOf(a), [&](const Print& print) { return ofB.contains(print); }));
}

struct Partners {
    ConnectionId a = 0;
    ConnectionId b = 0;
};

using Conversations = std::vector<std::vector<Seen>>;  ///< By ConnectionId.

/// First those with the same ends, in their order; then those that said the most alike.
std::vector<Partners> partnersIn(const Loaded& a,
                                 const Loaded& b,
                                 const Conversations& saidInA,
                                 const Conversations& saidInB) {
    std::vector<Partners> partners;
    const auto keyOfEnds = [](const Connection& connection) {
        return FlowKey::of(connection.ends[Side::Client], connection.ends[Side::Server]);
    };
    std::unordered_map<FlowKey, std::deque<ConnectionId>, FlowKeyHash> byEnds;
    for (const Connection& one : b.trace.connections()) byEnds[keyOfEnds(one)].push_back(one.id);
    std::vector<ConnectionId> restA;
    for (const Connection& one : a.trace.connections()) {
        const auto found = byEnds.find(keyOfEnds(one));
        if (found == byEnds.end() || found->second.empty()) {
            restA.push_back(one.id);
            continue;
        }
        partners.push_back({one.id, found->second.front()});
        found->second.pop_front();
    }
    std::vector<ConnectionId> restB;
    for (const auto& [key, ids] : byEnds) restB.insert(restB.end(), ids.begin(), ids.end());
    std::ranges::sort(restB);
    for (const ConnectionId one : restA) {
        const auto likenessTo = [&](ConnectionId other) {
            return likeness(saidInA[one], saidInB[other]);
        };
        const auto best = std::ranges::max_element(restB, {}, likenessTo);
        if (best == restB.end() || likenessTo(*best) == 0) continue;
        partners.push_back({one, *best});
        restB.erase(best);
    }
    std::ranges::sort(partners, {}, &Partners::a);
    return partners;
}

/// The comparison of one connection.
class Comparison {
public:
    Comparison(const Connection& endsA,
               const Connection& endsB,
               std::vector<Seen> a,
               std::vector<Seen> b)
        : a_{std::move(a)}, b_{std::move(b)} {
        result_.a = endsA.id;
        result_.b = endsB.id;
        const bool crossed = endsA.ends[Side::Client] == endsB.ends[Side::Server] &&
                             endsA.ends[Side::Server] == endsB.ends[Side::Client];
        result_.swapped = crossed;
        if (crossed) swapSides(b_);
        bringToOneBase(a_, b_);
        matching_ = match(a_, b_);
        for (const Match& pair : matching_.pairs) pairsByKey_.emplace(keyOf(a_[pair.a]), pair);
        restOf_[0] = octetsIn(a_, matching_.restA);
        restOf_[1] = octetsIn(b_, matching_.restB);
        result_.common = matching_.pairs.size();
        findDelays();
        findShifts();
        compareEnds(endsA, endsB);
    }

    FlowDiff finish() {
        comparePairs();
        findReordered();
        tellRest(matching_.restA, true);
        tellRest(matching_.restB, false);
        std::ranges::stable_sort(result_.packets, {}, [this](const PacketFate& packet) {
            return packet.packet.a ? timeInA(*packet.packet.a) : timeInB(*packet.packet.b);
        });
        return std::move(result_);
    }

private:
    /// Whether packets of this end come to the first capture's place first.
    [[nodiscard]] bool firstAtA(Side from) const { return from == result_.nearA; }
    [[nodiscard]] Instant timeInA(PacketId number) const {
        return std::ranges::lower_bound(a_, number, {}, &Seen::number)->at;
    }
    /// By the first clock, as near as can be told.
    [[nodiscard]] Instant timeInB(PacketId number) const {
        return std::ranges::lower_bound(b_, number, {}, &Seen::number)->at -
               result_.clockOffset().value_or(Duration{});
    }

    void findDelays();
    void findShifts();
    void compareEnds(const Connection& a, const Connection& b);
    void comparePairs();
    void findReordered();
    void tellRest(const std::vector<std::size_t>& rest, bool ofA);
    [[nodiscard]] bool cameInOtherPackets(const Seen& packet, bool ofA) const;

    /// Octets of each direction, as ranges that neither touch nor overlap, ascending.
    using Ranges = std::map<std::int64_t, std::int64_t>;
    static PerSide<Ranges> octetsIn(const std::vector<Seen>& packets,
                                    const std::vector<std::size_t>& which);

    std::vector<Seen> a_;
    std::vector<Seen> b_;
    Matching matching_{};
    std::multimap<PacketKey, Match> pairsByKey_{};
    std::array<PerSide<Ranges>, 2> restOf_{};  ///< What was not matched, of A and of B.
    FlowDiff result_{};
};

void Comparison::findDelays() {
    PerSide<Duration> sums{};
    for (const Match& pair : matching_.pairs) {
        const Side from = a_[pair.a].from;
        const Duration took = b_[pair.b].at - a_[pair.a].at;
        OneWay& delay = result_.delay[from];
        delay.least = delay.packets == 0 ? took : std::min(delay.least, took);
        delay.most = delay.packets == 0 ? took : std::max(delay.most, took);
        sums[from] += took;
        ++delay.packets;
    }
    for (const Side side : kSides) {
        OneWay& delay = result_.delay[side];
        if (delay.packets > 0) delay.mean = sums[side] / static_cast<std::int64_t>(delay.packets);
    }
    // Whatever the clocks say: a packet of the end that is nearer to A comes to A first, so that
    // on its way to B it takes longer than one that comes back.
    const OneWay& forth = result_.delay[Side::Client];
    const OneWay& back = result_.delay[Side::Server];
    result_.nearKnown = forth.packets > 0 && back.packets > 0 && forth.least != back.least;
    const bool comesBefore = forth.packets == 0 ? back.most > Duration{} : forth.least < Duration{};
    if (result_.nearKnown ? forth.least < back.least : comesBefore) result_.nearA = Side::Server;
    // From here on each counts from the first place to the second.
    for (const Side side : kSides) {
        OneWay& delay = result_.delay[side];
        if (firstAtA(side)) continue;
        delay = {delay.packets, -delay.most, -delay.mean, -delay.least};
    }
}

// The shift that most packets have.
void Comparison::findShifts() {
    PerSide<std::map<std::uint32_t, std::size_t>> votes;
    for (const Match& pair : matching_.pairs) {
        const Seen& a = a_[pair.a];
        const std::uint32_t added = b_[pair.b].tcp.seqRaw - a.tcp.seqRaw;
        ++votes[a.from][firstAtA(a.from) ? added : 0U - added];
    }
    for (const Side side : kSides) {
        const auto most =
            std::ranges::max_element(votes[side], {}, [](const auto& vote) { return vote.second; });
        if (most != votes[side].end()) result_.shift[side] = most->first;
    }
}

void Comparison::compareEnds(const Connection& a, const Connection& b) {
    for (const Side side : kSides) {
        const wire::SocketAddress& inA = a.ends[side];
        const wire::SocketAddress& inB = b.ends[result_.swapped ? other(side) : side];
        const std::string_view address =
            side == Side::Client ? "client's address" : "server's address";
        const std::string_view port = side == Side::Client ? "client's port" : "server's port";
        const bool fromA = firstAtA(side);
        const auto note = [&](std::string_view field, std::string x, std::string y) {
            if (x == y) return;
            if (!fromA) std::swap(x, y);
            result_.ends.push_back({field, std::move(x), std::move(y)});
        };
        note(address, toString(inA.ip), toString(inB.ip));
        note(port, std::to_string(inA.port), std::to_string(inB.port));
    }
}

void Comparison::comparePairs() {
    for (const Match& pair : matching_.pairs) {
        const Seen& a = a_[pair.a];
        const Seen& b = b_[pair.b];
        const bool fromA = firstAtA(a.from);
        auto changes = changesOf(
            fromA ? a : b, fromA ? b : a, result_.shift[a.from], 0U - result_.shift[other(a.from)]);
        if (!changes.empty())
            result_.packets.push_back(
                {Fate::Changed, a.from, {a.number, b.number}, std::move(changes)});
    }
}

// A packet came late if one that was behind it at the first place is ahead at the second.
void Comparison::findReordered() {
    for (const Side side : kSides) {
        std::vector<Match> pairs;
        for (const Match& pair : matching_.pairs)
            if (a_[pair.a].from == side) pairs.push_back(pair);
        const bool fromA = firstAtA(side);
        const auto first = [fromA](const Match& pair) { return fromA ? pair.a : pair.b; };
        const auto second = [fromA](const Match& pair) { return fromA ? pair.b : pair.a; };
        std::ranges::sort(pairs, {}, second);
        std::size_t furthest = 0;
        for (const Match& pair : pairs) {
            if (first(pair) < furthest)
                result_.packets.push_back(
                    {Fate::Reordered, side, {a_[pair.a].number, b_[pair.b].number}});
            furthest = std::max(furthest, first(pair));
        }
    }
}

PerSide<Comparison::Ranges> Comparison::octetsIn(const std::vector<Seen>& packets,
                                                 const std::vector<std::size_t>& which) {
    PerSide<std::vector<std::pair<std::int64_t, std::int64_t>>> all;
    for (const std::size_t i : which) {
        const TcpNumbers& tcp = packets[i].tcp;
        if (tcp.len > 0) all[packets[i].from].emplace_back(tcp.seq, tcp.seq + tcp.len);
    }
    PerSide<Ranges> joined;
    for (const Side side : kSides) {
        std::ranges::sort(all[side]);
        for (const auto& [from, to] : all[side]) {
            const auto last = joined[side].rbegin();
            if (last != joined[side].rend() && from <= last->second)
                last->second = std::max(last->second, to);
            else
                joined[side].emplace(from, to);
        }
    }
    return joined;
}

// Large segments are cut by network cards, and put together again, on either side of a tap.
bool Comparison::cameInOtherPackets(const Seen& packet, bool ofA) const {
    if (packet.tcp.len == 0) return false;
    const Ranges& there = restOf_[ofA ? 1 : 0][packet.from];
    const auto after = there.upper_bound(packet.tcp.seq);
    return after != there.begin() && packet.tcp.seq + packet.tcp.len <= std::prev(after)->second;
}

void Comparison::tellRest(const std::vector<std::size_t>& rest, bool ofA) {
    const std::vector<Seen>& here = ofA ? a_ : b_;
    for (const std::size_t i : rest) {
        const Seen& packet = here[i];
        PacketFate fate{.from = packet.from};
        (ofA ? fate.packet.a : fate.packet.b) = packet.number;
        const bool isFirst = firstAtA(packet.from) == ofA;
        const auto [begin, end] = pairsByKey_.equal_range(keyOf(packet));
        const bool isCopy = std::any_of(begin, end, [&](const auto& pair) {
            return sameMark(ofA ? a_[pair.second.a] : b_[pair.second.b], packet);
        });
        if (cameInOtherPackets(packet, ofA))
            fate.fate = Fate::Resegmented;
        else if (isFirst)
            fate.fate = Fate::Lost;
        else if (matching_.identified && isCopy)
            fate.fate = Fate::Duplicated;
        else
            fate.fate = Fate::Appeared;
        result_.packets.push_back(std::move(fate));
    }
}

}  // namespace

std::string_view toString(Fate fate) {
    switch (fate) {
        case Fate::Lost: return "lost";
        case Fate::Appeared: return "appeared";
        case Fate::Duplicated: return "duplicated";
        case Fate::Resegmented: return "resegmented";
        case Fate::Reordered: return "reordered";
        case Fate::Changed: return "changed";
    }
    TCPLAB_UNREACHABLE();
}

bool FlowDiff::same() const {
    return packets.empty() && ends.empty() && shift == PerSide<std::uint32_t>{};
}

std::optional<Duration> FlowDiff::clockOffset() const {
    const OneWay& forth = delay[nearA];
    const OneWay& back = delay[other(nearA)];
    if (forth.packets == 0 || back.packets == 0) return std::nullopt;
    return (forth.least - back.least) / 2;
}

bool CaptureDiff::same() const {
    return onlyA.empty() && onlyB.empty() && std::ranges::all_of(flows, &FlowDiff::same);
}

CaptureDiff diff(const Loaded& a, const Loaded& b) {
    CaptureDiff result;
    std::set<ConnectionId> metA;
    std::set<ConnectionId> metB;
    Conversations saidInA = seenIn(a.trace);
    Conversations saidInB = seenIn(b.trace);
    for (const Partners& partners : partnersIn(a, b, saidInA, saidInB)) {
        Comparison comparison{a.trace.connections().at(partners.a),
                              b.trace.connections().at(partners.b),
                              std::move(saidInA[partners.a]),
                              std::move(saidInB[partners.b])};
        result.flows.push_back(comparison.finish());
        metA.insert(partners.a);
        metB.insert(partners.b);
    }
    for (const Connection& one : a.trace.connections())
        if (!metA.contains(one.id)) result.onlyA.push_back(one.id);
    for (const Connection& one : b.trace.connections())
        if (!metB.contains(one.id)) result.onlyB.push_back(one.id);
    return result;
}

}  // namespace tcplab::capture
