#pragma once

#include "sim/wire/layout.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace tcplab::wire {

/// An address in a field of eight octets: that of Ethernet, or any other.
struct CookedAddress {
    static constexpr std::size_t kOctets = 8;

    MacAddress mac{};
    Octets rest{};  ///< What the field has after it, or instead of it.
};

/// What Linux writes before a packet that was captured on several devices at once: LINKTYPE 113.
struct LinuxSllHeader {
    static constexpr Protocol kProtocol = Protocol::LinuxSll;

    std::uint16_t packetType = 0;
    std::uint16_t hardware = 0;
    std::uint16_t addressLength = 0;
    CookedAddress address{};
    std::uint16_t protocol = 0;
};

/// Its second version: LINKTYPE 276.
struct LinuxSll2Header {
    static constexpr Protocol kProtocol = Protocol::LinuxSll2;

    std::uint16_t protocol = 0;
    std::uint16_t reserved = 0;
    std::uint32_t interface = 0;
    std::uint16_t hardware = 0;
    std::uint8_t packetType = 0;
    std::uint8_t addressLength = 0;
    CookedAddress address{};
};

[[nodiscard]] inline std::string_view cookedPacketTypeName(std::uint32_t type) {
    constexpr std::array<std::string_view, 5> kNames{
        "to us", "broadcast", "multicast", "to another host", "sent by us"};
    return type < kNames.size() ? kNames.at(type) : std::string_view{};
}

inline constexpr FieldInfo kCookedPacketType{
    .name = {"Packet type", "分组类型"},
    .meaning = {"Who sent the packet to whom, as the host sees it that captured it.",
                "从抓包主机看，分组由谁发给谁。"},
    .nameOf = cookedPacketTypeName};
inline constexpr FieldInfo kCookedHardware{
    .name = {"Device type", "设备类型"},
    .meaning = {"The kind of device (ARPHRD_ in Linux).", "网络设备的种类（Linux 的 ARPHRD_）。"},
    .nameOf = hardwareName};
inline constexpr FieldInfo kCookedAddressLength{
    .name = {"Address length", "地址长度"},
    .meaning = {"Octets of the sender's address.", "发送方链路层地址的字节数。"}};
inline constexpr FieldInfo kCookedProtocol{
    .name = {"Protocol", "协议"},
    .meaning = {"An EtherType; below 1536 a number of Linux.",
                "以太网类型值；小于 1536 时是 Linux 自定的编号。"},
    .hex = true,
    .nameOf = etherTypeName};

template <class Io>
void layout(Io& io, CookedAddress& address, std::size_t length) {
    const bool isMac = length == address.mac.size();
    if (isMac) {
        io.field(address.mac,
                 {.name = {"Source address", "源地址"},
                  .meaning = {"The network interface that sent the packet.",
                              "发送这个分组的网络接口。"}});
    }
    io.octets(address.rest,
              CookedAddress::kOctets - (isMac ? address.mac.size() : 0),
              {.name = {"Rest of the address field", "地址字段的其余部分"},
               .meaning = {"Another kind of address, or filling.", "其他种类的地址，或填充。"}});
}

template <class Io>
void layout(Io& io, LinuxSllHeader& h) {
    io.field(h.packetType, kCookedPacketType);
    io.field(h.hardware, kCookedHardware);
    io.field(h.addressLength, kCookedAddressLength);
    layout(io, h.address, h.addressLength);
    io.field(h.protocol, kCookedProtocol);
}

template <class Io>
void layout(Io& io, LinuxSll2Header& h) {
    io.field(h.protocol, kCookedProtocol);
    io.field(h.reserved,
             {.name = {"Reserved", "保留"}, .meaning = {"Sent as zero.", "发送时为 0。"}});
    io.field(h.interface,
             {.name = {"Interface", "接口"},
              .meaning = {"The number of the interface in the host that captured it.",
                          "抓包主机中网络接口的编号。"}});
    io.field(h.hardware, kCookedHardware);
    io.field(h.packetType, kCookedPacketType);
    io.field(h.addressLength, kCookedAddressLength);
    layout(io, h.address, h.addressLength);
}

[[nodiscard]] inline Continuation continuation(const LinuxSllHeader& h) {
    return {protocolOfEtherType(h.protocol)};
}
[[nodiscard]] inline Continuation continuation(const LinuxSll2Header& h) {
    return {protocolOfEtherType(h.protocol)};
}

/// "sent by us"
[[nodiscard]] inline std::string summary(const LinuxSllHeader& h) {
    return std::string{cookedPacketTypeName(h.packetType)} + " → " +
           std::string{etherTypeName(h.protocol)};
}
/// "interface 2, sent by us"
[[nodiscard]] inline std::string summary(const LinuxSll2Header& h) {
    return "#" + std::to_string(h.interface) + ", " +
           std::string{cookedPacketTypeName(h.packetType)} + " → " +
           std::string{etherTypeName(h.protocol)};
}

}  // namespace tcplab::wire
