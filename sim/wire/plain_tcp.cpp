#include "sim/wire/plain_tcp.h"

#include "sim/wire/byte_reader.h"
#include "sim/wire/ethernet.h"
#include "sim/wire/ipv4.h"
#include "sim/wire/ipv6.h"
#include "sim/wire/protocol.h"
#include "sim/wire/vlan.h"

#include <algorithm>

namespace tcplab::wire {
namespace {

bool isVlan(std::uint16_t etherType) {
    return protocolOfEtherType(etherType) == Protocol::Vlan;
}

/// Where the TCP segment lies in the frame, and how long it was on the wire.
struct Extent {
    std::size_t offset = 0;
    std::size_t length = 0;
};

void readAddress(ByteReader& reader, IpAddress& address, std::uint8_t version) {
    address.version = version;
    std::ranges::copy(reader.take(address.size()), address.octets.begin());
}

/// `room` octets were on the wire from the beginning of the header on.
std::optional<Extent> readIpv4(Octets octets, std::size_t room, TcpPacketView& packet) {
    constexpr std::uint8_t kVersionAndLength = 0x45;
    constexpr std::uint16_t kFragmented = 0x3FFF;  // More fragments, or an offset.
    ByteReader reader{octets};
    if (reader.read<std::uint8_t>() != kVersionAndLength) return {};
    (void)reader.take(1);
    const std::size_t length = reader.read<std::uint16_t>();
    (void)reader.take(2);
    if ((reader.read<std::uint16_t>() & kFragmented) != 0) return {};
    (void)reader.take(1);
    if (reader.read<std::uint8_t>() != kIpNumberTcp) return {};
    (void)reader.take(2);
    readAddress(reader, packet.from.ip, 4);
    readAddress(reader, packet.to.ip, 4);
    if (length < Ipv4Header::kFixedOctets || length > room) return {};
    return Extent{Ipv4Header::kFixedOctets, length - Ipv4Header::kFixedOctets};
}

std::optional<Extent> readIpv6(Octets octets, std::size_t room, TcpPacketView& packet) {
    ByteReader reader{octets};
    if (reader.read<std::uint8_t>() >> 4 != 6) return {};
    (void)reader.take(3);
    const std::size_t length = reader.read<std::uint16_t>();
    if (reader.read<std::uint8_t>() != kIpNumberTcp) return {};
    (void)reader.take(1);
    readAddress(reader, packet.from.ip, 6);
    readAddress(reader, packet.to.ip, 6);
    if (length == 0 || Ipv6Header::kOctets + length > room) return {};
    return Extent{Ipv6Header::kOctets, length};
}

/// The header at the beginning of `octets`; false where it is not whole or makes no sense.
bool readTcp(Octets octets, std::size_t length, TcpPacketView& packet) {
    TcpHeader& header = packet.header;
    ByteReader reader{octets};
    packet.from.port = header.sourcePort = reader.read<std::uint16_t>();
    packet.to.port = header.destinationPort = reader.read<std::uint16_t>();
    header.seq = Seq{reader.read<std::uint32_t>()};
    header.ack = Seq{reader.read<std::uint32_t>()};
    const auto offsetAndReserved = reader.read<std::uint8_t>();
    header.dataOffset = offsetAndReserved >> 4;
    header.reserved = offsetAndReserved & 0xF;
    header.flags = Flags::fromOctet(reader.read<std::uint8_t>());
    header.window = reader.read<std::uint16_t>();
    header.checksum = reader.read<std::uint16_t>();
    header.urgentPointer = reader.read<std::uint16_t>();
    const std::size_t headerLength = header.dataOffset * std::size_t{4};
    if (headerLength < TcpHeader::kFixedOctets || headerLength > std::min(length, octets.size())) {
        return false;
    }
    header.options = reader.take(headerLength - TcpHeader::kFixedOctets);
    packet.segment = octets.first(std::min(length, octets.size()));
    packet.payload = packet.segment.subspan(headerLength);
    packet.payloadLength = length - headerLength;
    return true;
}

}  // namespace

std::optional<TcpPacketView> plainTcpView(LinkType link,
                                          Octets captured,
                                          std::size_t originalLength) {
    std::optional<TcpPacketView> packet;
    constexpr int kMostTags = 2;  // Their octets are fewer than those of the shortest frame.
    constexpr std::size_t kShortest =
        EthernetHeader::kOctets + Ipv4Header::kFixedOctets + TcpHeader::kFixedOctets;
    if (link != LinkType::Ethernet || captured.size() < kShortest) return packet;
    const std::size_t end = std::max(originalLength, captured.size());
    std::size_t ip = EthernetHeader::kOctets;
    const auto etherType = [&] { return ByteReader{captured.subspan(ip - 2)}.read<std::uint16_t>(); };
    for (int tags = 0; tags < kMostTags && isVlan(etherType()); ++tags) ip += VlanTag::kOctets;
    packet.emplace();
    std::optional<Extent> tcp;
    if (etherType() == kEtherTypeIpv4) {
        tcp = readIpv4(captured.subspan(ip), end - ip, *packet);
    } else if (etherType() == kEtherTypeIpv6) {
        tcp = readIpv6(captured.subspan(ip), end - ip, *packet);
    }
    if (!tcp || captured.size() < ip + tcp->offset ||
        !readTcp(captured.subspan(ip + tcp->offset), tcp->length, *packet)) {
        packet.reset();
    }
    return packet;
}

}  // namespace tcplab::wire
