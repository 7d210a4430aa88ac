// Runs in which chance loses, delays and repeats packets of every kind, heard in the middle of the
// wire: what is inferred from them, against what the simulator knows.

#include "capture/analysis/sent_segments.h"
#include "sim/trace/label.h"
#include "sim/trace/simulate.h"
#include "sim/trace/tap.h"
#include "tests/oracle/recorded.h"
#include "tests/oracle/truth.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

namespace tcplab::test {
namespace {

using capture::endOf;
using tcp::State;

/// How a conversation ends, and the programs that end it so.
struct Ending {
    std::string name;
    std::string client;
    std::string server;
};
void PrintTo(const Ending& ending, std::ostream* out) {
    *out << ending.name;
}

const std::vector<Ending>& endings() {
    static const std::vector<Ending> kEndings{
        {"ClientCloses",
         R"({ call = "recv", count = 2000 }, { call = "close" })",
         R"({ call = "send", size = 2000 }, { call = "recv", until = "end" }, { call = "close" })"},
        {"ServerCloses",
         R"({ call = "recv", until = "end" }, { call = "close" })",
         R"({ call = "send", size = 3000 }, { call = "close" })"},
        {"BothClose", R"({ call = "close", at = "1 s" })", R"({ call = "close", at = "1 s" })"},
        {"HalfClose",
         R"({ call = "shutdown" }, { call = "recv", until = "end" }, { call = "close" })",
         R"({ call = "recv", until = "end" }, { call = "send", size = 9000 }, { call = "close" })"},
        {"Abort",
         R"({ call = "recv", count = 100 }, { call = "abort" })",
         R"({ call = "send", size = 5000 }, { call = "recv", until = "end" }, { call = "close" })"},
    };
    return kEndings;
}

net::Scenario scenarioOf(const Ending& ending) {
    return scenario(R"(
        [link]
        loss = 0.08
        duplication = 0.03
        reordering = 0.08
        [client]
        program = [{ call = "connect", at = "10 ms" }, { call = "send", size = 9000 }, )" +
                    ending.client + R"(]
        [server]
        program = [{ call = "listen" }, { call = "accept" }, )" +
                    ending.server + "]\n");
}

class ByChance : public testing::TestWithParam<Ending> {};
INSTANTIATE_TEST_SUITE_P(Endings, ByChance, testing::ValuesIn(endings()), [](const auto& one) {
    return one.param.name;
});

/// The built-in scenarios on a wire that does the same to their packets, besides what they plan.
class ScenarioByChance : public testing::TestWithParam<net::Scenario> {
protected:
    static constexpr std::uint64_t kSeeds = 200;

    static net::Scenario lossy(net::Scenario scenario) {
        for (const Side side : kSides) {
            net::Link& link = scenario.links[side];
            link.loss = {80'000};
            link.duplication = {30'000};
            link.reordering = {80'000};
        }
        return scenario;
    }
};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         ScenarioByChance,
                         testing::ValuesIn(net::builtInScenarios()),
                         NameOfScenario{});

struct Guesses {
    std::size_t packets = 0;
    std::size_t guesses = 0;
};

/// Compares the sender's state at each packet with what the run knows of it.
void expectStates(const net::Scenario& scenario, std::uint64_t seed, Guesses& counted) {
    const net::Link& link = scenario.links[Side::Client];
    const Trace truth = simulate(scenario, seed);
    const capture::Loaded seen = recorded(truth, 0.5);
    const std::vector<Passing> passing = observe(truth, 0.5);
    ASSERT_EQ(seen.trace.packets().size(), passing.size());
    PerSide<bool> finSeen{};
    for (std::size_t i = 0; i < passing.size(); ++i) {
        const Packet& sent = *truth.find(passing[i].packet);
        const Packet& read = seen.trace.packets()[i];
        finSeen[sent.from] |= sent.tcp.flags.fin;
        counted.packets += 1;
        counted.guesses += read.certain ? 0 : 1;
        if (!read.certain) continue;
        // An ACK that was on its way counts as received.
        const auto until = passing[i].at + link.delay + link.reorderingDelay;
        EXPECT_THAT(statesFrom(truth, sent, finSeen[sent.from], until),
                    testing::Contains(toString(read.states[read.from])))
            << toString(read.from) << " packet " << read.number << ": " << labelOf(read);
    }
}

TEST_P(ByChance, TheSendersStateIsKnownOrSaidToBeAGuess) {
    const net::Scenario scenario = scenarioOf(GetParam());
    Guesses counted;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        expectStates(scenario, seed, counted);
    }
    EXPECT_LT(counted.guesses * 10, counted.packets) << "it is said too often";
}

TEST_P(ScenarioByChance, TheSendersStateIsKnownOrSaidToBeAGuess) {
    const net::Scenario scenario = lossy(GetParam());
    Guesses counted;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        SCOPED_TRACE(seed);
        expectStates(scenario, seed, counted);
    }
    EXPECT_LT(counted.guesses, counted.packets);
}

/// What has passed a tap so far in one direction.
struct Passed {
    std::vector<PacketId> packets{};  ///< Each time that one passed.
    std::int64_t highest = 0;         ///< The number after the highest.
    bool probed = false;              ///< tshark does not count the octet of a window probe.

    [[nodiscard]] bool has(PacketId packet) const {
        return std::ranges::count(packets, packet) > 0;
    }
    [[nodiscard]] bool hasOneAfter(PacketId packet) const {
        return std::ranges::any_of(packets, [&](PacketId other) { return other > packet; });
    }
};

/// Whether a packet that left before `sent` and has not passed carries octets from `from` on.
bool lacks(const Trace& truth, const Packet& sent, const Passed& passed, std::int64_t from) {
    return std::ranges::any_of(truth.packets(), [&](const Packet& earlier) {
        return earlier.from == sent.from && earlier.number < sent.number &&
               !passed.has(earlier.number) && earlier.tcp.seq < sent.tcp.seq &&
               endOf(earlier.tcp) > from;
    });
}

struct Counted {
    std::size_t repetitions = 0;
    std::size_t losses = 0;
};

/// Compares what is told of each packet with octets, or a FIN, with what the run knows of it.
void expectTruth(const Trace& truth, double tap, Counted& counted) {
    using capture::Finding;
    const capture::Loaded seen = recorded(truth, tap);
    const std::vector<Passing> passing = observe(truth, tap);
    ASSERT_EQ(seen.trace.packets().size(), passing.size());
    PerSide<Passed> all{};
    for (std::size_t i = 0; i < passing.size(); ++i) {
        SCOPED_TRACE("packet " + std::to_string(i + 1));
        const Packet& sent = *truth.find(passing[i].packet);
        const TcpNumbers& tcp = sent.tcp;
        Passed& passed = all[sent.from];
        const auto found = std::ranges::find(
            seen.findings, i + 1, [](const auto& one) { return std::size_t{one.packet()}; });
        const auto told = [&](Finding finding) {
            return found != seen.findings.end() && found->has(finding);
        };
        if (!tcp.flags.syn && !tcp.flags.rst && endOf(tcp) > tcp.seq) {
            const bool again = sent.retransmissionOf || passed.has(sent.number);
            const bool overtaken = passed.hasOneAfter(sent.number);
            const bool toldAgain = told(Finding::RepeatedOctets) || told(Finding::GapFilled);
            const bool shows = again && tcp.seq < passed.highest && !told(Finding::KeepAlive);
            EXPECT_TRUE(!toldAgain || again || overtaken) << "it was sent for the first time";
            EXPECT_TRUE(toldAgain || !shows) << "it was sent again";
            EXPECT_TRUE(!told(Finding::LostSegment) || passed.probed ||
                        lacks(truth, sent, passed, passed.highest))
                << "nothing before it is missing";
            counted.repetitions += toldAgain ? 1U : 0U;
            counted.losses += told(Finding::LostSegment) ? 1U : 0U;
        }
        passed.probed |= told(Finding::ZeroWindowProbe);
        passed.packets.push_back(sent.number);
        if (!tcp.flags.rst) passed.highest = std::max(passed.highest, endOf(tcp));
    }
}

/// At its middle the tap hears what is lost later, at its ends it misses what was lost before.
TEST_P(ByChance, WhatWasSentAgainAndWhatWasLostIsTold) {
    const net::Scenario scenario = scenarioOf(GetParam());
    Counted counted;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const Trace truth = simulate(scenario, seed);
        for (const double tap : {0.0, 0.5, 1.0}) {
            SCOPED_TRACE("seed " + std::to_string(seed) + ", tap at " + std::to_string(tap));
            expectTruth(truth, tap, counted);
        }
    }
    EXPECT_GT(counted.repetitions, 0U);
    EXPECT_GT(counted.losses, 0U);
}

TEST_P(ScenarioByChance, WhatWasSentAgainAndWhatWasLostIsTold) {
    const net::Scenario scenario = lossy(GetParam());
    Counted counted;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const double tap = static_cast<double>(seed % 3) / 2;
        SCOPED_TRACE("seed " + std::to_string(seed) + ", tap at " + std::to_string(tap));
        expectTruth(simulate(scenario, seed), tap, counted);
    }
}

TEST_P(ByChance, TheStatesAtTheEndAreKnown) {
    const net::Scenario scenario = scenarioOf(GetParam());
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        const Trace truth = simulate(scenario, seed);
        // Who heard it takes a RST for received, and nothing shows that it was lost.
        if (std::ranges::any_of(truth.packets(), [](const Packet& packet) {
                return packet.tcp.flags.rst && packet.transit.lost;
            }))
            continue;
        const capture::Loaded seen = recorded(truth, 0.5);
        for (const Side side : kSides) {
            const State state = stateAt(truth, 0, side, lastSeen(truth));
            EXPECT_EQ(toString(seen.flows.at(0).states[sideIn(seen, truth, side)]),
                      toString(fromOutside(truth, state, side, true)))
                << toString(side);
        }
    }
}

}  // namespace
}  // namespace tcplab::test
