#include "sim/wire/udp.h"

#include "sim/wire/application.h"
#include "sim/wire/vxlan.h"

namespace tcplab::wire {

Continuation continuation(const UdpHeader& h) {
    constexpr std::uint16_t kPortMulticastDns = 5353;
    Continuation after;
    if (h.length > 0) after.length = h.length;
    const auto isPort = [&h](std::uint16_t port) {
        return h.sourcePort == port || h.destinationPort == port;
    };
    if (h.destinationPort == VxlanHeader::kPort) {
        after.next = Protocol::Vxlan;
    } else if (isPort(kPortDns) || isPort(kPortMulticastDns)) {
        after.next = Protocol::Dns;
    }
    return after;
}

}  // namespace tcplab::wire
