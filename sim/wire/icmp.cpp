#include "sim/wire/icmp.h"

#include "sim/wire/field_lister.h"

namespace tcplab::wire {

namespace {

Text unreachableText(std::uint8_t code) {
    switch (code) {
        case 0: return {"network unreachable", "网络不可达"};
        case 1: return {"host unreachable", "主机不可达"};
        case 2: return {"protocol unreachable", "协议不可达"};
        case 3: return {"port unreachable", "端口不可达"};
        case 4: return {"needs fragmentation, but DF is set", "需要分片，但 DF 为 1"};
        case 5: return {"source route failed", "源路由失败"};
        case 6: return {"network unknown", "网络未知"};
        case 7: return {"host unknown", "主机未知"};
        case 9: return {"network prohibited", "禁止访问该网络"};
        case 10: return {"host prohibited", "禁止访问该主机"};
        case 13: return {"communication prohibited", "通信被管理员禁止"};
        default: return {};
    }
}

}  // namespace

Text icmpTypeText(std::uint8_t type) {
    switch (type) {
        case IcmpHeader::kEchoReply: return {"echo reply", "回送回答"};
        case IcmpHeader::kUnreachable: return {"destination unreachable", "终点不可达"};
        case IcmpHeader::kSourceQuench: return {"source quench", "源点抑制"};
        case IcmpHeader::kRedirect: return {"redirect", "改变路由（重定向）"};
        case IcmpHeader::kEcho: return {"echo request", "回送请求"};
        case 9: return {"router advertisement", "路由器通告"};
        case 10: return {"router solicitation", "路由器询问"};
        case IcmpHeader::kTimeExceeded: return {"time exceeded", "时间超过"};
        case IcmpHeader::kParameterProblem: return {"parameter problem", "参数问题"};
        case IcmpHeader::kTimestamp: return {"timestamp request", "时间戳请求"};
        case IcmpHeader::kTimestampReply: return {"timestamp reply", "时间戳回答"};
        default: return {"other message", "其他报文"};
    }
}

Text icmpCodeText(std::uint8_t type, std::uint8_t code) {
    if (type == IcmpHeader::kUnreachable) return unreachableText(code);
    if (type == IcmpHeader::kRedirect) {
        if (code == 0) return {"for the network", "对特定网络"};
        if (code == 1) return {"for the host", "对特定主机"};
    }
    if (type == IcmpHeader::kTimeExceeded) {
        if (code == 0) return {"TTL is down to zero", "TTL 减到 0"};
        if (code == 1) return {"fragments are missing", "分片没有到齐"};
    }
    return {};
}

Phrase summary(const IcmpHeader& h) {
    Phrase text = phrase(icmpTypeText(h.type));
    const Text more = icmpCodeText(h.type, h.code);
    if (!more.en.empty()) {
        text.en.append(", ").append(more.en);
        text.zh.append("，").append(more.zh);
    }
    if (h.isQuery()) {
        text.en += ", " + std::to_string(h.sequence);
        text.zh += "，序号 " + std::to_string(h.sequence);
    }
    return text;
}

}  // namespace tcplab::wire
