// What a comparison of two captures finds, against what the simulator did between the two taps.

#include "capture/diff.h"

#include "sim/trace/simulate.h"
#include "sim/trace/tap.h"
#include "tests/oracle/recorded.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace tcplab::test {
namespace {

using capture::Fate;

constexpr std::uint64_t kSeeds = 50;

net::Scenario hostileWire(std::string_view chances) {
    return scenario(std::string{R"(
        until = "60 s"
        client = { program = [ { call = "connect" }, { call = "send", size = 30000 },
                               { call = "shutdown" } ] }
        server = { program = [ { call = "listen" }, { call = "accept" },
                               { call = "recv", until = "end" }, { call = "close" } ] }
    )"} + std::string{chances});
}

/// The simulator's numbers of what passes a tap: the n-th is the n-th packet of the file.
std::vector<PacketId> passing(const Trace& truth, double tap) {
    std::vector<PacketId> numbers;
    for (const Passing& one : observe(truth, tap)) numbers.push_back(one.packet);
    return numbers;
}

/// The comparison of what taps at the two ends heard, packets by the simulator's numbers.
std::map<Fate, std::multiset<PacketId>> found(const Trace& truth) {
    const auto ofA = passing(truth, 0);
    const auto ofB = passing(truth, 1);
    std::map<Fate, std::multiset<PacketId>> fates;
    const auto differences = capture::diff(recorded(truth, 0), recorded(truth, 1));
    for (const capture::FlowDiff& flow : differences.flows)
        for (const capture::PacketFate& packet : flow.packets)
            fates[packet.fate].insert(packet.packet.a ? ofA.at(*packet.packet.a - 1)
                                                      : ofB.at(*packet.packet.b - 1));
    return fates;
}

TEST(DiffOracle, WhatWasLostBetweenIsWhatTheSimulatorLost) {
    const net::Scenario lossy = hostileWire("link = { loss = 0.1 }");
    std::size_t losses = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        SCOPED_TRACE(seed);
        const Trace truth = simulate(lossy, seed);
        std::multiset<PacketId> lost;
        for (const Packet& packet : truth.packets())
            if (packet.transit.lost) lost.insert(packet.number);
        losses += lost.size();

        auto fates = found(truth);

        EXPECT_EQ(fates[Fate::Lost], lost);
        fates.erase(Fate::Lost);
        EXPECT_TRUE(fates.empty());
    }
    EXPECT_GT(losses, 2 * kSeeds);
}

TEST(DiffOracle, WhatWasRepeatedAndOvertakenIsWhatTheSimulatorDid) {
    const net::Scenario wild = hostileWire(
        "link = { loss = 0.03, duplication = 0.05, reordering = 0.1, jitter = \"1 ms\" }");
    std::size_t copies = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        SCOPED_TRACE(seed);
        const Trace truth = simulate(wild, seed);
        std::multiset<PacketId> lost;
        std::map<PacketId, int> arrivals;
        for (const Packet& packet : truth.packets())
            if (packet.transit.lost) lost.insert(packet.number);
        std::multiset<PacketId> repeated;
        for (const Entry& entry : truth.entries())
            if (const auto* arrived = std::get_if<Arrived>(&entry.what))
                if (++arrivals[arrived->packet] > 1) repeated.insert(arrived->packet);
        copies += repeated.size();

        auto fates = found(truth);

        EXPECT_EQ(fates[Fate::Lost], lost);
        EXPECT_EQ(fates[Fate::Duplicated], repeated);
        EXPECT_TRUE(fates[Fate::Appeared].empty());
        EXPECT_TRUE(fates[Fate::Changed].empty());
        // Whoever is overtaken left before somebody who arrived before it.
        for (const PacketId late : fates[Fate::Reordered]) {
            const Packet& packet = *truth.find(late);
            const bool overtaken = std::ranges::any_of(truth.packets(), [&](const Packet& other) {
                return other.from == packet.from && other.number > late && other.transit.arrived &&
                       other.transit.arrived->at <= packet.transit.arrived->at;
            });
            EXPECT_TRUE(overtaken) << late;
        }
    }
    EXPECT_GT(copies, kSeeds);
}

}  // namespace
}  // namespace tcplab::test
