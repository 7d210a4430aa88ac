#pragma once

#include "sim/wire/arp.h"
#include "sim/wire/dns.h"
#include "sim/wire/ethernet.h"
#include "sim/wire/gre.h"
#include "sim/wire/http.h"
#include "sim/wire/icmp.h"
#include "sim/wire/icmpv6.h"
#include "sim/wire/ipv4.h"
#include "sim/wire/ipv6.h"
#include "sim/wire/linux_cooked.h"
#include "sim/wire/loopback.h"
#include "sim/wire/mpls.h"
#include "sim/wire/ppp.h"
#include "sim/wire/pppoe.h"
#include "sim/wire/tcp.h"
#include "sim/wire/tls.h"
#include "sim/wire/udp.h"
#include "sim/wire/vlan.h"
#include "sim/wire/vxlan.h"

#include <type_traits>

namespace tcplab::wire {

/// Visits the type of the protocol's header; Payload has none. A new protocol is one more line.
template <class Visitor>
void withHeader(Protocol protocol, Visitor&& visit) {
    switch (protocol) {
        case Protocol::Ethernet: return visit(std::type_identity<EthernetHeader>{});
        case Protocol::LinuxSll: return visit(std::type_identity<LinuxSllHeader>{});
        case Protocol::LinuxSll2: return visit(std::type_identity<LinuxSll2Header>{});
        case Protocol::BsdLoopback: return visit(std::type_identity<BsdLoopbackHeader>{});
        case Protocol::Vlan: return visit(std::type_identity<VlanTag>{});
        case Protocol::Mpls: return visit(std::type_identity<MplsLabel>{});
        case Protocol::Pppoe: return visit(std::type_identity<PppoeHeader>{});
        case Protocol::Ppp: return visit(std::type_identity<PppHeader>{});
        case Protocol::Arp: return visit(std::type_identity<ArpPacket>{});
        case Protocol::Ipv4: return visit(std::type_identity<Ipv4Header>{});
        case Protocol::Ipv6: return visit(std::type_identity<Ipv6Header>{});
        case Protocol::Ipv6HopByHop: return visit(std::type_identity<Ipv6HopByHopHeader>{});
        case Protocol::Ipv6Routing: return visit(std::type_identity<Ipv6RoutingHeader>{});
        case Protocol::Ipv6DestinationOptions:
            return visit(std::type_identity<Ipv6DestinationOptionsHeader>{});
        case Protocol::Ipv6Fragment: return visit(std::type_identity<Ipv6FragmentHeader>{});
        case Protocol::Gre: return visit(std::type_identity<GreHeader>{});
        case Protocol::Vxlan: return visit(std::type_identity<VxlanHeader>{});
        case Protocol::Icmp: return visit(std::type_identity<IcmpHeader>{});
        case Protocol::Icmpv6: return visit(std::type_identity<Icmpv6Header>{});
        case Protocol::Udp: return visit(std::type_identity<UdpHeader>{});
        case Protocol::Tcp: return visit(std::type_identity<TcpHeader>{});
        case Protocol::DnsLength: return visit(std::type_identity<DnsLengthHeader>{});
        case Protocol::Dns: return visit(std::type_identity<DnsMessage>{});
        case Protocol::Http: return visit(std::type_identity<HttpHead>{});
        case Protocol::Tls: return visit(std::type_identity<TlsRecord>{});
        case Protocol::Payload: return;
    }
}

}  // namespace tcplab::wire
