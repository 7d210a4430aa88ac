#include "sim/wire/protocol.h"

#include "sim/base/check.h"

namespace tcplab::wire {

Text titleOf(Protocol protocol) {
    switch (protocol) {
        case Protocol::Ethernet: return {"Ethernet II", "以太网 II"};
        case Protocol::LinuxSll: return {"Linux cooked capture", "Linux 通用链路层首部"};
        case Protocol::LinuxSll2: return {"Linux cooked capture v2", "Linux 通用链路层首部 v2"};
        case Protocol::BsdLoopback: return {"Loopback of a BSD", "BSD 环回接口首部"};
        case Protocol::Vlan: return {"VLAN tag (IEEE 802.1Q)", "虚拟局域网标签（IEEE 802.1Q）"};
        case Protocol::Mpls: return {"MPLS label", "多协议标记交换 MPLS 标记"};
        case Protocol::Pppoe: return {"PPP over Ethernet", "以太网上的点对点协议 PPPoE"};
        case Protocol::Ppp: return {"Point-to-Point Protocol", "点对点协议 PPP"};
        case Protocol::Arp: return {"Address Resolution Protocol", "地址解析协议 ARP"};
        case Protocol::Ipv4: return {"Internet Protocol version 4", "网际协议 IPv4"};
        case Protocol::Ipv6: return {"Internet Protocol version 6", "网际协议 IPv6"};
        case Protocol::Ipv6HopByHop: return {"IPv6 hop-by-hop options", "IPv6 逐跳选项"};
        case Protocol::Ipv6Routing: return {"IPv6 routing header", "IPv6 路由选择首部"};
        case Protocol::Ipv6DestinationOptions:
            return {"IPv6 destination options", "IPv6 目的站选项"};
        case Protocol::Ipv6Fragment: return {"IPv6 fragment header", "IPv6 分片首部"};
        case Protocol::Gre: return {"Generic Routing Encapsulation", "通用路由封装 GRE"};
        case Protocol::Vxlan: return {"Virtual eXtensible LAN", "虚拟可扩展局域网 VXLAN"};
        case Protocol::Icmp: return {"Internet Control Message Protocol", "网际控制报文协议 ICMP"};
        case Protocol::Icmpv6:
            return {"Internet Control Message Protocol version 6", "网际控制报文协议 ICMPv6"};
        case Protocol::Udp: return {"User Datagram Protocol", "用户数据报协议 UDP"};
        case Protocol::Tcp: return {"Transmission Control Protocol", "传输控制协议 TCP"};
        case Protocol::DnsLength: return {"Length of a DNS message", "DNS 报文的长度"};
        case Protocol::Dns: return {"Domain Name System", "域名系统 DNS"};
        case Protocol::Http: return {"Hypertext Transfer Protocol", "超文本传送协议 HTTP"};
        case Protocol::Tls: return {"Transport Layer Security", "运输层安全协议 TLS"};
        case Protocol::Payload: return {"Data", "数据部分"};
    }
    TCPLAB_UNREACHABLE();
}

std::string_view nameOf(Protocol protocol) {
    switch (protocol) {
        case Protocol::Ethernet: return "Ethernet";
        case Protocol::LinuxSll: return "Linux SLL";
        case Protocol::LinuxSll2: return "Linux SLL2";
        case Protocol::BsdLoopback: return "loopback";
        case Protocol::Vlan: return "VLAN";
        case Protocol::Mpls: return "MPLS";
        case Protocol::Pppoe: return "PPPoE";
        case Protocol::Ppp: return "PPP";
        case Protocol::Arp: return "ARP";
        case Protocol::Ipv4: return "IPv4";
        case Protocol::Ipv6: return "IPv6";
        case Protocol::Ipv6HopByHop: return "IPv6 hop-by-hop";
        case Protocol::Ipv6Routing: return "IPv6 routing";
        case Protocol::Ipv6DestinationOptions: return "IPv6 options";
        case Protocol::Ipv6Fragment: return "IPv6 fragment";
        case Protocol::Gre: return "GRE";
        case Protocol::Vxlan: return "VXLAN";
        case Protocol::Icmp: return "ICMP";
        case Protocol::Icmpv6: return "ICMPv6";
        case Protocol::Udp: return "UDP";
        case Protocol::Tcp: return "TCP";
        case Protocol::DnsLength: return "DNS length";
        case Protocol::Dns: return "DNS";
        case Protocol::Http: return "HTTP";
        case Protocol::Tls: return "TLS";
        case Protocol::Payload: return "data";
    }
    TCPLAB_UNREACHABLE();
}

Protocol protocolOfEtherType(std::uint16_t etherType) {
    switch (etherType) {
        case kEtherTypeIpv4: return Protocol::Ipv4;
        case kEtherTypeIpv6: return Protocol::Ipv6;
        case 0x0806: return Protocol::Arp;
        case 0x6558: return Protocol::Ethernet;
        case 0x8100:
        case 0x88a8:
        case 0x9100: return Protocol::Vlan;
        case 0x8847:
        case 0x8848: return Protocol::Mpls;
        case 0x8863:
        case 0x8864: return Protocol::Pppoe;
        case 0x880b: return Protocol::Ppp;
        default: return Protocol::Payload;
    }
}

Protocol protocolOfIpNumber(std::uint8_t number) {
    switch (number) {
        case kIpNumberIcmp: return Protocol::Icmp;
        case 4: return Protocol::Ipv4;
        case kIpNumberTcp: return Protocol::Tcp;
        case kIpNumberUdp: return Protocol::Udp;
        case 41: return Protocol::Ipv6;
        case 47: return Protocol::Gre;
        case 137: return Protocol::Mpls;
        default: return Protocol::Payload;
    }
}

Protocol protocolOfNextHeader(std::uint8_t number) {
    switch (number) {
        case 0: return Protocol::Ipv6HopByHop;
        case kIpNumberIcmp: return Protocol::Payload;
        case 43: return Protocol::Ipv6Routing;
        case 44: return Protocol::Ipv6Fragment;
        case kIpNumberIcmpv6: return Protocol::Icmpv6;
        case 60: return Protocol::Ipv6DestinationOptions;
        default: return protocolOfIpNumber(number);
    }
}

Protocol protocolOfVersion(Octets packet) {
    switch (packet.empty() ? 0 : packet[0] >> 4) {
        case 4: return Protocol::Ipv4;
        case 6: return Protocol::Ipv6;
        default: return Protocol::Payload;
    }
}

std::string_view etherTypeName(std::uint32_t etherType) {
    switch (etherType) {
        case kEtherTypeIpv4: return "IPv4";
        case 0x0806: return "ARP";
        case 0x6558: return "Ethernet";
        case 0x8100: return "802.1Q";
        case kEtherTypeIpv6: return "IPv6";
        case 0x880b: return "PPP";
        case 0x8847: return "MPLS";
        case 0x8848: return "MPLS, label of the upstream router";
        case 0x8863: return "PPPoE discovery";
        case 0x8864: return "PPPoE session";
        case 0x88a8: return "802.1ad";
        case 0x88cc: return "LLDP";
        case 0x9100: return "802.1ad, before the standard";
        default: return {};
    }
}

std::string_view ipNumberName(std::uint32_t number) {
    switch (number) {
        case 0: return "IPv6 hop-by-hop";
        case kIpNumberIcmp: return "ICMP";
        case 2: return "IGMP";
        case 4: return "IPv4";
        case kIpNumberTcp: return "TCP";
        case kIpNumberUdp: return "UDP";
        case 41: return "IPv6";
        case 43: return "IPv6 routing";
        case 44: return "IPv6 fragment";
        case 47: return "GRE";
        case 50: return "ESP";
        case 51: return "AH";
        case kIpNumberIcmpv6: return "ICMPv6";
        case 59: return "none";
        case 60: return "IPv6 destination options";
        case 89: return "OSPF";
        case 132: return "SCTP";
        case 137: return "MPLS";
        default: return {};
    }
}

std::string_view hardwareName(std::uint32_t number) {
    switch (number) {
        case 1: return "Ethernet";
        case 512: return "PPP";
        case 768: return "IPv4 in IPv4";
        case 769: return "IPv6 in IPv6";
        case 772: return "loopback";
        case 776: return "IPv6 in IPv4";
        case 778: return "GRE";
        case 803: return "802.11 radiotap";
        case 65'534: return "none";
        default: return {};
    }
}

}  // namespace tcplab::wire
