#include "sim/wire/reassembler.h"

#include "sim/base/rng.h"
#include "tests/sim/wire/printers.h"
#include "tests/sim/wire/random_frame.h"
#include "tests/sim/wire/samples.h"

#include <gmock/gmock.h>

#include <string>
#include <string_view>

namespace tcplab::wire {
namespace {

using namespace std::chrono_literals;
using test::OctetVector;

constexpr Instant kStart{};

/// A fragment of a datagram of UDP from 192.0.2.1 to 192.0.2.2.
struct Cut {
    std::size_t from = 0;
    std::string_view payload{};
    bool more = true;
    std::uint16_t identification = 1;
};

OctetVector ipv4Fragment(const Cut& cut) {
    OctetVector octets(Ipv4Header::kFixedOctets);
    encode(Ipv4Header{.totalLength = static_cast<std::uint16_t>(20 + cut.payload.size()),
                      .identification = cut.identification,
                      .moreFragments = cut.more,
                      .fragmentOffset = static_cast<std::uint16_t>(cut.from / 8),
                      .ttl = 64,
                      .protocol = 253,
                      .source = IpAddress::v4(192, 0, 2, 1),
                      .destination = IpAddress::v4(192, 0, 2, 2)},
           octets);
    octets.insert(octets.end(), cut.payload.begin(), cut.payload.end());
    return octets;
}

OctetVector ipv6Fragment(const Cut& cut) {
    OctetVector octets(Ipv6Header::kOctets + 8);
    encode(Ipv6Header{.payloadLength = static_cast<std::uint16_t>(8 + cut.payload.size()),
                      .nextHeader = 44,
                      .hopLimit = 64,
                      .source = *parseIpAddress("2001:db8::1"),
                      .destination = *parseIpAddress("2001:db8::2")},
           octets);
    encode(Ipv6FragmentHeader{.nextHeader = 253,
                              .fragmentOffset = static_cast<std::uint16_t>(cut.from / 8),
                              .moreFragments = cut.more,
                              .identification = cut.identification},
           std::span{octets}.subspan(Ipv6Header::kOctets));
    octets.insert(octets.end(), cut.payload.begin(), cut.payload.end());
    return octets;
}

/// The payload that the frame completes, or "-".
std::string taken(Reassembler& reassembler, const OctetVector& octets, Instant at = kStart) {
    const auto whole = reassembler.take(dissect(LinkType::RawIp, octets, octets.size()), at);
    if (!whole) return "-";
    const Layers layers = dissect(LinkType::RawIp, whole->octets, whole->octets.size());
    EXPECT_EQ(layers.error(), std::nullopt);
    EXPECT_NE(verifyChecksum(layers, layers[0]).state, ChecksumVerdict::State::Wrong);
    const Octets payload = layers.payload(layers[0]);
    return {payload.begin(), payload.end()};
}

TEST(Reassembler, PutsFragmentsTogetherInAnyOrder) {
    const std::array<Cut, 3> cuts{{{0, "abcdefgh"}, {8, "ijklmnop"}, {16, "q", false}}};
    for (const auto& order : {std::array{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {0, 2, 1}}) {
        for (const auto make : {ipv4Fragment, ipv6Fragment}) {
            Reassembler reassembler;
            const auto take = [&](int which) {
                return taken(reassembler, make(cuts.at(static_cast<std::size_t>(which))));
            };
            EXPECT_EQ(take(order[0]), "-");
            EXPECT_EQ(take(order[1]), "-");
            EXPECT_EQ(take(order[2]), "abcdefghijklmnopq");
            EXPECT_EQ(reassembler.waiting(), 0U);
        }
    }
}

TEST(Reassembler, TellsHowManyFragmentsThereWere) {
    Reassembler reassembler;
    EXPECT_EQ(taken(reassembler, ipv4Fragment({0, "abcdefgh"})), "-");
    const auto last = ipv4Fragment({8, "i", false});

    const auto whole = reassembler.take(dissect(LinkType::RawIp, last, last.size()), kStart);

    ASSERT_TRUE(whole.has_value());
    EXPECT_EQ(whole->fragments, 2U);
}

TEST(Reassembler, PassesOverWhatIsNoFragment) {
    Reassembler reassembler;
    for (const test::Sample& sample : test::samples()) {
        const Layers layers = dissect(sample.link, sample.octets, sample.octets.size());

        EXPECT_FALSE(reassembler.take(layers, kStart).has_value()) << sample.name;
    }
    EXPECT_EQ(reassembler.waiting(), 2U);
}

TEST(Reassembler, KeepsDatagramsApart) {
    Reassembler reassembler;
    EXPECT_EQ(taken(reassembler, ipv4Fragment({0, "abcdefgh", true, 1})), "-");
    EXPECT_EQ(taken(reassembler, ipv4Fragment({8, "x", false, 2})), "-");
    EXPECT_EQ(taken(reassembler, ipv4Fragment({8, "i", false, 1})), "abcdefghi");
}

// RFC 791 3.2: what arrived later is what counts.
TEST(Reassembler, OfIpv4TakesTheLaterOfOverlappingOctets) {
    Reassembler reassembler;
    EXPECT_EQ(taken(reassembler, ipv4Fragment({0, "aaaaaaaabbbbbbbb"})), "-");
    EXPECT_EQ(taken(reassembler, ipv4Fragment({8, "cccccccc"})), "-");
    EXPECT_EQ(taken(reassembler, ipv4Fragment({16, "d", false})), "aaaaaaaaccccccccd");
}

// RFC 5722 4: the datagram is given up, and with it what is still to come.
TEST(Reassembler, OfIpv6GivesUpWhatOverlaps) {
    Reassembler reassembler;
    EXPECT_EQ(taken(reassembler, ipv6Fragment({0, "aaaaaaaabbbbbbbb"})), "-");
    EXPECT_EQ(taken(reassembler, ipv6Fragment({8, "cccccccc"})), "-");
    EXPECT_EQ(taken(reassembler, ipv6Fragment({16, "d", false})), "-");
    EXPECT_EQ(taken(reassembler, ipv6Fragment({0, "aaaaaaaabbbbbbbb"})), "-");
}

// RFC 8200 4.5: a network may deliver the same fragment twice.
TEST(Reassembler, TakesTheSameFragmentTwice) {
    for (const auto make : {ipv4Fragment, ipv6Fragment}) {
        Reassembler reassembler;
        EXPECT_EQ(taken(reassembler, make({0, "abcdefgh"})), "-");
        EXPECT_EQ(taken(reassembler, make({8, "ijklmnop"})), "-");
        EXPECT_EQ(taken(reassembler, make({0, "abcdefgh"})), "-");
        EXPECT_EQ(taken(reassembler, make({16, "q", false})), "abcdefghijklmnopq");
    }
}

TEST(Reassembler, GivesUpADatagramWithTwoEnds) {
    for (const auto make : {ipv4Fragment, ipv6Fragment}) {
        Reassembler reassembler;
        EXPECT_EQ(taken(reassembler, make({16, "q", false})), "-");
        EXPECT_EQ(taken(reassembler, make({8, "i", false})), "-");
        EXPECT_EQ(taken(reassembler, make({0, "abcdefgh"})), "-");
    }
}

TEST(Reassembler, GivesUpADatagramThatGoesOnPastItsEnd) {
    Reassembler reassembler;
    EXPECT_EQ(taken(reassembler, ipv4Fragment({16, "qrstuvwx"})), "-");
    EXPECT_EQ(taken(reassembler, ipv4Fragment({8, "i", false})), "-");
    EXPECT_EQ(taken(reassembler, ipv4Fragment({0, "abcdefgh"})), "-");
}

// Only the last one may have a length that is no multiple of eight.
TEST(Reassembler, PassesOverAFragmentOfOddLength) {
    Reassembler reassembler;
    EXPECT_EQ(taken(reassembler, ipv4Fragment({0, "abcdefg"})), "-");
    EXPECT_EQ(reassembler.waiting(), 0U);
}

TEST(Reassembler, PassesOverWhatWasNotCapturedToItsEnd) {
    Reassembler reassembler;
    const OctetVector octets = ipv4Fragment({0, "abcdefgh"});
    const Layers layers =
        dissect(LinkType::RawIp, Octets{octets}.first(octets.size() - 1), octets.size());

    EXPECT_FALSE(reassembler.take(layers, kStart).has_value());
    EXPECT_EQ(reassembler.waiting(), 0U);
}

TEST(Reassembler, WaitsThirtySecondsInIpv4AndSixtyInIpv6) {
    Reassembler reassembler;
    EXPECT_EQ(taken(reassembler, ipv4Fragment({0, "abcdefgh"})), "-");
    EXPECT_EQ(taken(reassembler, ipv6Fragment({0, "abcdefgh"})), "-");

    EXPECT_EQ(taken(reassembler, ipv4Fragment({8, "i", false}), kStart + 31s), "-");
    EXPECT_EQ(taken(reassembler, ipv6Fragment({8, "i", false}), kStart + 60s), "abcdefghi");
}

TEST(Reassembler, ForgetsTheOldestWhereTooManyWait) {
    Reassembler reassembler{{.datagrams = 2}};
    for (const std::uint16_t id : {std::uint16_t{1}, std::uint16_t{2}, std::uint16_t{3}}) {
        EXPECT_EQ(taken(reassembler, ipv4Fragment({0, "abcdefgh", true, id})), "-");
    }

    EXPECT_EQ(reassembler.waiting(), 2U);
    EXPECT_EQ(taken(reassembler, ipv4Fragment({8, "i", false, 1})), "-");
    EXPECT_EQ(taken(reassembler, ipv4Fragment({8, "i", false, 3})), "abcdefghi");
}

TEST(Reassembler, ForgetsTheOldestWhereTheyTakeTooMuchMemory) {
    Reassembler reassembler{{.octets = 16}};
    EXPECT_EQ(taken(reassembler, ipv4Fragment({0, "abcdefgh", true, 1})), "-");
    EXPECT_EQ(taken(reassembler, ipv4Fragment({8, "abcdefgh", true, 2})), "-");

    EXPECT_EQ(reassembler.waiting(), 1U);
}

// RFC 8200 4.5: a datagram longer than its length field can tell is discarded.
TEST(Reassembler, PassesOverWhatGoesPastTheLongestDatagram) {
    Reassembler reassembler;
    EXPECT_EQ(taken(reassembler, ipv4Fragment({65'528, "abcdefgh", false})), "-");
    EXPECT_EQ(reassembler.waiting(), 0U);
}

TEST(Reassembler, IsAValue) {
    Reassembler reassembler;
    EXPECT_EQ(taken(reassembler, ipv4Fragment({0, "abcdefgh"})), "-");
    Reassembler copy = reassembler;

    EXPECT_EQ(taken(reassembler, ipv4Fragment({8, "i", false})), "abcdefghi");
    EXPECT_EQ(taken(copy, ipv4Fragment({8, "j", false})), "abcdefghj");
}

TEST(Reassembler, StaysWithinItsLimitsWhateverComes) {
    Rng rng{5722};
    Reassembler reassembler{{.datagrams = 5, .octets = 3000}};
    const std::string payload(64, 'x');
    for (int round = 0; round < 20'000; ++round) {
        const Cut cut{test::below(rng, 30) * 8,
                      std::string_view{payload}.substr(0, test::below(rng, 65)),
                      test::below(rng, 4) > 0,
                      static_cast<std::uint16_t>(test::below(rng, 9))};
        const auto make = test::below(rng, 2) == 0 ? ipv4Fragment : ipv6Fragment;

        const std::string whole =
            taken(reassembler, make(cut), kStart + std::chrono::seconds{round});

        EXPECT_FALSE(whole.empty());
        ASSERT_LE(reassembler.waiting(), 5U);
    }
}

}  // namespace
}  // namespace tcplab::wire
