// A sender that detects losses by time: RFC 8985, RFC 6675, RFC 6937, RFC 9438, RFC 5682. Figures
// are worked out by hand from the formulas; the peer's MSS is 1000 and the round trip 100 ms.

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::Config;
using Phase = tcp::LossRecovery::Phase;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class LossRecovery : public EndpointTest {
protected:
    void SetUp() override {
        config.congestionControl = Config::CongestionControl::Cubic;
        config.lossDetection = Config::LossDetection::Rack;
        config.initialWindow = 10;
        config.sack = true;
        config.minimumRto = 200ms;
        config.clockGranularity = 200ms;
        connect();
        now += 100ms;
        arrives("S. 300:300(0) ack 101 win 60000 <mss 1000,sackOK,nop,nop>");
    }
    /// An ACK a round trip after what it speaks of has left.
    tcp::Actions ack(const std::string& number, const std::string& sack = "") {
        const std::string options = sack.empty() ? "" : " <sack " + sack + ",nop,nop>";
        return arrives(". 301:301(0) ack " + number + " win 60000" + options);
    }
    [[nodiscard]] const tcp::LossRecovery& recovery() const { return endpoint.tcb().recovery; }
    [[nodiscard]] std::optional<Duration> due(tcp::Timer timer) const {
        const auto at = endpoint.tcb().timers.due(timer);
        return at ? std::optional{*at - now} : std::nullopt;
    }
};

TEST_F(LossRecovery, SendsAgainWhatTheThirdSackLeavesOut) {
    send(10'000);
    now += 100ms;
    EXPECT_THAT(ack("101", "1101:2101"), IsEmpty());
    EXPECT_EQ(recovery().phase, Phase::Disorder);
    EXPECT_THAT(ack("101", "1101:3101"), IsEmpty());

    EXPECT_THAT(ack("101", "1101:4101"), ElementsAre(transmits(". 101:1101(1000) ack 301")));
    EXPECT_EQ(recovery().phase, Phase::Recovery);
    EXPECT_EQ(recovery().threshold, 7U);  // 0.7 of ten
    EXPECT_EQ(recovery().scoreboard.lost(), 1U);
}

TEST_F(LossRecovery, LetsNewOctetsGoForEachSackBeforeThat) {
    send(12'000);
    now += 100ms;

    EXPECT_THAT(ack("101", "1101:2101"), ElementsAre(transmits(". 10101:11101(1000) ack 301")));
    EXPECT_THAT(ack("101", "1101:3101"), ElementsAre(transmits("P. 11101:12101(1000) ack 301")));
}

TEST_F(LossRecovery, SendsSeveralHolesAgainInOneRoundTrip) {
    send(10'000);
    now += 100ms;
    ack("101", "6101:7101");
    ack("101", "6101:8101");
    EXPECT_THAT(ack("101", "6101:9101"), Contains(transmits(". 101:1101(1000) ack 301")));
    EXPECT_THAT(ack("101", "6101:10101"), Contains(transmits(". 1101:2101(1000) ack 301")));
    EXPECT_EQ(recovery().scoreboard.lost(), 6U);

    now += 100ms;
    ack("1101", "6101:10101");
    EXPECT_GE(recovery().scoreboard.retransmitting(), 2U);
}

TEST_F(LossRecovery, WaitsAQuarterOfTheRoundTripBeforeOneSackMeansALoss) {
    send(10'000);
    now += 100ms;
    EXPECT_THAT(ack("101", "7101:8101"), IsEmpty());
    EXPECT_EQ(due(tcp::Timer::Reordering), 27ms);  // 100 ms / 4, and 2 ms of slack

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 101:1101(1000) ack 301")));
    EXPECT_EQ(recovery().scoreboard.lost(), 7U);
}

TEST_F(LossRecovery, LearnsHowMuchReorderingThereIs) {
    send(10'000);
    now += 100ms;
    ack("101", "9101:10101");

    ack("101", "3101:4101 9101:10101");

    EXPECT_EQ(recovery().reordering, 7U);
    EXPECT_EQ(recovery().rack.reorderings(), 1U);
}

TEST_F(LossRecovery, LeavesWithTheReducedWindow) {
    send(10'000);
    now += 100ms;
    for (const char* sack : {"1101:2101", "1101:3101", "1101:4101"}) ack("101", sack);
    now += 100ms;

    ack("10101");

    EXPECT_EQ(recovery().phase, Phase::Open);
    EXPECT_EQ(recovery().window, 8U);  // Seven, and one that CUBIC adds for seven delivered.
}

TEST_F(LossRecovery, TakesTheReductionBackWhereADsackNamesAllThatWasSentAgain) {
    send(10'000);
    now += 100ms;
    for (const char* sack : {"1101:2101", "1101:3101", "1101:4101"}) ack("101", sack);
    now += 10ms;
    ack("10101");
    EXPECT_LT(recovery().window, 10U);
    now += 90ms;

    ack("10101", "101:1101");

    EXPECT_EQ(recovery().window, 10U);
    EXPECT_EQ(recovery().phase, Phase::Open);
}

TEST_F(LossRecovery, DoublesInSlowStartWhereTheWindowIsUsed) {
    send(20'000);
    now += 100ms;

    ack("2101");
    EXPECT_EQ(recovery().window, 12U);
    ack("10101");
    EXPECT_EQ(recovery().window, 20U);
}

TEST_F(LossRecovery, DoesNotGrowAWindowThatIsNotUsed) {
    send(4'000);
    now += 100ms;

    ack("4101");

    EXPECT_EQ(recovery().window, 10U);
}

TEST_F(LossRecovery, ProbesForALostTailAfterTwoRoundTrips) {
    config.tailLossProbe = true;
    send(3'000);
    EXPECT_EQ(due(tcp::Timer::LossProbe), 202ms);

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits("P. 2101:3101(1000) ack 301")));
    EXPECT_EQ(due(tcp::Timer::Retransmission), 300ms);
    now += 100ms;

    // Only the probe has arrived: what left long before it is lost.
    EXPECT_THAT(ack("101", "2101:3101"), Contains(transmits(". 101:1101(1000) ack 301")));
}

TEST_F(LossRecovery, ProbesWithNewOctetsWhereThereAreSome) {
    config.tailLossProbe = true;
    config.nagle = true;
    send(1'500);

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits("P. 1101:1601(500) ack 301")));
}

TEST_F(LossRecovery, AProbeThatCameTwiceIsNoLoss) {
    config.tailLossProbe = true;
    send(3'000);
    nextTimeout();
    now += 10ms;
    ack("3101");
    now += 90ms;

    ack("3101", "2101:3101");

    EXPECT_EQ(recovery().window, 10U);
    EXPECT_FALSE(recovery().probe.has_value());
}

TEST_F(LossRecovery, WaitsForTheTimeoutWhereThereIsNoProbe) {
    send(3'000);

    EXPECT_EQ(due(tcp::Timer::LossProbe), std::nullopt);
    EXPECT_EQ(due(tcp::Timer::Retransmission), 300ms);
    EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 101:1101(1000) ack 301")));
    EXPECT_EQ(recovery().phase, Phase::Loss);
    EXPECT_EQ(recovery().window, 1U);
    EXPECT_EQ(recovery().threshold, 7U);
}

TEST_F(LossRecovery, AfterATimeoutSendsTheRestAsTheWindowGrows) {
    send(3'000);
    nextTimeout();
    now += 100ms;

    EXPECT_THAT(ack("1101"),
                ElementsAre(transmits(". 1101:2101(1000) ack 301"),
                            transmits("P. 2101:3101(1000) ack 301")));
}

TEST_F(LossRecovery, ATimeoutIsSpuriousWhereWhatWasSentOnceArrives) {
    config.forwardRto = true;
    send(10'000);
    nextTimeout();
    EXPECT_EQ(recovery().window, 1U);
    now += 10ms;

    ack("101", "4101:5101");

    EXPECT_EQ(recovery().phase, Phase::Disorder);
    EXPECT_GE(recovery().window, 10U);
    EXPECT_EQ(recovery().scoreboard.lost(), 0U);
}

TEST_F(LossRecovery, AfterATimeoutTriesNewOctetsFirst) {
    config.forwardRto = true;
    send(12'000);
    nextTimeout();
    now += 100ms;

    EXPECT_THAT(ack("1101"),
                ElementsAre(transmits(". 10101:11101(1000) ack 301"),
                            transmits("P. 11101:12101(1000) ack 301")));
}

TEST_F(LossRecovery, EndsSlowStartWhereRoundTripsGrow) {
    config.hystart = true;
    config.initialWindow = 20;
    endpoint = {};
    connect();
    now += 100ms;
    arrives("S. 300:300(0) ack 101 win 60000 <mss 1000,sackOK,nop,nop>");
    send(60'000);
    now += 130ms;
    std::uint32_t number = 101;
    for (int n = 0; n < 12; ++n) {
        now += 5ms;
        ack(std::to_string(number += 1000));
    }

    EXPECT_LT(recovery().threshold, 40U);
    EXPECT_FALSE(recovery().slowStart());
}

TEST_F(LossRecovery, WithoutSackThreeDuplicatesMeanALoss) {
    config.sack = false;
    endpoint = {};
    connect();
    now += 100ms;
    arrives("S. 300:300(0) ack 101 win 60000 <mss 1000>");
    ack("101");  // The first ACK beyond the SYN is news of the window.
    send(10'000);
    now += 100ms;
    EXPECT_THAT(ack("101"), IsEmpty());
    EXPECT_THAT(ack("101"), IsEmpty());

    EXPECT_THAT(ack("101"), ElementsAre(transmits(". 101:1101(1000) ack 301")));
    EXPECT_EQ(recovery().phase, Phase::Recovery);
    EXPECT_THAT(ack("2101"), Contains(transmits(". 2101:3101(1000) ack 301")));
}

TEST_F(LossRecovery, ReducesProportionallyWhereCongestionIsToldWithoutALoss) {
    config.ecn = Config::EcnUse::Offered;
    endpoint = {};
    connect();
    now += 100ms;
    arrives("SE. 300:300(0) ack 101 win 60000 <mss 1000,sackOK,nop,nop>");
    send(4'000);
    now += 100ms;

    arrives("E. 301:301(0) ack 1101 win 60000");

    EXPECT_EQ(recovery().phase, Phase::Cwr);
    EXPECT_EQ(recovery().threshold, 7U);
    EXPECT_EQ(recovery().window, 5U);  // Three in flight, one delivered, and one for slow start.
}

class Bursts : public LossRecovery {};

TEST_F(Bursts, OfTwoSegmentsArePushed) {
    config.pushBursts = 2;
    config.initialWindow = 5;
    endpoint = {};
    connect();
    now += 100ms;
    arrives("S. 300:300(0) ack 101 win 60000 <mss 1000,sackOK,nop,nop>");

    EXPECT_THAT(send(20'000),
                ElementsAre(transmits(". 101:1101(1000) ack 301"),
                            transmits("P. 1101:2101(1000) ack 301"),
                            transmits(". 2101:3101(1000) ack 301"),
                            transmits("P. 3101:4101(1000) ack 301"),
                            transmits(". 4101:5101(1000) ack 301")));
}

TEST_F(Bursts, OctetsThatMoreIsToFollowWaitAndAreNotPushed) {
    EXPECT_THAT(on(tcp::Send{.octets = Bytes{std::string(40, 'x')}, .more = true}), IsEmpty());
    EXPECT_THAT(on(tcp::Send{.octets = Bytes{std::string(10, 'x')}}),
                ElementsAre(transmits("P. 101:151(50) ack 301")));

    EXPECT_THAT(on(tcp::Send{.octets = Bytes{std::string(1100, 'x')}, .more = true}),
                ElementsAre(transmits(". 151:1151(1000) ack 301")));
    EXPECT_THAT(ack("1151"), ElementsAre(transmits(". 1151:1251(100) ack 301")));
}

TEST(Cubic, ReducesToSevenTenths) {
    tcp::Cubic cubic;

    EXPECT_EQ(cubic.reduce(10), 7U);
    EXPECT_EQ(cubic.reduce(2), 2U);
}

TEST(Cubic, ReachesItsLastMaximumAfterKSecondsAndThenProbes) {
    tcp::Cubic cubic;
    std::uint32_t window = cubic.reduce(100);  // K = cbrt(30 / 0.4) = 4.2 s
    EXPECT_EQ(window, 70U);
    std::uint32_t counted = 0;
    Instant now{};
    const auto run = [&](Duration length) {
        for (const Instant end = now + length; now < end; now += 100ms)  // A round trip.
            for (std::uint32_t n = window; n > 0; --n)
                if (++counted >= cubic.segmentsForOne(window, 1, 100ms, now)) {
                    counted = 0;
                    ++window;
                }
    };
    run(4200ms);
    EXPECT_NEAR(window, 100, 6);
    run(2s);
    EXPECT_GE(window, 100U);
    EXPECT_LE(window, 115U);
    run(4s);
    EXPECT_GT(window, 140U);
}

}  // namespace
}  // namespace tcplab::test
