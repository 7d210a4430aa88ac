#include "sim/trace/futures.h"

#include "sim/trace/diff.h"

#include <gmock/gmock.h>

namespace tcplab {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The client's SYN leaves with step 3 and arrives with step 4.
Futures handshake() {
    return {*net::scenarioNamed("handshake"), {}};
}

net::Choice turnOf(const char* text) {
    return *parseTurn(text);
}

TEST(Futures, ATurnBeginsAnotherAndKeepsTheFirst) {
    Futures futures = handshake();

    ASSERT_TRUE(futures.turn(3, turnOf("drop 1")));

    ASSERT_EQ(futures.all().size(), 2U);
    EXPECT_EQ(futures.number(), 1U);
    EXPECT_EQ(futures.current().from, 0U);
    EXPECT_EQ(futures.current().left, 3U);
    EXPECT_EQ(futures.current().turn, "drop 1");
    EXPECT_TRUE(futures.current().trace.find(1)->transit.lost);
    EXPECT_FALSE(futures.all()[0].trace.find(1)->transit.lost);
}

TEST(Futures, ATurnInTheirPastLeavesOutWhatWasForkedLater) {
    Futures futures = handshake();
    ASSERT_TRUE(futures.turn(4, turnOf("drop 2")));
    ASSERT_TRUE(futures.turn(3, turnOf("drop 1")));

    EXPECT_EQ(futures.current().course.forks.size(), 1U);
}

TEST(Futures, WhatCannotBeDoneChangesNothing) {
    Futures futures = handshake();

    EXPECT_FALSE(futures.turn(3, turnOf("drop 9")));

    EXPECT_EQ(futures.all().size(), 1U);
}

TEST(Futures, OtherCircumstancesPlayTheSameCourse) {
    Futures futures = handshake();
    ASSERT_TRUE(futures.turn(3, turnOf("drop 1")));
    net::Scenario slow = futures.current().scenario;
    for (const Side side : kSides) slow.links[side].delay *= 2;

    ASSERT_TRUE(futures.replay(slow, "slow"));

    EXPECT_TRUE(futures.current().trace.find(1)->transit.lost);
    EXPECT_FALSE(diff(futures.all()[1].trace, futures.current().trace).same());
}

TEST(Futures, TheLastIsTakenAwayAndBroughtBack) {
    Futures futures = handshake();
    ASSERT_TRUE(futures.turn(3, turnOf("drop 1")));

    auto last = futures.forgetLast();
    ASSERT_TRUE(last);
    EXPECT_EQ(futures.all().size(), 1U);
    EXPECT_FALSE(futures.forgetLast()) << "the first stays";

    futures.recall(*std::move(last));
    EXPECT_EQ(futures.current().turn, "drop 1");
}

TEST(Futures, TheTurnsOfACourseAreStepsOfTheirOwn) {
    Futures futures = handshake();
    ASSERT_TRUE(futures.turn(3, turnOf("delay 1 5ms")));
    ASSERT_TRUE(futures.turn(4, turnOf("duplicate 1")));

    const auto turns = turnsOf(futures.current().course);

    ASSERT_EQ(turns.size(), 2U);
    EXPECT_EQ(toString(turns.at(4)), "delay 1 5ms");
    EXPECT_EQ(toString(turns.at(5)), "duplicate 1");
}

TEST(Futures, WhatIsOnTheWayHasLeftAndNotArrived) {
    const Futures futures = handshake();
    const Trace& trace = futures.current().trace;

    EXPECT_THAT(onTheWay(trace, 2), IsEmpty());
    EXPECT_THAT(onTheWay(trace, 3), ElementsAre(1U));
    EXPECT_THAT(onTheWay(trace, 4), ElementsAre(2U));
    EXPECT_THAT(onTheWay(trace, trace.moments()), IsEmpty());
}

TEST(WorldAfter, IsWhereTheRunIsThen) {
    const auto world = worldAfter(*net::scenarioNamed("handshake"), {.steps = 3});

    ASSERT_TRUE(world);
    EXPECT_EQ(world->hosts[Side::Client].endpoint.state(), tcp::State::SynSent);
    EXPECT_EQ(world->inFlight.size(), 1U);
}

}  // namespace
}  // namespace tcplab
