#include "sim/wire/stack.h"
#include "tests/sim/wire/printers.h"
#include "tests/sim/wire/samples.h"

#include <gmock/gmock.h>

#include <vector>

namespace tcplab::wire {
namespace {

using test::join;
using test::OctetVector;
using test::Sample;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using test::operator""_hex;

constexpr std::size_t kIp = 14;  ///< Where IP begins after Ethernet.

Layers dissected(const Sample& sample) {
    return dissect(sample.link, sample.octets, sample.octets.size());
}

std::vector<Layer> listed(const Layers& layers) {
    return {layers.begin(), layers.end()};
}

struct Dissection {
    Sample sample;
    std::vector<Layer> layers;
};
void PrintTo(const Dissection& dissection, std::ostream* out) {
    *out << dissection.sample.name;
}

class GoodFrame : public testing::TestWithParam<Dissection> {};

TEST_P(GoodFrame, IsReadLayerByLayer) {
    const Layers layers = dissected(GetParam().sample);

    EXPECT_EQ(layers.error(), std::nullopt);
    EXPECT_THAT(listed(layers), ElementsAreArray(GetParam().layers));
}

INSTANTIATE_TEST_SUITE_P(
    Samples,
    GoodFrame,
    testing::Values(Dissection{test::syn(),
                               {{Protocol::Ethernet, 0, 14, 74},
                                {Protocol::Ipv4, 14, 20, 60},
                                {Protocol::Tcp, 34, 40, 40}}},
                    Dissection{test::rawIpv4(),
                               {{Protocol::Ipv4, 0, 20, 60}, {Protocol::Tcp, 20, 40, 40}}},
                    Dissection{test::paddedAck(),
                               {{Protocol::Ethernet, 0, 14, 60},
                                {Protocol::Ipv4, 14, 20, 40},
                                {Protocol::Tcp, 34, 20, 20}}},
                    Dissection{test::ipOptionsAndSack(),
                               {{Protocol::Ethernet, 0, 14, 81},
                                {Protocol::Ipv4, 14, 24, 67},
                                {Protocol::Tcp, 38, 40, 43},
                                {Protocol::Payload, 78, 0, 3}}},
                    Dissection{test::ipv4LaterFragment(),
                               {{Protocol::Ethernet, 0, 14, 42},
                                {Protocol::Ipv4, 14, 20, 28},
                                {Protocol::Payload, 34, 0, 8}}},
                    Dissection{test::ipv6Extensions(),
                               {{Protocol::Ethernet, 0, 14, 96},
                                {Protocol::Ipv6, 14, 40, 82},
                                {Protocol::Ipv6HopByHop, 54, 8, 42},
                                {Protocol::Ipv6DestinationOptions, 62, 8, 34},
                                {Protocol::Tcp, 70, 20, 26},
                                {Protocol::Payload, 90, 0, 6}}},
                    Dissection{test::ipv6FirstFragment(),
                               {{Protocol::Ethernet, 0, 14, 94},
                                {Protocol::Ipv6, 14, 40, 80},
                                {Protocol::Ipv6Fragment, 54, 8, 40},
                                {Protocol::Tcp, 62, 20, 32},
                                {Protocol::Payload, 82, 0, 12}}},
                    Dissection{test::ipv6Routing(),
                               {{Protocol::Ethernet, 0, 14, 98},
                                {Protocol::Ipv6, 14, 40, 84},
                                {Protocol::Ipv6Routing, 54, 24, 44},
                                {Protocol::Tcp, 78, 20, 20}}},
                    Dissection{test::ipv6Jumbo(),
                               {{Protocol::Ethernet, 0, 14, 102},
                                {Protocol::Ipv6, 14, 40, 88},
                                {Protocol::Ipv6HopByHop, 54, 8, 48},
                                {Protocol::Tcp, 62, 20, 40},
                                {Protocol::Payload, 82, 0, 20}}},
                    Dissection{test::ieee8023(),
                               {{Protocol::Ethernet, 0, 14, 52}, {Protocol::Payload, 14, 0, 38}}}),
    [](const auto& tested) { return tested.param.sample.name; });

TEST(Dissect, TakesAnUnknownLinkTypeForPayload) {
    const auto frame = test::syn().octets;

    const Layers layers = dissect(LinkType{275}, frame, frame.size());

    EXPECT_THAT(listed(layers), ElementsAre(Layer{Protocol::Payload, 0, 0, 74}));
    EXPECT_EQ(layers.error(), std::nullopt);
}

TEST(Dissect, TakesAnUnknownEtherTypeForPayload) {
    const auto frame = "ffffffffffff 020000000001 88cc 0001"_hex;

    const Layers layers = dissect(LinkType::Ethernet, frame, frame.size());

    EXPECT_THAT(
        listed(layers),
        ElementsAre(Layer{Protocol::Ethernet, 0, 14, 16}, Layer{Protocol::Payload, 14, 0, 2}));
}

TEST(Dissect, FindsNothingInNothing) {
    const Layers raw = dissect(LinkType::RawIp, {}, 0);

    EXPECT_EQ(raw.size(), 0U);
    EXPECT_EQ(raw.error(), std::nullopt);
}

TEST(Dissect, RawIpThatIsNeitherVersionIsPayload) {
    const auto frame = "50000000"_hex;

    EXPECT_THAT(listed(dissect(LinkType::RawIp, frame, 4)),
                ElementsAre(Layer{Protocol::Payload, 0, 0, 4}));
}

// 59 stands for no next header; the octets after it are passed on, and not looked at.
TEST(Dissect, NothingFollowsNoNextHeader) {
    auto sample = test::ipv6Extensions();
    sample.octets[kIp + 6] = 59;

    EXPECT_THAT(listed(dissected(sample)),
                ElementsAre(Layer{Protocol::Ethernet, 0, 14, 96},
                            Layer{Protocol::Ipv6, 14, 40, 82},
                            Layer{Protocol::Payload, 54, 0, 42}));
}

TEST(Dissect, FollowsTwelveLayersAndSaysThatThereAreMore) {
    OctetVector frame = join({"60000000 0080 00 40"_hex, OctetVector(32, 1)});
    for (int i = 0; i < 16; ++i) frame = join({frame, "00 00 0104 00000000"_hex});

    const Layers layers = dissect(LinkType::RawIp, frame, frame.size());

    EXPECT_EQ(layers.size(), 12U);
    ASSERT_TRUE(layers.error().has_value());
    EXPECT_EQ(layers.error()->offset, 40U + 11 * 8);
    EXPECT_FALSE(layers.error()->cut);
}

TEST(Dissect, ATotalLengthOfZeroIsThatOfThePacket) {
    auto sample = test::syn();
    sample.octets[kIp + 2] = 0;
    sample.octets[kIp + 3] = 0;

    const Layers layers = dissected(sample);

    EXPECT_EQ(layers.error(), std::nullopt);
    EXPECT_THAT(listed(layers),
                ElementsAre(Layer{Protocol::Ethernet, 0, 14, 74},
                            Layer{Protocol::Ipv4, 14, 20, 60},
                            Layer{Protocol::Tcp, 34, 40, 40}));
}

TEST(Dissect, ATotalLengthThatIsTooLargeIsToldAndTheRestRead) {
    auto sample = test::syn();
    sample.octets[kIp + 3] = 61;

    const Layers layers = dissected(sample);

    ASSERT_TRUE(layers.error().has_value());
    EXPECT_EQ(layers.error()->layer, Protocol::Ipv4);
    EXPECT_EQ(layers.error()->offset, kIp + 2);
    EXPECT_FALSE(layers.error()->cut);
    EXPECT_EQ(tcpView(layers)->payloadLength, 0U);
}

TEST(Dissect, ATotalLengthSmallerThanTheHeaderEndsTheFrame) {
    auto sample = test::ipOptionsAndSack();
    sample.octets[kIp + 3] = 23;

    const Layers layers = dissected(sample);

    EXPECT_EQ(layers.size(), 2U);
    ASSERT_TRUE(layers.error().has_value());
    EXPECT_EQ(layers.error()->layer, Protocol::Ipv4);
    EXPECT_EQ(layers.error()->offset, kIp + 2);
    EXPECT_FALSE(layers.error()->cut);
}

TEST(Dissect, ATotalLengthThatEndsWithinTheTcpHeaderIsMalformed) {
    auto sample = test::paddedAck();
    sample.octets[kIp + 3] = 39;

    const Layers layers = dissected(sample);

    ASSERT_TRUE(layers.error().has_value());
    EXPECT_EQ(layers.error()->layer, Protocol::Tcp);
    EXPECT_EQ(layers.error()->offset, kIp + 20 + 12);
    EXPECT_FALSE(layers.error()->cut);
    EXPECT_FALSE(tcpView(layers).has_value());
}

TEST(Dissect, TheVersionHasToBeThatOfTheEtherType) {
    auto sample = test::syn();
    sample.octets[kIp] = 0x65;

    const Layers layers = dissected(sample);

    EXPECT_EQ(layers.size(), 2U);
    ASSERT_TRUE(layers.error().has_value());
    EXPECT_EQ(layers.error()->offset, kIp);
    EXPECT_EQ(layers.error()->what.en, "The version is not 4.");
}

TEST(Dissect, ALengthOf8023ThatIsTooLargeIsTold) {
    auto sample = test::ieee8023();
    sample.octets[13] = 200;

    const Layers layers = dissected(sample);

    ASSERT_TRUE(layers.error().has_value());
    EXPECT_EQ(layers.error()->layer, Protocol::Ethernet);
    EXPECT_EQ(layers.error()->offset, 12U);
}

class DataOffset : public testing::TestWithParam<unsigned> {};

TEST_P(DataOffset, IsRightFromFiveWordsToThePacketsEnd) {
    auto sample = test::ipOptionsAndSack();
    sample.octets[24 + kIp + 12] = static_cast<std::uint8_t>(GetParam() << 4);

    const Layers layers = dissected(sample);
    const auto packet = tcpView(layers);

    const bool right = GetParam() >= 5 && GetParam() <= 10;
    EXPECT_EQ(packet.has_value(), right);
    if (right) {
        EXPECT_EQ(packet->payload.size(), 43 - GetParam() * 4);
        return;
    }
    ASSERT_TRUE(layers.error().has_value());
    EXPECT_EQ(layers.error()->layer, Protocol::Tcp);
    EXPECT_FALSE(layers.error()->cut);
}

INSTANTIATE_TEST_SUITE_P(Words, DataOffset, testing::Range(0U, 16U));

TEST(TcpView, ShowsBothEndsAndThePayload) {
    const auto sample = test::ipv6Extensions();

    const auto packet = tcpView(dissected(sample));

    ASSERT_TRUE(packet.has_value());
    EXPECT_EQ(toString(packet->from), "[2001:db8::1]:40000");
    EXPECT_EQ(toString(packet->to), "[2001:db8::2]:80");
    EXPECT_EQ(Bytes{packet->payload}.text(), "urgent");
    EXPECT_EQ(packet->payloadLength, 6U);
    EXPECT_EQ(packet->segmentLength(), 26U);
    EXPECT_FALSE(packet->fragment);
}

TEST(TcpView, KnowsTheFirstOfSeveralFragments) {
    auto v4 = test::syn();
    v4.octets[kIp + 6] |= 0x20;

    EXPECT_TRUE(tcpView(dissected(v4))->fragment);
    EXPECT_TRUE(tcpView(dissected(test::ipv6FirstFragment()))->fragment);
}

TEST(TcpView, IsNotThereInALaterFragment) {
    auto v6 = test::ipv6FirstFragment();
    v6.octets[kIp + 40 + 3] = 0x20;

    EXPECT_FALSE(tcpView(dissected(test::ipv4LaterFragment())).has_value());
    EXPECT_FALSE(tcpView(dissected(v6)).has_value());
    EXPECT_EQ(dissected(v6).error(), std::nullopt);
}

TEST(TcpView, IsThereWhereAnOptionIsBroken) {
    auto sample = test::syn();
    sample.octets[kIp + 20 + 20 + 1] = 0;

    const Layers layers = dissected(sample);

    ASSERT_TRUE(tcpView(layers).has_value());
    ASSERT_TRUE(layers.error().has_value());
    EXPECT_EQ(layers.error()->layer, Protocol::Tcp);
    EXPECT_EQ(layers.error()->offset, kIp + 20 + 20);
    EXPECT_FALSE(layers.error()->cut);
}

TEST(TcpView, IsThereWhereTheOptionsAreCut) {
    const auto frame = test::syn().octets;
    const Octets captured = Octets{frame}.first(kIp + 20 + 23);

    const Layers layers = dissect(LinkType::Ethernet, captured, frame.size());

    ASSERT_TRUE(tcpView(layers).has_value());
    EXPECT_EQ(tcpView(layers)->header.options.size(), 3U);
    ASSERT_TRUE(layers.error().has_value());
    EXPECT_TRUE(layers.error()->cut);
    EXPECT_EQ(layers.error()->offset, captured.size());
}

}  // namespace
}  // namespace tcplab::wire
