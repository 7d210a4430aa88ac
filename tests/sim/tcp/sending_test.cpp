// Smaller choices in sending and acknowledging, urgent data, ICMP, and what silence waits for.

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::IcmpError;
using tcp::Notice;
using tcp::State;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

class SmallSegments : public EndpointTest {
protected:
    void SetUp() override { establish(); }
};

TEST_F(SmallSegments, ByMinshallsVariantWaitForSmallOnesOnly) {
    config.nagle = config.minshall = true;

    EXPECT_THAT(
        send(541),
        ElementsAre(transmits(". 101:637(536) ack 301"), transmits("P. 637:642(5) ack 301")));
    EXPECT_THAT(send(5), IsEmpty());
}

TEST_F(SmallSegments, DoNotLeaveWhileCorked) {
    config.cork = true;
    EXPECT_THAT(send(5), IsEmpty());
    EXPECT_THAT(send(535), ElementsAre(transmits(". 101:637(536) ack 301")));

    config.cork = false;
    EXPECT_THAT(on(tcp::ConfigChanged{}), ElementsAre(transmits("P. 637:641(4) ack 301")));
}

TEST_F(SmallSegments, TheAckOfAFinMayHaveToLeaveAtOnce) {
    config.delayedAck = 200ms;
    config.delayAckOfFin = false;

    EXPECT_THAT(arrives("F. 301:301(0) ack 101 win 8192"),
                Contains(transmits(". 101:101(0) ack 302")));
}

TEST_F(SmallSegments, TheFirstAcksMayLeaveAtOnceUntilOctetsAreSent) {
    config.delayedAck = 200ms;
    config.quickAcks = 2;
    EXPECT_EQ(arrives(". 301:311(10) ack 101 win 8192").size(), 1U);
    send(5);

    EXPECT_THAT(arrives(". 311:321(10) ack 106 win 8192"), IsEmpty());
}

TEST_F(SmallSegments, TheFirstAcksAreOnlySoMany) {
    config.delayedAck = 200ms;
    config.quickAcks = 1;
    EXPECT_EQ(arrives(". 301:311(10) ack 101 win 8192").size(), 1U);

    EXPECT_THAT(arrives(". 311:321(10) ack 101 win 8192"), IsEmpty());
}

TEST_F(SmallSegments, AnAckMayWaitForMoreThanOneSegmentsOctets) {
    config.delayedAck = 200ms;
    config.ackEverySecondSegment = false;
    EXPECT_THAT(arrives(". 301:401(100) ack 101 win 8192"), IsEmpty());
    EXPECT_THAT(arrives(". 401:402(1) ack 101 win 8192"),
                ElementsAre(transmits(". 101:101(0) ack 402")));
}

class CongestionChoices : public EndpointTest {
protected:
    void open(std::uint32_t mss) {
        config.congestionControl = tcp::Config::CongestionControl::NewReno;
        config.mtu = 9000;
        endpoint = {};
        connect();
        arrives("S. 300:300(0) ack 101 win 65535 <mss " + std::to_string(mss) + ">");
    }
};

TEST_F(CongestionChoices, TheLargeInitialWindowIsThatOfRfc6928) {
    config.largeInitialWindow = true;
    for (const auto& [mss, octets] :
         {std::pair{536U, 5360U}, std::pair{1460U, 14600U}, std::pair{8000U, 16000U}}) {
        open(mss);
        EXPECT_EQ(endpoint.tcb().congestion.window(), octets);
    }
}

TEST_F(CongestionChoices, TwoDuplicateAcksMayLetASegmentGoEach) {
    config.limitedTransmit = true;
    config.initialWindow = 3;
    open(1000);
    send(10'000);

    EXPECT_THAT(arrives(". 301:301(0) ack 101 win 65535"),
                ElementsAre(transmits(". 3101:4101(1000) ack 301")));
    EXPECT_THAT(arrives(". 301:301(0) ack 101 win 65535"),
                ElementsAre(transmits(". 4101:5101(1000) ack 301")));
    EXPECT_THAT(arrives(". 301:301(0) ack 101 win 65535"),
                Contains(transmits(". 101:1101(1000) ack 301")));
}

TEST_F(CongestionChoices, SlowStartMayGrowByTwoSegmentsForAnAckOfTwo) {
    config.initialWindow = 2;
    for (const auto& [limit, window] : {std::pair{1U, 3000U}, std::pair{2U, 4000U}}) {
        config.slowStartLimit = limit;
        open(1000);
        send(2000);
        arrives(". 301:301(0) ack 2101 win 65535");
        EXPECT_EQ(endpoint.tcb().congestion.window(), window);
    }
}

TEST_F(CongestionChoices, AfterALongSilenceTheInitialWindowHoldsAgain) {
    config.initialWindow = 2;
    for (const bool restarts : {true, false}) {
        config.restartAfterIdle = restarts;
        open(1000);
        send(2000);
        arrives(". 301:301(0) ack 1101 win 65535");
        arrives(". 301:301(0) ack 2101 win 65535");
        EXPECT_EQ(endpoint.tcb().congestion.window(), 4000U);
        now += 10s;
        EXPECT_EQ(send(10'000).size(), restarts ? 2U : 4U);
    }
}

class Urgent : public EndpointTest {
protected:
    void SetUp() override { establish(); }
};

TEST_F(Urgent, ThePointerNamesTheOctetAfterTheLastUrgentOne) {
    EXPECT_THAT(on(tcp::Send{Bytes{std::string(5, 'u')}, true}),
                ElementsAre(transmits("P.U 101:106(5) ack 301 urg 5")));
    EXPECT_THAT(send(3), ElementsAre(transmits("P. 106:109(3) ack 301")));
}

TEST_F(Urgent, DataMayBeOfAnyLength) {
    const auto sent = on(tcp::Send{Bytes{std::string(1000, 'u')}, true});

    EXPECT_THAT(sent,
                ElementsAre(transmits(".U 101:637(536) ack 301 urg 1000"),
                            transmits("P.U 637:1101(464) ack 301 urg 464")));
}

TEST_F(Urgent, TheProgramIsToldWhenThePointerAdvancesAndHowMuchIsAhead) {
    EXPECT_THAT(arrives(".U 301:311(10) ack 101 win 8192 urg 100"),
                Contains(signals(Notice::Urgent)));
    EXPECT_EQ(endpoint.tcb().urgentAhead(), 100U);
    receive(10);
    EXPECT_EQ(endpoint.tcb().urgentAhead(), 90U);

    EXPECT_THAT(arrives(".U 311:321(10) ack 101 win 8192 urg 90"),
                testing::Not(Contains(signals(Notice::Urgent))));
    EXPECT_THAT(arrives(".U 321:331(10) ack 101 win 8192 urg 90"),
                Contains(signals(Notice::Urgent)));
    EXPECT_EQ(endpoint.tcb().urgentAhead(), 100U);
}

class Icmp : public EndpointTest {
protected:
    tcp::Actions icmp(IcmpError error, std::uint32_t seq, std::uint32_t mtu = 0) {
        return on(tcp::IcmpArrives{error, Seq{seq}, mtu});
    }
};

TEST_F(Icmp, AHardErrorEndsTheConnection) {
    connect();

    EXPECT_THAT(icmp(IcmpError::PortUnreachable, 100),
                ElementsAre(signals(Notice::Unreachable), enters(State::Closed)));
}

TEST_F(Icmp, ASoftErrorIsToldAndNoMore) {
    connect();
    for (const IcmpError error : {IcmpError::NetUnreachable,
                                  IcmpError::HostUnreachable,
                                  IcmpError::SourceRouteFailed,
                                  IcmpError::TimeExceeded,
                                  IcmpError::ParameterProblem})
        EXPECT_THAT(icmp(error, 100), ElementsAre(signals(Notice::SoftError)));
}

TEST_F(Icmp, SourceQuenchIsIgnored) {
    establish();
    send(5);

    EXPECT_THAT(icmp(IcmpError::SourceQuench, 101), ElementsAre(discards()));
}

TEST_F(Icmp, AnErrorAboutNothingInFlightIsIgnored) {
    establish();
    send(5);
    EXPECT_THAT(icmp(IcmpError::PortUnreachable, 100), ElementsAre(discards()));
    EXPECT_THAT(icmp(IcmpError::PortUnreachable, 106), ElementsAre(discards()));

    EXPECT_THAT(icmp(IcmpError::PortUnreachable, 105), Contains(signals(Notice::Unreachable)));
}

TEST_F(Icmp, WhichErrorsAreHardMayDependOnThePhase) {
    config.hardWhenOpening = {IcmpError::TimeExceeded};
    config.hard = {};
    connect();
    EXPECT_THAT(icmp(IcmpError::PortUnreachable, 100), ElementsAre(signals(Notice::SoftError)));
    auto other = endpoint;
    EXPECT_THAT(icmp(IcmpError::TimeExceeded, 100), Contains(signals(Notice::Unreachable)));

    endpoint = other;
    arrives("S. 300:300(0) ack 101 win 8192");
    send(5);
    EXPECT_THAT(icmp(IcmpError::TimeExceeded, 101), ElementsAre(signals(Notice::SoftError)));
}

TEST_F(Icmp, TooBigMakesSegmentsSmallerAndSendsWhatWasLostAgain) {
    connect();
    arrives("S. 300:300(0) ack 101 win 8192 <mss 1460>");
    send(1460);

    EXPECT_THAT(
        icmp(IcmpError::TooBig, 101, 1040),
        ElementsAre(transmits(". 101:1101(1000) ack 301"), transmits("P. 1101:1561(460) ack 301")));
    EXPECT_EQ(endpoint.tcb().sendMss, 1000);
    EXPECT_THAT(icmp(IcmpError::TooBig, 101, 1500), ElementsAre(discards()));
}

TEST_F(Icmp, TooBigIsHeededInTheMssOfASynThatGoesAgain) {
    connect();
    icmp(IcmpError::TooBig, 100, 1240);

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits("S 100:100(0) <mss 1200>")));
}

TEST_F(Icmp, TooBigMayBeDoubtedWhileOpening) {
    config.tooBigWhileOpening = false;
    connect();

    EXPECT_THAT(icmp(IcmpError::TooBig, 100, 1240), ElementsAre(discards()));
}

class Explain : public EndpointTest {
protected:
    std::vector<std::string> explained(const tcp::Event& event) {
        std::vector<std::string> texts;
        for (const tcp::Silence& silence : endpoint.explain(event, now, config)) {
            EXPECT_TRUE(silence.why);
            EXPECT_FALSE(silence.zh.empty());
            texts.push_back(silence.en);
        }
        return texts;
    }
    static tcp::Event sending(std::size_t count) {
        return tcp::Send{Bytes{std::string(count, 'a')}};
    }
};

TEST_F(Explain, SaysWhatNaglesAlgorithmWaitsFor) {
    config.nagle = true;
    establish();
    send(536);

    EXPECT_THAT(explained(sending(5)), Contains("Nagle: 5 octets wait for the ACK of 1:537"));
    EXPECT_THAT(endpoint.explain(sending(5), now, config)[0].zh,
                testing::HasSubstr("5 字节等待 1:537 的确认"));
}

TEST_F(Explain, ChangesNothing) {
    config.nagle = true;
    establish();
    send(536);
    const auto before = endpoint;

    (void)explained(sending(5));

    EXPECT_EQ(endpoint, before);
}

TEST_F(Explain, SaysWhichWindowIsFull) {
    establish();
    arrives(". 301:301(0) ack 101 win 0");
    EXPECT_THAT(explained(sending(5)),
                Contains("Closed window: 5 octets wait for the peer to open it"));

    arrives(". 301:301(0) ack 101 win 100");
    EXPECT_THAT(explained(sending(500)),
                Contains("Window of 100 octets, 100 of it usable: 500 octets wait for more"));

    config.congestionControl = tcp::Config::CongestionControl::NewReno;
    config.initialWindow = 1;
    endpoint = {};
    establish();
    EXPECT_THAT(explained(sending(600)),
                Contains("Congestion window of 536 octets: 64 octets wait for the ACK of 1:537"));
}

TEST_F(Explain, AListenerHasNobodyWhoseWindowCouldBeClosed) {
    on(tcp::PassiveOpen{Seq{300}});

    EXPECT_THAT(explained(tcp::ConfigChanged{}), IsEmpty());
}

TEST_F(Explain, SaysWhenADelayedAckLeaves) {
    config.delayedAck = 200ms;
    establish();

    EXPECT_THAT(explained(tcp::SegmentArrives{"P. 301:306(5) ack 101 win 8192"_seg}),
                Contains("Delayed ACK: 1:6 is acknowledged in 200 ms at the latest"));
}

TEST_F(Explain, SaysWhatIsMissing) {
    establish();
    receive();

    EXPECT_THAT(explained(tcp::SegmentArrives{"P. 311:316(5) ack 101 win 8192"_seg}),
                ElementsAre("Gap: 5 octets are held until octet 1 comes",
                            "RECEIVE waits for octets or the peer's FIN"));
}

TEST_F(Explain, SaysWhatElseHoldsOctetsBack) {
    config.cork = true;
    establish();
    EXPECT_THAT(explained(sending(5)), Contains("Corked: 5 octets wait for a full segment of 536"));

    arrives(". 301:301(0) ack 101 win 2");
    send(5);
    EXPECT_THAT(explained(tcp::Close{}), Contains("The FIN follows the last of 5 octets"));
}

TEST_F(Explain, SaysThatChallengesAreLimited) {
    config.challengeAcks = 1;
    establish();
    arrives("R 401:401(0)");

    EXPECT_THAT(explained(tcp::SegmentArrives{"R 401:401(0)"_seg}),
                ElementsAre("Challenge ACKs: no more than 1 in 1000 ms"));
}

}  // namespace
}  // namespace tcplab::test
