#include "sim/wire/protocol.h"

#include "sim/wire/headers.h"
#include "tests/sim/wire/printers.h"

#include <gmock/gmock.h>

#include <array>
#include <set>

namespace tcplab::wire {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::array kProtocols{Protocol::Ethernet,     Protocol::LinuxSll,
                                Protocol::LinuxSll2,    Protocol::BsdLoopback,
                                Protocol::Vlan,         Protocol::Mpls,
                                Protocol::Pppoe,        Protocol::Ppp,
                                Protocol::Arp,          Protocol::Ipv4,
                                Protocol::Ipv6,         Protocol::Ipv6HopByHop,
                                Protocol::Ipv6Routing,  Protocol::Ipv6DestinationOptions,
                                Protocol::Ipv6Fragment, Protocol::Gre,
                                Protocol::Vxlan,        Protocol::Icmp,
                                Protocol::Icmpv6,       Protocol::Udp,
                                Protocol::Tcp,          Protocol::DnsLength,
                                Protocol::Dns,          Protocol::Http,
                                Protocol::Tls,          Protocol::Payload};

TEST(Protocol, EachHasATitleOfItsOwnInBothLanguages) {
    std::set<std::string_view> english;
    std::set<std::string_view> chinese;

    for (const Protocol protocol : kProtocols) {
        EXPECT_THAT(titleOf(protocol).en, Not(IsEmpty()));
        EXPECT_THAT(titleOf(protocol).zh, Not(IsEmpty()));
        english.insert(titleOf(protocol).en);
        chinese.insert(titleOf(protocol).zh);
    }

    EXPECT_EQ(english.size(), kProtocols.size());
    EXPECT_EQ(chinese.size(), kProtocols.size());
}

TEST(Protocol, EachButPayloadHasAHeader) {
    for (const Protocol protocol : kProtocols) {
        int visits = 0;

        withHeader(protocol, [&visits](auto) { ++visits; });

        EXPECT_EQ(visits, protocol == Protocol::Payload ? 0 : 1) << titleOf(protocol).en;
    }
}

// IANA, IEEE 802 Numbers.
TEST(EtherType, AnnouncesWhatIsDissected) {
    EXPECT_EQ(protocolOfEtherType(0x0800), Protocol::Ipv4);
    EXPECT_EQ(protocolOfEtherType(0x86dd), Protocol::Ipv6);
    EXPECT_EQ(protocolOfEtherType(0x0806), Protocol::Arp);
    EXPECT_EQ(protocolOfEtherType(0x6558), Protocol::Ethernet);
    EXPECT_EQ(protocolOfEtherType(0x8100), Protocol::Vlan);
    EXPECT_EQ(protocolOfEtherType(0x88a8), Protocol::Vlan);
    EXPECT_EQ(protocolOfEtherType(0x8847), Protocol::Mpls);
    EXPECT_EQ(protocolOfEtherType(0x8863), Protocol::Pppoe);
    EXPECT_EQ(protocolOfEtherType(0x8864), Protocol::Pppoe);
}

TEST(EtherType, OfAnythingElseIsNotDissected) {
    for (const auto other : std::to_array<std::uint16_t>({0, 0x88cc, 0x0842, 0xdd86, 0xffff})) {
        EXPECT_EQ(protocolOfEtherType(other), Protocol::Payload) << other;
    }
}

TEST(EtherType, HasANameWhereItIsCommon) {
    EXPECT_EQ(etherTypeName(0x0800), "IPv4");
    EXPECT_EQ(etherTypeName(0x0806), "ARP");
    EXPECT_EQ(etherTypeName(0x86dd), "IPv6");
    EXPECT_EQ(etherTypeName(0x8100), "802.1Q");
    EXPECT_EQ(etherTypeName(0x1234), "");
}

// IANA, Protocol Numbers.
TEST(IpNumber, AnnouncesWhatIsDissected) {
    EXPECT_EQ(protocolOfIpNumber(1), Protocol::Icmp);
    EXPECT_EQ(protocolOfIpNumber(4), Protocol::Ipv4);
    EXPECT_EQ(protocolOfIpNumber(6), Protocol::Tcp);
    EXPECT_EQ(protocolOfIpNumber(17), Protocol::Udp);
    EXPECT_EQ(protocolOfIpNumber(41), Protocol::Ipv6);
    EXPECT_EQ(protocolOfIpNumber(47), Protocol::Gre);
}

// Extension headers are of IPv6 alone, and so is ICMPv6.
TEST(IpNumber, OfAnythingElseIsNotDissected) {
    for (const auto other : std::to_array<std::uint8_t>({0, 43, 44, 50, 51, 58, 59, 60, 255})) {
        EXPECT_EQ(protocolOfIpNumber(other), Protocol::Payload) << int{other};
    }
}

TEST(NextHeader, AnnouncesExtensionHeadersToo) {
    EXPECT_EQ(protocolOfNextHeader(0), Protocol::Ipv6HopByHop);
    EXPECT_EQ(protocolOfNextHeader(6), Protocol::Tcp);
    EXPECT_EQ(protocolOfNextHeader(43), Protocol::Ipv6Routing);
    EXPECT_EQ(protocolOfNextHeader(44), Protocol::Ipv6Fragment);
    EXPECT_EQ(protocolOfNextHeader(58), Protocol::Icmpv6);
    EXPECT_EQ(protocolOfNextHeader(60), Protocol::Ipv6DestinationOptions);
    EXPECT_EQ(protocolOfNextHeader(1), Protocol::Payload);
    EXPECT_EQ(protocolOfNextHeader(59), Protocol::Payload);
}

TEST(IpNumber, HasANameWhereItIsCommon) {
    EXPECT_EQ(ipNumberName(1), "ICMP");
    EXPECT_EQ(ipNumberName(6), "TCP");
    EXPECT_EQ(ipNumberName(17), "UDP");
    EXPECT_EQ(ipNumberName(58), "ICMPv6");
    EXPECT_EQ(ipNumberName(132), "SCTP");
    EXPECT_EQ(ipNumberName(200), "");
}

}  // namespace
}  // namespace tcplab::wire
