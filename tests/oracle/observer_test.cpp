// What the observer infers from a capture, against what the simulator that made it knows.

#include "capture/session.h"
#include "sim/base/rng.h"
#include "sim/tcp/transitions.h"
#include "sim/trace/label.h"
#include "sim/trace/simulate.h"
#include "sim/trace/tap.h"
#include "tests/oracle/recorded.h"
#include "tests/oracle/truth.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::test {
namespace {

using tcp::State;

class ObserverOf : public testing::TestWithParam<net::Scenario> {};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         ObserverOf,
                         testing::ValuesIn(net::builtInScenarios()),
                         NameOfScenario{});

TEST_P(ObserverOf, KnowsTheSendersStateAtEachPacketWhereverTheTapIs) {
    for (const double tap : {0.0, 0.25, 0.5, 1.0}) {
        SCOPED_TRACE(tap);
        const Trace truth = simulate(GetParam());
        const capture::Loaded seen = recorded(truth, tap);
        const std::vector<Passing> passing = observe(truth, tap);

        ASSERT_EQ(seen.trace.packets().size(), passing.size());
        for (std::size_t i = 0; i < passing.size(); ++i) {
            const Packet& sent = *truth.find(passing[i].packet);
            const Packet& read = seen.trace.packets()[i];
            ASSERT_EQ(read.from, sideIn(seen, truth, sent.from));
            const State known = fromOutside(
                truth, sent.states[sent.from], sent.from, sentFinBy(truth, sent.from, sent.number));
            EXPECT_EQ(toString(read.states[read.from]), toString(known))
                << "packet " << read.number << ": " << labelOf(read);
            EXPECT_TRUE(read.certain);
        }
    }
}

TEST_P(ObserverOf, KnowsTheStatesAtTheEnd) {
    const Trace truth = simulate(GetParam());
    const Moment end = lastSeen(truth);
    const PacketId last = truth.packets().back().number;
    for (const double tap : {0.0, 0.5, 1.0}) {
        SCOPED_TRACE(tap);
        if (observe(truth, tap).empty()) continue;  // Everything is lost before it.
        const capture::Loaded seen = recorded(truth, tap);

        ASSERT_EQ(seen.flows.size(), 1U);
        for (const Side side : kSides)
            EXPECT_EQ(toString(seen.flows[0].states[sideIn(seen, truth, side)]),
                      toString(fromOutside(
                          truth, stateAt(truth, 0, side, end), side, sentFinBy(truth, side, last))))
                << toString(side);
    }
}

TEST_P(ObserverOf, ReadsTheNumbersThatWereSent) {
    const Trace truth = simulate(GetParam());
    const capture::Loaded seen = recorded(truth, 0.5);
    for (std::size_t i = 0; i < seen.trace.packets().size(); ++i) {
        const TcpNumbers& read = seen.trace.packets()[i].tcp;
        const TcpNumbers& sent = truth.find(observe(truth, 0.5)[i].packet)->tcp;
        EXPECT_EQ(read.seq, sent.seq);
        EXPECT_EQ(read.ack, sent.ack);
        EXPECT_EQ(read.len, sent.len);
        EXPECT_EQ(read.window, sent.window);
    }
}

TEST_P(ObserverOf, EntersStatesAlongDeclaredEdgesOnly) {
    const capture::Loaded seen = recorded(simulate(GetParam()), 0.5);
    PerSide<State> states = seen.trace.connections().at(0).initial;
    for (const Entry& entry : seen.trace.entries()) {
        const auto* change = std::get_if<Entered>(&entry.what);
        if (change == nullptr) continue;
        EXPECT_EQ(change->from, states[entry.side]);
        EXPECT_TRUE(tcp::isDeclared(change->from, change->to))
            << toString(change->from) << " to " << toString(change->to);
        EXPECT_EQ(entry.certainty, Certainty::Inferred);
        states[entry.side] = change->to;
    }
}

/// A scenario of which chance loses a few packets. No mere ACKs: nobody in the middle can tell
/// whether one of them, which needs no answer, was lost behind him.
net::Scenario withLosses(net::Scenario scenario, Rng& rng) {
    const auto below = [&rng](std::uint64_t bound) {
        return static_cast<std::uint32_t>(rng.next() % bound);
    };
    using Match = net::Fault::Match;
    constexpr std::array kAnswered{Match::Syn, Match::SynAck, Match::Data, Match::Fin};
    for (std::uint32_t n = 1 + below(4); n > 0; --n) {
        const Side side = below(2) == 0 ? Side::Client : Side::Server;
        scenario.links[side].faults.push_back({.kind = net::Fault::Kind::Drop,
                                               .match = kAnswered.at(below(kAnswered.size())),
                                               .nth = 1 + below(3)});
    }
    return scenario;
}

TEST_P(ObserverOf, KnowsTheSendersStateWhicheverPacketsAreLost) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        Rng rng{seed};
        const Trace truth = simulate(withLosses(GetParam(), rng), seed);
        const capture::Loaded seen = recorded(truth, 0.5);
        const std::vector<Passing> passing = observe(truth, 0.5);
        ASSERT_EQ(seen.trace.packets().size(), passing.size());
        for (std::size_t i = 0; i < passing.size(); ++i) {
            const Packet& sent = *truth.find(passing[i].packet);
            const Packet& read = seen.trace.packets()[i];
            // What it was when this left; or, if an ACK crossed it, what it was when that had come:
            // to the tap an ACK counts as received at once.
            const auto until = passing[i].at + GetParam().links[Side::Client].delay;
            const bool finSeen = sentFinBy(truth, sent.from, sent.number);
            EXPECT_THAT(statesFrom(truth, sent, finSeen, until),
                        testing::Contains(toString(read.states[read.from])))
                << toString(read.from) << " packet " << read.number << ": " << labelOf(read);
        }
    }
}

}  // namespace
}  // namespace tcplab::test
