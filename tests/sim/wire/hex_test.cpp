#include "sim/wire/hex.h"

#include "tests/sim/wire/octets.h"

#include <gtest/gtest.h>

namespace tcplab::wire {
namespace {

using test::operator""_hex;

TEST(Hex, WritesAsManyDigitsAsAreAskedFor) {
    EXPECT_EQ(hex(0x0800, 4), "0x0800");
    EXPECT_EQ(hex(0, 2), "0x00");
    EXPECT_EQ(hex(0xcafebabe, 8), "0xcafebabe");
    EXPECT_EQ(hex(0xf, 1), "0xf");
}

TEST(Hex, KeepsTheLowestDigits) {
    EXPECT_EQ(hex(0x12345, 4), "0x2345");
}

TEST(Hex, WritesOctetsWithoutAnythingBetweenThem) {
    EXPECT_EQ(hex("f9 89 00"_hex), "0xf98900");
    EXPECT_EQ(hex(Octets{}), "0x");
}

TEST(Hex, AppendsTheTwoDigitsOfAnOctet) {
    std::string text = "a";

    appendHex(text, 0x0e);
    appendHex(text, 0xf0);

    EXPECT_EQ(text, "a0ef0");
}

}  // namespace
}  // namespace tcplab::wire
