#include "sim/framing/encoder.h"

#include "tests/sim/framing/pieces.h"

#include <gmock/gmock.h>

namespace tcplab::framing {
namespace {

using namespace std::string_literals;
using Kind = FramingError::Kind;

std::string encoded(const Framing& framing, std::string_view message) {
    std::vector<std::uint8_t> out;
    const auto error = encode(framing, test::octets(message), out);
    return error ? "! " + describe(*error, Language::English) : test::text(out);
}

TEST(Encoder, ALengthIsPrepended) {
    EXPECT_EQ(encoded(LengthField{.width = 2, .strip = 2}, "hello"), "\0\x05hello"s);
    EXPECT_EQ(encoded(LengthField{.width = 4, .strip = 4, .endian = Endian::Little}, "hi"),
              "\x02\0\0\0hi"s);
}

TEST(Encoder, ALengthMayCountItselfOrLess) {
    EXPECT_EQ(encoded(LengthField{.width = 2, .adjust = -2, .strip = 2}, "hello"), "\0\x07hello"s);
    EXPECT_EQ(encoded(LengthField{.width = 2, .adjust = 4, .strip = 2}, "hello"), "\0\x01hello"s);
}

TEST(Encoder, ALengthBelowZeroOrTooLargeForItsFieldIsTold) {
    EXPECT_THAT(encoded(LengthField{.width = 2, .adjust = 6, .strip = 2}, "hello"),
                testing::StartsWith("! the length field cannot hold"));
    EXPECT_THAT(encoded(LengthField{.width = 1, .strip = 1}, std::string(256, 'x')),
                testing::StartsWith("! the length field cannot hold"));
    EXPECT_EQ(encoded(LengthField{.width = 1, .strip = 1}, std::string(255, 'x')).size(), 256U);
}

TEST(Encoder, ADelimiterInsideTheMessageIsTold) {
    EXPECT_EQ(encoded(lines(), "hello"), "hello\n");
    EXPECT_THAT(encoded(lines(), "hel\nlo"), testing::HasSubstr("has a delimiter inside"));
    EXPECT_THAT(encoded(lines(), "hello\r"), testing::HasSubstr("has a delimiter inside"));
}

TEST(Encoder, AMessageOfAnotherSizeThanTheFixedOneIsTold) {
    EXPECT_EQ(encoded(Fixed{3}, "abc"), "abc");
    EXPECT_EQ(encoded(Fixed{3}, "ab"), "! the message has 2 octets, and this framing takes 3");
}

TEST(Encoder, WhatIsNoJsonIsNotWrittenAsJson) {
    EXPECT_EQ(encoded(Json{}, "[1, 2]"), "[1, 2]\n");
    EXPECT_THAT(encoded(Json{}, "[1, 2"), testing::StartsWith("! offset 0: the stream ends"));
    EXPECT_THAT(encoded(Json{}, "[1] [2]"), testing::StartsWith("! the message has 7"));
}

TEST(Encoder, AHeaderNamesTheSizeOfTheBody) {
    EXPECT_EQ(encoded(HeaderJson{.endian = Endian::Big}, "hello"), "\0\0\0\x0b{\"size\": 5}hello"s);
    EXPECT_EQ(encoded(HeaderJson{.key = "n"}, "hi"), "\x08\0\0\0{\"n\": 2}hi"s);
}

}  // namespace
}  // namespace tcplab::framing
