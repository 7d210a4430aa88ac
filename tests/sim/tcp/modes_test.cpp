// What a configuration may have accepted otherwise: RFC 793 against RFC 5961, RFC 1337, RFC 6191,
// and what implementations do with odd segments.

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::Notice;
using tcp::State;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class Modes : public EndpointTest {};

TEST_F(Modes, AnyResetInTheWindowCountsByRfc793) {
    config.exactRst = false;
    establish();

    EXPECT_THAT(arrives("R 401:401(0)"),
                ElementsAre(signals(Notice::Reset), enters(State::Closed)));
}

TEST_F(Modes, ASynInTheWindowResetsByRfc793) {
    config.challengeSyn = false;
    establish();

    EXPECT_THAT(arrives("S 401:401(0) win 8192"),
                ElementsAre(discards(),
                            transmits("R. 101:101(0) ack 301 win 0"),
                            signals(Notice::Reset),
                            enters(State::Closed)));
}

TEST_F(Modes, ASynOutsideTheWindowIsAnsweredWithAnAckEvenByRfc793) {
    config.challengeSyn = false;
    establish();

    EXPECT_THAT(arrives("S 300:300(0) win 8192"),
                ElementsAre(discards(), transmits(". 101:101(0) ack 301")));
}

TEST_F(Modes, AnOldAckIsTakenWhereItsRangeIsNotChecked) {
    establish();
    EXPECT_THAT(arrives("P. 301:306(5) ack 4294900000 win 8192"),
                ElementsAre(discards(), transmits(". 101:101(0) ack 301")));

    config.checkAckRange = false;
    arrives("P. 301:306(5) ack 4294900000 win 8192");

    EXPECT_EQ(endpoint.tcb().rcv.nxt, Seq{306});
}

TEST_F(Modes, ChallengeAcksMayBeLimited) {
    config.challengeAcks = 2;
    establish();
    for (int n = 0; n < 2; ++n)
        EXPECT_THAT(arrives("R 401:401(0)"), Contains(transmits(". 101:101(0) ack 301")));

    EXPECT_THAT(arrives("R 401:401(0)"), ElementsAre(discards()));

    now += config.challengePeriod;
    EXPECT_THAT(arrives("R 401:401(0)"), Contains(transmits(". 101:101(0) ack 301")));
}

TEST_F(Modes, SynFinMayBeDropped) {
    config.dropSynFin = true;
    listen();

    EXPECT_THAT(arrives("SF 300:303(3) win 8192"), ElementsAre(discards()));
    EXPECT_EQ(state(), State::Listen);
}

TEST_F(Modes, SynFinIsElseASyn) {
    config.queueTextOfSyn = false;
    listen();

    EXPECT_THAT(arrives("SF 300:303(3) win 8192"),
                ElementsAre(transmits("S. 100:100(0) ack 301"), enters(State::SynReceived)));
}

TEST_F(Modes, ASynAckInListenMayBeDropped) {
    config.resetSynAckInListen = false;
    listen();

    EXPECT_THAT(arrives("S. 300:300(0) ack 17 win 8192"), ElementsAre(discards()));
    EXPECT_THAT(arrives(". 300:300(0) ack 17 win 8192"),
                ElementsAre(discards(), transmits("R 17:17(0)")));
}

TEST_F(Modes, ARepeatedSynMayBeAnsweredWithTheSynAckAgain) {
    config.repeatSynAck = true;
    reach(State::SynReceived);

    EXPECT_THAT(arrives("S 300:300(0) win 8192"),
                ElementsAre(discards(), transmits("S. 100:100(0) ack 301")));
}

TEST_F(Modes, TextAndFinOfASynWaitForEstablished) {
    listen();
    arrives("SF 300:304(4) win 8192");
    EXPECT_THAT(receive(), IsEmpty());

    EXPECT_THAT(arrives(". 305:305(0) ack 101 win 8192"),
                ElementsAre(enters(State::Established),
                            signals(Notice::Established),
                            enters(State::CloseWait),
                            signals(Notice::EndOfData),
                            delivers(4),
                            transmits(". 101:101(0) ack 306")));
}

TEST_F(Modes, TextOfASynMayBeDropped) {
    config.queueTextOfSyn = false;
    listen();
    arrives("S 300:303(3) win 8192");

    arrives(". 301:301(0) ack 101 win 8192");

    EXPECT_EQ(endpoint.tcb().rcv.nxt, Seq{301});
}

TEST_F(Modes, EachAckMayCarryTheFinUntilThatIsAcknowledged) {
    config.finInAcks = true;
    reach(State::FinWait1);

    EXPECT_THAT(arrives("F. 301:301(0) ack 101 win 8192"),
                Contains(transmits("F. 101:101(0) ack 302")));
    // A challenge is the plain ACK of RFC 5961 all the same.
    EXPECT_THAT(arrives("S 302:302(0) win 8192"), Contains(transmits(". 102:102(0) ack 302")));
}

TEST_F(Modes, AbortMayCarryAnAck) {
    establish();
    auto other = endpoint;
    EXPECT_THAT(abort(), Contains(transmits("R 101:101(0)")));

    endpoint = other;
    config.rstCarriesAck = true;
    EXPECT_THAT(abort(), Contains(transmits("R. 101:101(0) ack 301 win 0")));
}

TEST_F(Modes, AResetWhileClosingMayBeTold) {
    reach(State::LastAck);
    auto other = endpoint;
    EXPECT_THAT(arrives("R 302:302(0)"), Contains(signals(Notice::Closed)));

    endpoint = other;
    config.tellResetWhileClosing = true;
    EXPECT_THAT(arrives("R 302:302(0)"), Contains(signals(Notice::Reset)));
}

TEST_F(Modes, TheAckOfAnOldSegmentMayCount) {
    using Old = tcp::Config::OldAcks;
    const auto stateAfter = [&](Old oldAcks, std::string_view text) {
        endpoint = {};
        config.oldAcks = oldAcks;
        reach(State::Closing);
        EXPECT_THAT(arrives(text), Contains(transmits(". 102:102(0) ack 302")));
        return state();
    };
    const auto* const fin = "F. 301:301(0) ack 102 win 8192";
    const auto* const older = ". 301:301(0) ack 102 win 8192";

    EXPECT_EQ(stateAfter(Old::Ignored, fin), State::Closing);
    EXPECT_EQ(stateAfter(Old::AtTheEdge, fin), State::TimeWait);
    EXPECT_EQ(stateAfter(Old::AtTheEdge, older), State::Closing);
    EXPECT_EQ(stateAfter(Old::Taken, older), State::TimeWait);
}

class TimeWait : public EndpointTest {
protected:
    void SetUp() override { reach(State::TimeWait); }
};

TEST_F(TimeWait, ARstEndsItUnlessRfc1337IsFollowed) {
    auto other = endpoint;
    arrives("R 302:302(0)");
    EXPECT_EQ(state(), State::Closed);

    endpoint = other;
    config.ignoreRstInTimeWait = true;
    EXPECT_THAT(arrives("R 302:302(0)"), ElementsAre(discards()));
    EXPECT_EQ(state(), State::TimeWait);
}

TEST_F(TimeWait, WhatIsNotJustTheExpectedAckIsAcknowledged) {
    EXPECT_THAT(arrives(". 302:302(0) ack 102 win 8192"), IsEmpty());
    EXPECT_THAT(arrives(". 303:303(0) ack 102 win 8192"),
                ElementsAre(transmits(". 102:102(0) ack 302")));
}

TEST_F(TimeWait, MayAcknowledgeWhateverHasAnAckAndDropTheRest) {
    config.timeWaitJustAcks = true;
    config.challengeSyn = false;

    EXPECT_THAT(arrives("F 301:301(0)"), ElementsAre(discards()));
    EXPECT_THAT(arrives("S. 400:400(0) ack 17 win 8192"),
                ElementsAre(discards(), transmits(". 102:102(0) ack 302")));
    EXPECT_THAT(arrives(". 302:302(0) ack 102 win 8192"), ElementsAre(discards()));
}

TEST_F(TimeWait, ASynWithALargerNumberMayBeginANewConnection) {
    auto other = endpoint;
    EXPECT_THAT(arrives("S 303:303(0) win 8192"),
                ElementsAre(discards(), transmits(". 102:102(0) ack 302")));

    endpoint = other;
    config.reuseByNumber = true;
    EXPECT_THAT(arrives("S 302:302(0) win 8192"), Contains(transmits(". 102:102(0) ack 302")));
    EXPECT_THAT(arrives("S 303:303(0) win 8192"),
                ElementsAre(enters(State::Closed), signals(Notice::Superseded)));
}

TEST_F(TimeWait, LastsTwoMsl) {
    const Instant entered = now;

    EXPECT_THAT(nextTimeout(), ElementsAre(enters(State::Closed), signals(Notice::Closed)));
    EXPECT_EQ(now, entered + 2 * config.msl);
}

class TimeWaitWithTimestamps : public EndpointTest {
protected:
    void SetUp() override {
        config.timestamps = true;
        connect();
        arrives("S. 300:300(0) ack 101 win 8192 <mss 1460,nop,nop,TS val 500 ecr 0>");
        close();
        arrives("F. 301:301(0) ack 102 win 8192 <nop,nop,TS val 501 ecr 0>");
        ASSERT_EQ(state(), State::TimeWait);
    }
};

TEST_F(TimeWaitWithTimestamps, ASynWithALaterOneBeginsANewConnection) {
    EXPECT_THAT(arrives("S 200:200(0) win 8192 <mss 1460,nop,nop,TS val 502 ecr 0>"),
                Contains(signals(Notice::Superseded)));
}

TEST_F(TimeWaitWithTimestamps, ASynWithAnEarlierOneIsOld) {
    config.reuseByNumber = true;

    arrives("S 900:900(0) win 8192 <mss 1460,nop,nop,TS val 400 ecr 0>");

    EXPECT_EQ(state(), State::TimeWait);
}

TEST_F(TimeWaitWithTimestamps, TheyCountOnlyWhereTheConfigurationSaysSo) {
    config.reuseByTimestamp = false;

    arrives("S 200:200(0) win 8192 <mss 1460,nop,nop,TS val 502 ecr 0>");

    EXPECT_EQ(state(), State::TimeWait);
}

class HalfDuplexClose : public EndpointTest {
protected:
    void SetUp() override {
        establish();
        close();
        on(tcp::EndReceiving{});
        arrives(". 301:301(0) ack 102 win 8192");
    }
};

TEST_F(HalfDuplexClose, LateTextIsReset) {
    EXPECT_THAT(
        arrives("P. 301:306(5) ack 102 win 8192"),
        ElementsAre(
            discards(), transmits("R 102:102(0)"), enters(State::Closed), signals(Notice::Closed)));
}

TEST_F(HalfDuplexClose, LateTextMayBeAcknowledgedAndThrownAway) {
    config.resetLateText = false;

    EXPECT_THAT(arrives("P. 301:306(5) ack 102 win 8192"),
                Contains(transmits(". 102:102(0) ack 306")));
    EXPECT_EQ(endpoint.tcb().receivedSize(), 0U);
}

TEST_F(HalfDuplexClose, AFinIsTakenAsEver) {
    arrives("F. 301:301(0) ack 102 win 8192");

    EXPECT_EQ(state(), State::TimeWait);
}

TEST_F(HalfDuplexClose, MayWaitForThePeersFinForALimitedTime) {
    EXPECT_FALSE(endpoint.nextDeadline());

    endpoint = {};
    config.finWait2Timeout = 60s;
    SetUp();

    EXPECT_THAT(nextTimeout(), ElementsAre(enters(State::Closed), signals(Notice::Closed)));
    EXPECT_EQ(now, Instant{60s});
}

TEST_F(HalfDuplexClose, TheLimitHoldsOnlyOnceNobodyReads) {
    endpoint = {};
    config.finWait2Timeout = 60s;
    reach(State::FinWait2);
    EXPECT_FALSE(endpoint.nextDeadline());

    on(tcp::EndReceiving{});

    EXPECT_TRUE(endpoint.tcb().timers.due(tcp::Timer::FinWait2));
}

}  // namespace
}  // namespace tcplab::test
