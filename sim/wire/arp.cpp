#include "sim/wire/arp.h"

namespace tcplab::wire {

Phrase summary(const ArpPacket& h) {
    if (!h.isOfEthernetAndIpv4()) {
        const std::string name{arpOperationName(h.operation)};
        return name.empty() ? Phrase{"other operation", "其他操作"} : Phrase{name, name};
    }
    const std::string sender = toString(h.senderIp);
    if (h.operation == 1) {
        return {"who has " + toString(h.targetIp) + "? " + sender + " asks",
                sender + " 询问：谁的地址是 " + toString(h.targetIp)};
    }
    return {sender + " is at " + toString(h.senderMac),
            sender + " 的硬件地址是 " + toString(h.senderMac)};
}

}  // namespace tcplab::wire
