// RFC 5681 and RFC 6582. The figures are worked out by hand from the formulas.

#include "sim/tcp/new_reno.h"

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::NewReno;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

/// An initial window of so many segments.
tcp::Config segments(std::uint32_t count) {
    tcp::Config config;
    config.initialWindow = count;
    return config;
}

TEST(NewReno, StartsWithTheWindowOfTheFormula) {
    const auto initial = [](std::uint32_t smss) {
        NewReno reno;
        reno.start(smss, {});
        return reno.window() / smss;
    };

    EXPECT_EQ(initial(536), 4U);
    EXPECT_EQ(initial(1095), 4U);
    EXPECT_EQ(initial(1096), 3U);
    EXPECT_EQ(initial(1460), 3U);
    EXPECT_EQ(initial(2191), 2U);
}

TEST(NewReno, DoublesInSlowStartAndThenGrowsBySegmentPerWindow) {
    NewReno reno;
    reno.start(1000, segments(1));
    std::uint32_t ack = 0;
    const auto acknowledge = [&](std::uint32_t count) {
        EXPECT_FALSE(reno.acknowledged(Seq{ack += count}, count, 0));
    };
    acknowledge(1000);
    EXPECT_EQ(reno.window(), 2000U);
    acknowledge(1000);
    acknowledge(1000);
    EXPECT_EQ(reno.window(), 4000U);

    reno.timedOut(Seq{ack}, 8000);
    EXPECT_EQ(reno.threshold(), 4000U);
    EXPECT_EQ(reno.window(), 1000U);
    acknowledge(1);  // All that was in flight; recovery is over.
    for (int n = 0; n < 3; ++n) acknowledge(1000);
    EXPECT_EQ(reno.window(), 4000U);
    for (int n = 0; n < 4; ++n) acknowledge(1000);
    EXPECT_NEAR(reno.window(), 5000, 110);
}

TEST(NewReno, TheThirdDuplicateHalvesTheWindow) {
    NewReno reno;
    reno.start(1000, segments(10));

    EXPECT_FALSE(reno.duplicateAck(Seq{10000}, 10000));
    EXPECT_FALSE(reno.duplicateAck(Seq{10000}, 10000));
    EXPECT_TRUE(reno.duplicateAck(Seq{10000}, 10000));
    EXPECT_EQ(reno.threshold(), 5000U);
    EXPECT_EQ(reno.window(), 8000U);
    EXPECT_FALSE(reno.duplicateAck(Seq{10000}, 10000));
    EXPECT_EQ(reno.window(), 9000U);

    EXPECT_FALSE(reno.acknowledged(Seq{10000}, 10000, 0));
    EXPECT_EQ(reno.window(), 2000U);  // min(ssthresh, max(flight, SMSS) + SMSS)
    EXPECT_FALSE(reno.inFastRecovery());
}

TEST(NewReno, NeverHalvesBelowTwoSegments) {
    NewReno reno;
    reno.start(1000, segments(1));

    reno.timedOut(Seq{1000}, 1000);

    EXPECT_EQ(reno.threshold(), 2000U);
}

class Congestion : public EndpointTest {
protected:
    void SetUp() override {
        config.congestionControl = tcp::Config::CongestionControl::NewReno;
        config.initialWindow = 4;
        establish();  // The peer's MSS is 536.
    }
};

TEST_F(Congestion, TheWindowOfSlowStartLimitsWhatLeaves) {
    EXPECT_EQ(send(5000).size(), 4U);

    EXPECT_THAT(
        arrives(". 301:301(0) ack 637 win 8192"),
        ElementsAre(transmits(". 2245:2781(536) ack 301"), transmits(". 2781:3317(536) ack 301")));
}

TEST_F(Congestion, ThreeDuplicateAcksBringTheSegmentThatTheyAskFor) {
    send(5000);
    EXPECT_THAT(arrives(". 301:301(0) ack 101 win 8192"), IsEmpty());
    EXPECT_THAT(arrives(". 301:301(0) ack 101 win 8192"), IsEmpty());

    EXPECT_THAT(arrives(". 301:301(0) ack 101 win 8192"),
                Contains(transmits(". 101:637(536) ack 301")));
}

TEST_F(Congestion, APartialAckBringsTheNextHole) {
    send(5000);
    for (int n = 0; n < 3; ++n) arrives(". 301:301(0) ack 101 win 8192");

    EXPECT_THAT(arrives(". 301:301(0) ack 637 win 8192"),
                Contains(transmits(". 637:1173(536) ack 301")));
}

TEST_F(Congestion, AWindowUpdateIsNoDuplicateAck) {
    send(5000);
    arrives(". 301:301(0) ack 101 win 8193");
    arrives(". 301:301(0) ack 101 win 8194");

    EXPECT_THAT(arrives(". 301:301(0) ack 101 win 8195"), IsEmpty());
}

TEST_F(Congestion, ATimeoutStartsAgainWithOneSegment) {
    send(5000);

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits(". 101:637(536) ack 301")));
    EXPECT_EQ(endpoint.tcb().congestion.window(), 536U);
    EXPECT_EQ(endpoint.tcb().congestion.threshold(), 1072U);
}

TEST_F(Congestion, AfterALostSynOneSegmentMayLeave) {
    endpoint = {};
    connect();
    nextTimeout();
    arrives("S. 300:300(0) ack 101 win 8192");

    EXPECT_EQ(send(5000).size(), 1U);
}

}  // namespace
}  // namespace tcplab::test
