#include "sim/wire/gre.h"
#include "sim/wire/icmp.h"
#include "sim/wire/icmpv6.h"
#include "sim/wire/stack.h"
#include "sim/wire/udp.h"
#include "sim/wire/vxlan.h"

namespace tcplab::wire {

namespace {

using State = ChecksumVerdict::State;

constexpr std::size_t kTcpChecksumOffset = 16;
constexpr std::size_t kIpv4ChecksumOffset = 10;

constexpr Text kCut{"not all that it covers was captured", "检验范围内的数据没有全部抓到"};
constexpr Text kFragment{"it covers all fragments, and this is one",
                         "它检验整个数据报，这里只有一个分片"};
constexpr Text kUnderway{"it covers the last address of the route", "它检验的是路由的最后一个地址"};
constexpr Text kQuoted{"only the beginning of the packet is quoted", "只引用了分组的开头部分"};
constexpr Text kNoIp{"there is no IP header around it", "外面没有 IP 首部"};

ChecksumVerdict notCheckable(const Text& why) {
    return {.state = State::NotCheckable, .obstacle = why};
}

std::uint16_t wordAt(Octets octets, std::size_t at) {
    return static_cast<std::uint16_t>(octets[at] << 8 | octets[at + 1]);
}

/// The sum of octets without the two of their checksum field.
Checksum sumWithout(std::size_t field, Octets octets, Checksum sum) {
    sum.add(octets.first(field));
    sum.add(octets.subspan(field + 2));
    return sum;
}

ChecksumVerdict verdictOf(std::uint16_t found, std::uint16_t expected) {
    // 0x0000 and 0xffff are the same number in ones' complement.
    const bool right = found == expected || (found == 0xffff && expected == 0);
    return {right ? State::Right : State::Wrong, expected};
}

/// Of octets that have no pseudo-header.
ChecksumVerdict verifyAlone(Octets octets, std::size_t field) {
    return verdictOf(wordAt(octets, field), sumWithout(field, octets, {}).value());
}

/// The two addresses around a packet, and which protocol it is of.
struct Ends {
    IpAddress from{};
    IpAddress to{};
    std::uint8_t protocol = 0;
};

ChecksumVerdict verifyWithPseudoHeader(Octets octets, std::size_t field, const Ends& ends) {
    const auto pseudo = [&ends](std::size_t count) {
        return pseudoHeader(ends.from, ends.to, ends.protocol, static_cast<std::uint32_t>(count));
    };
    const std::uint16_t found = wordAt(octets, field);
    const std::uint16_t expected = sumWithout(field, octets, pseudo(octets.size())).value();
    const ChecksumVerdict verdict = verdictOf(found, expected);
    // A sender that leaves it to its network card fills in the sum of the pseudo-header; where the
    // card is to cut the segment as well, that has no length.
    if (verdict.state == State::Wrong &&
        (found == pseudo(octets.size()).sum() || found == pseudo(0).sum())) {
        return {State::Offloaded, expected};
    }
    return verdict;
}

/// What of the layers around this one keeps its checksum from being verified.
std::optional<Text> obstacleAround(const Layers& layers, const Layer& layer) {
    if (layer.quoted) return kQuoted;
    const Layer* ip = layers.ipAround(layer);
    for (const Layer* around = layers.begin(); around != &layer; ++around) {
        const Octets octets = layers.octets(*around);
        if (around->protocol == Protocol::Ipv4) {
            if (decodeHeader<Ipv4Header>(octets, around->length).header.moreFragments) {
                return kFragment;
            }
        } else if (around->protocol == Protocol::Ipv6Fragment) {
            if (decodeHeader<Ipv6FragmentHeader>(octets, around->length).header.moreFragments) {
                return kFragment;
            }
        } else if (around->protocol == Protocol::Ipv6Routing && ip != nullptr && ip < around) {
            const auto route = decodeHeader<Ipv6RoutingHeader>(octets, around->length).header;
            if (route.segmentsLeft() > 0) return kUnderway;
        }
    }
    if (layers.octets(layer).size() < layer.length) return kCut;
    return {};
}

std::optional<Ends> endsAround(const Layers& layers, const Layer& layer, std::uint8_t protocol) {
    const Layer* ip = layers.ipAround(layer);
    if (ip == nullptr) return {};
    if (ip->protocol == Protocol::Ipv4) {
        const auto header = decodeHeader<Ipv4Header>(layers.octets(*ip), ip->length).header;
        return Ends{header.source, header.destination, protocol};
    }
    const auto header = decodeHeader<Ipv6Header>(layers.octets(*ip), ip->length).header;
    return Ends{header.source, header.destination, protocol};
}

ChecksumVerdict verifyIpv4(const Layers& layers, const Layer& layer) {
    if (layer.quoted)
        return notCheckable({"routers change the header on the way", "首部在途中会被路由器修改"});
    const Octets header = layers.header(layer);
    if (header.size() < layer.headerLength || header.size() < Ipv4Header::kFixedOctets) {
        return notCheckable(kCut);
    }
    return verifyAlone(header, kIpv4ChecksumOffset);
}

ChecksumVerdict verifyUdp(const Layers& layers, const Layer& layer) {
    const Octets octets = layers.octets(layer);
    const auto udp = decodeHeader<UdpHeader>(octets, layer.length);
    if (!udp.usable) return notCheckable(kCut);
    const auto ends = endsAround(layers, layer, kIpNumberUdp);
    if (!ends) return notCheckable(kNoIp);
    // IPv6 has no other checksum, so that only tunnels may leave this one out (RFC 6935).
    const bool mayBeAbsent =
        ends->from.version == 4 || udp.header.destinationPort == VxlanHeader::kPort;
    if (udp.header.checksum == 0 && mayBeAbsent) return {};
    if (const auto obstacle = obstacleAround(layers, layer)) return notCheckable(*obstacle);
    ChecksumVerdict verdict = verifyWithPseudoHeader(octets, UdpHeader::kChecksumOffset, *ends);
    // A sum of zero is sent as its other form, as zero stands for none.
    if (udp.header.checksum == 0) verdict.state = State::Wrong;
    if (verdict.expected == 0) verdict.expected = 0xffff;
    return verdict;
}

ChecksumVerdict verifyIcmpv6(const Layers& layers, const Layer& layer) {
    const auto ends = endsAround(layers, layer, kIpNumberIcmpv6);
    if (!ends) return notCheckable(kNoIp);
    return verifyWithPseudoHeader(layers.octets(layer), Icmpv6Header::kChecksumOffset, *ends);
}

ChecksumVerdict verifyGre(const Layers& layers, const Layer& layer) {
    const auto gre = decodeHeader<GreHeader>(layers.octets(layer), layer.length);
    if (!gre.usable || !gre.header.hasChecksum) return {};
    if (const auto obstacle = obstacleAround(layers, layer)) return notCheckable(*obstacle);
    return verifyAlone(layers.octets(layer), GreHeader::kChecksumOffset);
}

}  // namespace

ChecksumVerdict verifyChecksum(const TcpPacketView& packet) {
    if (packet.fragment) return notCheckable(kFragment);
    if (packet.underway) return notCheckable(kUnderway);
    const std::size_t length = packet.segmentLength();
    if (packet.segment.size() < length) return notCheckable(kCut);
    return verifyWithPseudoHeader(packet.segment.first(length),
                                  kTcpChecksumOffset,
                                  {packet.from.ip, packet.to.ip, kIpNumberTcp});
}

ChecksumVerdict verifyChecksum(const Layers& layers, const Layer& layer) {
    switch (layer.protocol) {
        case Protocol::Ipv4: return verifyIpv4(layers, layer);
        case Protocol::Udp: return verifyUdp(layers, layer);
        case Protocol::Gre: return verifyGre(layers, layer);
        case Protocol::Tcp:
        case Protocol::Icmp:
        case Protocol::Icmpv6: break;
        default: return {};
    }
    if (const auto obstacle = obstacleAround(layers, layer)) return notCheckable(*obstacle);
    if (layer.protocol == Protocol::Tcp) {
        const auto packet = tcpView(layers);
        return packet ? verifyChecksum(*packet) : notCheckable(kCut);
    }
    if (layer.headerLength < Icmpv6Header::kChecksumOffset + 2) return notCheckable(kCut);
    if (layer.protocol == Protocol::Icmpv6) return verifyIcmpv6(layers, layer);
    return verifyAlone(layers.octets(layer), IcmpHeader::kChecksumOffset);
}

}  // namespace tcplab::wire
