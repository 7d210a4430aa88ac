// RFC 9293 3.8 and the checks of 3.10.7.4 that octets pass.

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::State;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class Sending : public EndpointTest {
protected:
    void SetUp() override { establish(); }
};

TEST_F(Sending, OctetsLeaveAtOnceAndPushed) {
    EXPECT_THAT(send(5), ElementsAre(transmits("P. 101:106(5) ack 301 win 65535")));
}

TEST_F(Sending, NoMoreThanThePeersWindowLeaves) {
    arrives(". 301:301(0) ack 101 win 600");

    EXPECT_THAT(send(1000), ElementsAre(transmits(". 101:637(536) ack 301")));
    EXPECT_THAT(arrives(". 301:301(0) ack 637 win 600"),
                ElementsAre(transmits("P. 637:1101(464) ack 301")));
}

TEST_F(Sending, AnOlderSegmentDoesNotChangeTheWindow) {
    arrives("P. 301:311(10) ack 101 win 4000");

    arrives(". 301:301(0) ack 101 win 1");

    EXPECT_EQ(endpoint.tcb().snd.wnd, 4000U);
}

TEST_F(Sending, AWindowMayShrinkToNothingAndOpenAgain) {
    arrives(". 301:301(0) ack 101 win 0");
    EXPECT_THAT(send(10), IsEmpty());

    EXPECT_THAT(arrives(". 301:301(0) ack 101 win 8192"),
                ElementsAre(transmits("P. 101:111(10) ack 301")));
}

TEST_F(Sending, ASillyWindowIsLeftAlone) {
    arrives(". 301:301(0) ack 101 win 20");

    EXPECT_THAT(send(1000), IsEmpty());
}

TEST_F(Sending, AClosedWindowIsProbed) {
    arrives(". 301:301(0) ack 101 win 0");
    send(10);

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 101:102(1) ack 301")));
}

TEST_F(Sending, TheFinFollowsTheLastOctetEvenIfThatHasToWait) {
    endpoint = {};
    connect();
    arrives("S. 300:300(0) ack 101 win 4");
    EXPECT_THAT(send(6), ElementsAre(transmits(". 101:105(4) ack 301")));

    EXPECT_THAT(close(), Not(Contains(transmits("F. 107:107(0) ack 301"))));
    EXPECT_EQ(state(), State::FinWait1);

    EXPECT_THAT(arrives(". 301:301(0) ack 105 win 8192"),
                ElementsAre(transmits("FP. 105:107(2) ack 301")));
}

TEST_F(Sending, SequenceNumbersWrapInTheMiddleOfASegment) {
    endpoint = {};
    on(tcp::ActiveOpen{Seq{0xfffffffd}});
    arrives("S. 300:300(0) ack 4294967294 win 8192");

    EXPECT_THAT(send(5), ElementsAre(transmits("P. 4294967294:3(5) ack 301")));
    arrives(". 301:301(0) ack 3 win 8192");
    EXPECT_EQ(endpoint.tcb().snd.una, Seq{3});
}

class Receiving : public EndpointTest {
protected:
    void SetUp() override { establish(); }
};

TEST_F(Receiving, OctetsInOrderAreAcknowledgedAndWaitForTheProgram) {
    EXPECT_THAT(arrives("P. 301:311(10) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 311 win 65525")));
    EXPECT_THAT(receive(), Contains(delivers(10)));
}

TEST_F(Receiving, ACallThatWaitsIsAnsweredWhenOctetsCome) {
    EXPECT_THAT(receive(), IsEmpty());

    EXPECT_THAT(arrives("P. 301:311(10) ack 101 win 8192"), Contains(delivers(10)));
}

TEST_F(Receiving, ACallTakesNoMoreThanItAsksFor) {
    arrives("P. 301:311(10) ack 101 win 8192");

    EXPECT_THAT(receive(4), Contains(delivers(4)));
    EXPECT_THAT(receive(100), Contains(delivers(6)));
}

TEST_F(Receiving, OctetsBeyondAGapAreHeldAndAcknowledgedOnlyWhenItIsFilled) {
    EXPECT_THAT(arrives("P. 311:321(10) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 301")));

    EXPECT_THAT(arrives("P. 301:311(10) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 321")));
    EXPECT_THAT(receive(), Contains(delivers(20)));
}

TEST_F(Receiving, OctetsSeenBeforeAreAcknowledgedAgainAndNotDeliveredTwice) {
    arrives("P. 301:311(10) ack 101 win 8192");

    EXPECT_THAT(arrives("P. 301:311(10) ack 101 win 8192"),
                ElementsAre(discards(), transmits(". 101:101(0) ack 311")));
    EXPECT_THAT(receive(), Contains(delivers(10)));
}

TEST_F(Receiving, ASegmentThatOverlapsGivesOnlyItsNewOctets) {
    arrives("P. 301:311(10) ack 101 win 8192");

    arrives("P. 306:316(10) ack 101 win 8192");

    EXPECT_THAT(receive(), Contains(delivers(15)));
}

TEST_F(Receiving, OctetsBeyondTheWindowAreCutOff) {
    config.receiveBuffer = 8;
    endpoint = {};
    establish();

    arrives("P. 301:311(10) ack 101 win 8192");

    EXPECT_EQ(endpoint.tcb().rcv.nxt, Seq{309});
    EXPECT_EQ(endpoint.tcb().rcv.wnd, 0U);
}

TEST_F(Receiving, AFinBeyondAGapCountsWhenTheGapIsFilled) {
    arrives("FP. 311:321(10) ack 101 win 8192");
    EXPECT_EQ(state(), State::Established);

    EXPECT_THAT(arrives("P. 301:311(10) ack 101 win 8192"),
                Contains(transmits(". 101:101(0) ack 322")));
    EXPECT_EQ(state(), State::CloseWait);
}

TEST_F(Receiving, OctetsStillArriveAfterOurFin) {
    close();
    arrives(". 301:301(0) ack 102 win 8192");

    arrives("P. 301:311(10) ack 102 win 8192");

    EXPECT_THAT(receive(), Contains(delivers(10)));
    EXPECT_EQ(state(), State::FinWait2);
}

}  // namespace
}  // namespace tcplab::test
