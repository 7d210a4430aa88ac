// RFC 9293 3.10.8 and RFC 6298

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::Notice;
using tcp::State;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class Timeouts : public EndpointTest {
protected:
    [[nodiscard]] Duration untilNext() const { return endpoint.nextDeadline()->due - now; }
};

TEST_F(Timeouts, TheSynIsRepeatedAfterOneSecondAndThenLaterAndLater) {
    connect();
    std::vector<Duration> waits;
    for (int n = 0; n < 4; ++n) {
        waits.push_back(untilNext());
        EXPECT_THAT(nextTimeout(), Contains(transmits("S 100:100(0) win 65535")));
    }

    EXPECT_THAT(waits, ElementsAre(1s, 2s, 4s, 8s));
}

TEST_F(Timeouts, TheSynAckIsRepeatedAsItWas) {
    reach(State::SynReceived);

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits("S. 100:100(0) ack 301 <mss 1460>")));
}

TEST_F(Timeouts, ASynIsGivenUpNoSoonerThanAfterThreeMinutes) {
    connect();
    const Instant begin = now;
    while (state() == State::SynSent) nextTimeout();

    EXPECT_GE(now - begin, 3min);
    EXPECT_EQ(state(), State::Closed);
    EXPECT_FALSE(endpoint.nextDeadline());
}

TEST_F(Timeouts, DataIsGivenUpNoSoonerThanAfter100Seconds) {
    establish();
    send(10);
    const Instant begin = now;
    tcp::Actions last;
    while (state() == State::Established) last = nextTimeout();

    EXPECT_GE(now - begin, 100s);
    EXPECT_THAT(last, ElementsAre(signals(Notice::TimedOut), enters(State::Closed)));
}

TEST_F(Timeouts, OnlyTheOldestSegmentIsRepeated) {
    establish();
    send(1000);

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 101:637(536) ack 301")));
}

TEST_F(Timeouts, TheFinIsRepeatedWithTheOctetsBeforeIt) {
    establish();
    send(10);
    close();

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits("FP. 101:111(10) ack 301")));
}

TEST_F(Timeouts, TheTimerStopsWhenAllIsAcknowledgedAndRestartsWhenSomeIs) {
    establish();
    send(10);
    now += 300ms;
    send(10);
    now += 200ms;
    arrives(". 301:301(0) ack 111 win 8192");
    EXPECT_EQ(untilNext(), endpoint.tcb().rto.value(config));

    arrives(". 301:301(0) ack 121 win 8192");
    EXPECT_FALSE(endpoint.nextDeadline());
}

TEST_F(Timeouts, TimeWaitLastsTwiceTheMaximumSegmentLifetime) {
    reach(State::TimeWait);
    EXPECT_EQ(untilNext(), 4min);

    EXPECT_THAT(nextTimeout(), ElementsAre(enters(State::Closed), signals(Notice::Closed)));
}

// RFC 6298 (2.2), (2.3): the figures are worked out by hand from the formulas.
class RtoTest : public testing::Test {
protected:
    /// A segment that is acknowledged `rtt` later.
    void measure(Duration rtt) {
        rto.sent(Seq{end}, now);
        now += rtt;
        rto.acknowledged(Seq{end}, now, config);
        end += 10;
    }
    tcp::Config config{};
    tcp::Rto rto{};
    Instant now{};
    std::uint32_t end = 10;
};

TEST_F(RtoTest, IsOneSecondBeforeAnyMeasurement) {
    EXPECT_EQ(rto.value(config), 1s);
}

TEST_F(RtoTest, TheFirstMeasurementCountsThreefold) {
    measure(500ms);

    EXPECT_EQ(rto.srtt(), 500ms);
    EXPECT_EQ(rto.rttvar(), 250ms);
    EXPECT_EQ(rto.value(config), 1500ms);
}

TEST_F(RtoTest, LaterMeasurementsAreSmoothed) {
    measure(800ms);
    measure(400ms);

    EXPECT_EQ(rto.rttvar(), 400ms);                // 3/4 * 400 + 1/4 * |800 - 400|
    EXPECT_EQ(rto.srtt(), 750ms);                  // 7/8 * 800 + 1/8 * 400
    EXPECT_EQ(rto.value(config), 750ms + 1600ms);  // SRTT + 4 * RTTVAR
}

TEST_F(RtoTest, IsNeverUnderOneSecondNorOverTheMaximum) {
    measure(1ms);
    EXPECT_EQ(rto.value(config), 1s);

    for (int n = 0; n < 20; ++n) rto.backOff();
    EXPECT_EQ(rto.value(config), config.maximumRto);
}

TEST_F(RtoTest, ARetransmittedSegmentIsNotMeasured) {
    measure(800ms);
    rto.sent(Seq{100}, now);
    rto.retransmitted();
    rto.acknowledged(Seq{100}, now + 10s, config);

    EXPECT_EQ(rto.srtt(), 800ms);
}

TEST_F(RtoTest, BackingOffEndsWithTheNextMeasurement) {
    measure(500ms);
    rto.backOff();
    EXPECT_EQ(rto.value(config), 3s);

    measure(500ms);
    EXPECT_LT(rto.value(config), 3s);
}

TEST_F(RtoTest, AfterALostSynDataStartsWithThreeSeconds) {
    rto.backOff();
    rto.restartAfterSynTimeout();

    EXPECT_EQ(rto.value(config), 3s);
}

}  // namespace
}  // namespace tcplab::test
