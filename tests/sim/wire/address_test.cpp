#include "sim/wire/address.h"

#include "tests/sim/wire/printers.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

namespace tcplab::wire {
namespace {

using ::testing::Optional;

IpAddress v6(std::array<std::uint16_t, 8> groups) {
    IpAddress address{.version = 6};
    for (std::size_t i = 0; i < groups.size(); ++i) {
        address.octets.at(2 * i) = static_cast<std::uint8_t>(groups.at(i) >> 8);
        address.octets.at(2 * i + 1) = static_cast<std::uint8_t>(groups.at(i));
    }
    return address;
}

struct Written {
    std::string name;  ///< The rule, for the name of the test.
    std::array<std::uint16_t, 8> groups;
    std::string text;
};
void PrintTo(const Written& written, std::ostream* out) {
    *out << written.text;
}

class Rfc5952 : public testing::TestWithParam<Written> {};

TEST_P(Rfc5952, IsHowAnAddressIsWritten) {
    EXPECT_EQ(toString(v6(GetParam().groups)), GetParam().text);
}

TEST_P(Rfc5952, IsReadBack) {
    EXPECT_THAT(parseIpAddress(GetParam().text), Optional(v6(GetParam().groups)));
}

INSTANTIATE_TEST_SUITE_P(
    Section4,
    Rfc5952,
    testing::Values(
        Written{"NoLeadingZeros", {0x2001, 0xdb8, 0xa, 1, 2, 3, 4, 5}, "2001:db8:a:1:2:3:4:5"},
        Written{
            "LowerCase", {0x2001, 0xdb8, 0xaaaa, 1, 2, 3, 4, 0xabcd}, "2001:db8:aaaa:1:2:3:4:abcd"},
        Written{"ShortenedAsMuchAsPossible", {0x2001, 0xdb8, 0, 0, 0, 0, 2, 1}, "2001:db8::2:1"},
        Written{
            "OneGroupIsNotShortened", {0x2001, 0xdb8, 0, 1, 1, 1, 1, 1}, "2001:db8:0:1:1:1:1:1"},
        Written{"TheLongestRun", {0x2001, 0, 0, 1, 0, 0, 0, 1}, "2001:0:0:1::1"},
        Written{"TheFirstOfEqualRuns", {0x2001, 0xdb8, 0, 0, 1, 0, 0, 1}, "2001:db8::1:0:0:1"},
        Written{"AtTheEnd", {0xfe80, 0, 0, 0, 0, 0, 0, 0}, "fe80::"},
        Written{"Unspecified", {}, "::"},
        Written{"Loopback", {0, 0, 0, 0, 0, 0, 0, 1}, "::1"},
        Written{"Mapped", {0, 0, 0, 0, 0, 0xffff, 0xc000, 0x201}, "::ffff:192.0.2.1"}),
    [](const auto& tested) { return tested.param.name; });

TEST(IpAddress, IsReadInAnySpellingOfVersion6) {
    const IpAddress address = v6({0x2001, 0xdb8, 0, 0, 0, 0, 2, 1});

    EXPECT_THAT(parseIpAddress("2001:0db8:0000:0000:0000:0000:0002:0001"), Optional(address));
    EXPECT_THAT(parseIpAddress("2001:DB8::2:1"), Optional(address));
    EXPECT_THAT(parseIpAddress("2001:db8:0:0::0.2.0.1"), Optional(address));
}

TEST(IpAddress, OfVersion4IsWrittenInDecimal) {
    EXPECT_EQ(toString(IpAddress::v4(192, 0, 2, 1)), "192.0.2.1");
    EXPECT_EQ(toString(IpAddress::v4(0, 0, 0, 0)), "0.0.0.0");
    EXPECT_EQ(toString(IpAddress::v4(255, 255, 255, 255)), "255.255.255.255");
}

TEST(IpAddress, OfVersion4IsReadBack) {
    EXPECT_THAT(parseIpAddress("192.0.2.1"), Optional(IpAddress::v4(192, 0, 2, 1)));
    EXPECT_THAT(parseIpAddress("255.255.255.255"), Optional(IpAddress::v4(255, 255, 255, 255)));
}

class NoAddress : public testing::TestWithParam<std::string> {};

TEST_P(NoAddress, IsRefused) {
    EXPECT_EQ(parseIpAddress(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Texts,
                         NoAddress,
                         testing::Values("",
                                         " ",
                                         "192.0.2",
                                         "192.0.2.1.5",
                                         "192.0.2.256",
                                         "192.0.2.-1",
                                         "192.0.2.01",
                                         "192.0.2.1 ",
                                         " 192.0.2.1",
                                         "192.0.2.1:80",
                                         "0x7f.0.0.1",
                                         "2001:db8",
                                         "2001:db8:::1",
                                         "2001::db8::1",
                                         "1:2:3:4:5:6:7:8:9",
                                         "1:2:3:4:5:6:7",
                                         "12345::",
                                         "g::",
                                         "[::1]",
                                         "::1%eth0",
                                         "::1/64",
                                         "::192.0.2.256",
                                         "localhost"));

TEST(IpAddress, ATextWithANulIsNone) {
    EXPECT_EQ(parseIpAddress(std::string_view{"192.0.2.1\0", 10}), std::nullopt);
    EXPECT_EQ(parseIpAddress(std::string_view{"192.0.2.1\0junk", 14}), std::nullopt);
}

TEST(IpAddress, IsReadFromAPartOfALongerText) {
    const std::string_view line = "192.0.2.17";

    EXPECT_THAT(parseIpAddress(line.substr(0, 9)), Optional(IpAddress::v4(192, 0, 2, 1)));
}

TEST(IpAddress, OfVersion4IsNotThatOfVersion6WithTheSameOctets) {
    IpAddress other = IpAddress::v4(192, 0, 2, 1);
    other.version = 6;

    EXPECT_NE(other, IpAddress::v4(192, 0, 2, 1));
}

TEST(IpAddress, AreOrderedLikeTheirNumbers) {
    EXPECT_LT(IpAddress::v4(9, 255, 255, 255), IpAddress::v4(10, 0, 0, 0));
    EXPECT_LT(IpAddress::v4(127, 0, 0, 1), IpAddress::v4(192, 0, 2, 1));
}

TEST(SocketAddress, PutsVersion6IntoBrackets) {
    EXPECT_EQ(toString(SocketAddress{IpAddress::v4(192, 0, 2, 1), 80}), "192.0.2.1:80");
    EXPECT_EQ(toString(SocketAddress{v6({0x2001, 0xdb8, 0, 0, 0, 0, 0, 1}), 65535}),
              "[2001:db8::1]:65535");
}

TEST(MacAddress, IsWrittenAsPairsOfDigits) {
    EXPECT_EQ(toString(MacAddress{0x02, 0x00, 0x5e, 0xab, 0xcd, 0x0f}), "02:00:5e:ab:cd:0f");
}

}  // namespace
}  // namespace tcplab::wire
