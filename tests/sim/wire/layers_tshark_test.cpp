#include "sim/wire/headers.h"
#include "sim/wire/hex.h"
#include "sim/wire/stack.h"
#include "tests/sim/wire/layer_samples.h"
#include "tests/sim/wire/pcap_of.h"
#include "tests/support/temporary_file.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

// Every sample, read by tshark and by us.
namespace tcplab::wire {
namespace {

using test::Sample;

/// The name of a field in tshark, or two that it has for one of ours, and where ours has its value.
template <class Header>
struct Judged {
    std::vector<std::string> names;
    std::function<std::string(const Header&)> value;
};

std::string joined(const std::vector<std::string>& names, const test::TsharkFields& read) {
    std::string values;
    for (const std::string& name : names) {
        const auto found = read.find(name);
        if (found != read.end()) values += (values.empty() ? "" : ",") + found->second;
    }
    return values;
}

std::string text(std::uint64_t value) {
    return std::to_string(value);
}

template <class Header>
void judge(const Layers& layers,
           const test::TsharkFields& read,
           const std::vector<Judged<Header>>& all) {
    for (const Judged<Header>& judged : all) {
        std::string ours;
        for (const Layer& layer : layers) {
            if (layer.protocol != Header::kProtocol) continue;
            const auto decoded = decodeHeader<Header>(layers.octets(layer), layer.length);
            const std::string value = judged.value(decoded.header);
            if (value.empty() || (layer.quoted && !decoded.usable)) continue;
            ours += (ours.empty() ? "" : ",") + value;
        }
        // tshark leaves out what a quotation has no octets for; so do we, and then both are empty.
        EXPECT_EQ(ours, joined(judged.names, read)) << judged.names.front();
    }
}

void judgeLinks(const Layers& layers, const test::TsharkFields& read) {
    judge<VlanTag>(
        layers,
        read,
        {{{"ieee8021ad.id", "vlan.id"}, [](const VlanTag& h) { return text(h.vlan); }},
         {{"ieee8021ad.priority", "vlan.priority"},
          [](const VlanTag& h) { return text(h.priority); }},
         {{"ieee8021ad.dei", "vlan.dei"}, [](const VlanTag& h) { return text(h.dropEligible); }}});
    judge<MplsLabel>(layers,
                     read,
                     {{{"mpls.label"}, [](const MplsLabel& h) { return text(h.label); }},
                      {{"mpls.exp"}, [](const MplsLabel& h) { return text(h.trafficClass); }},
                      {{"mpls.bottom"}, [](const MplsLabel& h) { return text(h.bottom); }},
                      {{"mpls.ttl"}, [](const MplsLabel& h) { return text(h.ttl); }}});
    judge<PppoeHeader>(
        layers,
        read,
        {{{"pppoe.code"}, [](const PppoeHeader& h) { return hex(h.code, 2); }},
         {{"pppoe.session_id"}, [](const PppoeHeader& h) { return hex(h.session, 4); }},
         {{"pppoe.payload_length"}, [](const PppoeHeader& h) { return text(h.length); }}});
    judge<PppHeader>(
        layers, read, {{{"ppp.protocol"}, [](const PppHeader& h) { return hex(h.protocol, 4); }}});
    if (layers.find(Protocol::LinuxSll2) == nullptr) {
        judge<LinuxSllHeader>(layers, read, {{{"sll.src.eth"}, [](const LinuxSllHeader& h) {
                                                  return toString(h.address.mac);
                                              }}});
    } else {
        judge<LinuxSll2Header>(
            layers,
            read,
            {{{"sll.src.eth"}, [](const LinuxSll2Header& h) { return toString(h.address.mac); }},
             {{"sll.ifindex"}, [](const LinuxSll2Header& h) { return text(h.interface); }}});
    }
    judge<ArpPacket>(
        layers,
        read,
        {{{"arp.opcode"}, [](const ArpPacket& h) { return text(h.operation); }},
         {{"arp.src.hw_mac"}, [](const ArpPacket& h) { return toString(h.senderMac); }},
         {{"arp.src.proto_ipv4"}, [](const ArpPacket& h) { return toString(h.senderIp); }},
         {{"arp.dst.hw_mac"}, [](const ArpPacket& h) { return toString(h.targetMac); }},
         {{"arp.dst.proto_ipv4"}, [](const ArpPacket& h) { return toString(h.targetIp); }}});
}

void judgeIp(const Layers& layers, const test::TsharkFields& read) {
    judge<Ipv4Header>(layers,
                      read,
                      {{{"ip.src"}, [](const Ipv4Header& h) { return toString(h.source); }},
                       {{"ip.dst"}, [](const Ipv4Header& h) { return toString(h.destination); }},
                       {{"ip.len"}, [](const Ipv4Header& h) { return text(h.totalLength); }},
                       {{"ip.proto"}, [](const Ipv4Header& h) { return text(h.protocol); }}});
    judge<Ipv6Header>(layers,
                      read,
                      {{{"ipv6.src"}, [](const Ipv6Header& h) { return toString(h.source); }},
                       {{"ipv6.dst"}, [](const Ipv6Header& h) { return toString(h.destination); }},
                       {{"ipv6.plen"}, [](const Ipv6Header& h) { return text(h.payloadLength); }}});
    judge<GreHeader>(layers,
                     read,
                     {{{"gre.proto"}, [](const GreHeader& h) { return hex(h.protocol, 4); }},
                      {{"gre.key"},
                       [](const GreHeader& h) {
                           return h.hasKey && h.version == 0 ? hex(h.key, 8) : std::string{};
                       }},
                      {{"gre.sequence_number"}, [](const GreHeader& h) {
                           return h.hasSequence ? text(h.sequence) : std::string{};
                       }}});
    judge<VxlanHeader>(
        layers, read, {{{"vxlan.vni"}, [](const VxlanHeader& h) { return text(h.network); }}});
}

void judgeTransport(const Layers& layers, const test::TsharkFields& read) {
    judge<UdpHeader>(layers,
                     read,
                     {{{"udp.srcport"}, [](const UdpHeader& h) { return text(h.sourcePort); }},
                      {{"udp.dstport"}, [](const UdpHeader& h) { return text(h.destinationPort); }},
                      {{"udp.length"}, [](const UdpHeader& h) { return text(h.length); }}});
    judge<IcmpHeader>(layers,
                      read,
                      {{{"icmp.type"}, [](const IcmpHeader& h) { return text(h.type); }},
                       {{"icmp.code"}, [](const IcmpHeader& h) { return text(h.code); }},
                       {{"icmp.mtu"},
                        [](const IcmpHeader& h) {
                            return h.type == IcmpHeader::kUnreachable && h.code == 4 ? text(h.mtu)
                                                                                     : "";
                        }},
                       {{"icmp.redir_gw"}, [](const IcmpHeader& h) {
                            return h.type == IcmpHeader::kRedirect ? toString(h.gateway) : "";
                        }}});
    judge<Icmpv6Header>(
        layers,
        read,
        {{{"icmpv6.type"}, [](const Icmpv6Header& h) { return text(h.type); }},
         {{"icmpv6.code"}, [](const Icmpv6Header& h) { return text(h.code); }},
         {{"icmpv6.mtu"},
          [](const Icmpv6Header& h) {
              return h.type == Icmpv6Header::kPacketTooBig ? text(h.word) : "";
          }},
         {{"icmpv6.nd.ns.target_address"},
          [](const Icmpv6Header& h) {
              return h.type == Icmpv6Header::kNeighbourSolicitation ? toString(h.target) : "";
          }},
         {{"icmpv6.nd.ra.cur_hop_limit"}, [](const Icmpv6Header& h) {
              return h.type == Icmpv6Header::kRouterAdvertisement ? text(h.hopLimit) : "";
          }}});
    judge<DnsMessage>(
        layers,
        read,
        {{{"dns.id"}, [](const DnsMessage& h) { return hex(h.identifier, 4); }},
         {{"dns.count.queries"}, [](const DnsMessage& h) { return text(h.questions); }},
         {{"dns.count.answers"}, [](const DnsMessage& h) { return text(h.answers); }}});
}

/// The names of the fields above.
const std::vector<std::string>& names() {
    static const std::vector<std::string> kNames{"ieee8021ad.id",
                                                 "ieee8021ad.priority",
                                                 "ieee8021ad.dei",
                                                 "vlan.id",
                                                 "vlan.priority",
                                                 "vlan.dei",
                                                 "mpls.label",
                                                 "mpls.exp",
                                                 "mpls.bottom",
                                                 "mpls.ttl",
                                                 "pppoe.code",
                                                 "pppoe.session_id",
                                                 "pppoe.payload_length",
                                                 "ppp.protocol",
                                                 "sll.src.eth",
                                                 "sll.ifindex",
                                                 "arp.opcode",
                                                 "arp.src.hw_mac",
                                                 "arp.src.proto_ipv4",
                                                 "arp.dst.hw_mac",
                                                 "arp.dst.proto_ipv4",
                                                 "ip.src",
                                                 "ip.dst",
                                                 "ip.len",
                                                 "ip.proto",
                                                 "ipv6.src",
                                                 "ipv6.dst",
                                                 "ipv6.plen",
                                                 "gre.proto",
                                                 "gre.key",
                                                 "gre.sequence_number",
                                                 "vxlan.vni",
                                                 "udp.srcport",
                                                 "udp.dstport",
                                                 "udp.length",
                                                 "icmp.type",
                                                 "icmp.code",
                                                 "icmp.mtu",
                                                 "icmp.redir_gw",
                                                 "icmpv6.type",
                                                 "icmpv6.code",
                                                 "icmpv6.mtu",
                                                 "icmpv6.nd.ns.target_address",
                                                 "icmpv6.nd.ra.cur_hop_limit",
                                                 "dns.id",
                                                 "dns.count.queries",
                                                 "dns.count.answers",
                                                 "tls.record.length",
                                                 "_ws.malformed"};
    return kNames;
}

class TsharkOn : public testing::TestWithParam<Sample> {};

TEST_P(TsharkOn, AgreesInEveryField) {
    const Sample& sample = GetParam();
    const test::TemporaryFile file{test::pcapOf({sample.octets}, sample.link)};

    const auto read = test::tsharkFields(file.path(), names());

    ASSERT_EQ(read.size(), 1U) << "tshark is a dependency of this test";
    const Layers layers = dissect(sample.link, sample.octets, sample.octets.size());
    EXPECT_FALSE(read[0].contains("_ws.malformed"));
    judgeLinks(layers, read[0]);
    judgeIp(layers, read[0]);
    judgeTransport(layers, read[0]);
    if (const Layer* tls = layers.find(Protocol::Tls)) {
        // Of several records we read the first.
        const auto record = decodeHeader<TlsRecord>(layers.octets(*tls), tls->length).header;
        EXPECT_THAT(read[0].at("tls.record.length"), testing::StartsWith(text(record.length)));
    }
}

INSTANTIATE_TEST_SUITE_P(Samples,
                         TsharkOn,
                         testing::ValuesIn(test::layerSamples()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace tcplab::wire
