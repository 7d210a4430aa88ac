#include "sim/net/link.h"

#include "sim/net/scheduler.h"
#include "tests/support/notation.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <string>
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
    [client]
    profile = "textbook"
    congestion_control = "none"
    program = [ { call = "connect" }, { call = "send", size = 2000 } ]
    [server]
    profile = "textbook"
    program = [ { call = "listen" } ]
)";

Scenario twoSegments(const std::string& link) {
    return test::scenario("link = { " + link + " }" + kTwoSegments);
}

TEST(Link, TakesItsDelay) {
    const auto arrivals = arrivalsAtServer(twoSegments("delay = \"3 ms\""));

    EXPECT_THAT(arrivals,
                testing::ElementsAre(Instant{3ms}, Instant{9ms}, Instant{9ms}, Instant{9ms}));
}

TEST(Link, AFaultBefallsTheNthPacketThatMatchesOnce) {
    const auto arrivals = arrivalsAtServer(
        twoSegments("faults = [ { drop = \"data\", from = \"client\", nth = 2 } ]"));

    // The first segment's ACK, at 40 ms, restarts the timer of one second (RFC 6298 (5.3)).
    EXPECT_THAT(arrivals,
                testing::ElementsAre(Instant{10ms}, Instant{30ms}, Instant{30ms}, Instant{1050ms}));
}

TEST(Link, ADelayedPacketIsOvertaken) {
    World world = begin(
        twoSegments("faults = [ { delay = \"data\", by = \"5 ms\", from = \"client\" } ]"), 1);
    std::vector<std::uint32_t> order;
    for (auto due = nextDue(world); due; due = nextDue(world)) {
        if (const auto* delivery = std::get_if<Deliver>(&due->choice))
            order.push_back(delivery->packet);
        (void)step(world, due->choice);
    }

    // 1 SYN, 2 SYN-ACK, 3 ACK, 4 and 5 data, of which 4 is held up; 6 and 7 acknowledge.
    EXPECT_THAT(order, testing::ElementsAre(1, 2, 3, 5, 4, 6, 7));
}

TEST(Link, ARateSpreadsPacketsOut) {
    // 1500 octets at 1.2 Mbit/s take 10 ms, and the 580 of the second segment 3.867 ms.
    const auto arrivals = arrivalsAtServer(twoSegments("rate = 1_200_000"));

    ASSERT_EQ(arrivals.size(), 4U);
    EXPECT_EQ((arrivals[2] - arrivals[1]) / 1us, 10'000);
    EXPECT_EQ((arrivals[3] - arrivals[2]) / 1us, 3866);
}

TEST(Link, AFullQueueLosesWhatComesNext) {
    // The ACK is being sent when both segments come; one of them may wait.
    const auto arrivals = arrivalsAtServer(twoSegments("rate = 1_200_000, queue = 1"));

    EXPECT_GT(arrivals.back() - arrivals.front(), 1s) << "the second segment was sent again";
}

TEST(Link, APacketLongerThanTheMtuNeverLeaves) {
    const auto arrivals = arrivalsAtServer(twoSegments("mtu = 1000"));

    EXPECT_EQ(arrivals.size(), 3U) << "SYN, ACK and the small segment";
}

TEST(Link, ADuplicatedPacketArrivesTwice) {
    const auto arrivals =
        arrivalsAtServer(twoSegments("faults = [ { duplicate = \"SYN\", from = \"client\" } ]"));

    ASSERT_GE(arrivals.size(), 5U);
    EXPECT_EQ(arrivals[0], arrivals[1]);
}

TEST(Link, ADamagedPacketArrivesAndIsDiscardedForItsChecksum) {
    World world = begin(twoSegments("faults = [ { corrupt = \"SYN\", from = \"client\" } ]"), 1);
    std::vector<std::string> discards;
    for (auto due = nextDue(world); due; due = nextDue(world)) {
        for (const Deed& deed : step(world, due->choice).deeds) {
            const auto* acted = std::get_if<Acted>(&deed);
            if (acted == nullptr) continue;
            if (const auto* discard = std::get_if<tcp::Discard>(&acted->action))
                discards.push_back(discard->why.citation());
        }
    }

    EXPECT_THAT(discards, testing::ElementsAre("RFC 9293 3.1"));
    EXPECT_EQ(world.hosts[Side::Server].endpoint.state(), tcp::State::Established);
}

TEST(Link, JitterDelaysAndKeepsTheOrder) {
    Link link{.jitter = 20ms};
    Rng rng{1};
    Instant last{};
    Duration longest{};
    for (int n = 0; n < 300; ++n) {
        const Instant now{100ms * n};
        const Journey journey = depart(link, {}, 40, now, rng);
        EXPECT_GE(journey.due, last);
        EXPECT_GE(journey.due, now + 10ms);
        EXPECT_LE(journey.due, now + 30ms);
        last = journey.due;
        longest = std::max(longest, journey.due - now);
    }
    EXPECT_GT(longest, 25ms);
}

TEST(Link, ReorderingLetsPacketsOvertakeEachOther) {
    Link link{.reordering = {Chance::kAlways / 3}};
    Rng rng{1};
    Instant last{};
    int overtaken = 0;
    for (int n = 0; n < 300; ++n) {
        const Instant due = depart(link, {}, 40, Instant{1ms * n}, rng).due;
        overtaken += due < last ? 1 : 0;
        last = due;
    }

    EXPECT_GT(overtaken, 30);
}

TEST(Link, ChanceFollowsItsShare) {
    Link link{.loss = {250'000}, .duplication = {100'000}, .corruption = {50'000}};
    Rng rng{7};
    int lost = 0;
    int twice = 0;
    int corrupt = 0;
    for (int n = 0; n < 10'000; ++n) {
        const Journey journey = depart(link, {}, 40, Instant{1ms * n}, rng);
        lost += journey.lost ? 1 : 0;
        twice += journey.twice ? 1 : 0;
        corrupt += journey.corrupt ? 1 : 0;
    }

    EXPECT_NEAR(lost, 2500, 150);
    EXPECT_NEAR(twice, 1000, 100);
    EXPECT_NEAR(corrupt, 500, 75);
}

}  // namespace
}  // namespace tcplab::net
