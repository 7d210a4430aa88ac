#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The header of PPP (RFC 1661 2), after address and control as in HDLC (RFC 1662 3.1) where they
/// are not left out. The protocol may be compressed to one octet (RFC 1661 6.5).
struct PppHeader {
    static constexpr Protocol kProtocol = Protocol::Ppp;

    bool framed = false;  ///< Address and control are there.
    std::uint8_t address = 0xff;
    std::uint8_t control = 0x03;
    bool compressed = false;
    std::uint16_t protocol = 0;
};

[[nodiscard]] inline Protocol protocolOfPpp(std::uint16_t protocol) {
    switch (protocol) {
        case 0x0021: return Protocol::Ipv4;
        case 0x0057: return Protocol::Ipv6;
        case 0x0281:
        case 0x0283: return Protocol::Mpls;
        default: return Protocol::Payload;
    }
}

[[nodiscard]] inline std::string_view pppProtocolName(std::uint32_t protocol) {
    switch (protocol) {
        case 0x0021: return "IPv4";
        case 0x0057: return "IPv6";
        case 0x00fd: return "compressed";
        case 0x0281: return "MPLS";
        case 0x8021: return "IPCP";
        case 0x8057: return "IPv6CP";
        case 0x80fd: return "CCP";
        case 0xc021: return "LCP";
        case 0xc023: return "PAP";
        case 0xc025: return "LQR";
        case 0xc223: return "CHAP";
        default: return {};
    }
}

template <class Io>
void layout(Io& io, PppHeader& h) {
    io.ahead(h.framed, [](Octets left) { return !left.empty() && left[0] == 0xff; });
    if (h.framed) {
        io.field(h.address,
                 {.name = {"Address", "地址"},
                  .meaning = {"Always 0xff: all stations.", "总是 0xff，表示所有站。"},
                  .hex = true});
        io.field(h.control,
                 {.name = {"Control", "控制"},
                  .meaning = {"0x03: an unnumbered frame.", "0x03 表示无编号帧。"},
                  .hex = true});
    }
    // The low octet of every protocol number is odd, and the high one even.
    io.ahead(h.compressed, [](Octets left) { return !left.empty() && left[0] % 2 == 1; });
    io.bits(h.compressed ? 8 : 16,
            h.protocol,
            {.name = {"Protocol", "协议"},
             .meaning = {"What the frame carries.", "信息部分的协议。"},
             .hex = true,
             .nameOf = pppProtocolName});
}

[[nodiscard]] inline Continuation continuation(const PppHeader& h) {
    return {protocolOfPpp(h.protocol)};
}

/// "→ IPv4"
[[nodiscard]] inline std::string summary(const PppHeader& h) {
    return "→ " + std::string{pppProtocolName(h.protocol)};
}

}  // namespace tcplab::wire
