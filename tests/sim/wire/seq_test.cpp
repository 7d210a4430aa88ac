#include "sim/wire/seq.h"

#include "sim/wire/segment.h"
#include "tests/sim/wire/printers.h"

#include <gmock/gmock.h>

#include <type_traits>

namespace tcplab {
namespace {

constexpr Seq kZero{0};
constexpr Seq kLast{0xffffffff};

TEST(Seq, GoesOnFromZeroAfterTheLastNumber) {
    EXPECT_EQ(kLast + 1, kZero);
    EXPECT_EQ(kZero - 1, kLast);
    EXPECT_EQ(Seq{0xfffffff0} + 0x20, Seq{0x10});
}

TEST(Seq, IsAdvancedInPlace) {
    Seq seq{0xfffffffe};

    seq += 5;

    EXPECT_EQ(seq, Seq{3});
}

TEST(Seq, TheDifferenceTellsWhoIsAheadAcrossTheWrap) {
    EXPECT_EQ(Seq{3} - Seq{0xfffffffe}, 5);
    EXPECT_EQ(Seq{0xfffffffe} - Seq{3}, -5);
    EXPECT_EQ(kLast - kLast, 0);
}

TEST(Seq, ComparesWithinOneWindow) {
    EXPECT_TRUE(Seq{1} < Seq{2});
    EXPECT_TRUE(Seq{2} > Seq{1});
    EXPECT_FALSE(Seq{2} < Seq{1});
    EXPECT_TRUE(Seq{2} <= Seq{2});
    EXPECT_TRUE(Seq{2} >= Seq{2});
    EXPECT_FALSE(Seq{2} < Seq{2});
    EXPECT_FALSE(Seq{2} > Seq{2});
}

TEST(Seq, ComparesAcrossTheWrap) {
    EXPECT_TRUE(kLast < kZero);
    EXPECT_TRUE(kLast <= kZero);
    EXPECT_TRUE(kZero > kLast);
    EXPECT_TRUE(kZero >= kLast);
    EXPECT_FALSE(kZero < kLast);
    EXPECT_FALSE(kLast >= kZero);
}

TEST(Seq, IsAheadByLessThanHalfOfAllNumbers) {
    for (const std::uint32_t raw : {0U, 1U, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
        SCOPED_TRACE(raw);
        const Seq seq{raw};

        EXPECT_TRUE(seq < seq + 0x7fffffff);
        EXPECT_FALSE(seq + 0x7fffffff < seq);
        EXPECT_FALSE(seq < seq + 0x80000001);
        EXPECT_TRUE(seq + 0x80000001 < seq);
    }
}

TEST(Seq, CannotBeTheKeyOfAnOrderedContainer) {
    static_assert(!std::is_invocable_v<std::less<Seq>, Seq, Seq>);
}

TEST(Segment, SynAndFinOccupyANumberEach) {
    const Bytes abc{std::string_view{"abc"}};

    EXPECT_EQ((Segment{.payload = abc}.len()), 3U);
    EXPECT_EQ((Segment{.ctl = {.syn = true}}.len()), 1U);
    EXPECT_EQ((Segment{.ctl = {.fin = true}, .payload = abc}.len()), 4U);
    EXPECT_EQ((Segment{.ctl = {.fin = true, .syn = true}, .payload = abc}.len()), 5U);
    EXPECT_EQ((Segment{.ctl = {.rst = true, .ack = true}}.len()), 0U);
}

TEST(Segment, EndsAtTheNumberAfterItsLastOne) {
    const Segment segment{
        .seq = Seq{0xfffffffe}, .ctl = {.fin = true}, .payload = Bytes{std::string_view{"abc"}}};

    EXPECT_EQ(segment.end(), Seq{2});
}

// RFC 9293 3.1 with RFC 3168 6.1: CWR, ECE, URG, ACK, PSH, RST, SYN, FIN from the highest bit on.
TEST(Flags, StandInTheOrderOfTheHeader) {
    EXPECT_EQ(Flags{.cwr = true}.octet(), 0x80);
    EXPECT_EQ(Flags{.ece = true}.octet(), 0x40);
    EXPECT_EQ(Flags{.urg = true}.octet(), 0x20);
    EXPECT_EQ(Flags{.ack = true}.octet(), 0x10);
    EXPECT_EQ(Flags{.psh = true}.octet(), 0x08);
    EXPECT_EQ(Flags{.rst = true}.octet(), 0x04);
    EXPECT_EQ(Flags{.syn = true}.octet(), 0x02);
    EXPECT_EQ(Flags{.fin = true}.octet(), 0x01);
}

TEST(Flags, EveryOctetIsReadAsItIsWritten) {
    for (unsigned value = 0; value <= 0xff; ++value) {
        const auto octet = static_cast<std::uint8_t>(value);

        EXPECT_EQ(Flags::fromOctet(octet).octet(), octet);
    }
}

}  // namespace
}  // namespace tcplab
