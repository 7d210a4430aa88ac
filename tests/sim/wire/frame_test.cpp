#include "sim/wire/frame.h"

#include "tests/sim/wire/octets.h"
#include "tests/sim/wire/printers.h"
#include "tests/sim/wire/random_frame.h"
#include "tests/sim/wire/samples.h"

#include <gmock/gmock.h>

namespace tcplab::wire {
namespace {

using test::join;
using test::OctetVector;
using ::testing::ElementsAreArray;
using test::operator""_hex;

IpAddress v6(std::uint8_t last) {
    return {{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last}, 6};
}

const FrameAddresses kFromClient{.from = {IpAddress::v4(192, 0, 2, 1), 40'000},
                                 .to = {IpAddress::v4(198, 51, 100, 2), 80},
                                 .ipId = 0x1c46};

Segment onlySegmentOf(Octets frame) {
    const auto packet = tcpView(dissect(LinkType::Ethernet, frame, frame.size()));
    return packet ? toSegment(*packet) : Segment{};
}

TEST(EncodeFrame, WritesASynOctetByOctet) {
    Segment segment{.seq = Seq{1000}, .ctl = {.syn = true}, .wnd = 65535};
    segment.options.push(MaximumSegmentSize{1460});
    segment.options.push(SackPermitted{});
    segment.options.push(Timestamps{1, 0});
    segment.options.push(NoOperation{});
    segment.options.push(WindowScale{7});

    const OctetVector frame = encodeFrame(kFromClient, segment);

    EXPECT_THAT(frame, ElementsAreArray(test::syn().octets));
}

// The checksum is the one that tshark finds right.
TEST(EncodeFrame, WritesASegmentOverIpv6OctetByOctet) {
    const FrameAddresses addresses{.from = {v6(1), 40'000}, .to = {v6(2), 80}};
    const Segment segment{.seq = Seq{1001},
                          .ack = Seq{5000},
                          .ctl = {.psh = true, .ack = true, .urg = true},
                          .wnd = 501,
                          .up = 2,
                          .payload = Bytes{std::string_view{"urgent"}}};

    const OctetVector frame = encodeFrame(addresses, segment);

    EXPECT_THAT(frame,
                ElementsAreArray(join({"020000000002 020000000001 86dd"_hex,
                                       "60000000 001a 06 40"_hex,
                                       "20010db8000000000000000000000001"_hex,
                                       "20010db8000000000000000000000002"_hex,
                                       "9c40 0050 000003e9 00001388 5038 01f5 52ed 0002"_hex,
                                       "757267656e74"_hex})));
}

TEST(EncodeFrame, FillsOptionsUpWithZeroOctets) {
    const Segment segment{.ctl = {.syn = true}, .options = TcpOptions{"0402"_hex}};

    const OctetVector frame = encodeFrame(kFromClient, segment);

    ASSERT_EQ(frame.size(), 14U + 20 + 24);
    EXPECT_THAT(Octets{frame}.last(4), ElementsAreArray("04020000"_hex));
    EXPECT_EQ(frame[14 + 20 + 12], 0x60);
}

TEST(EncodeFrame, LeavesTheAcknowledgementNumberZeroWithoutAck) {
    const Segment segment{.ack = Seq{77}, .ctl = {.rst = true}};

    EXPECT_EQ(onlySegmentOf(encodeFrame(kFromClient, segment)).ack, Seq{0});
}

TEST(EncodeFrame, KeepsABrokenOptionAsItIs) {
    const Segment segment{.ctl = {.syn = true}, .options = TcpOptions{"02000000"_hex}};

    const Segment read = onlySegmentOf(encodeFrame(kFromClient, segment));

    EXPECT_EQ(read, segment);
}

TEST(EncodeFrame, TakesTheLargestDatagram) {
    const Segment segment{.ctl = {.ack = true}, .payload = Bytes{OctetVector(65'535 - 40, 'x')}};

    const OctetVector frame = encodeFrame(kFromClient, segment);
    const Layers layers = dissect(LinkType::Ethernet, frame, frame.size());

    EXPECT_FALSE(layers.error().has_value());
    EXPECT_EQ(onlySegmentOf(frame), segment);
}

TEST(EncodeFrameDeathTest, ADatagramThatIsTooLargeIsAFaultOfTheProgram) {
    const Segment segment{.payload = Bytes{OctetVector(65'536 - 40, 'x')}};

    EXPECT_DEATH(static_cast<void>(encodeFrame(kFromClient, segment)), "check failed");
}

TEST(EncodeFrameDeathTest, AddressesOfTwoVersionsAreAFaultOfTheProgram) {
    FrameAddresses mixed = kFromClient;
    mixed.to.ip = v6(1);

    EXPECT_DEATH(static_cast<void>(encodeFrame(mixed, {})), "check failed");
}

TEST(EncodeFrame, IsUndoneByDissecting) {
    Rng rng{793};
    for (int round = 0; round < 500; ++round) {
        SCOPED_TRACE(round);
        const test::RandomFrame random = test::randomFrame(rng);

        const OctetVector frame = encodeFrame(random.addresses, random.segment);
        const Layers layers = dissect(LinkType::Ethernet, frame, frame.size());

        ASSERT_EQ(layers.error(), std::nullopt);
        const auto packet = tcpView(layers);
        ASSERT_TRUE(packet.has_value());
        EXPECT_EQ(toSegment(*packet), random.segment);
        EXPECT_EQ(packet->from, random.addresses.from);
        EXPECT_EQ(packet->to, random.addresses.to);
        EXPECT_EQ(ethernet(layers)->source, random.addresses.fromMac);
        EXPECT_EQ(ethernet(layers)->destination, random.addresses.toMac);
        const bool v4 = random.addresses.from.ip.version == 4;
        EXPECT_EQ(v4 ? ipv4(layers)->ttl : ipv6(layers)->hopLimit, random.addresses.ttl);
        for (const Layer& layer : layers) {
            EXPECT_THAT(
                verifyChecksum(layers, layer).state,
                testing::AnyOf(ChecksumVerdict::State::Right, ChecksumVerdict::State::Absent));
        }
    }
}

TEST(ToSegment, HasThePayloadAsFarAsItWasCaptured) {
    const auto frame = test::ipOptionsAndSack().octets;
    const Octets captured = Octets{frame}.first(frame.size() - 1);

    const auto packet = tcpView(dissect(LinkType::Ethernet, captured, frame.size()));

    ASSERT_TRUE(packet.has_value());
    EXPECT_EQ(toSegment(*packet).payload.text(), "ab");
    EXPECT_EQ(packet->payloadLength, 3U);
}

TEST(ToHeader, HasTheFieldsOfTheSegmentAndNoPorts) {
    const Segment segment{.seq = Seq{5},
                          .ack = Seq{6},
                          .ctl = {.ack = true, .urg = true},
                          .wnd = 7,
                          .up = 8,
                          .options = TcpOptions{"0402 01"_hex}};

    const TcpHeader header = toHeader(segment);

    EXPECT_EQ(header.seq, Seq{5});
    EXPECT_EQ(header.ack, Seq{6});
    EXPECT_EQ(header.flags, segment.ctl);
    EXPECT_EQ(header.window, 7);
    EXPECT_EQ(header.urgentPointer, 8);
    EXPECT_EQ(header.dataOffset, 6);
    EXPECT_THAT(header.options, ElementsAreArray("0402 01"_hex));
    EXPECT_EQ(header.sourcePort, 0);
    EXPECT_EQ(header.destinationPort, 0);
    EXPECT_EQ(header.checksum, 0);
}

}  // namespace
}  // namespace tcplab::wire
