#include "sim/wire/stack.h"
#include "tests/sim/wire/printers.h"
#include "tests/sim/wire/samples.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <stdexcept>

namespace tcplab::wire {
namespace {

using State = ChecksumVerdict::State;
using test::Sample;

constexpr std::size_t kIp = 14;
constexpr std::size_t kIpChecksum = kIp + 10;
constexpr std::size_t kTcpChecksum = kIp + 20 + 16;

/// What is said of the innermost layer of the protocol, of which `size` octets were captured.
ChecksumVerdict verdictOn(Protocol protocol, const Sample& sample, std::size_t size = SIZE_MAX) {
    const Octets captured = Octets{sample.octets}.first(std::min(size, sample.octets.size()));
    const Layers layers = dissect(sample.link, captured, sample.octets.size());
    const Layer* layer = layers.find(protocol);
    if (layer == nullptr) throw std::invalid_argument{"no such layer"};
    return verifyChecksum(layers, *layer);
}

Sample with(Sample sample, std::size_t offset, std::uint16_t word) {
    sample.octets.at(offset) = static_cast<std::uint8_t>(word >> 8);
    sample.octets.at(offset + 1) = static_cast<std::uint8_t>(word);
    return sample;
}

class RightChecksum : public testing::TestWithParam<Sample> {};

TEST_P(RightChecksum, IsFoundRight) {
    EXPECT_EQ(verdictOn(Protocol::Tcp, GetParam()).state, State::Right);
}

TEST_P(RightChecksum, IsWrongWithAnyOtherOctetOfTheSegment) {
    const Layers layers = dissect(GetParam().link, GetParam().octets, GetParam().octets.size());
    const Layer tcp = *layers.find(Protocol::Tcp);
    for (std::size_t at = tcp.offset; at < tcp.offset + tcp.length; ++at) {
        // Another data offset moves what is header and what is payload.
        if (at == tcp.offset + 12) continue;
        Sample damaged = GetParam();
        damaged.octets[at] ^= 0x10;

        EXPECT_EQ(verdictOn(Protocol::Tcp, damaged).state, State::Wrong) << "at octet " << at;
    }
}

INSTANTIATE_TEST_SUITE_P(Samples,
                         RightChecksum,
                         testing::Values(test::syn(),
                                         test::rawIpv4(),
                                         test::paddedAck(),
                                         test::ipOptionsAndSack(),
                                         test::ipv6Extensions(),
                                         test::ipv6Jumbo()),
                         [](const auto& tested) { return tested.param.name; });

TEST(TcpChecksum, IsToldWhatItShouldBe) {
    const Sample sample = with(test::syn(), kTcpChecksum, 0x1234);

    EXPECT_EQ(verdictOn(Protocol::Tcp, sample), (ChecksumVerdict{State::Wrong, 0xbb4f}));
}

// c000 + 0201 + c633 + 6402 + 0006 + 0028: what a sender writes that leaves the rest to its card.
TEST(TcpChecksum, ThatIsThePseudoHeadersSumIsLeftToTheNetworkCard) {
    const Sample sample = with(test::syn(), kTcpChecksum, 0xec65);

    EXPECT_EQ(verdictOn(Protocol::Tcp, sample), (ChecksumVerdict{State::Offloaded, 0xbb4f}));
}

// The same without a length, as Linux writes it where the card is to cut the segment.
TEST(TcpChecksum, ThatIsThePseudoHeadersSumWithoutALengthIsLeftToTheNetworkCard) {
    const Sample sample = with(test::syn(), kTcpChecksum, 0xec3d);

    EXPECT_EQ(verdictOn(Protocol::Tcp, sample).state, State::Offloaded);
}

TEST(TcpChecksum, DoesNotCoverThePadding) {
    Sample sample = test::paddedAck();
    sample.octets.back() = 0x77;

    EXPECT_EQ(verdictOn(Protocol::Tcp, sample).state, State::Right);
}

TEST(TcpChecksum, IsNotCheckableWhereThePayloadIsCut) {
    const Sample sample = test::ipv6Extensions();

    EXPECT_EQ(verdictOn(Protocol::Tcp, sample, sample.octets.size() - 1).state,
              State::NotCheckable);
}

TEST(TcpChecksum, IsNotCheckableWhereTheHeaderIsCut) {
    EXPECT_EQ(verdictOn(Protocol::Tcp, test::syn(), 50).state, State::NotCheckable);
}

TEST(TcpChecksum, IsCheckableWhereOnlyThePaddingIsCut) {
    EXPECT_EQ(verdictOn(Protocol::Tcp, test::paddedAck(), 54).state, State::Right);
}

TEST(TcpChecksum, OfAFragmentIsNotCheckable) {
    EXPECT_EQ(verdictOn(Protocol::Tcp, test::ipv6FirstFragment()).state, State::NotCheckable);
}

// RFC 8200 8.1: it covers the last address of the route, not the one the packet goes to next.
TEST(TcpChecksum, OnTheWayAlongARouteIsNotCheckable) {
    EXPECT_EQ(verdictOn(Protocol::Tcp, test::ipv6Routing()).state, State::NotCheckable);
}

TEST(TcpChecksum, AtTheEndOfARouteIsChecked) {
    constexpr std::size_t kDestination = kIp + 24;
    constexpr std::size_t kSegmentsLeft = kIp + 40 + 3;
    Sample sample = test::ipv6Routing();
    sample.octets[kDestination + 15] = 3;
    sample.octets[kSegmentsLeft] = 0;

    EXPECT_EQ(verdictOn(Protocol::Tcp, sample).state, State::Right);
}

TEST(Ipv4Checksum, IsFoundRight) {
    EXPECT_EQ(verdictOn(Protocol::Ipv4, test::syn()), (ChecksumVerdict{State::Right, 0x323f}));
    EXPECT_EQ(verdictOn(Protocol::Ipv4, test::ipOptionsAndSack()).state, State::Right);
}

TEST(Ipv4Checksum, IsToldWhatItShouldBe) {
    EXPECT_EQ(verdictOn(Protocol::Ipv4, with(test::syn(), kIpChecksum, 0x323e)),
              (ChecksumVerdict{State::Wrong, 0x323f}));
}

TEST(Ipv4Checksum, CoversTheOptions) {
    Sample sample = test::ipOptionsAndSack();
    sample.octets[kIp + 23] = 1;

    EXPECT_EQ(verdictOn(Protocol::Ipv4, sample).state, State::Wrong);
}

TEST(Ipv4Checksum, DoesNotCoverThePayload) {
    Sample sample = test::syn();
    sample.octets.back() ^= 0xff;

    EXPECT_EQ(verdictOn(Protocol::Ipv4, sample).state, State::Right);
}

// 0000 and ffff are one number in ones' complement.
TEST(Ipv4Checksum, ThatIsNegativeZeroIsRight) {
    Sample sample = with(test::syn(), kIp + 4, 0x1c46 + 0x323f);
    ASSERT_EQ(verdictOn(Protocol::Ipv4, with(sample, kIpChecksum, 0)).state, State::Right);

    EXPECT_EQ(verdictOn(Protocol::Ipv4, with(sample, kIpChecksum, 0xffff)).state, State::Right);
}

TEST(Ipv4Checksum, IsNotCheckableWhereTheHeaderIsCut) {
    EXPECT_EQ(verdictOn(Protocol::Ipv4, test::syn(), kIp + 19).state, State::NotCheckable);
    EXPECT_EQ(verdictOn(Protocol::Ipv4, test::ipOptionsAndSack(), kIp + 23).state,
              State::NotCheckable);
}

TEST(LayerChecksum, OfAnyOtherLayerIsAbsent) {
    EXPECT_EQ(verdictOn(Protocol::Ethernet, test::syn()), ChecksumVerdict{});
    EXPECT_EQ(verdictOn(Protocol::Ipv6, test::ipv6Extensions()), ChecksumVerdict{});
    EXPECT_EQ(verdictOn(Protocol::Payload, test::ipv6Extensions()), ChecksumVerdict{});
}

}  // namespace
}  // namespace tcplab::wire
