#include "sim/wire/frame.h"

#include "sim/base/check.h"
#include "sim/wire/ethernet.h"
#include "sim/wire/ipv4.h"
#include "sim/wire/ipv6.h"

#include <span>

namespace tcplab::wire {

namespace {

constexpr std::size_t kMostIpOctets = 65'535;

std::size_t ipHeaderOctets(std::uint8_t version) {
    return version == 4 ? Ipv4Header::kFixedOctets : Ipv6Header::kOctets;
}

void writeIp(const FrameAddresses& addresses, std::size_t carried, std::span<std::uint8_t> out) {
    if (addresses.from.ip.version == 6) {
        encode(Ipv6Header{.dscp = addresses.dscp,
                          .ecn = static_cast<std::uint8_t>(addresses.ecn),
                          .payloadLength = static_cast<std::uint16_t>(carried),
                          .nextHeader = kIpNumberTcp,
                          .hopLimit = addresses.ttl,
                          .source = addresses.from.ip,
                          .destination = addresses.to.ip},
               out);
        return;
    }
    Ipv4Header ip{
        .dscp = addresses.dscp,
        .ecn = static_cast<std::uint8_t>(addresses.ecn),
        .totalLength = static_cast<std::uint16_t>(Ipv4Header::kFixedOctets + carried),
        .identification = addresses.ipId,
        .dontFragment = true,
        .ttl = addresses.ttl,
        .protocol = kIpNumberTcp,
        .source = addresses.from.ip,
        .destination = addresses.to.ip,
    };
    encode(ip, out);
    Checksum sum;
    sum.add(Octets{out}.first(Ipv4Header::kFixedOctets));
    ip.checksum = sum.value();
    encode(ip, out);
}

}  // namespace

TcpHeader toHeader(const Segment& segment) {
    const Octets options = segment.options.octets();
    return {
        .seq = segment.seq,
        .ack = segment.ctl.ack ? segment.ack : Seq{},
        .dataOffset = static_cast<std::uint8_t>((TcpHeader::kFixedOctets + options.size() + 3) / 4),
        .flags = segment.ctl,
        .window = segment.wnd,
        .urgentPointer = segment.up,
        .options = options};
}

Segment toSegment(const TcpPacketView& packet) {
    return {.seq = packet.header.seq,
            .ack = packet.header.ack,
            .ctl = packet.header.flags,
            .wnd = packet.header.window,
            .up = packet.header.urgentPointer,
            .options = TcpOptions{packet.header.options},
            .payload = Bytes{packet.payload}};
}

std::size_t ipOctetsOf(const Segment& segment, std::uint8_t version) {
    return ipHeaderOctets(version) + toHeader(segment).dataOffset * std::size_t{4} +
           segment.payload.size();
}

std::vector<std::uint8_t> encodeFrame(const FrameAddresses& addresses, const Segment& segment) {
    TCPLAB_CHECK(addresses.from.ip.version == addresses.to.ip.version);
    TcpHeader tcp = toHeader(segment);
    tcp.sourcePort = addresses.from.port;
    tcp.destinationPort = addresses.to.port;

    const std::size_t ipAt = EthernetHeader::kOctets;
    const std::size_t tcpAt = ipAt + ipHeaderOctets(addresses.from.ip.version);
    const std::size_t carried = tcp.dataOffset * std::size_t{4} + segment.payload.size();
    TCPLAB_CHECK(tcpAt - ipAt + carried <= kMostIpOctets);

    std::vector<std::uint8_t> octets(tcpAt + carried);
    const std::span<std::uint8_t> frame{octets};
    const bool v4 = addresses.from.ip.version == 4;
    encode(EthernetHeader{.destination = addresses.toMac,
                          .source = addresses.fromMac,
                          .etherType = v4 ? kEtherTypeIpv4 : kEtherTypeIpv6},
           frame);
    writeIp(addresses, carried, frame.subspan(ipAt));
    const std::size_t written = encode(tcp, frame.subspan(tcpAt));
    std::ranges::copy(segment.payload.view(),
                      frame.begin() + static_cast<std::ptrdiff_t>(tcpAt + written));

    Checksum sum = pseudoHeader(
        addresses.from.ip, addresses.to.ip, kIpNumberTcp, static_cast<std::uint32_t>(carried));
    sum.add(Octets{octets}.subspan(tcpAt));
    tcp.checksum = sum.value();
    encode(tcp, frame.subspan(tcpAt));
    return octets;
}

}  // namespace tcplab::wire
