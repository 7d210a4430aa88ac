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

// tcp(7): what Nagle's algorithm held leaves with the call.
TEST(World, NoDelayLetsGoWhatWasHeldWhenItIsSet) {
    const auto sentAt = [](std::string_view option) {
        const Scenario scenario = test::scenario(std::string{kServer} + R"(
            [client]
            program = [ { call = "connect" }, { call = "send", size = 5, times = 2 },)" +
                                                 std::string{option} + "]");
        World world = begin(scenario, 1);
        Instant last{};
        for (auto due = nextDue(world); due; due = nextDue(world))
            for (const Deed& deed : step(world, due->choice).deeds)
                if (const auto* acted = std::get_if<Acted>(&deed))
                    if (const auto* sent = std::get_if<tcp::Transmit>(&acted->action))
                        if (!sent->segment.payload.empty()) last = world.now;
        return last;
    };
    // The handshake takes 20 ms, and the server's ACK of the first 5 octets waits for 200 ms more.
    EXPECT_EQ(sentAt(""), Instant{240ms});
    EXPECT_EQ(
        sentAt(R"({ call = "setsockopt", option = "TCP_NODELAY", value = 1, delay = "30 ms" })"),
        Instant{50ms});
}

// RFC 9293 3.8.6: a receiver should not shrink the window (SHLD-14).
TEST(World, ASmallerReceiveBufferTakesNoPromiseBack) {
    World world = begin(test::scenario(std::string{kServer} + R"(
        [client]
        program = [ { call = "connect" }, { call = "send", size = 3000, delay = "1 s" } ]
    )"),
                        1);
    const auto rightEdge = [&] {
        const tcp::Tcb& tcb = world.hosts[Side::Server].endpoint.tcb();
        return tcb.rcv.nxt + tcb.rcv.wnd;
    };
    while (world.hosts[Side::Server].endpoint.state() != State::Established)
        (void)step(world, nextDue(world)->choice);
    const Seq promised = rightEdge();

    (void)step(
        world,
        Interject{
            Side::Server,
            {.kind = CallKind::SetOption, .option = SocketOption::ReceiveBuffer, .value = 1000}});
    for (auto due = nextDue(world); due; due = nextDue(world)) {
        EXPECT_GE(rightEdge() - promised, 0);
        (void)step(world, due->choice);
    }
    EXPECT_EQ(world.hosts[Side::Server].endpoint.tcb().rcv.nxt - promised, 3000 - 65535)
        << "all of it has been taken";
}

TEST(World, EveryOptionIsWhatItWasSetTo) {
    tcp::Config config;
    for (const SocketOptionName& option : kSocketOptions)
        for (const std::int64_t value : {option.least, option.most}) {
            set(config, option.option, value);
            EXPECT_EQ(valueOf(config, option.option), value) << option.name;
        }
}

// Options may be set in every state, also where there is no connection.
TEST(World, AnOptionDisturbsNoState) {
    World world = begin(*scenarioNamed("four-way-close"), 1);
    for (auto due = nextDue(world); due; due = nextDue(world)) {
        for (const Side side : kSides)
            for (const SocketOptionName& option : kSocketOptions) {
                World other = world;
                const State before = other.hosts[side].endpoint.state();
                const Outcome outcome = step(other,
                                             Interject{side,
                                                       {.kind = CallKind::SetOption,
                                                        .option = option.option,
                                                        .value = option.most}});
                EXPECT_EQ(other.hosts[side].endpoint.state(), before);
                EXPECT_EQ(std::get<CallReturned>(outcome.deeds.back()).result, "0");
            }
        (void)step(world, due->choice);
    }
}

/// Plays on until only more of the same would come, and counts the timers that ran out.
std::size_t firedBeforeTheEnd(const Scenario& scenario, World& world) {
    std::size_t fired = 0;
    Repetition repetition;
    world = begin(scenario, 1);
    for (auto due = repetition.nextDue(world); due; due = repetition.nextDue(world)) {
        if (std::holds_alternative<Fire>(due->choice)) ++fired;
        (void)step(world, due->choice);
        repetition.taken(world, due->choice);
    }
    return fired;
}

TEST(Repetition, EndsARunInWhichAWindowStaysClosed) {
    World world;
    const std::size_t fired = firedBeforeTheEnd(test::scenario(R"(
        client = { program = [ { call = "connect" }, { call = "send", size = 9000 } ] }
        server = { receive_buffer = 4000, program = [ { call = "listen" }, { call = "accept" } ] }
    )"),
                                                world);
    EXPECT_GE(fired, std::size_t{Repetition::kMostProbes});
    EXPECT_EQ(world.hosts[Side::Client].endpoint.tcb().snd.wnd, 0U);
    EXPECT_TRUE(nextDue(world)) << "the client would go on for ever";
}

TEST(Repetition, WaitsForACallThatIsPlanned) {
    World world;
    firedBeforeTheEnd(test::scenario(R"(
        client = { program = [ { call = "connect" }, { call = "send", size = 9000 } ] }
        [server]
        receive_buffer = 4000
        program = [ { call = "listen" }, { call = "accept" },
                    { call = "recv", count = 9000, at = "3000 s" } ]
    )"),
                      world);
    EXPECT_EQ(world.hosts[Side::Server].nextCall, 3U);
}

// RFC 9293 3.8.4: whoever does not answer is given up.
TEST(Repetition, LetsKeepAliveGiveUp) {
    World world = begin(test::scenario(R"(
        client = { keep_alive = "10 s", program = [ { call = "connect" } ] }
        server = { program = [ { call = "listen" } ] }
    )"),
                        1);
    const auto state = [&](Side side) { return world.hosts[side].endpoint.state(); };
    Repetition repetition;
    for (auto due = repetition.nextDue(world); due; due = repetition.nextDue(world)) {
        Choice choice = due->choice;
        const auto* arrival = std::get_if<Deliver>(&choice);
        if (arrival != nullptr && state(Side::Server) == State::Established)
            choice = Drop{arrival->packet};
        (void)step(world, choice);
        repetition.taken(world, choice);
    }
    EXPECT_EQ(state(Side::Client), State::Closed);
    EXPECT_EQ(state(Side::Server), State::Established);
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
