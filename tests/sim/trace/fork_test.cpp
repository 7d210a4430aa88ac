#include "sim/trace/fork.h"

#include "sim/trace/simulate.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <vector>

namespace tcplab {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Trace played(const net::Scenario& scenario, const std::vector<std::string>& forks) {
    Course course;
    for (const std::string& fork : forks) course.forks.push_back(*parseFork(fork));
    return *simulate(scenario, course);
}

/// What a call returned, by its text.
std::string resultOf(const Trace& trace, Side side, const std::string& call) {
    for (const Entry& entry : trace.entries())
        if (const auto* returned = std::get_if<Returned>(&entry.what))
            if (entry.side == side && returned->text == call) return returned->result;
    return {};
}

std::vector<Instant> arrivals(const Trace& trace, PacketId packet) {
    std::vector<Instant> times;
    for (const Entry& entry : trace.entries())
        if (const auto* arrived = std::get_if<Arrived>(&entry.what))
            if (arrived->packet == packet) times.push_back(entry.at);
    return times;
}

// The client's SYN leaves at 10 ms with step 3 and arrives at 20 ms.
const net::Scenario kHandshake = *net::scenarioNamed("handshake");

TEST(Fork, ADroppedPacketIsLostWhenItWouldHaveArrived) {
    const Trace trace = played(kHandshake, {"3: drop 1"});

    EXPECT_THAT(arrivals(trace, 1), IsEmpty());
    EXPECT_EQ(trace.find(1)->transit.lost->at, Instant{20ms});
    EXPECT_EQ(trace.find(2)->retransmissionOf, 1U);
}

TEST(Fork, ADelayedPacketArrivesSoMuchLater) {
    EXPECT_THAT(arrivals(played(kHandshake, {"3: delay 1 50ms"}), 1), ElementsAre(Instant{70ms}));
}

TEST(Fork, ADuplicatedPacketArrivesTwice) {
    EXPECT_THAT(arrivals(played(kHandshake, {"3: duplicate 1"}), 1),
                ElementsAre(Instant{20ms}, Instant{20ms}));
}

TEST(Fork, ADamagedPacketArrivesAndIsNotTaken) {
    const Trace trace = played(kHandshake, {"3: corrupt 1"});

    EXPECT_EQ(arrivals(trace, 1).size(), 1U);
    EXPECT_EQ(stateAt(trace, 0, Side::Server, 5), tcp::State::Listen);
}

TEST(Fork, NothingChangesBeforeIt) {
    const Trace plain = simulate(kHandshake);
    const Trace forked = played(kHandshake, {"4: drop 2"});

    for (std::size_t i = 0; plain.entries()[i].moment <= 4; ++i)
        EXPECT_EQ(plain.entries()[i].at, forked.entries()[i].at);
    EXPECT_EQ(plain.find(1)->transit.arrived, forked.find(1)->transit.arrived);
}

TEST(Fork, SeveralAreTakenOneAfterTheOther) {
    const Trace trace = played(kHandshake, {"3: drop 1", "6: drop 2"});

    EXPECT_TRUE(trace.find(1)->transit.lost);
    EXPECT_TRUE(trace.find(2)->transit.lost);
    EXPECT_TRUE(trace.find(3)->transit.arrived);
}

TEST(Fork, ACallIsMadeAfterTheEndToo) {
    const Trace trace = played(kHandshake, {"6: call client send 100", "7: call server close"});

    EXPECT_EQ(trace.find(4)->tcp.len, 100U);
    EXPECT_EQ(resultOf(trace, Side::Client, "send(100)"), "100");
    EXPECT_EQ(stateAt(trace, 0, Side::Client, trace.moments()), tcp::State::CloseWait);
}

TEST(Fork, ACallDoesNotDisturbTheOneThatWaits) {
    const net::Scenario scenario = test::scenario(R"(
        client = { program = [ { call = "connect" }, { call = "recv" }, { call = "close" } ] }
        server = { program = [ { call = "listen" }, { call = "accept" },
                               { call = "send", text = "late", at = "1 s" } ] }
    )");
    const Trace trace = played(scenario, {"7: call client send 5"});

    EXPECT_EQ(resultOf(trace, Side::Client, "send(5)"), "5");
    EXPECT_EQ(resultOf(trace, Side::Client, "recv(4096)"), "4");
}

TEST(Fork, WhoWaitsIsToldOfAnAbort) {
    const net::Scenario scenario = test::scenario(R"(
        client = { program = [ { call = "connect" }, { call = "recv" } ] }
        server = { program = [ { call = "listen" }, { call = "accept" } ] }
    )");
    const Trace trace = played(scenario, {"7: call client abort"});

    EXPECT_EQ(resultOf(trace, Side::Client, "recv(4096)"), "ECONNRESET");
    EXPECT_TRUE(trace.packets().back().tcp.flags.rst);
}

// Two hosts without a program: all of the conversation is called by hand.
TEST(Fork, CallsThatWaitMakeAConversation) {
    const net::Scenario scenario = test::scenario("client = {}\nserver = {}");
    const Trace trace = played(scenario,
                               {"0: call server listen",
                                "1: call server accept",
                                "2: call client connect",
                                "5: call client send 5",
                                "8: call server recv"});

    EXPECT_EQ(resultOf(trace, Side::Client, "connect()"), "0");
    EXPECT_EQ(resultOf(trace, Side::Server, "accept()"), "0");
    EXPECT_EQ(resultOf(trace, Side::Server, "recv(4096)"), "5");
}

TEST(Fork, ACallThatMayWaitIsRefusedWhileAnotherWaits) {
    const net::Scenario scenario = test::scenario("client = {}\nserver = {}");
    Course course;
    course.forks = {*parseFork("0: call server listen"),
                    *parseFork("1: call server accept"),
                    *parseFork("2: call server recv")};

    const auto trace = simulate(scenario, course);

    ASSERT_FALSE(trace);
    EXPECT_THAT(trace.error().what, HasSubstr("server's program still waits in another call"));
}

TEST(Fork, AnOptionCountsFromTheCallOn) {
    const net::Scenario scenario = test::scenario(R"(
        client = { program = [ { call = "connect" }, { call = "send", size = 5, times = 2 } ] }
        server = { program = [ { call = "listen" }, { call = "accept" } ] }
    )");
    // Step 8 is the second send, which waits for the ACK of the first.
    const Trace trace = played(scenario, {"8: call client setsockopt TCP_NODELAY 1"});

    EXPECT_EQ(resultOf(trace, Side::Client, "setsockopt(TCP_NODELAY, 1)"), "0");
    EXPECT_EQ(simulate(scenario).find(5)->tcp.len, 0U) << "without it the server's ACK is next";
    EXPECT_EQ(trace.find(5)->tcp.len, 5U);
}

TEST(Fork, ARefusedCallReturnsItsErrno) {
    const Trace trace = played(kHandshake, {"6: call client shutdown", "7: call client send 1"});

    EXPECT_EQ(resultOf(trace, Side::Client, "send(1)"), "EPIPE");
}

TEST(Fork, IsReadAndWrittenAlike) {
    for (const char* text : {"5: drop 4",
                             "5: delay 4 50ms",
                             "0: duplicate 12",
                             "7: corrupt 1",
                             "3: call client send 100",
                             "3: call client send GET /",
                             "9: call server shutdown",
                             "9: call server close",
                             "9: call client abort",
                             "0: call client connect",
                             "9: call server accept",
                             "9: call client recv 10",
                             "0: call server listen",
                             "3: call server setsockopt SO_RCVBUF 1000"}) {
        const auto fork = parseFork(text);
        ASSERT_TRUE(fork) << text << ": " << fork.error().what;
        EXPECT_EQ(toString(*fork), text);
    }
}

TEST(Fork, WhatCannotBeReadIsToldWithTheNearestWord) {
    const auto errorOf = [](const char* text) {
        const auto fork = parseFork(text);
        return fork ? std::string{"none"} : fork.error().what;
    };

    EXPECT_THAT(errorOf("drop 4"), HasSubstr("expected a step and what is done there"));
    EXPECT_THAT(errorOf("x: drop 4"), HasSubstr("expected a step"));
    EXPECT_THAT(errorOf("3: drp 4"), HasSubstr("'drp' is not known; did you mean 'drop'?"));
    EXPECT_THAT(errorOf("3: drop"), HasSubstr("expected the number of a packet"));
    EXPECT_THAT(errorOf("3: drop 4 5"), HasSubstr("'5' is too much"));
    EXPECT_THAT(errorOf("3: delay 4"), HasSubstr("expected how long"));
    EXPECT_THAT(errorOf("3: delay 4 soon"), HasSubstr("expected how long"));
    EXPECT_THAT(errorOf("3: call"), HasSubstr("expected a host"));
    EXPECT_THAT(errorOf("3: call clint close"), HasSubstr("did you mean 'client'?"));
    EXPECT_THAT(errorOf("3: call client"), HasSubstr("expected a call"));
    EXPECT_THAT(errorOf("3: call client getpeername"),
                HasSubstr("'getpeername' is not known; there are"));
    EXPECT_THAT(errorOf("3: call client send"), HasSubstr("how many octets, or a text"));
    EXPECT_THAT(errorOf("3: call client close now"), HasSubstr("'now' is too much"));
    EXPECT_THAT(errorOf("3: call client setsockopt TCP_NODELY 1"),
                HasSubstr("did you mean 'TCP_NODELAY'?"));
    EXPECT_THAT(errorOf("3: call client setsockopt"), HasSubstr("expected an option"));
    EXPECT_THAT(errorOf("3: call client setsockopt TCP_NODELAY"), HasSubstr("from 0 to 1"));
    EXPECT_THAT(errorOf("3: call client setsockopt TCP_NODELAY 2"), HasSubstr("from 0 to 1"));
}

}  // namespace
}  // namespace tcplab
