#include "sim/trace/diff.h"

#include "sim/trace/expectation.h"
#include "sim/trace/label.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace tcplab {

namespace {

/// What raw numbers make differ follows from packets, which are compared by relative ones.
bool counts(const Entry& entry) {
    const auto* change = std::get_if<VariableChanged>(&entry.what);
    return change == nullptr || !change->isSequence;
}

std::vector<std::size_t> countedEntries(const Trace& trace) {
    std::vector<std::size_t> counted;
    for (std::size_t i = 0; i < trace.entries().size(); ++i)
        if (counts(trace.entries()[i])) counted.push_back(i);
    return counted;
}

std::optional<InBoth<std::size_t>> firstDifference(const Trace& a, const Trace& b) {
    const std::vector<std::size_t> ofA = countedEntries(a);
    const std::vector<std::size_t> ofB = countedEntries(b);
    const auto same = [&](std::size_t i, std::size_t j) {
        const Entry& x = a.entries()[i];
        const Entry& y = b.entries()[j];
        return x.at == y.at && x.side == y.side && x.what.index() == y.what.index() &&
               labelOf(a, x.what) == labelOf(b, y.what);
    };
    const auto [atA, atB] = std::ranges::mismatch(ofA, ofB, same);
    if (atA == ofA.end() && atB == ofB.end()) return std::nullopt;
    InBoth<std::size_t> first;
    if (atA != ofA.end()) first.a = *atA;
    if (atB != ofB.end()) first.b = *atB;
    return first;
}

using Key = std::tuple<Side, std::uint8_t, std::int64_t, std::uint32_t, std::size_t>;

/// The packets of a run by what they are, the last of the key counting those that are alike.
std::map<Key, const Packet*> packetsByKey(const Trace& trace) {
    std::map<Key, const Packet*> packets;
    for (const Packet& packet : trace.packets()) {
        Key key{packet.from, packet.tcp.flags.octet(), packet.tcp.seq, packet.tcp.len, 0};
        while (packets.contains(key)) ++std::get<4>(key);
        packets.emplace(key, &packet);
    }
    return packets;
}

std::optional<Instant> timeOf(const std::optional<Sighting>& sighting) {
    return sighting ? std::optional{sighting->at} : std::nullopt;
}

/// When the packet arrived, and its copies.
std::map<PacketId, std::vector<Instant>> arrivalsOf(const Trace& trace) {
    std::map<PacketId, std::vector<Instant>> arrivals;
    for (const Entry& entry : trace.entries())
        if (const auto* arrived = std::get_if<Arrived>(&entry.what))
            arrivals[arrived->packet].push_back(entry.at);
    return arrivals;
}

Instant departureOf(const Trace& a, const Trace& b, const PacketDiff& packet) {
    const Packet& one = packet.packet.a ? *a.find(*packet.packet.a) : *b.find(*packet.packet.b);
    return timeOf(one.transit.departed).value_or(Instant{});
}

std::vector<PacketDiff> packetDifferences(const Trace& a, const Trace& b) {
    const auto ofA = packetsByKey(a);
    const auto ofB = packetsByKey(b);
    auto arrivalsInA = arrivalsOf(a);
    auto arrivalsInB = arrivalsOf(b);
    std::vector<PacketDiff> all;
    for (const auto& [key, x] : ofA) {
        const auto found = ofB.find(key);
        if (found == ofB.end()) {
            all.push_back({.packet = {.a = x->number}});
            continue;
        }
        const Packet* y = found->second;
        PacketDiff both{.packet = {x->number, y->number}};
        both.sent = timeOf(x->transit.departed) != timeOf(y->transit.departed);
        both.fate = arrivalsInA[x->number] != arrivalsInB[y->number] ||
                    timeOf(x->transit.lost) != timeOf(y->transit.lost);
        both.ack = x->tcp.ack != y->tcp.ack;
        both.window = x->tcp.window != y->tcp.window;
        if (both.sent || both.fate || both.ack || both.window) all.push_back(both);
    }
    for (const auto& [key, y] : ofB)
        if (!ofA.contains(key)) all.push_back({.packet = {.b = y->number}});
    std::ranges::stable_sort(
        all, {}, [&](const PacketDiff& packet) { return departureOf(a, b, packet); });
    return all;
}

}  // namespace

RunDiff diff(const Trace& a, const Trace& b) {
    RunDiff result{.first = firstDifference(a, b), .packets = packetDifferences(a, b)};
    for (const Side side : kSides) {
        InBoth<std::vector<tcp::State>> paths{statesVisited(a, 0, side), statesVisited(b, 0, side)};
        if (paths.a != paths.b) result.states[side] = std::move(paths);
    }
    return result;
}

}  // namespace tcplab
