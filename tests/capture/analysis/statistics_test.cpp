#include "capture/analysis/round_trips.h"
#include "tests/capture/conversation.h"

#include <gtest/gtest.h>

// What a sender waited for, and how its round trips spread.
namespace tcplab::test {
namespace {

using capture::RoundTrips;
using std::chrono::milliseconds;
using Wait = capture::SideStatistics::Wait;

Duration waited(const Told& told, Wait wait) {
    return told.flows[0].statistics[Side::Client].waited[wait];
}

TEST(Waited, ForTheWindowWhereItWasFull) {
    const Told told = analysed(R"(
        0   > S  0:0(0) <mss 1000>
        10  < S. 0:0(0) ack 1 win 2000 <mss 1000>
        20  > .  1:1(0) ack 1
        20  > .  1:1001(1000) ack 1
        20  > .  1001:2001(1000) ack 1
        120 < .  1:1(0) ack 2001 win 2000
        120 > .  2001:3001(1000) ack 1
    )");
    EXPECT_EQ(waited(told, Wait::Window), milliseconds{100});
    EXPECT_EQ(waited(told, Wait::Congestion), milliseconds{0});
    EXPECT_EQ(waited(told, Wait::Application), milliseconds{0});
}

TEST(Waited, ForAnAckWhereTheWindowHadRoom) {
    const Told told = analysed(R"(
        0   > S  0:0(0) <mss 1000>
        10  < S. 0:0(0) ack 1 win 60000 <mss 1000>
        20  > .  1:1(0) ack 1
        20  > .  1:1001(1000) ack 1
        120 < .  1:1(0) ack 1001 win 60000
        120 > .  1001:2001(1000) ack 1
    )");
    EXPECT_EQ(waited(told, Wait::Congestion), milliseconds{100});
    EXPECT_EQ(waited(told, Wait::Window), milliseconds{0});
    EXPECT_EQ(waited(told, Wait::Application), milliseconds{0});
}

TEST(Waited, ForTheProgramWhereNothingWasLeftToSend) {
    const Told told = analysed(R"(
        0   > S  0:0(0) <mss 1000>
        10  < S. 0:0(0) ack 1 win 60000 <mss 1000>
        20  > .  1:1(0) ack 1
        20  > P. 1:101(100) ack 1
        40  < .  1:1(0) ack 101 win 60000
        520 > P. 101:1101(1000) ack 1
        540 < .  1:1(0) ack 1101 win 60000
        640 > P. 1101:1201(100) ack 1
    )");
    EXPECT_EQ(waited(told, Wait::Application), milliseconds{500 + 100});
    EXPECT_EQ(waited(told, Wait::Congestion), milliseconds{20});
}

// RFC 6691: a segment with options is full with so much less.
TEST(Waited, ForAnAckAfterASegmentThatIsFullButForItsOptions) {
    const Told told = analysed(R"(
        0   > S  0:0(0) <mss 1000,nop,nop,TS val 1 ecr 0>
        10  < S. 0:0(0) ack 1 win 60000 <mss 1000,nop,nop,TS val 1 ecr 1>
        20  > .  1:1(0) ack 1 <nop,nop,TS val 1 ecr 1>
        20  > .  1:989(988) ack 1 <nop,nop,TS val 1 ecr 1>
        50  < .  1:1(0) ack 989 win 60000 <nop,nop,TS val 1 ecr 1>
        50  > .  989:1977(988) ack 1 <nop,nop,TS val 1 ecr 1>
    )");
    EXPECT_EQ(waited(told, Wait::Congestion), milliseconds{30});
}

TEST(RoundTrips, HaveNoPercentileWithoutAMeasurement) {
    EXPECT_EQ(RoundTrips{}.percentile(50), std::nullopt);
    EXPECT_EQ(RoundTrips{}.mean(), std::nullopt);
}

TEST(RoundTrips, HavePercentilesByTheNearestRank) {
    RoundTrips times;
    for (const int time : {50, 10, 30, 20, 40}) times.add(milliseconds{time});

    EXPECT_EQ(times.percentile(1), milliseconds{10});
    EXPECT_EQ(times.percentile(40), milliseconds{20});
    EXPECT_EQ(times.percentile(50), milliseconds{30});
    EXPECT_EQ(times.percentile(95), milliseconds{50});
    EXPECT_EQ(times.percentile(100), milliseconds{50});
    EXPECT_EQ(times.mean(), milliseconds{30});
}

TEST(RoundTrips, KeepABoundedNumberThatStandsForAll) {
    RoundTrips times;
    for (int time = 1; time <= 100'000; ++time) times.add(milliseconds{time});

    EXPECT_LE(times.kept.size(), RoundTrips::kMostKept);
    EXPECT_EQ(times.count, 100'000U);
    const double median = std::chrono::duration<double>(*times.percentile(50)).count();
    EXPECT_NEAR(median, 50, 0.5);
}

}  // namespace
}  // namespace tcplab::test
