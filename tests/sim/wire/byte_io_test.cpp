#include "sim/wire/byte_reader.h"
#include "sim/wire/byte_writer.h"
#include "tests/sim/wire/octets.h"

#include <gmock/gmock.h>

#include <array>

namespace tcplab::wire {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using test::operator""_hex;

TEST(ByteReader, ReadsTheHighestOctetFirst) {
    const auto octets = "01 0203 04050607 08090a0b0c0d0e0f"_hex;
    ByteReader reader{octets};

    EXPECT_EQ(reader.read<std::uint8_t>(), 0x01);
    EXPECT_EQ(reader.read<std::uint16_t>(), 0x0203);
    EXPECT_EQ(reader.read<std::uint32_t>(), 0x04050607U);
    EXPECT_EQ(reader.read<std::uint64_t>(), 0x08090a0b0c0d0e0fU);
    EXPECT_EQ(reader.remaining(), 0U);
    EXPECT_FALSE(reader.failed());
}

TEST(ByteReader, YieldsZeroForWhatGoesPastTheEndAndHasFailedFromThenOn) {
    const auto octets = "0102 03"_hex;
    ByteReader reader{octets};
    ASSERT_EQ(reader.read<std::uint16_t>(), 0x0102);

    EXPECT_EQ(reader.read<std::uint16_t>(), 0);

    EXPECT_TRUE(reader.failed());
    EXPECT_EQ(reader.position(), 4U);
    EXPECT_EQ(reader.remaining(), 0U);
    EXPECT_EQ(reader.read<std::uint8_t>(), 0);
    EXPECT_TRUE(reader.failed());
}

TEST(ByteReader, TakesOctetsAsTheyAre) {
    const auto octets = "0a0b0c0d"_hex;
    ByteReader reader{octets};

    EXPECT_THAT(reader.take(0), IsEmpty());
    EXPECT_THAT(reader.take(3), ElementsAre(0x0a, 0x0b, 0x0c));
    EXPECT_EQ(reader.remaining(), 1U);
    EXPECT_FALSE(reader.failed());
}

TEST(ByteReader, TakesAsManyOctetsAsThereAre) {
    const auto octets = "0a0b0c0d"_hex;
    ByteReader reader{octets};

    EXPECT_THAT(reader.take(5), ElementsAre(0x0a, 0x0b, 0x0c, 0x0d));

    EXPECT_TRUE(reader.failed());
    EXPECT_THAT(reader.take(1), IsEmpty());
}

TEST(ByteReader, StaysPastTheEndHoweverMuchIsTaken) {
    const auto octets = "0a"_hex;
    ByteReader reader{octets};

    static_cast<void>(reader.take(SIZE_MAX));
    static_cast<void>(reader.take(SIZE_MAX));

    EXPECT_TRUE(reader.failed());
    EXPECT_EQ(reader.read<std::uint8_t>(), 0);
}

TEST(ByteReader, OfNothingHasNotFailedBeforeTheFirstRead) {
    ByteReader reader{{}};

    EXPECT_FALSE(reader.failed());
    EXPECT_EQ(reader.read<std::uint8_t>(), 0);
    EXPECT_TRUE(reader.failed());
}

TEST(ByteWriter, WritesTheHighestOctetFirst) {
    std::array<std::uint8_t, 15> octets{};
    ByteWriter writer{octets};

    writer.write(std::uint8_t{0x01});
    writer.write(std::uint16_t{0x0203});
    writer.write(std::uint32_t{0x04050607});
    writer.write(std::uint64_t{0x08090a0b0c0d0e0f});

    EXPECT_THAT(octets, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    EXPECT_EQ(writer.position(), 15U);
    EXPECT_FALSE(writer.failed());
}

TEST(ByteWriter, WritesOctetsAsTheyAre) {
    std::array<std::uint8_t, 3> octets{9, 9, 9};
    ByteWriter writer{octets};

    writer.write("0a0b"_hex);

    EXPECT_THAT(octets, ElementsAre(0x0a, 0x0b, 9));
}

TEST(ByteWriter, LeavesOutWhatHasNoRoomAndTellsHowMuchThatWas) {
    std::array<std::uint8_t, 4> octets{9, 9, 9, 9};
    ByteWriter writer{std::span{octets}.first(3)};

    writer.write(std::uint16_t{0x0102});
    writer.write(std::uint32_t{0x03040506});

    EXPECT_THAT(octets, ElementsAre(1, 2, 3, 9));
    EXPECT_TRUE(writer.failed());
    EXPECT_EQ(writer.position(), 6U);
}

}  // namespace
}  // namespace tcplab::wire
