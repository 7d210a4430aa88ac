#include "sim/wire/plain_tcp.h"

#include "sim/wire/byte_reader.h"
#include "sim/wire/ethernet.h"
#include "sim/wire/ipv4.h"
#include "sim/wire/ipv6.h"
#include "sim/wire/protocol.h"
#include "sim/wire/vlan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

namespace tcplab::wire {
namespace {

bool isVlan(std::uint16_t etherType) {
    return protocolOfEtherType(etherType) == Protocol::Vlan;
}

/// Where the TCP segment lies in the datagram, and how long it was on the wire.
struct Extent {
    std::size_t offset = 0;
    std::size_t length = 0;
};

/// Written at once, as it is read in words.
IpAddress ipv4At(Octets octets, std::size_t at) {
    std::array<std::uint32_t, 4> words{};
    std::memcpy(words.data(), &octets[at], sizeof words[0]);
    return {std::bit_cast<std::array<std::uint8_t, 16>>(words), 4};
}

IpAddress ipv6At(Octets octets, std::size_t at) {
    IpAddress address{.version = 6};
    std::memcpy(address.octets.data(), &octets[at], address.octets.size());
    return address;
}

/// `room` octets were on the wire from the beginning of the header on.
std::optional<Extent> readIpv4(Octets octets, std::size_t room, TcpPacketView& packet) {
    constexpr std::uint8_t kVersionAndLength = 0x45;
    constexpr std::uint16_t kFragmented = 0x3FFF;  // More fragments, or an offset.
    constexpr std::size_t kHeader = Ipv4Header::kFixedOctets;
    if (octets.size() < kHeader) return {};
    const std::size_t length = numberAt<std::uint16_t>(octets, 2);
    const bool plain = octets[0] == kVersionAndLength && octets[9] == kIpNumberTcp &&
                       (numberAt<std::uint16_t>(octets, 6) & kFragmented) == 0;
    if (!plain || length < kHeader || length > room) return {};
    packet.hopLimit = octets[8];
    packet.from.ip = ipv4At(octets, 12);
    packet.to.ip = ipv4At(octets, 16);
    return Extent{kHeader, length - kHeader};
}

std::optional<Extent> readIpv6(Octets octets, std::size_t room, TcpPacketView& packet) {
    constexpr std::size_t kHeader = Ipv6Header::kOctets;
    if (octets.size() < kHeader) return {};
    const std::size_t length = numberAt<std::uint16_t>(octets, 4);
    const bool plain = octets[0] >> 4 == 6 && octets[6] == kIpNumberTcp;
    if (!plain || length == 0 || kHeader + length > room) return {};
    packet.hopLimit = octets[7];
    packet.from.ip = ipv6At(octets, 8);
    packet.to.ip = ipv6At(octets, 24);
    return Extent{kHeader, length};
}

/// The header at the beginning of `octets`; false where it is not whole or makes no sense.
bool readTcp(Octets octets, std::size_t length, TcpPacketView& packet) {
    if (octets.size() < TcpHeader::kFixedOctets) return false;
    TcpHeader& header = packet.header;
    header.sourcePort = packet.from.port = numberAt<std::uint16_t>(octets, 0);
    header.destinationPort = packet.to.port = numberAt<std::uint16_t>(octets, 2);
    header.seq = Seq{numberAt<std::uint32_t>(octets, 4)};
    header.ack = Seq{numberAt<std::uint32_t>(octets, 8)};
    header.dataOffset = static_cast<std::uint8_t>(octets[12] >> 4);
    header.reserved = octets[12] & 0xF;
    header.flags = Flags::fromOctet(octets[13]);
    header.window = numberAt<std::uint16_t>(octets, 14);
    header.checksum = numberAt<std::uint16_t>(octets, 16);
    header.urgentPointer = numberAt<std::uint16_t>(octets, 18);

    const std::size_t captured = std::min(length, octets.size());
    const std::size_t headerLength = header.dataOffset * std::size_t{4};
    if (headerLength < TcpHeader::kFixedOctets || headerLength > captured) return false;
    packet.segment = octets.first(captured);
    header.options = packet.segment.first(headerLength).subspan(TcpHeader::kFixedOctets);
    packet.payload = packet.segment.subspan(headerLength);
    packet.payloadLength = length - headerLength;
    packet.fragment = packet.underway = false;
    return true;
}

}  // namespace

bool readPlainTcp(LinkType link,
                  Octets captured,
                  std::size_t originalLength,
                  TcpPacketView& packet) {
    constexpr int kMostTags = 2;  // Their octets are fewer than those of the shortest frame.
    constexpr std::size_t kShortest =
        EthernetHeader::kOctets + Ipv4Header::kFixedOctets + TcpHeader::kFixedOctets;
    if (link != LinkType::Ethernet || captured.size() < kShortest) return false;
    const std::size_t end = std::max(originalLength, captured.size());
    std::size_t ip = EthernetHeader::kOctets;
    const auto etherType = [&] { return numberAt<std::uint16_t>(captured, ip - 2); };
    for (int tags = 0; tags < kMostTags && isVlan(etherType()); ++tags) ip += VlanTag::kOctets;
    std::optional<Extent> tcp;
    if (etherType() == kEtherTypeIpv4) {
        tcp = readIpv4(captured.subspan(ip), end - ip, packet);
    } else if (etherType() == kEtherTypeIpv6) {
        tcp = readIpv6(captured.subspan(ip), end - ip, packet);
    }
    return tcp && readTcp(captured.subspan(ip + tcp->offset), tcp->length, packet);
}

}  // namespace tcplab::wire
