#include "sim/trace/stream_rows.h"

#include "sim/net/scenario.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace tcplab {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

net::Scenario scenario(std::string_view name, const std::vector<net::Setting>& settings = {}) {
    auto made = net::scenarioNamed(name, settings);
    if (!made) throw std::invalid_argument{made.error().what};
    return *made;
}

StreamRows played(std::string_view name, const std::vector<net::Setting>& settings = {}) {
    return streamRows(scenario(name, settings))[Side::Client];
}

/// "glued 5: read-late read-too-much"
std::vector<std::string> broken(const StreamRows& rows) {
    std::vector<std::string> all;
    for (const StreamRows::Broken& one : rows.broken) {
        std::string text = (one.glued ? "glued " : "split ") + std::to_string(one.offset) + ":";
        for (const Cause& cause : one.causes) text += " " + std::string{toString(cause.kind)};
        all.push_back(text);
    }
    return all;
}

std::vector<std::string> causes(const StreamRows& rows) {
    std::vector<std::string> all;
    for (const StreamRows::Broken& one : rows.broken)
        for (const Cause& cause : one.causes) all.emplace_back(toString(cause.kind));
    return all;
}

TEST(StreamRows, ALateReceiverGluesWithoutNagle) {
    const StreamRows rows = played("glued");

    EXPECT_THAT(rows.sends, SizeIs(3));
    EXPECT_THAT(rows.segments, SizeIs(3));
    EXPECT_THAT(rows.receives, SizeIs(1));
    EXPECT_THAT(
        broken(rows),
        ElementsAre("glued 5: read-late read-too-much", "glued 10: read-late read-too-much"));
    EXPECT_EQ(rows.broken.front().causes.front().packet, rows.segments[1].packet);
    EXPECT_GT(rows.broken.front().causes.front().time, std::chrono::milliseconds{50});
}

TEST(StreamRows, ALateReceiverGluesWithNagleTooAndOneInTimeDoesNot) {
    EXPECT_THAT(broken(played("glued", {{"client.nagle", "true"}, {"server.delayed_ack", "0 s"}})),
                ElementsAre("glued 5: read-late read-too-much", "glued 10: nagle read-too-much"));
    EXPECT_THAT(broken(played("nagle-off")), IsEmpty());
}

TEST(StreamRows, ASmallBufferSplits) {
    const StreamRows rows = played("halves");

    EXPECT_THAT(broken(rows), Contains("split 8: read-too-little"));
}

TEST(StreamRows, ALongMessageIsSplitByTheMss) {
    EXPECT_THAT(broken(played("halves")), Contains("split 1472: mss"));
    EXPECT_THAT(causes(played("halves", {{"client.mss", "4000"}, {"server.mss", "4000"}})),
                Not(Contains("mss")));
}

TEST(StreamRows, GluedAndSplitAtOnce) {
    EXPECT_THAT(broken(played("glued-and-halved")),
                ElementsAre("glued 5: read-late read-too-much", "split 7: read-too-little"));
}

TEST(StreamRows, NagleMergesAndNamesTheSegmentWhoseAckIsAwaited) {
    const StreamRows rows = played("nagle-on");

    ASSERT_THAT(broken(rows), ElementsAre("glued 10: nagle read-too-much"));
    EXPECT_EQ(rows.broken.front().causes.front().packet, rows.segments.front().packet);
    EXPECT_THAT(broken(played("nagle-on", {{"client.nagle", "false"}})), IsEmpty());
}

TEST(StreamRows, ACorkMerges) {
    EXPECT_THAT(broken(played("corked")),
                ElementsAre("glued 5: cork read-too-much", "glued 10: cork read-too-much"));
    EXPECT_THAT(broken(played("corked", {{"client.cork", "false"}})), IsEmpty());
}

TEST(StreamRows, AClosedWindowMergesAndSplits) {
    const StreamRows rows = played("slow-reader");

    EXPECT_THAT(causes(rows), Contains("window-closed"));
    const std::vector<std::string> open =
        causes(played("slow-reader", {{"server.receive_buffer", "65535"}}));
    EXPECT_THAT(open, Not(Contains("window-closed")));
    EXPECT_THAT(open, Not(Contains("window-edge")));
}

TEST(StreamRows, TwoCausesAtOneBoundaryAreBothNamed) {
    EXPECT_THAT(broken(played("small-cwnd")), Contains("split 100: mss congestion-edge"));
    EXPECT_THAT(causes(played("small-cwnd", {{"client.congestion_control", "none"}})),
                Not(Contains("congestion-edge")));
}

TEST(StreamRows, ARetransmissionThatFillsAGapGlues) {
    EXPECT_THAT(
        broken(played("glued-by-loss")),
        ElementsAre("glued 100: gap-filled read-too-much", "glued 200: gap-filled read-too-much"));
    // With room in a segment the retransmission itself is one for all.
    EXPECT_THAT(causes(played("glued-by-loss", {{"server.mss", "1460"}})), Contains("sent-again"));
    EXPECT_THAT(broken(played("glued-by-loss", {{"link.faults", "[]"}})), IsEmpty());
}

class Remedies : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Each,
                         Remedies,
                         testing::Values("remedy-fixed-length",
                                         "remedy-delimiter",
                                         "remedy-length-field",
                                         "remedy-header-json"),
                         [](const auto& one) {
                             std::string name = one.param;
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

TEST_P(Remedies, GiveEachMessageWholeHoweverItCame) {
    const StreamRows rows = played(GetParam());

    EXPECT_THAT(rows.broken, Not(IsEmpty()));
    EXPECT_FALSE(rows.error);
    ASSERT_EQ(rows.messages.size(), rows.sends.size());
    for (std::size_t i = 0; i < rows.sends.size(); ++i)
        EXPECT_EQ(rows.messages[i].octets, rows.sends[i].octets);
}

TEST(DatagramRows, BoundariesAreKeptAShortReadLosesTheRestAndEmptyOnesArrive) {
    const StreamRows rows = datagramRows(scenario("udp-twin"))[Side::Client];

    EXPECT_TRUE(rows.datagrams);
    ASSERT_THAT(rows.receives, SizeIs(3));
    EXPECT_EQ(rows.receives[0].octets, (framing::StreamRange{0, 5}));
    EXPECT_EQ(rows.receives[1].octets, (framing::StreamRange{5, 5}));
    EXPECT_EQ(rows.receives[2].octets, (framing::StreamRange{5, 10}));
    ASSERT_THAT(rows.lost, SizeIs(1));
    EXPECT_EQ(rows.lost[0].octets, (framing::StreamRange{10, 17}));
    EXPECT_EQ(rows.lost[0].cause.kind, Cause::Kind::ReadTooShort);
    EXPECT_THAT(rows.broken, IsEmpty());
}

TEST(DatagramRows, WhatIsLostOrHasNoRoomIsGone) {
    const StreamRows lost = datagramRows(scenario(
        "udp-twin", {{"link.faults", R"([{ drop = "any", from = "client" }])"}}))[Side::Client];
    EXPECT_EQ(lost.lost.front().cause.kind, Cause::Kind::DatagramLost);

    const StreamRows full =
        datagramRows(scenario("udp-twin", {{"server.receive_buffer", "8"}}))[Side::Client];
    EXPECT_EQ(full.lost.front().cause.kind, Cause::Kind::BufferFull);
}

TEST(DatagramRows, GluedOverTcpIsNotGluedOverUdp) {
    const StreamRows rows = datagramRows(scenario("glued"))[Side::Client];

    EXPECT_THAT(rows.broken, IsEmpty());
    ASSERT_THAT(rows.receives, SizeIs(3));
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(rows.receives[i].octets, rows.sends[i].octets);
}

TEST(Cause, IsASentenceInBothLanguages) {
    for (int kind = 0; kind <= static_cast<int>(Cause::Kind::BufferFull); ++kind) {
        const Cause cause{static_cast<Cause::Kind>(kind), 4, 5, std::chrono::microseconds{1500}};

        EXPECT_THAT(describe(cause, Language::English), Not(testing::HasSubstr("{")));
        EXPECT_THAT(describe(cause, Language::Chinese), Not(testing::HasSubstr("{")));
    }
    EXPECT_THAT(describe({.kind = Cause::Kind::ReadLate, .time = std::chrono::microseconds{1500}},
                         Language::English),
                testing::HasSubstr("1.5 ms"));
}

}  // namespace
}  // namespace tcplab
