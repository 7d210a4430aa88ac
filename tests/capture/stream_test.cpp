#include "capture/stream.h"

#include <gmock/gmock.h>

#include <string>
#include <string_view>

namespace tcplab::capture {
namespace {

using testing::ElementsAre;

/// Packets of a connection, one after the other; the SYN of both ends came before.
class Telling {
public:
    explicit Telling(std::uint64_t most = 1'000'000) : assembler_{most} {
        for (const Side side : kSides) assembler_.take(packet(side, 0, 0, {.syn = true}), {});
    }
    void data(Side side, std::int64_t seq, std::string_view text, bool fin = false) {
        const std::vector<std::uint8_t> octets{text.begin(), text.end()};
        const Flags flags{.fin = fin, .psh = true, .ack = true};
        assembler_.take(packet(side, seq, static_cast<std::uint32_t>(text.size()), flags), octets);
    }
    void ack(Side side, std::int64_t number) {
        Packet acknowledgement = packet(side, 0, 0, {.ack = true});
        acknowledgement.tcp.ack = number;
        assembler_.take(acknowledgement, {});
    }
    PerSide<Stream> finish() { return assembler_.finish(); }

private:
    Packet packet(Side side, std::int64_t seq, std::uint32_t len, Flags flags) {
        Packet packet{.number = ++count_, .from = side};
        packet.tcp.seq = seq;
        packet.tcp.len = len;
        packet.tcp.flags = flags;
        return packet;
    }
    StreamAssembler assembler_;
    PacketId count_ = 0;
};

std::string text(const Stream& stream) {
    return {stream.octets.begin(), stream.octets.end()};
}

TEST(Stream, SegmentsOutOfOrderAndTwiceAreOneStream) {
    Telling packets;
    packets.data(Side::Client, 1, "abc");      // 3
    packets.data(Side::Client, 7, "gh");       // 4
    packets.data(Side::Client, 3, "CDEF");     // 5: what came first counts
    packets.data(Side::Client, 1, "abc");      // 6
    packets.data(Side::Client, 9, "i", true);  // 7

    const Stream stream = packets.finish()[Side::Client];

    EXPECT_EQ(text(stream), "abcDEFghi");
    EXPECT_TRUE(stream.ended);
    EXPECT_EQ(stream.missing, 0U);
    EXPECT_THAT(packetsOf(stream, 2, 4), ElementsAre(3U, 5U));
    EXPECT_THAT(packetsOf(stream, 6, 8), ElementsAre(4U));
}

TEST(Stream, TurnsAreWhereTheOtherEndBeginsToSpeak) {
    Telling packets;
    packets.data(Side::Client, 1, "ask");
    packets.data(Side::Server, 1, "ans");
    packets.data(Side::Server, 4, "wer");
    packets.data(Side::Client, 4, "again");
    packets.data(Side::Server, 7, "!");

    const PerSide<Stream> streams = packets.finish();

    EXPECT_THAT(streams[Side::Client].turns, ElementsAre(3U, 8U));
    EXPECT_THAT(streams[Side::Server].turns, ElementsAre(6U));
}

TEST(Stream, WhatTheFileLacksIsTold) {
    Telling packets;
    packets.data(Side::Client, 1, "abc");
    packets.data(Side::Client, 10, "xyz");

    const Stream stream = packets.finish()[Side::Client];

    EXPECT_EQ(text(stream), "abc");
    EXPECT_EQ(stream.missing, 6U);
    EXPECT_EQ(stream.missingAt, 4U);
    EXPECT_FALSE(stream.ended);
}

// What waits for octets that do not come takes memory only until they are acknowledged.
TEST(Stream, AGapThatTheOtherEndDoesNotHaveIsGivenUp) {
    const std::string much(StreamOrder::kHeldBeyondAck, 'x');
    Telling packets;
    packets.data(Side::Client, 1, "abc");
    packets.data(Side::Client, 10, much);
    packets.data(Side::Client, 4, "defghi");  // 5: late, but there.
    const auto next = static_cast<std::int64_t>(10 + much.size());
    packets.data(Side::Client, next + 1, much);
    packets.data(Side::Client, next + 1 + static_cast<std::int64_t>(much.size()), "x");
    packets.ack(Side::Server, next + 2);
    packets.data(Side::Client, next, "x");  // Too late.

    const Stream stream = packets.finish()[Side::Client];

    EXPECT_EQ(text(stream), "abcdefghi" + much);
    EXPECT_EQ(stream.missing, 1U);
    EXPECT_EQ(stream.missingAt, 6U);
}

// A gap that nobody acknowledges may yet fill; what waits for that is bounded, and it is told.
TEST(Stream, WhatHadNoRoomBehindAGapIsTold) {
    const std::string much(StreamOrder::kMostHeld / 4, 'x');
    Telling packets{StreamOrder::kMostHeld * 2};
    std::int64_t next = 4;
    for (int n = 0; n < 6; ++n) {  // 3 to 8
        packets.data(Side::Client, next, much);
        next += static_cast<std::int64_t>(much.size());
    }
    packets.data(Side::Client, 1, "abc");

    const Stream stream = packets.finish()[Side::Client];

    EXPECT_EQ(stream.octets.size(), StreamOrder::kMostHeld + 3);
    EXPECT_EQ(stream.noRoomFor, 7U);
    EXPECT_EQ(stream.missing, much.size());
    EXPECT_FALSE(stream.ended);
}

TEST(Stream, WhatHadNoRoomAndCameAgainIsThere) {
    const std::string much(StreamOrder::kMostHeld / 2, 'x');
    const auto size = static_cast<std::int64_t>(much.size());
    Telling packets{StreamOrder::kMostHeld * 2};
    for (const std::int64_t n : {0, 1, 2}) packets.data(Side::Client, 4 + n * size, much);
    packets.data(Side::Client, 1, "abc");
    packets.data(Side::Client, 4 + 2 * size, much, true);

    const Stream stream = packets.finish()[Side::Client];

    EXPECT_EQ(stream.noRoomFor, std::nullopt);
    EXPECT_EQ(stream.missing, 0U);
    EXPECT_TRUE(stream.ended);
}

TEST(Stream, OnlyAsMuchIsKeptAsIsAskedFor) {
    Telling packets{5};
    packets.data(Side::Client, 1, "abc");
    packets.data(Side::Client, 4, "def");
    packets.data(Side::Client, 7, "ghi", true);

    const Stream stream = packets.finish()[Side::Client];

    EXPECT_EQ(text(stream), "abcde");
    EXPECT_EQ(stream.parts.back().end, 5U);
    EXPECT_FALSE(stream.parts.back().push);
    EXPECT_FALSE(stream.ended);
}

}  // namespace
}  // namespace tcplab::capture
