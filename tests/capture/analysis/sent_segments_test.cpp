#include "capture/analysis/sent_segments.h"

#include <gtest/gtest.h>

namespace tcplab::capture {
namespace {

SentSegment segment(std::uint32_t seq, std::uint32_t length, PacketId packet) {
    return {.seq = Seq{seq}, .end = Seq{seq + length}, .packet = packet};
}

TEST(SentSegments, TellTheSegmentThatAnAcknowledgementEnds) {
    SentSegments sent;
    sent.add(segment(100, 10, 1));
    sent.add(segment(110, 10, 2));
    sent.add(segment(120, 10, 3));

    const auto ended = sent.acknowledge(Seq{120});

    ASSERT_TRUE(ended.has_value());
    EXPECT_EQ(ended->packet, 2U);
    EXPECT_EQ(sent.unacknowledged(), 1U);
    EXPECT_FALSE(sent.acknowledge(Seq{125}).has_value());
    EXPECT_FALSE(sent.acknowledge(Seq{120}).has_value());
}

// RFC 6298 3: no round trip is measured by what was sent twice, or waited for it.
TEST(SentSegments, TellNoneWhereSomethingSentAgainIsAcknowledgedWithIt) {
    SentSegments sent;
    sent.add(segment(100, 10, 1));
    sent.add(segment(110, 10, 2));
    sent.sentAgain(Seq{105}, Seq{108});

    EXPECT_FALSE(sent.acknowledge(Seq{120}).has_value());
}

TEST(SentSegments, TellOctetsFromOtherOctets) {
    std::vector<std::uint8_t> octets(1'000, 'x');
    const std::uint64_t before = contentOf(octets);
    for (std::size_t n = 0; n < octets.size(); ++n) {
        octets[n] ^= 1;
        EXPECT_NE(contentOf(octets), before) << n;
        EXPECT_NE(contentOf(octets), 0U);
        octets[n] ^= 1;
    }
    EXPECT_EQ(contentOf(octets), before);
    EXPECT_NE(contentOf(Octets{octets}.first(999)), before);
    EXPECT_EQ(contentOf({}), 0U);
}

TEST(SentSegments, FindWhatWasSentFirstEvenIfItWasAcknowledgedLately) {
    SentSegments sent;
    sent.add(segment(100, 10, 1));
    sent.add(segment(100, 10, 2));
    EXPECT_EQ(sent.find(Seq{100})->packet, 1U);

    (void)sent.acknowledge(Seq{110});
    EXPECT_EQ(sent.find(Seq{100})->packet, 1U);
    EXPECT_EQ(sent.find(Seq{101}), nullptr);
}

TEST(SentSegments, GoOnPastTheLargestNumber) {
    SentSegments sent;
    sent.add(segment(0xFFFFFFF0, 32, 1));
    sent.add(segment(16, 10, 2));

    EXPECT_EQ(sent.acknowledge(Seq{16})->packet, 1U);
    EXPECT_EQ(sent.unacknowledged(), 1U);
}

TEST(SentSegments, CountWhatTheyDoNotKeep) {
    SentSegments sent;
    constexpr std::uint32_t kSent = 20'000;
    for (std::uint32_t n = 0; n < kSent; ++n) sent.add(segment(n * 10, 10, n + 1));
    EXPECT_EQ(sent.unacknowledged(), kSent);

    (void)sent.acknowledge(Seq{kSent * 10});
    EXPECT_EQ(sent.unacknowledged(), 0U);
    sent.add(segment(kSent * 10, 10, kSent + 1));
    EXPECT_EQ(sent.acknowledge(Seq{kSent * 10 + 10})->packet, kSent + 1);
}

}  // namespace
}  // namespace tcplab::capture
