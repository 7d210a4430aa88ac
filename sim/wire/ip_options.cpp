#include "sim/wire/ip_options.h"

#include "sim/wire/option_list.h"

namespace tcplab::wire {

namespace {

/// As many whole addresses as there are before the last `after` octets of `octets`.
void layAddresses(FieldLister& lister, std::size_t octets, std::uint8_t version) {
    IpAddress address{.version = version};
    for (; octets >= address.size(); octets -= address.size()) {
        lister.field(
            address,
            {.name = {"Address", "地址"}, .meaning = {"A stage of the route.", "路由上的一站。"}});
    }
}

void layData(FieldLister& lister) {
    Octets data;
    lister.rest(data, SIZE_MAX, kOptionData);
}

struct Ipv4Option {
    static constexpr std::uint8_t kEndOfList = 0;
    static constexpr std::uint8_t kNoOperation = 1;
    static constexpr std::uint8_t kRecordRoute = 7;
    static constexpr std::uint8_t kTimestamp = 68;
    static constexpr std::uint8_t kLooseRoute = 131;
    static constexpr std::uint8_t kStrictRoute = 137;
    static constexpr std::uint8_t kRouterAlert = 148;

    static std::size_t length(Octets rest) {
        // What is after the end of the list is filling.
        if (rest[0] == kEndOfList) return rest.size();
        if (rest[0] == kNoOperation) return 1;
        return rest.size() < 2 || rest[1] < 2 ? 0 : rest[1];
    }

    static FieldInfo info(std::uint32_t kind) {
        switch (kind) {
            case kEndOfList:
                return {.name = {"End of the list", "选项表结束"},
                        .meaning = {"No option follows.", "后面没有选项了。"}};
            case kNoOperation:
                return {.name = {"No operation", "无操作"},
                        .meaning = {"Fills a place, to align what follows.",
                                    "填充，用于对齐后面的选项。"}};
            case kRecordRoute:
                return {.name = {"Record route", "记录路由"},
                        .meaning = {"Each router writes its address into it.",
                                    "途经的路由器依次写入自己的地址。"}};
            case kTimestamp:
                return {.name = {"Timestamps", "时间戳"},
                        .meaning = {"Each router writes the time into it.",
                                    "途经的路由器依次写入时间。"}};
            case 130:
                return {.name = {"Security", "安全"},
                        .meaning = {"How secret the datagram is.", "数据报的保密级别。"}};
            case kLooseRoute:
                return {.name = {"Loose source route", "宽松源路由"},
                        .meaning = {"Routers to be passed, and others between them.",
                                    "必须经过的路由器，其间可以有其他路由器。"}};
            case 136:
                return {.name = {"Stream identifier", "流标识"},
                        .meaning = {"No longer in use.", "现已不用。"}};
            case kStrictRoute:
                return {.name = {"Strict source route", "严格源路由"},
                        .meaning = {"Exactly these routers are to be passed.",
                                    "只能依次经过这些路由器。"}};
            case kRouterAlert:
                return {.name = {"Router alert", "路由器警告"},
                        .meaning = {"Routers on the way should look into the datagram.",
                                    "途经的路由器应检查这个数据报。"}};
            default: return kOtherOption;
        }
    }

    static void lay(FieldLister& lister, Octets option) {
        constexpr std::size_t kBeforeRoute = 3;
        std::uint8_t octet = 0;
        if (option[0] <= kNoOperation) return;
        lister.field(octet, kOptionKind);
        lister.field(octet, kOptionLength);
        const bool route =
            option[0] == kRecordRoute || option[0] == kLooseRoute || option[0] == kStrictRoute;
        if (route && option.size() >= kBeforeRoute) {
            lister.field(octet,
                         {.name = {"Pointer", "指针"},
                          .meaning = {"The octet of the option where the next address is.",
                                      "下一个地址在选项中的位置。"}});
            layAddresses(lister, option.size() - kBeforeRoute, 4);
        }
        layData(lister);
    }
};

struct Ipv6Option {
    static constexpr std::uint8_t kPad1 = 0;
    static constexpr std::uint8_t kRouterAlert = 5;
    static constexpr std::uint8_t kJumbo = 0xc2;

    static std::size_t length(Octets rest) {
        if (rest[0] == kPad1) return 1;
        return rest.size() < 2 ? 0 : rest[1] + 2U;
    }

    static FieldInfo info(std::uint32_t kind) {
        switch (kind) {
            case kPad1:
                return {.name = {"Pad1", "Pad1"}, .meaning = {"Fills an octet.", "填充 1 字节。"}};
            case 1:
                return {.name = {"PadN", "PadN"},
                        .meaning = {"Fills several octets.", "填充若干字节。"}};
            case kRouterAlert:
                return {.name = {"Router alert", "路由器警告"},
                        .meaning = {"Routers on the way should look into the packet.",
                                    "途经的路由器应检查这个分组。"}};
            case kJumbo:
                return {.name = {"Jumbo payload", "巨型载荷"},
                        .meaning = {"The length of a payload over 65,535 octets.",
                                    "超过 65535 字节的有效载荷的长度。"}};
            default: return kOtherOption;
        }
    }

    static void lay(FieldLister& lister, Octets option) {
        std::uint8_t octet = 0;
        if (option[0] == kPad1) return;
        lister.field(octet, kOptionKind);
        lister.field(octet, kOptionDataLength);
        if (option[0] == kRouterAlert && option.size() == 4) {
            std::uint16_t value = 0;
            lister.field(value,
                         {.name = {"Value", "值"},
                          .meaning = {"Why they should: 0 for multicast listeners.",
                                      "原因：0 表示多播听众发现。"}});
        } else if (option[0] == kJumbo && option.size() == 6) {
            std::uint32_t value = 0;
            lister.field(value,
                         {.name = {"Payload length", "有效载荷长度"},
                          .meaning = {"Octets after the IPv6 header.", "IPv6 首部之后的字节数。"}});
        }
        layData(lister);
    }
};

}  // namespace

void listIpv4Options(const Inside& inside, std::vector<Field>& fields) {
    listOptionsOf<Ipv4Option>(inside, fields);
}

void listIpv6Options(const Inside& inside, std::vector<Field>& fields) {
    listOptionsOf<Ipv6Option>(inside, fields);
}

void listIpv6Route(const Inside& inside, std::vector<Field>& fields) {
    constexpr std::size_t kBeforeAddresses = 6;
    FieldLister lister{inside.octets, inside.octets.size(), inside.offset};
    std::uint8_t type = 0;
    std::uint8_t left = 0;
    lister.field(type,
                 {.name = {"Routing type", "路由选择类型"},
                  .meaning = {"2: of Mobile IPv6; 4: a segment route; 0 is no longer allowed.",
                              "2：移动 IPv6;4：段路由；0 已不允许使用。"}});
    lister.field(left,
                 {.name = {"Segments left", "剩余段数"},
                  .meaning = {"Stages that are still to be visited.", "还要经过的站数。"}});
    if (inside.octets.size() >= kBeforeAddresses) {
        std::uint32_t reserved = 0;
        lister.field(reserved,
                     {.name = {"Reserved or flags", "保留或标志"},
                      .meaning = {"As the type has it.", "由类型规定。"},
                      .hex = true});
        const bool hasAddresses = type == 0 || type == 2 || type == 4;
        if (hasAddresses) layAddresses(lister, inside.octets.size() - kBeforeAddresses, 6);
    }
    layData(lister);
    for (Field& field : lister.take()) fields.push_back(std::move(field));
}

}  // namespace tcplab::wire
