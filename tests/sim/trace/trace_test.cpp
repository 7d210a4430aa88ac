#include "sim/trace/trace.h"

#include "sim/tcp/timer.h"
#include "sim/trace/label.h"

#include <gmock/gmock.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <set>

namespace tcplab {
namespace {

using namespace std::chrono_literals;
using tcp::State;

class TraceTest : public testing::Test {
protected:
    void SetUp() override { trace.connection({.id = 0}); }
    void enter(Moment moment, Side side, State from, State to) {
        trace.entry({.at = Instant{1ms * moment},
                     .moment = moment,
                     .side = side,
                     .cause = 9,
                     .what = Entered{from, to}});
    }
    Trace trace{Origin::Captured};
};

TEST_F(TraceTest, BandsCoverAllMomentsWithoutAGap) {
    enter(2, Side::Client, State::Closed, State::SynSent);
    enter(3, Side::Server, State::Closed, State::Listen);
    enter(5, Side::Client, State::SynSent, State::Established);

    const std::vector<Band> found = bands(trace, 0, Side::Client);

    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].state, State::Closed);
    EXPECT_EQ(found[0].from, 0U);
    EXPECT_EQ(found[0].to, 2U);
    EXPECT_EQ(found[1].to, 5U);
    EXPECT_EQ(found[1].cause, 9U);
    EXPECT_EQ(found[2].state, State::Established);
    EXPECT_EQ(found[2].to, 6U);
}

TEST_F(TraceTest, TheStateAtAMomentIsThatOfItsBand) {
    enter(2, Side::Client, State::Closed, State::SynSent);

    EXPECT_EQ(stateAt(trace, 0, Side::Client, 1), State::Closed);
    EXPECT_EQ(stateAt(trace, 0, Side::Client, 2), State::SynSent);
    EXPECT_EQ(stateAt(trace, 0, Side::Server, 2), State::Closed);
}

TEST_F(TraceTest, KeepsOctetsAndFindsPacketsByNumber) {
    const std::array<std::uint8_t, 3> first{1, 2, 3};
    const std::array<std::uint8_t, 1> second{9};
    trace.packet({.number = 4}, first);
    trace.packet({.number = 7}, second);

    ASSERT_NE(trace.find(7), nullptr);
    EXPECT_THAT(trace.octetsOf(*trace.find(7)), testing::ElementsAre(9));
    EXPECT_THAT(trace.octetsOf(*trace.find(4)), testing::ElementsAre(1, 2, 3));
    EXPECT_EQ(trace.find(5), nullptr);
}

TEST_F(TraceTest, ArrivalAndLossCompleteThePacketsJourney) {
    trace.packet({.number = 1}, {});
    trace.packet({.number = 2}, {});

    trace.entry({.at = Instant{5ms}, .moment = 3, .what = Arrived{1}});
    trace.entry({.at = Instant{6ms}, .moment = 4, .what = Lost{2}});

    EXPECT_EQ(trace.find(1)->transit.arrived, (Sighting{Instant{5ms}, 3}));
    EXPECT_EQ(trace.find(2)->transit.lost, (Sighting{Instant{6ms}, 4}));
    EXPECT_FALSE(trace.find(2)->transit.arrived);
    EXPECT_EQ(trace.moments(), 4U);
}

TEST(TimerNames, EachIsItsOwnInBothLanguages) {
    std::set<std::string_view> chinese;
    for (const tcp::Timer timer : tcp::kTimers) {
        const Text name = nameOfTimer(toString(timer));
        EXPECT_EQ(name.en, toString(timer));
        EXPECT_TRUE(chinese.insert(name.zh).second) << name.en;
    }
    EXPECT_EQ(nameOfTimer("time-wait").zh, "时间等待");
    EXPECT_EQ(nameOfTimer("keep-alive").zh, "保活");
}

}  // namespace
}  // namespace tcplab
