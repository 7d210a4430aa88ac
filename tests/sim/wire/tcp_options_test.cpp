#include "sim/wire/tcp_options.h"

#include "sim/wire/field.h"
#include "tests/sim/wire/octets.h"
#include "tests/sim/wire/printers.h"

#include <gmock/gmock.h>

#include <array>
#include <span>
#include <string>
#include <vector>

namespace tcplab::wire {

namespace {

using test::OctetVector;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Optional;
using ::testing::SizeIs;
using test::operator""_hex;

struct Coded {
    std::string name;
    TcpOption option;
    OctetVector octets;
};
void PrintTo(const Coded& coded, std::ostream* out) {
    *out << coded.name;
}

/// The options of the octets as text, one each.
std::vector<std::string> walk(Octets octets) {
    std::vector<std::string> texts;
    TcpOptionCursor cursor{octets};
    while (const auto option = cursor.next()) texts.push_back(toString(*option));
    return texts;
}

constexpr std::array<std::uint8_t, 16> kValues{
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
constexpr std::span kOctets{kValues};

OctetVector md5Octets() {
    return test::join({"13 12"_hex, test::vectorOf(kOctets)});
}

Sack sackOf(std::initializer_list<SackBlock> blocks) {
    Sack sack;
    for (const SackBlock& block : blocks) sack.blocks.at(sack.count++) = block;
    return sack;
}

class KnownOption : public testing::TestWithParam<Coded> {};

TEST_P(KnownOption, IsWrittenAsItsRfcSays) {
    TcpOptions options;

    options.push(GetParam().option);

    EXPECT_THAT(options.octets(), ElementsAreArray(GetParam().octets));
}

TEST_P(KnownOption, IsReadBack) {
    TcpOptionCursor cursor{GetParam().octets};

    const auto option = cursor.next();

    ASSERT_TRUE(option.has_value());
    EXPECT_EQ(option->index(), GetParam().option.index());
    EXPECT_EQ(toString(*option), toString(GetParam().option));
    EXPECT_EQ(cursor.offset(), GetParam().octets.size());
    EXPECT_FALSE(cursor.next().has_value());
    EXPECT_FALSE(cursor.broken());
}

// RFC 9293 3.2, RFC 7323 2.2 and 3.2, RFC 2018 2 and 3.
INSTANTIATE_TEST_SUITE_P(
    Rfc,
    KnownOption,
    testing::Values(
        Coded{"EndOfList", EndOfList{}, "00"_hex},
        Coded{"NoOperation", NoOperation{}, "01"_hex},
        Coded{"MaximumSegmentSize", MaximumSegmentSize{1460}, "02 04 05b4"_hex},
        Coded{"WindowScale", WindowScale{14}, "03 03 0e"_hex},
        Coded{"SackPermitted", SackPermitted{}, "04 02"_hex},
        Coded{"Md5Signature", Md5Signature{kOctets.first<16>()}, md5Octets()},
        Coded{"UserTimeout", UserTimeout{true, 2}, "1c 04 8002"_hex},
        Coded{
            "Authentication", Authentication{1, 2, kOctets.first<4>()}, "1d 08 0102 00010203"_hex},
        Coded{"Multipath", Multipath{1, 8, kOctets.first<2>()}, "1e 05 18 0001"_hex},
        Coded{"FastOpen", FastOpen{kOctets.first<4>()}, "22 06 00010203"_hex},
        Coded{"FastOpenAsked", FastOpen{}, "22 02"_hex},
        Coded{"Experiment1", Experiment{253, 0xf989, kOctets.first<2>()}, "fd 06 f989 0001"_hex},
        Coded{"Experiment2", Experiment{254, 0x0348, {}}, "fe 04 0348"_hex},
        Coded{"NoBlock", Sack{}, "05 02"_hex},
        Coded{"OneBlock", sackOf({{5500, 6000}}), "05 0a 0000157c 00001770"_hex},
        Coded{"FourBlocks",
              sackOf({{1, 2}, {3, 4}, {5, 6}, {0xfffffff0, 7}}),
              "05 22 00000001 00000002 00000003 00000004 00000005 00000006 fffffff0 00000007"_hex},
        Coded{"Timestamps", Timestamps{0x01020304, 0xfffefdfc}, "08 0a 01020304 fffefdfc"_hex}),
    [](const auto& tested) { return tested.param.name; });

struct Misfit {
    std::string name;
    OctetVector octets;
};
void PrintTo(const Misfit& misfit, std::ostream* out) {
    *out << misfit.name;
}

class OptionWhoseLengthDoesNotFitItsKind : public testing::TestWithParam<Misfit> {};

TEST_P(OptionWhoseLengthDoesNotFitItsKind, IsSteppedOverAsUnknown) {
    OctetVector octets = GetParam().octets;
    octets.push_back(1);
    TcpOptionCursor cursor{octets};

    const auto option = cursor.next();

    ASSERT_TRUE(option.has_value());
    EXPECT_TRUE(std::holds_alternative<UnknownOption>(*option));
    EXPECT_EQ(cursor.offset(), GetParam().octets.size());
    const auto after = cursor.next();
    ASSERT_TRUE(after.has_value());
    EXPECT_EQ(toString(*after), "nop");
}

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    OptionWhoseLengthDoesNotFitItsKind,
    testing::Values(Misfit{"ShortMss", "02 03 05"_hex},
                    Misfit{"LongMss", "02 05 05b400"_hex},
                    Misfit{"ShortWindowScale", "03 02"_hex},
                    Misfit{"LongWindowScale", "03 04 0700"_hex},
                    Misfit{"LongSackPermitted", "04 03 00"_hex},
                    Misfit{"SackWithHalfABlock", "05 06 00000001"_hex},
                    Misfit{"SackWithABlockAndAnOctet", "05 0b 00000001 00000002 00"_hex},
                    Misfit{"ShortTimestamps", "08 06 00000001"_hex},
                    Misfit{"LongTimestamps", "08 0b 00000001 00000002 00"_hex}),
    [](const auto& tested) { return tested.param.name; });

struct Break {
    std::string name;
    OctetVector octets;
    std::size_t at;
};
void PrintTo(const Break& broken, std::ostream* out) {
    *out << broken.name;
}

class BrokenOption : public testing::TestWithParam<Break> {};

TEST_P(BrokenOption, EndsTheWalkAndIsFound) {
    TcpOptionCursor cursor{GetParam().octets};
    while (cursor.next().has_value()) {
    }

    EXPECT_TRUE(cursor.broken());
    EXPECT_EQ(cursor.offset(), GetParam().at);
    EXPECT_THAT(brokenOptionAt(GetParam().octets), Optional(GetParam().at));
}

TEST_P(BrokenOption, LeavesTheRestUnreadInTheList) {
    std::vector<Field> fields;

    listOptions(GetParam().octets, 100, fields);

    ASSERT_THAT(fields, Not(IsEmpty()));
    EXPECT_EQ(fields.back().offset, 100 + GetParam().at);
    EXPECT_EQ(fields.back().length, GetParam().octets.size() - GetParam().at);
    EXPECT_EQ(fields.back().name.en, "Not read");
}

INSTANTIATE_TEST_SUITE_P(Lengths,
                         BrokenOption,
                         testing::Values(Break{"Zero", "02 00 05b4"_hex, 0},
                                         Break{"One", "fe 01 0101"_hex, 0},
                                         Break{
                                             "PastTheEnd", "01 01 08 0b 00000001 00000002"_hex, 2},
                                         Break{"Missing", "01 01 01 02"_hex, 3},
                                         Break{"OfTheSecond", "0402 05ff 00000000"_hex, 2}),
                         [](const auto& tested) { return tested.param.name; });

TEST(TcpOptionCursor, StopsAfterTheEndOfTheList) {
    const auto octets = "02 04 05b4 00 02 00 ff"_hex;
    TcpOptionCursor cursor{octets};

    EXPECT_THAT(walk(octets), ElementsAre("mss 1460", "eol"));
    while (cursor.next().has_value()) {
    }
    EXPECT_EQ(cursor.offset(), 5U);
    EXPECT_FALSE(cursor.broken());
    EXPECT_EQ(brokenOptionAt(octets), std::nullopt);
}

TEST(TcpOptionCursor, FindsNothingInNothing) {
    TcpOptionCursor cursor{{}};

    EXPECT_FALSE(cursor.next().has_value());
    EXPECT_FALSE(cursor.broken());
}

TEST(TcpOptionCursor, KeepsTheOctetsOfAKindItDoesNotKnow) {
    const auto octets = "fd 06 aabbccdd 1e 02"_hex;

    EXPECT_THAT(walk(octets), ElementsAre("kind 253 0xaabbccdd", "kind 30 0x"));
}

TEST(TcpOptionCursor, StopsSomewhereInAnyOctets) {
    for (unsigned kind = 0; kind <= 0xff; ++kind) {
        for (unsigned length = 0; length <= 0xff; ++length) {
            const OctetVector octets{
                static_cast<std::uint8_t>(kind), static_cast<std::uint8_t>(length), 1, 5, 3, 7};
            TcpOptionCursor cursor{octets};
            std::size_t steps = 0;
            while (cursor.next().has_value()) ++steps;

            ASSERT_LE(steps, octets.size()) << "kind " << kind << ", length " << length;
            ASSERT_LE(cursor.offset(), octets.size()) << "kind " << kind << ", length " << length;
        }
    }
}

TEST(TcpOptions, AreFoundWhereverTheyStand) {
    const TcpOptions options{"01 0402 080a0000000700000009 030307 020405b4"_hex};

    EXPECT_THAT(options.maximumSegmentSize(), Optional(1460));
    EXPECT_THAT(options.windowScale(), Optional(7));
    EXPECT_TRUE(options.sackPermitted());
    EXPECT_THAT(options.timestamps(), Optional(Timestamps{7, 9}));
    EXPECT_EQ(options.sack(), std::nullopt);
}

TEST(TcpOptions, AreNotFoundAfterTheEndOfTheListOrAFault) {
    EXPECT_EQ(TcpOptions{"00 020405b4"_hex}.maximumSegmentSize(), std::nullopt);
    EXPECT_EQ(TcpOptions{"fe00 020405b4"_hex}.maximumSegmentSize(), std::nullopt);
    EXPECT_FALSE(TcpOptions{"fe01 0402"_hex}.sackPermitted());
}

TEST(TcpOptions, TheFirstWellFormedOneOfAKindCounts) {
    const TcpOptions options{"0203 05 020405b4 02040218"_hex};

    EXPECT_THAT(options.maximumSegmentSize(), Optional(1460));
}

TEST(TcpOptions, TakeAtMostFortyOctets) {
    EXPECT_THAT(TcpOptions{OctetVector(41, 1)}.octets(), SizeIs(40));
    EXPECT_THAT(TcpOptions{OctetVector(40, 1)}.octets(), SizeIs(40));
}

TEST(TcpOptions, ArePaddedWithNoOperationsToAMultipleOfFour) {
    TcpOptions options;
    options.push(WindowScale{7});
    options.push(SackPermitted{});

    options.pad();

    EXPECT_THAT(options.octets(), ElementsAreArray("030307 0402 010101"_hex));
}

TEST(TcpOptions, AreNotPaddedWhereTheyFit) {
    TcpOptions options{"020405b4"_hex};

    options.pad();

    EXPECT_THAT(options.octets(), SizeIs(4));
}

TEST(TcpOptions, AreEqualWhereTheirOctetsAre) {
    EXPECT_EQ(TcpOptions{"0402 0101"_hex}, TcpOptions{"0402 0101"_hex});
    EXPECT_NE(TcpOptions{"0402 0101"_hex}, TcpOptions{"0101 0402"_hex});
    EXPECT_NE(TcpOptions{"01"_hex}, TcpOptions{"0101"_hex});
}

TEST(TcpOptionsDeathTest, MoreThanFortyOctetsIsAFaultOfTheProgram) {
    TcpOptions options{OctetVector(38, 1)};

    EXPECT_DEATH(options.push(WindowScale{7}), "check failed");
    EXPECT_DEATH(options.push(Octets{"010101"_hex}), "check failed");
}

}  // namespace
}  // namespace tcplab::wire
