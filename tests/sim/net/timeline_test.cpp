#include "sim/net/timeline.h"

#include "sim/net/scheduler.h"
#include "tests/support/scenario.h"

#include <cstddef>
#include <vector>

namespace tcplab::net {
namespace {

/// Plays the scenario to its end. The worlds of all positions.
std::vector<World> playToEnd(Timeline& timeline, const Scenario& scenario) {
    std::vector<World> seen{timeline.world()};
    for (auto due = nextDue(timeline.world()); due; due = nextDue(timeline.world())) {
        if (scenario.until && *scenario.until < due->at) break;
        (void)timeline.advance(due->choice);
        seen.push_back(timeline.world());
    }
    return seen;
}

class ScenarioInTime : public testing::TestWithParam<Scenario> {};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         ScenarioInTime,
                         testing::ValuesIn(builtInScenarios()),
                         test::NameOfScenario{});

TEST_P(ScenarioInTime, SeekingToAnyPositionShowsTheWorldOfTheFirstTime) {
    Timeline timeline{begin(GetParam(), 1), 4};
    const std::vector<World> seen = playToEnd(timeline, GetParam());

    ASSERT_GT(seen.size(), 3U);
    for (std::size_t position = seen.size(); position-- > 0;) {
        timeline.seek(position);
        EXPECT_EQ(timeline.world(), seen[position]) << "going back to " << position;
    }
    for (std::size_t position = 0; position < seen.size(); position += 3) {
        timeline.seek(position);
        EXPECT_EQ(timeline.world(), seen[position]) << "jumping ahead to " << position;
    }
}

TEST_P(ScenarioInTime, WorldsAtDifferentPositionsDiffer) {
    Timeline timeline{begin(GetParam(), 1)};
    const std::vector<World> seen = playToEnd(timeline, GetParam());

    for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_NE(seen[i - 1], seen[i]) << "step " << i;
}

TEST(Timeline, AnotherChoiceInThePastBeginsAnotherFuture) {
    const Scenario scenario = *scenarioNamed("handshake");
    Timeline timeline{begin(scenario, 1), 2};
    const std::size_t length = playToEnd(timeline, scenario).size() - 1;

    std::size_t flying = 0;
    for (timeline.seek(0); timeline.world().inFlight.empty(); timeline.seek(flying)) ++flying;
    (void)timeline.advance(Drop{timeline.world().inFlight.front().number});

    EXPECT_EQ(timeline.length(), flying + 1);
    EXPECT_EQ(timeline.world().hosts[Side::Server].endpoint.state(), tcp::State::Listen);
    EXPECT_GT(flying + playToEnd(timeline, scenario).size(), length);
    EXPECT_EQ(timeline.world().hosts[Side::Server].endpoint.state(), tcp::State::Established);
}

TEST(Timeline, KeepsToItsBudgetOfCheckpointsAndStillFindsEveryPosition) {
    const Scenario scenario = *scenarioNamed("transfer");
    Timeline timeline{begin(scenario, 1), 1, 3};
    const std::vector<World> seen = playToEnd(timeline, scenario);

    for (std::size_t position = 0; position < seen.size(); ++position) {
        timeline.seek(position);
        ASSERT_EQ(timeline.world(), seen[position]) << position;
    }
}

}  // namespace
}  // namespace tcplab::net
