#include "sim/wire/headers.h"
#include "sim/wire/stack.h"
#include "tests/sim/wire/layer_samples.h"
#include "tests/sim/wire/printers.h"

#include <gmock/gmock.h>

#include <array>
#include <string>
#include <tuple>
#include <vector>

// What is around TCP, beside it and in it.
namespace tcplab::wire {
namespace {

using State = ChecksumVerdict::State;
using test::layerSample;
using test::Sample;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

Layers dissected(const Sample& sample) {
    return dissect(sample.link, sample.octets, sample.octets.size());
}

std::vector<Protocol> protocolsOf(const Layers& layers) {
    std::vector<Protocol> protocols;
    for (const Layer& layer : layers) protocols.push_back(layer.protocol);
    return protocols;
}

struct Stack {
    std::string name;
    std::vector<Protocol> protocols;
};
void PrintTo(const Stack& stack, std::ostream* out) {
    *out << stack.name;
}

class Stacks : public testing::TestWithParam<Stack> {};

TEST_P(Stacks, AreReadLayerByLayer) {
    const Sample sample = layerSample(GetParam().name);

    EXPECT_THAT(protocolsOf(dissected(sample)), ElementsAreArray(GetParam().protocols));
}

using P = Protocol;
INSTANTIATE_TEST_SUITE_P(
    Samples,
    Stacks,
    testing::Values(
        Stack{"Vlan", {P::Ethernet, P::Vlan, P::Ipv4, P::Tcp}},
        Stack{"Qinq", {P::Ethernet, P::Vlan, P::Vlan, P::Ipv6, P::Tcp}},
        Stack{"LinuxSll", {P::LinuxSll, P::Ipv4, P::Tcp}},
        Stack{"LinuxSll2", {P::LinuxSll2, P::Ipv6, P::Tcp}},
        Stack{"BsdNull", {P::BsdLoopback, P::Ipv4, P::Tcp}},
        Stack{"BsdLoop", {P::BsdLoopback, P::Ipv6, P::Tcp}},
        Stack{"LinkIpv4", {P::Ipv4, P::Tcp}},
        Stack{"LinkIpv6", {P::Ipv6, P::Tcp}},
        Stack{"OldRaw", {P::Ipv4, P::Tcp}},
        Stack{"PppHdlc", {P::Ppp, P::Ipv4, P::Tcp}},
        Stack{"PppCompressed", {P::Ppp, P::Ipv4, P::Tcp}},
        Stack{"Pppoe", {P::Ethernet, P::Pppoe, P::Ppp, P::Ipv4, P::Tcp}},
        Stack{"PppoeDiscovery", {P::Ethernet, P::Pppoe}},
        Stack{"Mpls", {P::Ethernet, P::Mpls, P::Mpls, P::Ipv4, P::Tcp}},
        Stack{"ArpRequest", {P::Ethernet, P::Arp}},
        Stack{"Udp", {P::Ethernet, P::Ipv4, P::Udp, P::Payload}},
        Stack{"IcmpUnreachable", {P::Ethernet, P::Ipv4, P::Icmp, P::Ipv4, P::Tcp}},
        Stack{"IcmpRedirect", {P::Ethernet, P::Ipv4, P::Icmp, P::Ipv4, P::Udp, P::Payload}},
        Stack{"Icmpv6TooBig", {P::Ethernet, P::Ipv6, P::Icmpv6, P::Ipv6, P::Tcp}},
        Stack{"IpInIp", {P::Ethernet, P::Ipv4, P::Ipv4, P::Tcp}},
        Stack{"SixInFour", {P::Ethernet, P::Ipv4, P::Ipv6, P::Tcp}},
        Stack{"Gre", {P::Ethernet, P::Ipv4, P::Gre, P::Ipv4, P::Tcp}},
        Stack{"GreEthernet", {P::Ethernet, P::Ipv6, P::Gre, P::Ethernet, P::Ipv6, P::Tcp}},
        Stack{"GrePptp", {P::Ethernet, P::Ipv4, P::Gre, P::Ppp, P::Ipv4, P::Tcp}},
        Stack{"Vxlan", {P::Ethernet, P::Ipv4, P::Udp, P::Vxlan, P::Ethernet, P::Ipv4, P::Tcp}},
        Stack{"Dns", {P::Ethernet, P::Ipv4, P::Udp, P::Dns}},
        Stack{"DnsOverTcp", {P::Ethernet, P::Ipv4, P::Tcp, P::DnsLength, P::Dns}},
        Stack{"HttpRequest", {P::Ethernet, P::Ipv4, P::Tcp, P::Http}},
        Stack{"HttpResponse", {P::Ethernet, P::Ipv6, P::Tcp, P::Http, P::Payload}},
        Stack{"TlsClientHello", {P::Ethernet, P::Ipv4, P::Tcp, P::Tls}},
        Stack{"TlsApplicationData", {P::Ethernet, P::Ipv4, P::Tcp, P::Tls, P::Payload}},
        Stack{"TlsChangeCipherSpec", {P::Ethernet, P::Ipv4, P::Tcp, P::Tls, P::Payload}}),
    [](const auto& tested) { return tested.param.name; });

TEST(LinkTypes, AreDissectedWhereTheyHaveASample) {
    for (const Sample& sample : test::samples()) EXPECT_TRUE(isDissected(sample.link));
    EXPECT_FALSE(isDissected(LinkType{147}));
}

TEST(TcpView, IsThatOfTheInnermostPacketOfATunnel) {
    for (const auto* name : {"Vlan", "Gre", "Vxlan", "SixInFour", "Mpls", "Pppoe", "GrePptp"}) {
        const auto packet = tcpView(dissected(layerSample(name)));

        ASSERT_TRUE(packet.has_value()) << name;
        EXPECT_EQ(packet->from.port, 40'000) << name;
        EXPECT_EQ(packet->header.seq, Seq{1000}) << name;
        EXPECT_EQ(verifyChecksum(*packet).state, State::Right) << name;
    }
}

TEST(TcpView, IsNoneOfAPacketThatAnErrorQuotes) {
    for (const auto* name : {"IcmpUnreachable", "Icmpv6TooBig"}) {
        const Layers layers = dissected(layerSample(name));

        EXPECT_FALSE(tcpView(layers).has_value()) << name;
        EXPECT_FALSE(tcp(layers).has_value()) << name;
        EXPECT_TRUE(layers[layers.size() - 1].quoted) << name;
    }
    EXPECT_EQ(toString(ipv4(dissected(layerSample("IcmpUnreachable")))->source), "192.0.2.1");
}

TEST(TcpView, KnowsThatTheTunnelsPacketIsAFragment) {
    Sample sample = layerSample("Gre");
    sample.octets[20] |= 0x20;

    EXPECT_TRUE(tcpView(dissected(sample))->fragment);
}

// 0, 43, 44 and 60 are extension headers of IPv6 alone.
TEST(Dissect, DoesNotFollowExtensionHeadersInIpv4) {
    for (const auto number : std::to_array<std::uint8_t>({0, 43, 44, 58, 60})) {
        Sample sample = layerSample("Vlan");
        sample.octets[18 + 9] = number;

        EXPECT_THAT(protocolsOf(dissected(sample)),
                    ElementsAre(P::Ethernet, P::Vlan, P::Ipv4, P::Payload));
    }
}

TEST(Dissect, SaysThatItCannotTellWhatIsBelowTheLastLabel) {
    const Sample sample = layerSample("Mpls");

    const Layers layers =
        dissect(sample.link, Octets{sample.octets}.first(22), sample.octets.size());

    EXPECT_EQ(layers.size(), 3U);
    ASSERT_TRUE(layers.error().has_value());
    EXPECT_TRUE(layers.error()->cut);
    EXPECT_EQ(layers.error()->offset, 22U);
}

TEST(Dissect, TellsOfNoErrorWhereAMessageIsCut) {
    const Sample sample = layerSample("TlsClientHello");
    for (std::size_t size = 54; size < sample.octets.size(); ++size) {
        const Octets captured = Octets{sample.octets}.first(size);

        EXPECT_EQ(dissect(sample.link, captured, sample.octets.size()).error(), std::nullopt);
    }
}

/// What is said of the innermost layer of the protocol.
ChecksumVerdict verdictOn(Protocol protocol, const Sample& sample) {
    const Layers layers = dissected(sample);
    return verifyChecksum(layers, *layers.find(protocol));
}

struct Checked {
    std::string name;
    Protocol protocol;
};
void PrintTo(const Checked& checked, std::ostream* out) {
    *out << checked.name;
}

class LayerChecksum : public testing::TestWithParam<Checked> {};

TEST_P(LayerChecksum, IsRightAsItIsAndWrongWithAnyOtherOctet) {
    const auto& [name, protocol] = GetParam();
    const Sample sample = layerSample(name);
    EXPECT_EQ(verdictOn(protocol, sample).state, State::Right);

    // The last octet is of no header that another one depends on.
    Sample damaged = sample;
    damaged.octets.back() ^= 0x10;
    EXPECT_EQ(verdictOn(protocol, damaged).state, State::Wrong);
}

INSTANTIATE_TEST_SUITE_P(Samples,
                         LayerChecksum,
                         testing::Values(Checked{"Udp", P::Udp},
                                         Checked{"UdpIpv6", P::Udp},
                                         Checked{"Dns", P::Udp},
                                         Checked{"IcmpEcho", P::Icmp},
                                         Checked{"IcmpUnreachable", P::Icmp},
                                         Checked{"Icmpv6Echo", P::Icmpv6},
                                         Checked{"NeighbourSolicitation", P::Icmpv6},
                                         Checked{"Gre", P::Gre}),
                         [](const auto& tested) { return tested.param.name; });

TEST(UdpChecksum, MayBeAbsentInIpv4) {
    EXPECT_EQ(verdictOn(P::Udp, layerSample("UdpNoChecksum")), ChecksumVerdict{});
    EXPECT_EQ(verdictOn(P::Udp, layerSample("Vxlan")), ChecksumVerdict{});
}

// RFC 8200 8.1.
TEST(UdpChecksum, MayNotBeAbsentInIpv6) {
    Sample sample = layerSample("UdpIpv6");
    sample.octets[14 + 40 + 6] = 0;
    sample.octets[14 + 40 + 7] = 0;

    EXPECT_EQ(verdictOn(P::Udp, sample).state, State::Wrong);
}

TEST(UdpChecksum, ThatIsThePseudoHeadersSumIsLeftToTheNetworkCard) {
    Sample sample = layerSample("Udp");
    // c000 + 0201 + c633 + 6402 + 0011 + 0010
    sample.octets[40] = 0xec;
    sample.octets[41] = 0x58;

    EXPECT_EQ(verdictOn(P::Udp, sample).state, State::Offloaded);
}

TEST(Checksum, OfWhatIsQuotedIsNotCheckable) {
    const Layers layers = dissected(layerSample("IcmpRedirect"));

    EXPECT_EQ(verifyChecksum(layers, layers[4]).state, State::NotCheckable);
    EXPECT_THAT(verifyChecksum(layers, layers[4]).obstacle.en, HasSubstr("quoted"));
}

TEST(Checksum, SaysWhatKeepsItFromBeingChecked) {
    const auto obstacle = [](const Sample& sample) {
        return std::string{verdictOn(P::Tcp, sample).obstacle.en};
    };

    EXPECT_THAT(obstacle(test::ipv6Routing()), HasSubstr("last address of the route"));
    EXPECT_THAT(obstacle(test::ipv6FirstFragment()), HasSubstr("all fragments"));
}

TEST(Checksum, OfGreWithoutOneIsAbsent) {
    EXPECT_EQ(verdictOn(P::Gre, layerSample("GreEthernet")), ChecksumVerdict{});
}

const Field* find(const std::vector<Field>& fields, std::string_view name) {
    for (const Field& field : fields) {
        if (field.name.en == name) return &field;
        if (const Field* inner = find(field.children, name)) return inner;
    }
    return nullptr;
}

/// The value of a field of the innermost layer that has it, or "none".
std::string value(const Sample& sample, std::string_view name) {
    std::string found = "none";
    for (const LayerFields& layer : fieldsOf(dissected(sample))) {
        if (const Field* field = find(layer.fields, name)) found = field->value;
    }
    return found;
}

TEST(Fields, NameWhatTheLayersSay) {
    EXPECT_EQ(value(layerSample("Vlan"), "VLAN identifier"), "100");
    EXPECT_EQ(value(layerSample("LinuxSll"), "Packet type"), "4 (sent by us)");
    EXPECT_EQ(value(layerSample("BsdNull"), "Address family"), "0x02000000 (IPv4)");
    EXPECT_EQ(value(layerSample("PppoeDiscovery"), "Value"), "....");
    EXPECT_EQ(value(layerSample("ArpRequest"), "Target's IP address"), "192.0.2.2");
    EXPECT_EQ(value(layerSample("IcmpUnreachable"), "MTU of the next hop"), "1400");
    EXPECT_EQ(value(layerSample("Icmpv6TooBig"), "MTU of the next hop"), "1280");
    EXPECT_EQ(value(layerSample("NeighbourSolicitation"), "Target address"), "2001:db8::2");
    EXPECT_EQ(value(layerSample("NeighbourSolicitation"), "Address"), "02:00:00:00:00:01");
    EXPECT_EQ(value(layerSample("Gre"), "Key"), "0x00000064");
    EXPECT_EQ(value(layerSample("GrePptp"), "Acknowledgement number"), "0");
    EXPECT_EQ(value(layerSample("Vxlan"), "VXLAN network identifier"), "100");
    EXPECT_EQ(value(layerSample("Ipv4Options"), "Record route"), "0x070b08c000020100000000");
    EXPECT_EQ(value(layerSample("Dns"), "Question"), "example.com A");
    EXPECT_EQ(value(layerSample("Dns"), "Record"), "example.com CNAME www.example.com");
    EXPECT_EQ(value(layerSample("HttpRequest"), "Start line"), "GET /a HTTP/1.1");
    EXPECT_EQ(value(layerSample("HttpRequest"), "Field"), "Host: example.com");
    EXPECT_EQ(value(layerSample("TlsClientHello"), "Server name"), "example.com");
    EXPECT_EQ(value(layerSample("RareOptions"), "Experiment identifier"), "0xf989 (Fast Open)");
    EXPECT_EQ(value(layerSample("RareOptions"), "Timeout"), "2");
}

TEST(Fields, OfALaterSegmentSayThatAMessageGoesOn) {
    Sample sample = layerSample("HttpResponse");
    sample.octets[74] = 'h';
    const auto layers = fieldsOf(dissected(sample));

    EXPECT_EQ(layers.back().protocol, P::Payload);
    EXPECT_THAT(layers.back().fields.front().remark.en, HasSubstr("no HTTP message begins here"));
}

TEST(Fields, MarkALengthThatGoesPastTheEnd) {
    for (const auto& [name, at, field] : {std::tuple{"Udp", 38, "Length"},
                                          {"Vlan", 20, "Total length"},
                                          {"Vlan", 50, "Data offset"},
                                          {"Pppoe", 18, "Length"}}) {
        Sample sample = layerSample(name);
        sample.octets.at(static_cast<std::size_t>(at)) = 0xf0;
        bool wrong = false;
        for (const LayerFields& layer : fieldsOf(dissected(sample))) {
            if (const Field* found = find(layer.fields, field)) wrong |= found->wrong;
        }
        EXPECT_TRUE(wrong) << name << ", " << field;
    }
}

TEST(Fields, OfAQuotedHeaderSaySo) {
    const auto layers = fieldsOf(dissected(layerSample("IcmpUnreachable")));

    EXPECT_THAT(layers.back().summary.en, HasSubstr("quoted"));
    EXPECT_EQ(find(layers.back().fields, "Destination port")->value, "80");
    EXPECT_EQ(find(layers.back().fields, "Window"), nullptr);
}

}  // namespace
}  // namespace tcplab::wire
