// How long an endpoint waits and asks again: RFC 9293 3.8.3, 3.8.4, 3.8.6, 3.9.1.1, and RFC 6298.

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::Notice;
using tcp::State;
using tcp::Timer;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class Patience : public EndpointTest {
protected:
    [[nodiscard]] Duration untilNext() const { return endpoint.nextDeadline()->due - now; }
};

TEST_F(Patience, AtR1TheProgramIsToldOfTrouble) {
    establish();
    send(5);
    nextTimeout();
    nextTimeout();

    EXPECT_THAT(nextTimeout(), Contains(signals(Notice::Trouble)));
    EXPECT_EQ(state(), State::Established);
}

TEST_F(Patience, RetriesMayBeCountedInsteadOfTimed) {
    config.retries = 2;
    establish();
    send(5);
    nextTimeout();
    nextTimeout();

    EXPECT_THAT(nextTimeout(), ElementsAre(signals(Notice::TimedOut), enters(State::Closed)));
}

TEST_F(Patience, RetriesOfASynMayBeCountedToo) {
    config.synRetries = 1;
    connect();
    nextTimeout();

    EXPECT_THAT(nextTimeout(), ElementsAre(signals(Notice::TimedOut), enters(State::Closed)));
}

TEST_F(Patience, SlopIsAddedToEachTimeoutButTheFirst) {
    config.rtoSlop = 200ms;
    connect();
    EXPECT_EQ(untilNext(), 1s);
    nextTimeout();
    EXPECT_EQ(untilNext(), 2200ms);
    nextTimeout();
    EXPECT_EQ(untilNext(), 4200ms);
}

TEST_F(Patience, TheTimeoutOfTheOpenCallEndsOpening) {
    config.openTimeout = 5s;
    connect();
    tcp::Actions last;
    while (state() == State::SynSent) last = nextTimeout();

    EXPECT_EQ(now, Instant{5s});
    EXPECT_THAT(last, ElementsAre(signals(Notice::TimedOut), enters(State::Closed)));
}

TEST_F(Patience, TheTimeoutOfTheOpenCallEndsWithTheHandshake) {
    config.openTimeout = 5s;
    establish();

    EXPECT_FALSE(endpoint.nextDeadline());
}

TEST_F(Patience, TheUserTimeoutRunsWhileOctetsAreUnacknowledged) {
    config.userTimeout = 3s;
    establish();
    EXPECT_FALSE(endpoint.tcb().timers.due(Timer::User));
    send(5);
    now += 2s;
    send(5);
    arrives(". 301:301(0) ack 106 win 8192");
    EXPECT_EQ(endpoint.tcb().timers.due(Timer::User), now + 3s);

    while (state() == State::Established) nextTimeout();

    EXPECT_EQ(now, Instant{5s});
}

class ClosedWindow : public Patience {
protected:
    void SetUp() override {
        establish();
        arrives(". 301:301(0) ack 101 win 0");
    }
};

TEST_F(ClosedWindow, IsProbedAfterOneTimeoutAndThenAtDoubledIntervals) {
    send(100);
    std::vector<Duration> waits;
    for (int n = 0; n < 8; ++n) {
        waits.push_back(untilNext());
        EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 101:102(1) ack 301")));
        arrives(". 301:301(0) ack 101 win 0");
    }

    EXPECT_THAT(waits, ElementsAre(1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s));
}

TEST_F(ClosedWindow, ThatIsAnsweredIsNoReasonToGiveUp) {
    send(100);
    for (int n = 0; n < 100; ++n) {
        nextTimeout();
        arrives(". 301:301(0) ack 101 win 0");
    }

    EXPECT_EQ(state(), State::Established);
}

TEST_F(ClosedWindow, ThatIsNotAnsweredEndsAtR2) {
    send(100);
    const Instant began = now;
    while (state() == State::Established) nextTimeout();

    EXPECT_GE(now - began, config.r2);
    EXPECT_LT(now - began, config.r2 + 2 * config.maximumPersist);
}

TEST_F(ClosedWindow, MayBeProbedWithoutAnOctet) {
    config.probeWithOctet = false;
    send(100);

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 100:100(0) ack 301")));
    EXPECT_EQ(endpoint.tcb().snd.nxt, Seq{101});
}

TEST_F(ClosedWindow, IntervalsHaveAFloorAndACeiling) {
    config.minimumPersist = 5s;
    config.maximumPersist = 7s;
    send(100);
    EXPECT_EQ(untilNext(), 5s);
    for (int n = 0; n < 3; ++n) nextTimeout();
    EXPECT_EQ(untilNext(), 7s);
}

TEST_F(ClosedWindow, ThatOpensGetsWhatTheProbeHadAndTheRest) {
    send(100);
    nextTimeout();

    EXPECT_THAT(
        arrives(". 301:301(0) ack 101 win 8192"),
        ElementsAre(transmits(". 101:102(1) ack 301"), transmits("P. 102:201(99) ack 301")));
}

TEST_F(ClosedWindow, WhoseProbeWasTakenGoesOn) {
    send(100);
    nextTimeout();
    EXPECT_THAT(arrives(". 301:301(0) ack 102 win 0"), IsEmpty());

    EXPECT_THAT(arrives(". 301:301(0) ack 102 win 8192"),
                ElementsAre(transmits("P. 102:201(99) ack 301")));
}

class ShrunkWindow : public Patience {
protected:
    void SetUp() override {
        establish();
        arrives(". 301:301(0) ack 101 win 1000");
        send(1000);
    }
};

TEST_F(ShrunkWindow, GetsNoNewOctets) {
    arrives(". 301:301(0) ack 101 win 500");

    EXPECT_THAT(send(10), IsEmpty());
}

TEST_F(ShrunkWindow, ToNothingIsProbedAndNoFailure) {
    arrives(". 301:301(0) ack 101 win 0");
    EXPECT_FALSE(endpoint.tcb().timers.due(Timer::Retransmission));

    for (int n = 0; n < 20; ++n) {
        EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 101:102(1) ack 301")));
        arrives(". 301:301(0) ack 101 win 0");
    }
    EXPECT_EQ(state(), State::Established);
}

TEST_F(ShrunkWindow, ThatOpensAgainIsSentWhatWasInFlight) {
    arrives(". 301:301(0) ack 101 win 0");

    EXPECT_THAT(arrives(". 301:301(0) ack 101 win 1000"),
                ElementsAre(transmits(". 101:637(536) ack 301")));
    EXPECT_TRUE(endpoint.tcb().timers.due(Timer::Retransmission));
}

TEST_F(ShrunkWindow, IsNotProbedOnceAllIsAcknowledged) {
    arrives(". 301:301(0) ack 101 win 0");

    arrives(". 301:301(0) ack 1101 win 0");

    EXPECT_FALSE(endpoint.nextDeadline());
}

class OurClosedWindow : public EndpointTest {
protected:
    void SetUp() override {
        config.receiveBuffer = 100;
        establish();
        arrives(". 301:401(100) ack 101 win 8192");
        ASSERT_EQ(endpoint.tcb().rcv.wnd, 0U);
    }
};

TEST_F(OurClosedWindow, StillTakesAcksOfAProbe) {
    send(10);

    EXPECT_THAT(arrives(". 401:402(1) ack 111 win 8192"),
                ElementsAre(transmits(". 111:111(0) ack 401 win 0")));
    EXPECT_EQ(endpoint.tcb().snd.una, Seq{111});
}

TEST_F(OurClosedWindow, StillTakesUrgPointersAndResets) {
    EXPECT_THAT(arrives("U. 401:402(1) ack 101 win 8192 urg 1"), Contains(signals(Notice::Urgent)));

    arrives("R 401:401(0)");
    EXPECT_EQ(state(), State::Closed);
}

TEST_F(OurClosedWindow, StaysClosedForLessThanHalfTheBuffer) {
    EXPECT_THAT(receive(49), ElementsAre(delivers(49)));

    EXPECT_THAT(receive(1), ElementsAre(delivers(1), transmits(". 101:101(0) ack 401 win 50")));
}

class KeepAlive : public Patience {
protected:
    void SetUp() override {
        config.keepAlive = true;
        establish();
    }
};

TEST_F(KeepAlive, IsOffUnlessAskedFor) {
    EXPECT_FALSE(tcp::Config{}.keepAlive);
    config.keepAlive = false;
    endpoint = {};
    establish();

    EXPECT_FALSE(endpoint.nextDeadline());
}

TEST_F(KeepAlive, AsksAfterTwoHoursOfSilenceWithAnOldNumberAndNoOctet) {
    EXPECT_EQ(untilNext(), 2h);

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 100:100(0) ack 301")));
}

TEST_F(KeepAlive, MayAskWithAnOctetOfGarbage) {
    config.keepAliveOctet = true;

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 100:101(1) ack 301")));
}

TEST_F(KeepAlive, WaitsAnewWheneverSomethingIsHeard) {
    now += 1h;
    arrives("P. 301:306(5) ack 101 win 8192");

    EXPECT_THAT(nextTimeout(), IsEmpty());
    EXPECT_EQ(untilNext(), 1h);
}

TEST_F(KeepAlive, DoesNotAskWhileOctetsAreInFlight) {
    send(5);
    now += 2h;

    EXPECT_THAT(on(tcp::Timeout{Timer::KeepAlive}), IsEmpty());
}

TEST_F(KeepAlive, OneUnansweredProbeProvesNothing) {
    config.keepAliveProbes = 3;
    for (int n = 0; n < 3; ++n) {
        nextTimeout();
        EXPECT_EQ(untilNext(), config.keepAliveInterval);
    }

    EXPECT_THAT(
        nextTimeout(),
        ElementsAre(transmits("R 101:101(0)"), signals(Notice::TimedOut), enters(State::Closed)));
}

TEST_F(KeepAlive, AnAnsweredProbeStartsTheSilenceAnew) {
    nextTimeout();
    arrives(". 301:301(0) ack 101 win 8192");
    nextTimeout();

    EXPECT_EQ(untilNext(), 2h - config.keepAliveInterval);
}

TEST_F(KeepAlive, MayBeSwitchedInTheMiddle) {
    config.keepAlive = false;
    on(tcp::ConfigChanged{});
    EXPECT_FALSE(endpoint.nextDeadline());

    config.keepAlive = true;
    config.keepAliveIdle = 10s;
    on(tcp::ConfigChanged{});
    EXPECT_EQ(untilNext(), 10s);
}

}  // namespace
}  // namespace tcplab::test
