#include "sim/trace/tap.h"

#include "sim/trace/simulate.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace tcplab {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

std::vector<PacketId> numbers(const std::vector<Passing>& seen) {
    std::vector<PacketId> found;
    for (const Passing& passing : seen) found.push_back(passing.packet);
    return found;
}

TEST(Tap, AtTheClientSeesItsPacketsLeaveAndTheOthersArrive) {
    const Trace trace = simulate(*net::scenarioNamed("handshake"));

    EXPECT_THAT(
        observe(trace, 0),
        ElementsAre(
            Passing{Instant{10ms}, 1}, Passing{Instant{30ms}, 2}, Passing{Instant{30ms}, 3}));
    EXPECT_THAT(
        observe(trace, 1),
        ElementsAre(
            Passing{Instant{20ms}, 1}, Passing{Instant{20ms}, 2}, Passing{Instant{40ms}, 3}));
    EXPECT_THAT(
        observe(trace, 0.5),
        ElementsAre(
            Passing{Instant{15ms}, 1}, Passing{Instant{25ms}, 2}, Passing{Instant{35ms}, 3}));
}

TEST(Tap, SeesCrossingPacketsInAnotherOrderAtEachEnd) {
    const Trace trace = simulate(*net::scenarioNamed("simultaneous-open"));

    EXPECT_THAT(numbers(observe(trace, 0)), ElementsAre(1, 2, 4, 3));
    EXPECT_THAT(numbers(observe(trace, 1)), ElementsAre(2, 1, 3, 4));
}

TEST(Tap, DoesNotSeeAPacketThatWasLostBeforeIt) {
    const Trace trace = simulate(*net::scenarioNamed("syn-lost"));

    EXPECT_EQ(numbers(observe(trace, 0.5)).front(), 1U);
    EXPECT_EQ(numbers(observe(trace, 1)).front(), 2U);
}

}  // namespace
}  // namespace tcplab
