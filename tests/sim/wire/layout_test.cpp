#include "sim/wire/layout.h"

#include "sim/base/rng.h"
#include "sim/wire/headers.h"
#include "tests/sim/wire/octets.h"
#include "tests/sim/wire/printers.h"

#include <gmock/gmock.h>

#include <array>

namespace tcplab::wire {
namespace {

using test::join;
using test::OctetVector;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using test::operator""_hex;

template <class Header>
OctetVector encoded(const Header& header) {
    OctetVector octets(128);
    octets.resize(encode(header, octets));
    return octets;
}

TEST(EthernetHeader, IsReadFieldByField) {
    const auto octets = "020000000002 0a0b0c0d0e0f 86dd"_hex;

    const auto header = decode<EthernetHeader>(octets);

    ASSERT_TRUE(header.has_value());
    EXPECT_EQ(toString(header->destination), "02:00:00:00:00:02");
    EXPECT_EQ(toString(header->source), "0a:0b:0c:0d:0e:0f");
    EXPECT_EQ(header->etherType, 0x86dd);
}

// RFC 791 3.1: every field has a value of its own.
TEST(Ipv4Header, IsReadFieldByField) {
    const auto octets = "46 b9 0123 4567 a123 40 06 89ab c0000201 c6336402 94040000"_hex;

    const auto header = decode<Ipv4Header>(octets);

    ASSERT_TRUE(header.has_value());
    EXPECT_EQ(header->version, 4);
    EXPECT_EQ(header->ihl, 6);
    EXPECT_EQ(header->dscp, 46);
    EXPECT_EQ(header->ecn, 1);
    EXPECT_EQ(header->totalLength, 0x0123);
    EXPECT_EQ(header->identification, 0x4567);
    EXPECT_TRUE(header->reserved);
    EXPECT_FALSE(header->dontFragment);
    EXPECT_TRUE(header->moreFragments);
    EXPECT_EQ(header->fragmentOffset, 0x0123);
    EXPECT_EQ(header->ttl, 64);
    EXPECT_EQ(header->protocol, 6);
    EXPECT_EQ(header->checksum, 0x89ab);
    EXPECT_EQ(toString(header->source), "192.0.2.1");
    EXPECT_EQ(toString(header->destination), "198.51.100.2");
    EXPECT_THAT(header->options, ElementsAre(0x94, 0x04, 0, 0));
}

// RFC 8200 3.
TEST(Ipv6Header, IsReadFieldByField) {
    const auto octets = join({"6b 9a bcde 002a 3c 40"_hex,
                              "20010db8000000000000000000000001"_hex,
                              "20010db8000000000000000000000002"_hex});

    const auto header = decode<Ipv6Header>(octets);

    ASSERT_TRUE(header.has_value());
    EXPECT_EQ(header->version, 6);
    EXPECT_EQ(header->dscp, 46);
    EXPECT_EQ(header->ecn, 1);
    EXPECT_EQ(header->flowLabel, 0xabcdeU);
    EXPECT_EQ(header->payloadLength, 42);
    EXPECT_EQ(header->nextHeader, 60);
    EXPECT_EQ(header->hopLimit, 64);
    EXPECT_EQ(toString(header->source), "2001:db8::1");
    EXPECT_EQ(toString(header->destination), "2001:db8::2");
}

// RFC 8200 4.5.
TEST(Ipv6FragmentHeader, IsReadFieldByField) {
    const auto octets = "06 ff 1235 cafebabe"_hex;

    const auto header = decode<Ipv6FragmentHeader>(octets);

    ASSERT_TRUE(header.has_value());
    EXPECT_EQ(header->nextHeader, 6);
    EXPECT_EQ(header->reserved, 0xff);
    EXPECT_EQ(header->fragmentOffset, 0x0246);
    EXPECT_EQ(header->reservedBits, 2);
    EXPECT_TRUE(header->moreFragments);
    EXPECT_EQ(header->identification, 0xcafebabe);
}

// RFC 8200 4.3: eight octets for each word after the first.
TEST(Ipv6Extension, HasEightOctetsAndThoseOfItsWords) {
    const auto octets = "06 01 0102030405060708090a0b0c0d0e ff"_hex;

    const auto decoded = decodeHeader<Ipv6HopByHopHeader>(octets, octets.size());

    EXPECT_EQ(decoded.headerLength, 16U);
    EXPECT_EQ(decoded.header.nextHeader, 6);
    EXPECT_THAT(decoded.header.content, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
    EXPECT_FALSE(decoded.fault.has_value());
}

// RFC 9293 3.1.
TEST(TcpHeader, IsReadFieldByField) {
    const auto octets = "9c40 0050 12345678 9abcdef0 6a c5 01f5 89ab 0002 020405b4"_hex;

    const auto header = decode<TcpHeader>(octets);

    ASSERT_TRUE(header.has_value());
    EXPECT_EQ(header->sourcePort, 40'000);
    EXPECT_EQ(header->destinationPort, 80);
    EXPECT_EQ(header->seq, Seq{0x12345678});
    EXPECT_EQ(header->ack, Seq{0x9abcdef0});
    EXPECT_EQ(header->dataOffset, 6);
    EXPECT_EQ(header->reserved, 0xa);
    EXPECT_EQ(header->flags, (Flags{.fin = true, .rst = true, .ece = true, .cwr = true}));
    EXPECT_EQ(header->window, 501);
    EXPECT_EQ(header->checksum, 0x89ab);
    EXPECT_EQ(header->urgentPointer, 2);
    EXPECT_THAT(header->options, ElementsAre(2, 4, 5, 0xb4));
}

TEST(TcpHeader, IsWrittenFieldByField) {
    const auto options = "020405b4"_hex;

    const auto octets = encoded(TcpHeader{.sourcePort = 40'000,
                                          .destinationPort = 80,
                                          .seq = Seq{0x12345678},
                                          .ack = Seq{0x9abcdef0},
                                          .dataOffset = 6,
                                          .reserved = 0xa,
                                          .flags = {.syn = true, .urg = true},
                                          .window = 501,
                                          .checksum = 0x89ab,
                                          .urgentPointer = 2,
                                          .options = options});

    EXPECT_THAT(octets,
                ElementsAreArray("9c40 0050 12345678 9abcdef0 6a22 01f5 89ab 0002 020405b4"_hex));
}

TEST(Encoder, FillsOptionsUpWithZeroToTheLengthTheHeaderTells) {
    const auto options = "0402"_hex;

    const auto octets = encoded(TcpHeader{.dataOffset = 6, .options = options});

    EXPECT_THAT(octets,
                ElementsAreArray("0000 0000 00000000 00000000 6000 0000 0000 0000 04020000"_hex));
}

TEST(Encoder, KeepsNoMoreOfANumberThanItsBits) {
    const auto octets = encoded(Ipv6Header{.dscp = 0xff, .ecn = 0xff, .flowLabel = 0xffffffff});

    EXPECT_THAT(Octets{octets}.first(4), ElementsAre(0x6f, 0xff, 0xff, 0xff));
}

TEST(EncoderDeathTest, TooLittleRoomIsAFaultOfTheProgram) {
    std::array<std::uint8_t, 19> room{};

    EXPECT_DEATH(encode(TcpHeader{}, room), "check failed");
}

template <class Header>
class EveryHeader : public testing::Test {
protected:
    /// Any octets, but with a version and a length that fit.
    static OctetVector wellFormed(Rng& rng) {
        OctetVector octets(60);
        for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(rng.next());
        const auto words = static_cast<std::uint8_t>(5 + rng.next() % 11);
        switch (Header::kProtocol) {
            case Protocol::Ipv4:
                octets[0] = static_cast<std::uint8_t>(0x40 | words);
                octets[2] |= 1;
                break;
            case Protocol::Ipv6:
                octets[0] = static_cast<std::uint8_t>(0x60 | (octets[0] & 15));
                break;
            case Protocol::Gre:
                octets[0] &= 0xbf;
                octets[1] &= 0xf9;
                break;
            case Protocol::Vxlan: octets[0] |= 8; break;
            case Protocol::Pppoe: octets[1] = 0; break;
            case Protocol::Udp: octets[4] |= 1; break;
            case Protocol::Arp:
                octets[4] %= 8;
                octets[5] %= 8;
                break;
            case Protocol::Icmpv6:
                if (octets[0] >= 133 && octets[0] <= 137) octets[0] = 128;
                break;
            case Protocol::Tcp:
                octets[12] = static_cast<std::uint8_t>(words << 4 | (octets[12] & 15));
                std::fill(octets.begin() + 20, octets.end(), std::uint8_t{1});
                break;
            default: octets[1] %= 7; break;
        }
        return octets;
    }
};
using Headers = testing::Types<EthernetHeader,
                               LinuxSllHeader,
                               LinuxSll2Header,
                               BsdLoopbackHeader,
                               VlanTag,
                               MplsLabel,
                               PppoeHeader,
                               PppHeader,
                               ArpPacket,
                               GreHeader,
                               VxlanHeader,
                               IcmpHeader,
                               Icmpv6Header,
                               UdpHeader,
                               DnsLengthHeader,
                               Ipv4Header,
                               Ipv6Header,
                               Ipv6HopByHopHeader,
                               Ipv6RoutingHeader,
                               Ipv6DestinationOptionsHeader,
                               Ipv6FragmentHeader,
                               TcpHeader>;
TYPED_TEST_SUITE(EveryHeader, Headers);

TYPED_TEST(EveryHeader, IsWrittenAsItWasRead) {
    Rng rng{9293};
    for (int round = 0; round < 200; ++round) {
        const OctetVector octets = this->wellFormed(rng);

        const auto decoded = decodeHeader<TypeParam>(octets, octets.size());

        ASSERT_TRUE(decoded.usable);
        ASSERT_FALSE(decoded.fault && !decoded.fault->beyond) << decoded.fault->what.en;
        const OctetVector written = encoded(decoded.header);
        EXPECT_EQ(written.size(), decoded.headerLength);
        EXPECT_THAT(written, ElementsAreArray(Octets{octets}.first(decoded.headerLength)));
    }
}

TYPED_TEST(EveryHeader, ThatIsNotWhollyThereIsNotWhole) {
    Rng rng{8200};
    const OctetVector octets = this->wellFormed(rng);
    const auto whole = decodeHeader<TypeParam>(octets, octets.size());
    for (std::size_t size = 0; size < whole.headerLength; ++size) {
        const Octets part = Octets{octets}.first(size);

        EXPECT_FALSE(decode<TypeParam>(part).has_value()) << size << " octets";

        const auto cut = decodeHeader<TypeParam>(part, octets.size());
        ASSERT_TRUE(cut.fault.has_value()) << size << " octets";
        EXPECT_TRUE(cut.fault->cut || cut.fault->beyond) << size << " octets";

        const auto malformed = decodeHeader<TypeParam>(part, size);
        ASSERT_TRUE(malformed.fault.has_value()) << size << " octets";
        EXPECT_FALSE(malformed.fault->cut) << size << " octets";
    }
}

}  // namespace
}  // namespace tcplab::wire
