#include "sim/net/scheduler.h"
#include "sim/tcp/transitions.h"
#include "sim/trace/expectation.h"
#include "sim/trace/simulate.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

namespace tcplab {
namespace {

using tcp::State;
using testing::ElementsAre;

std::vector<State> statesOf(std::string_view scenario, Side side) {
    const Trace trace = simulate(*net::scenarioNamed(scenario));
    std::vector<State> states;
    for (const Band& band : bands(trace, 0, side)) states.push_back(band.state);
    return states;
}

// The courses that RFC 9293 shows: figures 6, 7, 12 and 13, and the text of 3.5 and 3.6.
TEST(Scenarios, FourWayCloseIsFigure12) {
    EXPECT_THAT(statesOf("four-way-close", Side::Client),
                ElementsAre(State::Closed,
                            State::SynSent,
                            State::Established,
                            State::FinWait1,
                            State::FinWait2,
                            State::TimeWait,
                            State::Closed));
    EXPECT_THAT(statesOf("four-way-close", Side::Server),
                ElementsAre(State::Closed,
                            State::Listen,
                            State::SynReceived,
                            State::Established,
                            State::CloseWait,
                            State::LastAck,
                            State::Closed));
}

TEST(Scenarios, SimultaneousCloseIsFigure13) {
    for (const Side side : kSides) {
        const auto states = statesOf("simultaneous-close", side);
        EXPECT_THAT(std::vector<State>(states.end() - 5, states.end()),
                    ElementsAre(State::Established,
                                State::FinWait1,
                                State::Closing,
                                State::TimeWait,
                                State::Closed));
    }
}

TEST(Scenarios, SimultaneousOpenIsFigure7) {
    for (const Side side : kSides)
        EXPECT_THAT(
            statesOf("simultaneous-open", side),
            ElementsAre(State::Closed, State::SynSent, State::SynReceived, State::Established));
}

TEST(Scenarios, RefusedGoesBackToClosed) {
    EXPECT_THAT(statesOf("refused", Side::Client),
                ElementsAre(State::Closed, State::SynSent, State::Closed));
    EXPECT_THAT(statesOf("refused", Side::Server), ElementsAre(State::Closed));
}

TEST(Scenarios, ResetEndsBothEndsWithoutTimeWait) {
    EXPECT_THAT(statesOf("reset", Side::Client),
                ElementsAre(State::Closed, State::SynSent, State::Established, State::Closed));
    EXPECT_THAT(
        statesOf("reset", Side::Server),
        ElementsAre(
            State::Closed, State::Listen, State::SynReceived, State::Established, State::Closed));
}

TEST(Scenarios, BetweenThemReachAllElevenStates) {
    std::set<State> reached;
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const Trace trace = simulate(scenario);
        for (const Side side : kSides)
            for (const Band& band : bands(trace, 0, side)) reached.insert(band.state);
    }

    EXPECT_EQ(reached.size(), 11U);
}

TEST(Scenarios, BetweenThemTakeTheEdgesOfFigure5) {
    std::set<std::pair<State, State>> taken;
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const Trace trace = simulate(scenario);
        for (const Entry& entry : trace.entries())
            if (const auto* change = std::get_if<Entered>(&entry.what))
                taken.emplace(change->from, change->to);
    }

    std::vector<std::string> missing;
    for (const tcp::Transition& edge : tcp::kTransitions)
        if (edge.inFigure5 && !taken.contains({edge.from, edge.to}))
            missing.push_back(std::string{toString(edge.from)} + " " +
                              std::string{toString(edge.to)});
    // These need a second program on the host, or a RST from elsewhere.
    EXPECT_THAT(
        missing,
        testing::UnorderedElementsAre("LISTEN SYN-SENT", "LISTEN CLOSED", "SYN-RECEIVED LISTEN"));
}

TEST(Scenarios, WhatDoesNotHoldIsTold) {
    const net::Scenario scenario = test::scenario(R"(
        client = { program = [ { call = "connect" } ] }
        expect = [ { host = "client", ends_in = "LISTEN", visits = ["CLOSING"], lost = 3 } ]
    )");

    EXPECT_THAT(unmetExpectations(scenario, simulate(scenario)),
                ElementsAre("client was to end in LISTEN and ended in CLOSED",
                            "client was to visit CLOSING and went through CLOSED, SYN-SENT, CLOSED",
                            "3 packets of the client were to be lost, and 0 were"));
}

TEST(Scenarios, AtLeastEightAskSomething) {
    EXPECT_GE(
        std::ranges::count_if(net::builtInScenarios(),
                              [](const net::Scenario& one) { return !one.questions.empty(); }),
        8);
}

class EachScenario : public testing::TestWithParam<net::Scenario> {
protected:
    /// What the programs of one side sent, and received.
    static std::string received(const net::World& world, Side side) {
        std::string text;
        for (const Bytes& octets : world.hosts[side].endpoint.tcb().received) text += octets.text();
        return text;
    }
};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         EachScenario,
                         testing::ValuesIn(net::builtInScenarios()),
                         test::NameOfScenario{});

TEST_P(EachScenario, HasATitleAndNotesInBothLanguages) {
    for (const net::Bilingual& text : {GetParam().title, GetParam().notes}) {
        EXPECT_FALSE(text.en.empty());
        EXPECT_FALSE(text.zh.empty());
        EXPECT_NE(text.en, text.zh);
    }
}

TEST_P(EachScenario, AsksAndAnswersInBothLanguages) {
    for (const net::Question& question : GetParam().questions)
        for (const net::Bilingual& text : {question.ask, question.answer}) {
            EXPECT_FALSE(text.en.empty());
            EXPECT_FALSE(text.zh.empty());
            EXPECT_NE(text.en, text.zh);
        }
}

TEST_P(EachScenario, AsksAtATimeThatItReaches) {
    const Trace trace = simulate(GetParam());
    for (const net::Question& question : GetParam().questions)
        EXPECT_LE(question.at.value_or(Instant{}), trace.entries().back().at);
}

TEST_P(EachScenario, ShowsWhatItExpects) {
    EXPECT_THAT(unmetExpectations(GetParam(), simulate(GetParam())), testing::IsEmpty());
}

TEST_P(EachScenario, EndsWithNothingInFlight) {
    net::World world = net::begin(GetParam(), 1);
    int steps = 0;
    for (auto due = net::nextDue(world); due && ++steps < 10'000; due = net::nextDue(world)) {
        if (GetParam().until && *GetParam().until < due->at) break;
        (void)net::step(world, due->choice);
    }

    EXPECT_LT(steps, 10'000);
    EXPECT_TRUE(world.inFlight.empty());
}

TEST_P(EachScenario, WhatIsReceivedIsABeginningOfWhatWasSent) {
    net::World world = net::begin(GetParam(), 1);
    PerSide<std::string> sent;
    PerSide<std::string> taken;
    for (auto due = net::nextDue(world); due; due = net::nextDue(world)) {
        const net::Outcome outcome = net::step(world, due->choice);
        for (const net::Deed& deed : outcome.deeds)
            if (const auto* acted = std::get_if<net::Acted>(&deed))
                if (const auto* delivery = std::get_if<tcp::Deliver>(&acted->action))
                    taken[outcome.side] += delivery->octets.text();
    }
    for (const Side side : kSides)
        for (const net::Call& call : GetParam().hosts[side].program)
            if (call.kind == net::CallKind::Send) sent[side] += call.octets.text();

    for (const Side side : kSides)
        EXPECT_TRUE(sent[other(side)].starts_with(taken[side] + received(world, side)));
}

TEST_P(EachScenario, TheSameSeedGivesTheSameRecord) {
    const Trace first = simulate(GetParam(), 7);
    const Trace second = simulate(GetParam(), 7);

    ASSERT_EQ(first.packets().size(), second.packets().size());
    for (std::size_t i = 0; i < first.packets().size(); ++i)
        EXPECT_TRUE(std::ranges::equal(first.octetsOf(first.packets()[i]),
                                       second.octetsOf(second.packets()[i])));
}

}  // namespace
}  // namespace tcplab
