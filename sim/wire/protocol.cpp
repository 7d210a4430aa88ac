#include "sim/wire/protocol.h"

#include "sim/base/check.h"

namespace tcplab::wire {

Text titleOf(Protocol protocol) {
    switch (protocol) {
        case Protocol::Ethernet: return {"Ethernet II", "以太网 II"};
        case Protocol::Ipv4: return {"Internet Protocol version 4", "网际协议 IPv4"};
        case Protocol::Ipv6: return {"Internet Protocol version 6", "网际协议 IPv6"};
        case Protocol::Ipv6HopByHop: return {"IPv6 hop-by-hop options", "IPv6 逐跳选项"};
        case Protocol::Ipv6Routing: return {"IPv6 routing header", "IPv6 路由选择首部"};
        case Protocol::Ipv6DestinationOptions:
            return {"IPv6 destination options", "IPv6 目的站选项"};
        case Protocol::Ipv6Fragment: return {"IPv6 fragment header", "IPv6 分片首部"};
        case Protocol::Tcp: return {"Transmission Control Protocol", "传输控制协议 TCP"};
        case Protocol::Payload: return {"Data", "数据部分"};
    }
    TCPLAB_UNREACHABLE();
}

Protocol protocolOfEtherType(std::uint16_t etherType) {
    switch (etherType) {
        case kEtherTypeIpv4: return Protocol::Ipv4;
        case kEtherTypeIpv6: return Protocol::Ipv6;
        default: return Protocol::Payload;
    }
}

Protocol protocolOfIpNumber(std::uint8_t number) {
    switch (number) {
        case 0: return Protocol::Ipv6HopByHop;
        case kIpNumberTcp: return Protocol::Tcp;
        case 43: return Protocol::Ipv6Routing;
        case 44: return Protocol::Ipv6Fragment;
        case 60: return Protocol::Ipv6DestinationOptions;
        default: return Protocol::Payload;
    }
}

std::string_view etherTypeName(std::uint32_t etherType) {
    switch (etherType) {
        case kEtherTypeIpv4: return "IPv4";
        case 0x0806: return "ARP";
        case 0x8100: return "802.1Q";
        case kEtherTypeIpv6: return "IPv6";
        case 0x8863: return "PPPoE discovery";
        case 0x8864: return "PPPoE session";
        case 0x8847: return "MPLS";
        case 0x88a8: return "802.1ad";
        case 0x88cc: return "LLDP";
        default: return {};
    }
}

std::string_view ipNumberName(std::uint32_t number) {
    switch (number) {
        case 0: return "IPv6 hop-by-hop";
        case 1: return "ICMP";
        case 2: return "IGMP";
        case 4: return "IPv4";
        case kIpNumberTcp: return "TCP";
        case 17: return "UDP";
        case 41: return "IPv6";
        case 43: return "IPv6 routing";
        case 44: return "IPv6 fragment";
        case 47: return "GRE";
        case 50: return "ESP";
        case 51: return "AH";
        case 58: return "ICMPv6";
        case 59: return "none";
        case 60: return "IPv6 destination options";
        case 89: return "OSPF";
        case 132: return "SCTP";
        default: return {};
    }
}

}  // namespace tcplab::wire
