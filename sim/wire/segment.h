#pragma once

#include "sim/base/bytes.h"
#include "sim/wire/seq.h"
#include "sim/wire/tcp_options.h"

#include <cstdint>

namespace tcplab {

/// The control bits of RFC 9293 3.1. CWR and ECE are RFC 3168's.
struct Flags {
    bool fin = false;
    bool syn = false;
    bool rst = false;
    bool psh = false;
    bool ack = false;
    bool urg = false;
    bool ece = false;
    bool cwr = false;

    /// The octet of the header, CWR its highest bit and FIN its lowest.
    [[nodiscard]] constexpr std::uint8_t octet() const {
        return static_cast<std::uint8_t>(fin | syn << 1 | rst << 2 | psh << 3 | ack << 4 |
                                         urg << 5 | ece << 6 | cwr << 7);
    }
    [[nodiscard]] static constexpr Flags fromOctet(std::uint8_t octet) {
        const auto bit = [octet](int n) { return (octet >> n & 1) != 0; };
        return {bit(0), bit(1), bit(2), bit(3), bit(4), bit(5), bit(6), bit(7)};
    }
    friend constexpr bool operator==(const Flags&, const Flags&) = default;
};

/// A TCP segment as the state machine sees it: in host order, without ports, addresses or checksum.
struct Segment {
    Seq seq{};              ///< SEG.SEQ
    Seq ack{};              ///< SEG.ACK; means something only where ctl.ack is set.
    Flags ctl{};            ///< The control bits.
    std::uint16_t wnd = 0;  ///< SEG.WND as the header has it, not scaled.
    std::uint16_t up = 0;   ///< SEG.UP; means something only where ctl.urg is set.
    wire::TcpOptions options{};
    Bytes payload{};

    /// SEG.LEN: the sequence space that it occupies, counting SYN and FIN.
    [[nodiscard]] std::uint32_t len() const {
        return static_cast<std::uint32_t>(payload.size()) + (ctl.syn ? 1U : 0U) +
               (ctl.fin ? 1U : 0U);
    }
    /// The number after its last one.
    [[nodiscard]] Seq end() const { return seq + len(); }

    friend bool operator==(const Segment&, const Segment&) = default;
};

}  // namespace tcplab
