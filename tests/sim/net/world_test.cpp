#include "sim/net/world.h"

#include "sim/net/scheduler.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <vector>

namespace tcplab::net {
namespace {

using namespace std::chrono_literals;
using tcp::State;
using testing::ElementsAre;
using testing::IsSupersetOf;

/// Plays a scenario and keeps what its programs were told: "client connect() = 0".
class Played {
public:
    explicit Played(const Scenario& scenario) : world{begin(scenario, 1)} {
        for (auto due = nextDue(world); due; due = nextDue(world)) {
            const Outcome outcome = step(world, due->choice);
            for (const Deed& deed : outcome.deeds)
                if (const auto* returned = std::get_if<CallReturned>(&deed))
                    results.push_back(std::string{toString(outcome.side)} + " " + returned->text +
                                      " = " + returned->result);
        }
    }
    [[nodiscard]] State state(Side side) const { return world.hosts[side].endpoint.state(); }

    World world;
    std::vector<std::string> results{};
};

constexpr std::string_view kServer = R"(
    [server]
    program = [ { call = "listen" }, { call = "accept" }, { call = "recv", until = "end" },
                { call = "close" } ]
)";

TEST(World, CallsReturnWhatASocketReturns) {
    const Played played{test::scenario(std::string{kServer} + R"(
        [client]
        program = [ { call = "connect" }, { call = "send", text = "hello" }, { call = "shutdown" },
                    { call = "recv" }, { call = "close" } ]
    )")};

    EXPECT_THAT(played.results,
                ElementsAre("server listen() = 0",
                            "client connect() = 0",
                            "client send(5) = 5",
                            "client shutdown(SHUT_WR) = 0",
                            "server accept() = 0",
                            "server recv(4096) = 5",
                            "server recv(4096) = 0",
                            "server close() = 0",
                            "client recv(4096) = 0",
                            "client close() = 0"));
}

TEST(World, ConnectingToAClosedPortIsRefused) {
    const Played played{test::scenario(R"(client = { program = [ { call = "connect" } ] })")};

    EXPECT_THAT(played.results, ElementsAre("client connect() = ECONNREFUSED"));
}

TEST(World, NobodyAnsweringTimesOut) {
    const Played played{test::scenario(R"(
        link = { faults = [ { drop = "SYN", from = "client", nth = 1 },
                            { drop = "SYN", from = "client", nth = 2 },
                            { drop = "SYN", from = "client", nth = 3 },
                            { drop = "SYN", from = "client", nth = 4 },
                            { drop = "SYN", from = "client", nth = 5 },
                            { drop = "SYN", from = "client", nth = 6 },
                            { drop = "SYN", from = "client", nth = 7 },
                            { drop = "SYN", from = "client", nth = 8 },
                            { drop = "SYN", from = "client", nth = 9 } ] }
        client = { program = [ { call = "connect" } ] }
        server = { program = [ { call = "listen" } ] }
    )")};

    EXPECT_THAT(played.results, ElementsAre("server listen() = 0", "client connect() = ETIMEDOUT"));
    EXPECT_GE(played.world.now.time_since_epoch(), 3min);
}

TEST(World, AResetIsToldToTheCallThatWaitsAndToNoneTwice) {
    const Played played{test::scenario(std::string{kServer} + R"(
        [client]
        program = [ { call = "connect" }, { call = "abort" } ]
    )")};

    EXPECT_THAT(played.results,
                IsSupersetOf({"server recv(4096) = ECONNRESET", "server close() = 0"}));
    EXPECT_EQ(played.state(Side::Server), State::Closed);
}

TEST(World, CallsWaitForTheirTimeTheirStateAndTheirDelay) {
    const Scenario scenario = test::scenario(R"(
        client = { program = [ { call = "connect", at = "7 ms" } ] }
        server = { program = [ { call = "listen" },
                               { call = "close", after = "client ESTABLISHED", delay = "5 ms" } ] }
    )");
    World world = begin(scenario, 1);
    std::vector<Instant> calls;
    for (auto due = nextDue(world); due; due = nextDue(world)) {
        if (std::holds_alternative<MakeCall>(due->choice)) calls.push_back(due->at);
        (void)step(world, due->choice);
    }

    EXPECT_THAT(calls, ElementsAre(Instant{0ms}, Instant{7ms}, Instant{32ms}));
}

TEST(World, IsAValueAndStepsOfACopyDoNotTouchIt) {
    World world = begin(*scenarioNamed("handshake"), 1);
    const World before = world;
    World copy = world;

    (void)step(copy, nextDue(copy)->choice);

    EXPECT_EQ(world, before);
    EXPECT_NE(copy, before);
}

TEST(World, TheSeedDecidesTheInitialSequenceNumbersThatTheScenarioLeavesOpen) {
    const Scenario scenario = test::scenario(R"(client = { program = [ { call = "connect" } ] })");
    const auto issOf = [&](std::uint64_t seed) {
        World world = begin(scenario, seed);
        (void)step(world, nextDue(world)->choice);
        return world.inFlight.front().segment.seq;
    };

    EXPECT_EQ(issOf(1), issOf(1));
    EXPECT_NE(issOf(1), issOf(2));
}

}  // namespace
}  // namespace tcplab::net
