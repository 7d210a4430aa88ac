#pragma once

#include "sim/base/bytes.h"
#include "sim/wire/link_type.h"
#include "sim/wire/stack.h"

#include <cstddef>

namespace tcplab::wire {

/// The straight way to the packet in a frame of the kind that captures are full of: TCP in one
/// datagram of IPv4 or IPv6, without options or extension headers, on Ethernet, with VLAN tags
/// perhaps, and its headers whole. It fills all of `packet` with what tcpView(dissect(...)) gives,
/// ten times sooner. False where the frame is of another kind: it may hold a TCP packet
/// nevertheless, but not in `packet`.
[[nodiscard]] bool readPlainTcp(LinkType link,
                                Octets captured,
                                std::size_t originalLength,
                                TcpPacketView& packet);

}  // namespace tcplab::wire
