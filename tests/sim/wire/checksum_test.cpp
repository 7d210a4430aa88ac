#include "sim/wire/checksum.h"

#include "sim/base/rng.h"
#include "tests/sim/wire/octets.h"

#include <gmock/gmock.h>

namespace tcplab::wire {
namespace {

using test::OctetVector;
using test::operator""_hex;

std::uint16_t sumOf(Octets octets) {
    Checksum sum;
    sum.add(octets);
    return sum.sum();
}

/// RFC 1071 1 word by word, the carry added back at once.
std::uint16_t plainSumOf(const OctetVector& octets) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < octets.size(); i += 2) {
        sum += octets[i] * 256U + (i + 1 < octets.size() ? octets[i + 1] : 0U);
        if (sum > 0xffff) sum -= 0xffff;
    }
    return static_cast<std::uint16_t>(sum);
}

OctetVector randomOctets(Rng& rng, std::size_t count) {
    OctetVector octets(count);
    for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(rng.next());
    return octets;
}

// RFC 1071 3: 00 01 f2 03 f4 f5 f6 f7 add up to ddf2.
TEST(Checksum, OfTheExampleOfRfc1071IsAsItSays) {
    EXPECT_EQ(sumOf("0001 f203 f4f5 f6f7"_hex), 0xddf2);
}

TEST(Checksum, IsTheComplementOfTheSum) {
    Checksum sum;
    sum.add("0001 f203 f4f5 f6f7"_hex);

    EXPECT_EQ(sum.value(), 0x220d);
}

TEST(Checksum, OfNothingIsTheComplementOfZero) {
    EXPECT_EQ(Checksum{}.sum(), 0);
    EXPECT_EQ(Checksum{}.value(), 0xffff);
}

// The IPv4 header of a SYN; tshark calls its checksum, 323f, right.
TEST(Checksum, OverDataThatCarriesItsOwnAddsUpToAllOnes) {
    EXPECT_EQ(sumOf("4500 003c 1c46 4000 4006 323f c000 0201 c633 6402"_hex), 0xffff);
}

TEST(Checksum, TreatsAMissingLastOctetAsZero) {
    EXPECT_EQ(sumOf("0102 03"_hex), 0x0402);
    EXPECT_EQ(sumOf("ff"_hex), 0xff00);
}

TEST(Checksum, AddsACarryBackHoweverOftenOneComes) {
    EXPECT_EQ(sumOf(OctetVector(65'536, 0xff)), 0xffff);
    EXPECT_EQ(sumOf("ffff 0001"_hex), 0x0001);
    EXPECT_EQ(sumOf("ffff ffff 0002"_hex), 0x0002);
}

TEST(Checksum, OfAWordIsThatOfItsTwoOctets) {
    Checksum words;
    words.add(std::uint16_t{0x0001});
    words.add(std::uint16_t{0xf203});

    EXPECT_EQ(words.sum(), sumOf("0001 f203"_hex));
}

TEST(Checksum, AWordAfterAnOddOctetGoesOnInTheMiddle) {
    Checksum sum;
    sum.add("01"_hex);
    sum.add(std::uint16_t{0x0203});

    EXPECT_EQ(sum.sum(), sumOf("01 0203"_hex));
}

TEST(Checksum, IsThatOfTheWordsAddedOneByOne) {
    Rng rng{1071};
    for (std::size_t size = 0; size < 200; ++size) {
        const OctetVector octets = randomOctets(rng, size);

        EXPECT_EQ(sumOf(octets), plainSumOf(octets)) << size << " octets";
    }
}

TEST(Checksum, DoesNotDependOnWhereTheSpansAreCut) {
    Rng rng{1624};
    const OctetVector octets = randomOctets(rng, 41);
    for (std::size_t first = 0; first <= octets.size(); ++first) {
        for (std::size_t second = first; second <= octets.size(); ++second) {
            Checksum sum;
            sum.add(Octets{octets}.first(first));
            sum.add(Octets{octets}.subspan(first, second - first));
            sum.add(Octets{octets}.subspan(second));

            EXPECT_EQ(sum.sum(), plainSumOf(octets)) << "cut at " << first << " and " << second;
        }
    }
}

// RFC 9293 3.1: addresses, zero, 6 and the length, as 16-bit words.
TEST(PseudoHeader, OfVersion4HasTheAddressesTheProtocolAndTheLength) {
    const Checksum sum =
        pseudoHeader(IpAddress::v4(192, 0, 2, 1), IpAddress::v4(198, 51, 100, 2), 6, 40);

    EXPECT_EQ(sum.sum(), sumOf("c0000201 c6336402 00 06 0028"_hex));
}

// RFC 8200 8.1: addresses, a length of 32 bits, three zero octets and 6.
TEST(PseudoHeader, OfVersion6HasALengthOf32Bits) {
    const IpAddress one{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 6};
    const IpAddress two{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, 6};

    const Checksum sum = pseudoHeader(one, two, 6, 0x00012345);

    EXPECT_EQ(sum.sum(),
              sumOf("20010db8000000000000000000000001 20010db8000000000000000000000002"
                    "00012345 000000 06"_hex));
}

TEST(PseudoHeaderDeathTest, OfTwoVersionsIsAFaultOfTheProgram) {
    const IpAddress v6{.version = 6};

    EXPECT_DEATH(static_cast<void>(pseudoHeader(v6, IpAddress{}, 6, 20)), "check failed");
}

}  // namespace
}  // namespace tcplab::wire
