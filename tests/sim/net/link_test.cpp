#include "sim/net/link.h"

#include "sim/net/scheduler.h"
#include "tests/support/notation.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <chrono>
#include <vector>

namespace tcplab::net {
namespace {

using namespace std::chrono_literals;
using Match = Fault::Match;
using test::operator""_seg;

TEST(Fault, MatchesSegmentsByWhatTheyDo) {
    EXPECT_TRUE(matches(Match::Syn, "S 1:1(0)"_seg));
    EXPECT_FALSE(matches(Match::Syn, "S. 1:1(0) ack 1"_seg));
    EXPECT_TRUE(matches(Match::SynAck, "S. 1:1(0) ack 1"_seg));
    EXPECT_TRUE(matches(Match::Ack, ". 1:1(0) ack 1"_seg));
    EXPECT_FALSE(matches(Match::Ack, "P. 1:2(1) ack 1"_seg));
    EXPECT_FALSE(matches(Match::Ack, "F. 1:1(0) ack 1"_seg));
    EXPECT_TRUE(matches(Match::Data, "P. 1:2(1) ack 1"_seg));
    EXPECT_TRUE(matches(Match::Fin, "F. 1:1(0) ack 1"_seg));
    EXPECT_TRUE(matches(Match::Rst, "R 1:1(0)"_seg));
    EXPECT_TRUE(matches(Match::Any, "none 1:1(0)"_seg));
}

/// When the packets from the client arrive; lost ones do not.
std::vector<Instant> arrivalsAtServer(const Scenario& scenario) {
    std::vector<Instant> arrivals;
    World world = begin(scenario, 1);
    for (auto due = nextDue(world); due; due = nextDue(world)) {
        const Outcome outcome = step(world, due->choice);
        if (std::holds_alternative<PacketArrived>(outcome.deeds.front()) &&
            outcome.side == Side::Server)
            arrivals.push_back(world.now);
        if (world.now > Instant{3s}) break;
    }
    return arrivals;
}

constexpr const char* kTwoSegments = R"(
    client = { program = [ { call = "connect" }, { call = "send", size = 2000 } ] }
    server = { program = [ { call = "listen" } ] }
)";

TEST(Link, TakesItsDelay) {
    const auto arrivals =
        arrivalsAtServer(test::scenario(std::string{"link = { delay = \"3 ms\" }"} + kTwoSegments));

    EXPECT_THAT(arrivals,
                testing::ElementsAre(Instant{3ms}, Instant{9ms}, Instant{9ms}, Instant{9ms}));
}

TEST(Link, AFaultBefallsTheNthPacketThatMatchesOnce) {
    const auto arrivals = arrivalsAtServer(test::scenario(
        std::string{"link = { faults = [ { drop = \"data\", from = \"client\", nth = 2 } ] }"} +
        kTwoSegments));

    // The first segment's ACK, at 40 ms, restarts the timer of one second (RFC 6298 (5.3)).
    EXPECT_THAT(arrivals,
                testing::ElementsAre(Instant{10ms}, Instant{30ms}, Instant{30ms}, Instant{1050ms}));
}

TEST(Link, ADelayedPacketIsOvertaken) {
    const Scenario scenario = test::scenario(
        std::string{
            "link = { faults = [ { delay = \"data\", by = \"5 ms\", from = \"client\" } ] }"} +
        kTwoSegments);
    World world = begin(scenario, 1);
    std::vector<std::uint32_t> order;
    for (auto due = nextDue(world); due; due = nextDue(world)) {
        if (const auto* delivery = std::get_if<Deliver>(&due->choice))
            order.push_back(delivery->packet);
        (void)step(world, due->choice);
    }

    // 1 SYN, 2 SYN-ACK, 3 ACK, 4 and 5 data, of which 4 is held up; 6 and 7 acknowledge.
    EXPECT_THAT(order, testing::ElementsAre(1, 2, 3, 5, 4, 6, 7));
}

}  // namespace
}  // namespace tcplab::net
