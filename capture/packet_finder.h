#pragma once

#include "capture/frame_source.h"
#include "sim/wire/plain_tcp.h"
#include "sim/wire/reassembler.h"
#include "sim/wire/stack.h"

#include <optional>

namespace tcplab::capture {

/// Finds the TCP packets in frames. One in fragments counts with the frame that completes it, as if
/// it had come whole in that.
class PacketFinder {
public:
    /// Calls `take(frame, packet)` where the frame holds or completes a TCP packet. A frame that
    /// was put together lies nowhere in the file. True where `frame` is a fragment of something.
    template <class Take>
    bool look(const Frame& frame, const Take& take) {
        if (wire::readPlainTcp(frame.link, frame.octets, frame.originalLength, plain_)) {
            take(frame, plain_);
            return false;
        }
        const wire::Layers layers = wire::dissect(frame.link, frame.octets, frame.originalLength);
        const auto packet = wire::tcpView(layers);
        if (packet && (!packet->fragment || isAllThereWillBe(frame, *packet))) {
            take(frame, *packet);
            return false;
        }
        const auto whole = fragments_.take(layers, frame.at);
        if (!whole) return wire::Reassembler::isFragment(layers);
        const bool isIpv6 = whole->octets.front() >> 4 == 6;
        Frame datagram = frame;
        datagram.link = isIpv6 ? wire::LinkType::Ipv6 : wire::LinkType::Ipv4;
        datagram.octets = whole->octets;
        datagram.originalLength = static_cast<std::uint32_t>(whole->octets.size());
        datagram.offset = OctetRange::kNowhere;
        look(datagram, take);
        return true;
    }

private:
    /// A first fragment that was not captured to its end can never be completed. As in tshark, one
    /// of IPv4 counts as its packet then, and one of IPv6 as none.
    [[nodiscard]] static bool isAllThereWillBe(const Frame& frame,
                                               const wire::TcpPacketView& fragment) {
        return frame.octets.size() < frame.originalLength && fragment.from.ip.version == 4;
    }

    wire::Reassembler fragments_{};
    wire::TcpPacketView plain_{};  ///< Reused: clearing one for every packet takes its time.
};

}  // namespace tcplab::capture
