#pragma once

#include "sim/wire/address.h"
#include "sim/wire/ecn.h"
#include "sim/wire/segment.h"
#include "sim/wire/stack.h"

#include <cstdint>
#include <vector>

namespace tcplab::wire {

/// What a frame says around a segment.
struct FrameAddresses {
    MacAddress fromMac{0x02, 0, 0, 0, 0, 0x01};
    MacAddress toMac{0x02, 0, 0, 0, 0, 0x02};
    SocketAddress from{};
    SocketAddress to{};  ///< Of the same IP version as `from`.
    std::uint8_t ttl = 64;
    std::uint16_t ipId = 0;  ///< IPv4 only.
    std::uint8_t dscp = 0;
    Ecn ecn = Ecn::NotEct;
};

/// Octets of the IP packet that carries the segment; `version` is 4 or 6.
[[nodiscard]] std::size_t ipOctetsOf(const Segment& segment, std::uint8_t version);

/// The segment as an Ethernet frame, checksums right. Options are filled up with zero octets to a
/// multiple of four. The caller keeps the datagram within 65,535 octets.
[[nodiscard]] std::vector<std::uint8_t> encodeFrame(const FrameAddresses& addresses,
                                                    const Segment& segment);

/// What the state machine sees of a packet: the payload as far as it was captured.
[[nodiscard]] Segment toSegment(const TcpPacketView& packet);

/// The header fields of a segment; ports and checksum are left 0.
[[nodiscard]] TcpHeader toHeader(const Segment& segment);

}  // namespace tcplab::wire
