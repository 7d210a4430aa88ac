// The options of RFC 9293 3.2 and 3.7.1, RFC 7323, RFC 2018 and RFC 2883.

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::State;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class SynOptions : public EndpointTest {
protected:
    void offerAll() {
        config.windowScale = 7;
        config.timestamps = config.sack = config.dsack = true;
        config.timestampOffset = 1000;
    }
};

TEST_F(SynOptions, AreTheMssAloneUnlessMoreIsOffered) {
    EXPECT_THAT(on(tcp::ActiveOpen{kIss}), Contains(transmits("S 100:100(0) <mss 1460>")));
}

TEST_F(SynOptions, StandInWordsOfTheirOwn) {
    offerAll();

    EXPECT_THAT(
        on(tcp::ActiveOpen{kIss}),
        Contains(transmits("S 100:100(0) <mss 1460,sackOK,TS val 1000 ecr 0,nop,wscale 7>")));
}

TEST_F(SynOptions, InWordsAreFilledWithNopsWhereOneIsMissing) {
    offerAll();
    config.timestamps = false;

    EXPECT_THAT(on(tcp::ActiveOpen{kIss}),
                Contains(transmits("S 100:100(0) <mss 1460,nop,nop,sackOK,nop,wscale 7>")));
}

TEST_F(SynOptions, MayBePacked) {
    offerAll();
    config.optionLayout = tcp::Config::OptionLayout::Packed;

    EXPECT_THAT(
        on(tcp::ActiveOpen{kIss}),
        Contains(transmits("S 100:100(0) <mss 1460,nop,wscale 7,sackOK,TS val 1000 ecr 0>")));
}

TEST_F(SynOptions, PackedEndWithEndOfList) {
    config.sack = true;
    config.optionLayout = tcp::Config::OptionLayout::Packed;

    EXPECT_THAT(on(tcp::ActiveOpen{kIss}),
                Contains(transmits("S 100:100(0) <mss 1460,sackOK,eol,eol>")));
}

TEST_F(SynOptions, PackedWithoutSackPutTwoNopsBeforeTheTimestamps) {
    offerAll();
    config.sack = false;
    config.optionLayout = tcp::Config::OptionLayout::Packed;

    EXPECT_THAT(
        on(tcp::ActiveOpen{kIss}),
        Contains(transmits("S 100:100(0) <mss 1460,nop,wscale 7,nop,nop,TS val 1000 ecr 0>")));
}

TEST_F(SynOptions, OfTheAnswerAreThoseThatWereOffered) {
    offerAll();
    listen();

    EXPECT_THAT(arrives("S 300:300(0) win 8192 <mss 1460,sackOK,eol,eol>"),
                Contains(transmits("S. 100:100(0) ack 301 <mss 1460,nop,nop,sackOK>")));
}

TEST_F(SynOptions, MayBeLeftOutAltogether) {
    config.announceMss = false;

    const auto actions = on(tcp::ActiveOpen{kIss});

    ASSERT_EQ(actions.size(), 2U);
    EXPECT_TRUE(std::get<tcp::Transmit>(actions[0]).segment.options.empty());
}

TEST_F(SynOptions, AreGivenUpAfterSoManyTries) {
    offerAll();
    config.synOptionTries = 1;
    connect();

    EXPECT_FALSE(std::get<tcp::Transmit>(nextTimeout().back()).segment.options.empty());
    EXPECT_TRUE(std::get<tcp::Transmit>(nextTimeout().back()).segment.options.empty());
}

class Mss : public EndpointTest {};

TEST_F(Mss, Is536WhereThePeerAnnouncesNone) {
    establish();

    EXPECT_EQ(endpoint.tcb().sendMss, 536);
}

TEST_F(Mss, IsNoMoreThanTheLinkCarries) {
    config.mtu = 1000;
    connect();
    arrives("S. 300:300(0) ack 101 win 8192 <mss 1460>");

    EXPECT_EQ(endpoint.tcb().sendMss, 960);
}

TEST_F(Mss, WithALongerHeaderIsSmaller) {
    config = tcp::withIpv6(config);
    EXPECT_THAT(on(tcp::ActiveOpen{kIss}), Contains(transmits("S 100:100(0) <mss 1440>")));
    arrives("S. 300:300(0) ack 101 win 8192 <mss 1460>");

    EXPECT_EQ(endpoint.tcb().sendMss, 1440);
    endpoint = {};
    establish();
    EXPECT_EQ(endpoint.tcb().sendMss, 1220);
}

TEST_F(Mss, LeavesRoomForTimestamps) {
    config.timestamps = true;
    connect();
    arrives("S. 300:300(0) ack 101 win 8192 <mss 1460,nop,nop,TS val 5 ecr 0>");

    EXPECT_EQ(endpoint.tcb().sendMss, 1448);
}

class WindowScale : public EndpointTest {
protected:
    void SetUp() override {
        config.windowScale = 2;
        config.receiveBuffer = 200'000;
    }
};

TEST_F(WindowScale, IsUsedWhereBothSynsHaveIt) {
    EXPECT_THAT(on(tcp::ActiveOpen{kIss}), Contains(transmits("S 100:100(0) win 65535")));

    // 200000 / 4; the window of the SYN itself is taken as it is.
    EXPECT_THAT(arrives("S. 300:300(0) ack 101 win 1000 <mss 1460,nop,wscale 3>"),
                Contains(transmits(". 101:101(0) ack 301 win 50000")));
    EXPECT_EQ(endpoint.tcb().snd.wnd, 1000U);
    arrives(". 301:301(0) ack 101 win 1000");
    EXPECT_EQ(endpoint.tcb().snd.wnd, 8000U);
}

TEST_F(WindowScale, IsNotUsedWhereThePeerHasNone) {
    connect();

    EXPECT_THAT(arrives("S. 300:300(0) ack 101 win 1000 <mss 1460>"),
                Contains(transmits(". 101:101(0) ack 301 win 65535")));
}

TEST_F(WindowScale, Above14CountsAs14) {
    connect();
    arrives("S. 300:300(0) ack 101 win 1000 <mss 1460,nop,wscale 15>");

    EXPECT_EQ(endpoint.tcb().snd.scale, 14);
}

class Timestamps : public EndpointTest {
protected:
    void SetUp() override {
        config.timestamps = true;
        now = Instant{1s};
        connect();
        now += 10ms;
        arrives("S. 300:300(0) ack 101 win 8192 <mss 1460,nop,nop,TS val 500 ecr 1000>");
    }
};

TEST_F(Timestamps, AreInEverySegment) {
    EXPECT_THAT(send(5),
                ElementsAre(transmits("P. 101:106(5) ack 301 <nop,nop,TS val 1010 ecr 500>")));
}

TEST_F(Timestamps, MeasureTheRoundTripEvenOfWhatWasSentTwice) {
    send(5);
    nextTimeout();
    now += 30ms;
    const auto sent = static_cast<std::uint32_t>((now - Instant{}) / 1ms) - 30;

    arrives(". 301:301(0) ack 106 win 8192 <nop,nop,TS val 530 ecr " + std::to_string(sent) + ">");

    EXPECT_EQ(endpoint.tcb().rto.backOffs(), 0U);
    EXPECT_EQ(endpoint.tcb().rto.srtt(), 12500us);
}

TEST_F(Timestamps, OlderThanTheLastAreAnOldDuplicate) {
    EXPECT_THAT(arrives("P. 301:306(5) ack 101 win 8192 <nop,nop,TS val 499 ecr 1010>"),
                ElementsAre(discards(), transmits(". 101:101(0) ack 301")));
    EXPECT_EQ(endpoint.tcb().rcv.nxt, Seq{301});
}

TEST_F(Timestamps, AreNotComparedInAReset) {
    arrives("R. 301:301(0) ack 101 <nop,nop,TS val 1 ecr 1010>");

    EXPECT_EQ(state(), State::Closed);
}

TEST_F(Timestamps, OfASegmentAheadOfAGapDoNotCount) {
    arrives("P. 311:316(5) ack 101 win 8192 <nop,nop,TS val 700 ecr 1010>");

    EXPECT_EQ(endpoint.tcb().timestamp.recent, 500U);
}

TEST_F(Timestamps, MayNotBeMissingOnceAgreed) {
    EXPECT_THAT(arrives("P. 301:306(5) ack 101 win 8192"), ElementsAre(discards()));
}

TEST_F(Timestamps, MayBeMissingWhereTheConfigurationIsTolerant) {
    config.requireTimestamps = false;

    arrives("P. 301:306(5) ack 101 win 8192");

    EXPECT_EQ(endpoint.tcb().rcv.nxt, Seq{306});
}

TEST_F(Timestamps, ThatAreOlderThan24DaysAreForgotten) {
    now += 24h * 25;

    arrives("P. 301:306(5) ack 101 win 8192 <nop,nop,TS val 3 ecr 1010>");

    EXPECT_EQ(endpoint.tcb().rcv.nxt, Seq{306});
}

class Sack : public EndpointTest {
protected:
    void SetUp() override {
        config.sack = config.dsack = true;
        connect();
        arrives("S. 300:300(0) ack 101 win 8192 <mss 1460,nop,nop,sackOK>");
        arrives(". 301:401(100) ack 101 win 8192");
    }
    void holdThree() {
        arrives(". 501:601(100) ack 101 win 8192");
        arrives(". 701:801(100) ack 101 win 8192");
        arrives(". 901:1001(100) ack 101 win 8192");
    }
};

TEST_F(Sack, ReportsWhatIsHeldTheMostRecentFirst) {
    EXPECT_THAT(arrives(". 501:601(100) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 401 <nop,nop,sack 501:601>")));
    EXPECT_THAT(arrives(". 701:801(100) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 401 <nop,nop,sack 701:801 501:601>")));
}

TEST_F(Sack, JoinsBlocksThatTouch) {
    holdThree();

    EXPECT_THAT(arrives(". 601:701(100) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 401 <nop,nop,sack 501:801 901:1001>")));
}

TEST_F(Sack, ForgetsWhatIsInOrderNow) {
    holdThree();

    EXPECT_THAT(arrives(". 401:501(100) ack 101 win 8192"),
                Contains(transmits(". 101:101(0) ack 601 <nop,nop,sack 901:1001 701:801>")));
}

TEST_F(Sack, ReportsARepeatedSegmentOnceAndFirst) {
    holdThree();

    EXPECT_THAT(arrives(". 351:451(100) ack 101 win 8192"),
                Contains(transmits(
                    ". 101:101(0) ack 451 <nop,nop,sack 351:401 901:1001 701:801 501:601>")));
    EXPECT_THAT(arrives(". 1101:1201(100) ack 101 win 8192"),
                Contains(transmits(
                    ". 101:101(0) ack 451 <nop,nop,sack 1101:1201 901:1001 701:801 501:601>")));
}

TEST_F(Sack, ReportsTheFirstOfSeveralRepeatedRunsAndTheBlockItIsIn) {
    holdThree();

    EXPECT_THAT(
        arrives(". 651:1051(400) ack 101 win 8192"),
        Contains(transmits(". 101:101(0) ack 401 <nop,nop,sack 701:801 651:1051 501:601>")));
}

TEST_F(Sack, ReportsWhollyOldSegmentsToo) {
    EXPECT_THAT(arrives(". 301:351(50) ack 101 win 8192"),
                ElementsAre(discards(), transmits(". 101:101(0) ack 401 <nop,nop,sack 301:351>")));
}

TEST_F(Sack, OfRepeatedOctetsIsNotDelayed) {
    config.delayedAck = 200ms;

    EXPECT_THAT(arrives(". 351:451(100) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 451 <nop,nop,sack 351:401>")));
}

TEST_F(Sack, DoesNotReportRepeatedSegmentsWhereThatIsOff) {
    config.dsack = false;

    const auto actions = arrives(". 301:351(50) ack 101 win 8192");

    EXPECT_TRUE(std::get<tcp::Transmit>(actions.back()).segment.options.empty());
}

TEST_F(Sack, LeavesLessRoomForOctetsInASegment) {
    arrives(". 501:601(100) ack 101 win 8192");

    EXPECT_THAT(send(2000), Contains(transmits(". 101:1549(1448) ack 401")));
}

TEST_F(Sack, HasThreeBlocksBesideTimestamps) {
    endpoint = {};
    config.timestamps = true;
    connect();
    arrives("S. 300:300(0) ack 101 win 8192 <mss 1460,sackOK,TS val 1 ecr 0>");
    for (const char* from : {"401:411", "421:431", "441:451", "461:471"})
        arrives(". " + std::string{from} + "(10) ack 101 win 8192 <nop,nop,TS val 1 ecr 0>");

    const auto actions = arrives(". 481:491(10) ack 101 win 8192 <nop,nop,TS val 1 ecr 0>");

    const auto sack = std::get<tcp::Transmit>(actions.back()).segment.options.sack();
    ASSERT_TRUE(sack);
    EXPECT_EQ(sack->count, 3);
    EXPECT_EQ(sack->blocks[0].left, 481U);
}

class ReceiveBuffer : public EndpointTest {};

TEST_F(ReceiveBuffer, MayBeRoundedToWholeSegments) {
    config.receiveBuffer = 65536;
    config.roundReceiveBuffer = true;
    connect();
    EXPECT_EQ(tcp::receiveBufferOf(endpoint.tcb(), config), 65536U);

    arrives("S. 300:300(0) ack 101 win 8192 <mss 1460>");

    EXPECT_EQ(tcp::receiveBufferOf(endpoint.tcb(), config), 65700U);
    EXPECT_EQ(endpoint.tcb().rcv.wnd, 65700U);
}

TEST_F(ReceiveBuffer, AllItsRoomMayBeToldWithAnyAck) {
    config.tellAllRoom = true;
    config.windowUpdateSegments = 2;
    config.windowUpdateShare = 4;
    config.receiveBuffer = 20'000;
    establish();
    arrives(". 301:1101(800) ack 101 win 8192");

    EXPECT_THAT(receive(), ElementsAre(delivers(800)));

    EXPECT_THAT(arrives(". 1101:1111(10) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 1111 win 19990")));
}

TEST_F(ReceiveBuffer, NewsOfItsRoomMayHaveToBeTwoSegmentsAndAQuarter) {
    config.tellAllRoom = true;
    config.windowUpdateSegments = 2;
    config.windowUpdateShare = 4;
    config.receiveBuffer = 20'000;
    establish();
    arrives(". 301:5301(5000) ack 101 win 8192");
    arrives(". 5301:9301(4000) ack 101 win 8192");

    EXPECT_THAT(receive(4000), ElementsAre(delivers(4000)));
    EXPECT_THAT(receive(1000),
                ElementsAre(delivers(1000), transmits(". 101:101(0) ack 9301 win 16000")));
}

}  // namespace
}  // namespace tcplab::test
