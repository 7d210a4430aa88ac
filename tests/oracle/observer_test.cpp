// What the observer infers from a capture, against what the simulator that made it knows.

#include "capture/session.h"
#include "sim/base/rng.h"
#include "sim/tcp/transitions.h"
#include "sim/trace/label.h"
#include "sim/trace/simulate.h"
#include "sim/trace/tap.h"
#include "tests/oracle/recorded.h"
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

/// The side of a record read from a capture that is `side` of the true one: in a simultaneous open
/// the tap decides whose SYN was first, and that end counts as the client.
Side sideIn(const capture::Loaded& seen, const Trace& truth, Side side) {
    const auto& end = truth.connections().at(0).ends[side];
    return seen.trace.connections().at(0).ends[side] == end ? side : other(side);
}

/// When the last packet has left or arrived, and before anything that happens later of itself.
Moment lastSeen(const Trace& trace) {
    Moment last = 0;
    for (const Entry& entry : trace.entries())
        if (std::holds_alternative<Arrived>(entry.what) || std::holds_alternative<Sent>(entry.what))
            last = entry.moment;
    return last;
}

/// What can be told from outside of a state that an end is in: FIN-WAIT-1 begins with CLOSE, and
/// shows only when the FIN leaves, which may have to wait for the octets before it.
State fromOutside(const Trace& truth, State state, Side side, PacketId last) {
    if (state != State::FinWait1) return state;
    for (const Packet& packet : truth.packets())
        if (packet.from == side && packet.tcp.flags.fin && packet.number <= last) return state;
    return State::Established;
}

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
            const State known = fromOutside(truth, sent.states[sent.from], sent.from, sent.number);
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
                      toString(fromOutside(truth, stateAt(truth, 0, side, end), side, last)))
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

/// The states of the sender of a packet from its departure on, as they show from outside.
std::vector<std::string_view> statesFrom(const Trace& truth, const Packet& sent, Instant until) {
    std::vector<std::string_view> states{
        toString(fromOutside(truth, sent.states[sent.from], sent.from, sent.number))};
    for (const Entry& entry : truth.entries()) {
        const auto* change = std::get_if<Entered>(&entry.what);
        if (change != nullptr && entry.side == sent.from && entry.at <= until &&
            entry.moment > sent.transit.departed->moment)
            states.push_back(toString(change->to));
    }
    return states;
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
            EXPECT_THAT(statesFrom(truth, sent, until),
                        testing::Contains(toString(read.states[read.from])))
                << toString(read.from) << " packet " << read.number << ": " << labelOf(read);
        }
    }
}

}  // namespace
}  // namespace tcplab::test
