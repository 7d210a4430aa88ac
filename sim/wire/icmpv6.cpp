#include "sim/wire/icmpv6.h"

#include "sim/wire/option_list.h"

namespace tcplab::wire {

namespace {

/// RFC 4861 4.6: the length counts words of eight octets.
struct NeighbourOption {
    static std::size_t length(Octets rest) { return rest.size() < 2 ? 0 : rest[1] * 8U; }

    static FieldInfo info(std::uint32_t kind) {
        switch (kind) {
            case 1:
                return {.name = {"Source link-layer address", "源链路层地址"},
                        .meaning = {"Of the sender.", "发送方的链路层地址。"}};
            case 2:
                return {.name = {"Target link-layer address", "目标链路层地址"},
                        .meaning = {"Of the target.", "目标的链路层地址。"}};
            case 3:
                return {.name = {"Prefix", "前缀"},
                        .meaning = {"Addresses of this link.", "本链路的地址前缀。"}};
            case 4:
                return {.name = {"Redirected packet", "被重定向的分组"},
                        .meaning = {"Its beginning.", "该分组的开头部分。"}};
            case 5:
                return {.name = {"MTU", "MTU"},
                        .meaning = {"The longest packet of this link.", "本链路的最大传送单元。"}};
            default: return kOtherOption;
        }
    }

    static void lay(FieldLister& lister, Octets option) {
        std::uint8_t kind = 0;
        std::uint8_t words = 0;
        lister.field(kind, kOptionKind);
        lister.field(words,
                     {.name = {"Length", "长度"},
                      .meaning = {"Of the option, in words of eight octets.",
                                  "选项的长度，以 8 字节为单位。"},
                      .unit = 8});
        if (option.size() == 8 && (kind == 1 || kind == 2)) {
            MacAddress address{};
            lister.field(
                address,
                {.name = {"Address", "地址"}, .meaning = {"Of Ethernet.", "以太网地址。"}});
        } else {
            Octets data;
            lister.rest(data, SIZE_MAX, kOptionData);
        }
    }
};

}  // namespace

void listNeighbourOptions(const Inside& inside, std::vector<Field>& fields) {
    listOptionsOf<NeighbourOption>(inside, fields);
}

Text icmpv6TypeText(std::uint8_t type) {
    switch (type) {
        case Icmpv6Header::kUnreachable: return {"destination unreachable", "终点不可达"};
        case Icmpv6Header::kPacketTooBig: return {"packet too big", "分组太长"};
        case 3: return {"time exceeded", "时间超过"};
        case Icmpv6Header::kParameterProblem: return {"parameter problem", "参数问题"};
        case Icmpv6Header::kEcho: return {"echo request", "回送请求"};
        case Icmpv6Header::kEchoReply: return {"echo reply", "回送回答"};
        case 130: return {"multicast listener query", "多播听众查询"};
        case 131: return {"multicast listener report", "多播听众报告"};
        case 132: return {"multicast listener done", "多播听众完成"};
        case Icmpv6Header::kRouterSolicitation: return {"router solicitation", "路由器询问"};
        case Icmpv6Header::kRouterAdvertisement: return {"router advertisement", "路由器通告"};
        case Icmpv6Header::kNeighbourSolicitation: return {"neighbour solicitation", "邻站询问"};
        case Icmpv6Header::kNeighbourAdvertisement: return {"neighbour advertisement", "邻站通告"};
        case Icmpv6Header::kRedirect: return {"redirect", "改变路由（重定向）"};
        case 143: return {"multicast listener report v2", "多播听众报告 v2"};
        default: return {"other message", "其他报文"};
    }
}

Text icmpv6CodeText(std::uint8_t type, std::uint8_t code) {
    if (type == 3) {
        if (code == 0) return {"the hop limit is down to zero", "跳数限制减到 0"};
        if (code == 1) return {"fragments are missing", "分片没有到齐"};
    }
    if (type != Icmpv6Header::kUnreachable) return {};
    switch (code) {
        case 0: return {"no route", "没有到终点的路由"};
        case 1: return {"communication prohibited", "通信被管理员禁止"};
        case 3: return {"address unreachable", "地址不可达"};
        case 4: return {"port unreachable", "端口不可达"};
        default: return {};
    }
}

FieldInfo icmpv6WordInfo(std::uint8_t type) {
    switch (type) {
        case Icmpv6Header::kPacketTooBig:
            return {.name = {"MTU of the next hop", "下一跳的 MTU"},
                    .meaning = {"The most octets that the next link takes.",
                                "下一段链路的最大传送单元。"}};
        case Icmpv6Header::kParameterProblem:
            return {.name = {"Pointer", "指针"},
                    .meaning = {"The octet of the quoted packet that is at fault.",
                                "所引用的分组中出错的字节。"}};
        case Icmpv6Header::kNeighbourAdvertisement:
            return {.name = {"Flags", "标志"},
                    .meaning = {"0x80000000: from a router; 0x40000000: asked for; 0x20000000: "
                                "replaces what is known.",
                                "0x80000000：来自路由器；0x40000000：对询问的回答；"
                                "0x20000000：替换已知的地址。"},
                    .hex = true};
        default:
            return {.name = {"Reserved or other", "保留或其他"},
                    .meaning = {"Not used, or not dissected.", "未用，或不作解析。"},
                    .hex = true};
    }
}

Phrase summary(const Icmpv6Header& h) {
    Phrase text = phrase(icmpv6TypeText(h.type));
    const Text more = icmpv6CodeText(h.type, h.code);
    if (!more.en.empty()) {
        text.en.append(", ").append(more.en);
        text.zh.append("，").append(more.zh);
    }
    if (h.isEcho()) {
        text.en += ", " + std::to_string(h.sequence);
        text.zh += "，序号 " + std::to_string(h.sequence);
    }
    if (h.type == Icmpv6Header::kPacketTooBig) {
        text.en += ", MTU " + std::to_string(h.word);
        text.zh += "，MTU " + std::to_string(h.word);
    }
    if (h.hasTarget()) {
        text.en += ", " + toString(h.target);
        text.zh += "，" + toString(h.target);
    }
    return text;
}

}  // namespace tcplab::wire
