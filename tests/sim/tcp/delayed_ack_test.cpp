// RFC 9293 3.8.6.3 (delayed ACK) and 3.7.4 (Nagle)

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::State;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class DelayedAck : public EndpointTest {
protected:
    void SetUp() override {
        config.delayedAck = 200ms;
        establish();
    }
};

TEST_F(DelayedAck, WaitsForItsTimerAndNoLonger) {
    EXPECT_THAT(arrives("P. 301:401(100) ack 101 win 8192"), IsEmpty());
    const Instant arrived = now;

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 101:101(0) ack 401")));
    EXPECT_EQ(now, arrived + 200ms);
    EXPECT_FALSE(endpoint.nextDeadline());
}

TEST_F(DelayedAck, IsSentWithEverySecondSegment) {
    EXPECT_THAT(arrives(". 301:401(100) ack 101 win 8192"), IsEmpty());
    EXPECT_THAT(arrives(". 401:501(100) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 501")));
    EXPECT_THAT(arrives(". 501:601(100) ack 101 win 8192"), IsEmpty());
}

TEST_F(DelayedAck, TravelsWithOctetsThatLeaveInTheMeantime) {
    arrives("P. 301:401(100) ack 101 win 8192");

    EXPECT_THAT(send(5), ElementsAre(transmits("P. 101:106(5) ack 401")));
    EXPECT_FALSE(endpoint.tcb().timers.due(tcp::Timer::DelayedAck));
}

TEST_F(DelayedAck, DoesNotWaitBeyondAGapNorWhenOneIsFilled) {
    EXPECT_THAT(arrives("P. 401:501(100) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 301")));
    EXPECT_THAT(arrives("P. 301:401(100) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 501")));
}

TEST_F(DelayedAck, OfAFinTravelsWithOurOwnFinIfTheProgramClosesSoonEnough) {
    EXPECT_THAT(arrives("F. 301:301(0) ack 101 win 8192"),
                ElementsAre(enters(State::CloseWait), signals(tcp::Notice::EndOfData)));

    EXPECT_THAT(close(), ElementsAre(transmits("F. 101:101(0) ack 302"), enters(State::LastAck)));
}

TEST_F(DelayedAck, ReadingAtOnceDoesNotBringItForward) {
    receive();

    EXPECT_THAT(arrives("P. 301:1761(1460) ack 101 win 8192"), ElementsAre(delivers(1460)));
}

// TCP_QUICKACK
TEST_F(DelayedAck, LeavesAtOnceWhenTheProgramWantsIt) {
    arrives("P. 301:401(100) ack 101 win 8192");
    config.quickAck = true;

    EXPECT_THAT(on(tcp::ConfigChanged{}), ElementsAre(transmits(". 101:101(0) ack 401")));
    EXPECT_THAT(arrives("P. 401:501(100) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 501")));

    config.quickAck = false;
    EXPECT_THAT(on(tcp::ConfigChanged{}), IsEmpty());
    arrives("P. 501:601(100) ack 101 win 8192");
    EXPECT_TRUE(endpoint.tcb().timers.due(tcp::Timer::DelayedAck));
}

class Nagle : public EndpointTest {
protected:
    void SetUp() override {
        config.nagle = true;
        establish();
    }
};

TEST_F(Nagle, LetsASmallSegmentGoWhenNothingIsInFlight) {
    EXPECT_THAT(send(5), ElementsAre(transmits("P. 101:106(5) ack 301")));
}

TEST_F(Nagle, KeepsSmallSegmentsTogetherUntilTheAckComes) {
    send(5);
    EXPECT_THAT(send(6), IsEmpty());
    EXPECT_THAT(send(7), IsEmpty());

    EXPECT_THAT(arrives(". 301:301(0) ack 106 win 8192"),
                ElementsAre(transmits("P. 106:119(13) ack 301")));
}

TEST_F(Nagle, LetsFullSegmentsGo) {
    send(5);

    EXPECT_THAT(send(600), ElementsAre(transmits(". 106:642(536) ack 301")));
}

TEST_F(Nagle, DoesNotHoldTheLastOctetsBack) {
    send(5);
    send(6);

    EXPECT_THAT(close(), ElementsAre(enters(State::FinWait1), transmits("FP. 106:112(6) ack 301")));
}

}  // namespace
}  // namespace tcplab::test
