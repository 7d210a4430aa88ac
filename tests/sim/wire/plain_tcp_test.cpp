#include "sim/wire/plain_tcp.h"

#include "sim/base/bytes.h"
#include "sim/wire/frame.h"
#include "tests/sim/wire/samples.h"

#include <gtest/gtest.h>

#include <vector>

// Which frames are plain. That the straight way leads where the long one does is a part of what
// holds of every dissection: soundness.cpp.
namespace tcplab::wire {
namespace {

using test::OctetVector;

std::optional<TcpPacketView> plainView(const OctetVector& frame,
                                       LinkType link = LinkType::Ethernet,
                                       std::optional<std::size_t> wholeSize = {}) {
    TcpPacketView packet;
    return readPlainTcp(link, frame, wholeSize.value_or(frame.size()), packet)
               ? std::optional{packet}
               : std::nullopt;
}

OctetVector framed(const IpAddress& from, const IpAddress& to) {
    return encodeFrame({.from = {from, 40'000}, .to = {to, 80}},
                       {.seq = Seq{7},
                        .ctl = {.psh = true, .ack = true},
                        .payload = Bytes{std::string_view{"hello"}}});
}

OctetVector ipv4() {
    return framed(IpAddress::v4(192, 0, 2, 1), IpAddress::v4(192, 0, 2, 2));
}

/// With so many VLAN tags after the addresses.
OctetVector tagged(OctetVector frame, int tags) {
    for (int n = 0; n < tags; ++n) {
        const std::vector<std::uint8_t> tag{0x81, 0x00, 0x00, 0x64};
        frame.insert(frame.begin() + 12, tag.begin(), tag.end());
    }
    return frame;
}

TEST(PlainTcp, IsWhatMostFramesHold) {
    for (const OctetVector& frame :
         {ipv4(),
          framed(*parseIpAddress("2001:db8::1"), *parseIpAddress("2001:db8::2")),
          tagged(ipv4(), 1),
          tagged(ipv4(), 2)}) {
        const auto packet = plainView(frame);

        ASSERT_TRUE(packet.has_value());
        EXPECT_EQ(packet->from.port, 40'000);
        EXPECT_EQ(packet->to.port, 80);
        EXPECT_EQ(packet->header.seq, Seq{7});
        EXPECT_EQ(Bytes{packet->payload}.text(), "hello");
    }
}

TEST(PlainTcp, HasAPayloadAsLongAsItWasSent) {
    OctetVector frame = ipv4();
    const std::size_t whole = frame.size();
    frame.resize(whole - 2);

    const auto packet = plainView(frame, LinkType::Ethernet, whole);

    ASSERT_TRUE(packet.has_value());
    EXPECT_EQ(Bytes{packet->payload}.text(), "hel");
    EXPECT_EQ(packet->payloadLength, 5U);
}

TEST(PlainTcp, IsNoneOfTheRarerKinds) {
    EXPECT_FALSE(plainView(test::ipOptionsAndSack().octets));
    EXPECT_FALSE(plainView(test::ipv4LaterFragment().octets));
    EXPECT_FALSE(plainView(test::ipv6Extensions().octets));
    EXPECT_FALSE(plainView(test::ipv6FirstFragment().octets));
    EXPECT_FALSE(plainView(test::ieee8023().octets));
    EXPECT_FALSE(plainView(test::rawIpv4().octets, LinkType::RawIp));
    EXPECT_FALSE(plainView(tagged(ipv4(), 3)));
}

TEST(PlainTcp, HasItsHeadersWhole) {
    const OctetVector whole = ipv4();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const OctetVector cut{test::vectorOf(Octets{whole}.first(size))};

        EXPECT_EQ(plainView(cut, LinkType::Ethernet, whole.size()).has_value(), size >= 54);
    }
}

}  // namespace
}  // namespace tcplab::wire
