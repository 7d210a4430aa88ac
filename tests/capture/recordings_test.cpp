#include "capture/session.h"
#include "tests/support/captures.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <ostream>

// What traces/README.md promises of each recording, and what tshark says of it.
namespace tcplab::test {
namespace {

using capture::Flow;
using capture::Loaded;
using ClosedBy = Flow::ClosedBy;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Loaded loaded(std::string_view name) {
    auto result = capture::load(recording(name));
    EXPECT_TRUE(result) << name;
    return result ? *std::move(result) : Loaded{};
}

/// What is promised of a flow.
struct Promise {
    std::string file{};
    std::uint64_t frames = 0;
    std::uint64_t tcp = 0;
    std::size_t flows = 1;
    std::size_t flow = 0;
    PerSide<std::uint64_t> bytes{};
    std::string states{};
    std::optional<ClosedBy> closedBy{};
    std::optional<Side> resetBy{};
};

void PrintTo(const Promise& promise, std::ostream* out) {
    *out << promise.file << ", flow " << promise.flow;
}

const std::vector<Promise>& promises() {
    const auto ordinary = [](std::string file,
                             std::uint64_t frames,
                             std::uint64_t tcp,
                             PerSide<std::uint64_t> bytes) {
        return Promise{.file = std::move(file),
                       .frames = frames,
                       .tcp = tcp,
                       .bytes = bytes,
                       .states = "TIME-WAIT CLOSED",
                       .closedBy = ClosedBy::Client};
    };
    const auto backlog = [](std::size_t flow, std::string states) {
        return Promise{.file = "backlog-full.pcap",
                       .frames = 16,
                       .tcp = 14,
                       .flows = 4,
                       .flow = flow,
                       .states = std::move(states)};
    };
    const auto leak = [](std::size_t flow) {
        return Promise{.file = "close-wait.pcap",
                       .frames = 29,
                       .tcp = 27,
                       .flows = 3,
                       .flow = flow,
                       .bytes = {{12, 12}},
                       .states = "FIN-WAIT-2 CLOSE-WAIT",
                       .closedBy = ClosedBy::Client};
    };
    const auto reset =
        [](std::string file, std::uint64_t frames, PerSide<std::uint64_t> bytes, Side by) {
            return Promise{.file = std::move(file),
                           .frames = frames,
                           .tcp = frames - 2,
                           .bytes = bytes,
                           .states = "CLOSED CLOSED",
                           .resetBy = by};
        };
    static const std::vector<Promise> all{
        ordinary("handshake-data-close.pcap", 13, 11, {{12, 12}}),
        reset("refused.pcap", 4, {{0, 0}}, Side::Server),
        reset("reset.pcap", 10, {{12, 12}}, Side::Server),
        ordinary("half-close.pcap", 17, 15, {{15, 15}}),
        reset("reset-unread.pcap", 8, {{12, 0}}, Side::Server),
        reset("reset-linger.pcap", 6, {{0, 0}}, Side::Client),
        backlog(0, "ESTABLISHED ESTABLISHED"),
        backlog(1, "ESTABLISHED ESTABLISHED"),
        backlog(2, "SYN-SENT LISTEN"),
        backlog(3, "SYN-SENT LISTEN"),
        leak(0),
        leak(1),
        leak(2),
        ordinary("loss.pcap", 263, 261, {{200'000, 0}}),
        ordinary("reordered.pcap", 130, 128, {{100'000, 0}}),
        reset("keep-alive.pcap", 19, {{12, 12}}, Side::Client),
        ordinary("zero-window.pcap", 60, 58, {{40'000, 0}}),
        ordinary("pmtu.pcap", 63, 51, {{20'000, 0}}),
        ordinary("ipv6.pcap", 13, 11, {{12, 12}}),
        ordinary("vlan.pcap", 13, 11, {{12, 12}}),
        {.file = "simultaneous-close.pcap",
         .frames = 13,
         .tcp = 11,
         .bytes = {{12, 12}},
         .states = "TIME-WAIT TIME-WAIT",
         .closedBy = ClosedBy::Both},
        ordinary("simultaneous-open.pcap", 18, 14, {{12, 12}}),
    };
    return all;
}

class Recordings : public testing::TestWithParam<Promise> {};

TEST_P(Recordings, HoldWhatTheReadmePromises) {
    const Promise& promised = GetParam();

    const Loaded capture = loaded(promised.file);

    EXPECT_EQ(capture.summary.packets, promised.frames);
    EXPECT_EQ(capture.summary.tcpPackets, promised.tcp);
    ASSERT_THAT(capture.flows, SizeIs(promised.flows));
    const Flow& flow = capture.flows[promised.flow];
    EXPECT_EQ(flow.bytes, promised.bytes);
    EXPECT_EQ(std::string{toString(flow.states[Side::Client])} + " " +
                  std::string{toString(flow.states[Side::Server])},
              promised.states);
    EXPECT_EQ(flow.closedBy, promised.closedBy);
    EXPECT_EQ(flow.resetBy, promised.resetBy);
    EXPECT_EQ(flow.connection.ends[Side::Client].port, 40'000 + promised.flow);
    EXPECT_EQ(flow.connection.ends[Side::Server].port, 7777);
    EXPECT_TRUE(flow.certain);
    EXPECT_FALSE(flow.connection.clientGuessed);
}

INSTANTIATE_TEST_SUITE_P(
    Traces, Recordings, testing::ValuesIn(promises()), [](const auto& promise) {
        std::string name = promise.param.file + std::to_string(promise.param.flow);
        std::erase_if(name, [](char c) { return c == '-' || c == '.'; });
        return name;
    });

/// The states that an end passes, first to last.
std::vector<std::string_view> walk(const Trace& trace, ConnectionId connection, Side side) {
    std::vector<std::string_view> states;
    for (const Band& band : bands(trace, connection, side)) {
        states.push_back(toString(band.state));
    }
    return states;
}

TEST(RecordingsWalk, AnOrdinaryClosePassesTheStatesOfFigure12) {
    const Loaded capture = loaded("handshake-data-close.pcap");

    EXPECT_THAT(
        walk(capture.trace, 0, Side::Client),
        ElementsAre("CLOSED", "SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT"));
    EXPECT_THAT(
        walk(capture.trace, 0, Side::Server),
        ElementsAre("LISTEN", "SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT", "LAST-ACK", "CLOSED"));
}

TEST(RecordingsWalk, ASimultaneousClosePassesClosingAtBothEnds) {
    const Loaded capture = loaded("simultaneous-close.pcap");

    EXPECT_THAT(
        walk(capture.trace, 0, Side::Client),
        ElementsAre("CLOSED", "SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "CLOSING", "TIME-WAIT"));
    EXPECT_THAT(
        walk(capture.trace, 0, Side::Server),
        ElementsAre("LISTEN", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "CLOSING", "TIME-WAIT"));
}

TEST(RecordingsWalk, ASimultaneousOpenPassesSynSentAndSynReceivedAtBothEnds) {
    const Loaded capture = loaded("simultaneous-open.pcap");
    for (const Side side : kSides) {
        const auto states = walk(capture.trace, 0, side);

        ASSERT_GE(states.size(), 4U);
        EXPECT_THAT(std::vector(states.begin(), states.begin() + 4),
                    ElementsAre("CLOSED", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED"));
    }
    for (const Packet& packet : capture.trace.packets()) EXPECT_FALSE(packet.retransmissionOf);
}

TEST(RecordingsWalk, AServerThatRefusesNeverListened) {
    const Loaded capture = loaded("refused.pcap");

    EXPECT_THAT(walk(capture.trace, 0, Side::Server), ElementsAre("CLOSED"));
    EXPECT_EQ(toString(capture.trace.packets()[0].states[Side::Server]), "CLOSED");
}

TEST(RecordingsWalk, InAHalfCloseDataReachTheClientInFinWait2) {
    const Loaded capture = loaded("half-close.pcap");

    const auto after = std::ranges::count_if(capture.trace.packets(), [](const Packet& packet) {
        return packet.from == Side::Server && packet.tcp.len > 0 &&
               packet.states == PerSide<tcp::State>{{tcp::State::FinWait2, tcp::State::CloseWait}};
    });

    EXPECT_EQ(after, 3);
}

TEST(RecordingsWalk, AtEachPacketTheTraceHasItsSendersState) {
    for (const Promise& promised : promises()) {
        const Loaded capture = loaded(promised.file);
        for (const Packet& packet : capture.trace.packets()) {
            EXPECT_EQ(
                toString(packet.states[packet.from]),
                toString(stateAt(
                    capture.trace, packet.connection, packet.from, packet.transit.seen->moment)))
                << promised.file << ", packet " << packet.number;
        }
    }
}

TEST(RecordingsWalk, OfSeveralCallersOnOneBacklogEachIsAFlow) {
    const Loaded capture = loaded("backlog-full.pcap");

    for (const std::size_t unanswered : {2U, 3U}) {
        EXPECT_EQ(capture.flows[unanswered].packets[Side::Client], 4U);
        EXPECT_EQ(capture.flows[unanswered].packets[Side::Server], 0U);
        EXPECT_EQ(capture.flows[unanswered].handshakeRtt, std::nullopt);
    }
}

TEST(RecordingsTshark, CountsTheSamePacketsAndOctetsOfEachFlow) {
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    for (const Promise& promised : promises()) {
        SCOPED_TRACE(promised.file);
        const Loaded capture = loaded(promised.file);
        std::map<std::string, int> ours;
        for (const Packet& packet : capture.trace.packets()) {
            const Flow& flow = capture.flows[packet.connection];
            ours[std::to_string(packet.connection) + "\t" + std::to_string(flow.completeness)]++;
        }
        std::map<std::string, int> theirs;
        for (const auto& row :
             tshark(recording(promised.file), {"tcp.stream", "tcp.completeness"})) {
            theirs[row]++;
        }

        EXPECT_EQ(ours, theirs);
    }
}

TEST(RecordingsTshark, MeasuresTheSameRoundTripOfTheHandshake) {
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    for (const std::string_view name : {"handshake-data-close.pcap", "loss.pcap", "ipv6.pcap"}) {
        const Loaded capture = loaded(name);
        const auto rows = tshark(recording(name), {"tcp.analysis.initial_rtt"});
        ASSERT_FALSE(rows.empty());
        ASSERT_TRUE(capture.flows[0].handshakeRtt);

        const auto nanoseconds =
            std::to_string(1'000'000'000 + capture.flows[0].handshakeRtt->count());
        EXPECT_EQ(rows.back(), "0." + nanoseconds.substr(1)) << name;
    }
}

}  // namespace
}  // namespace tcplab::test
