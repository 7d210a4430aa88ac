#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The header of RFC 2516 4. In discovery tags follow it, in a session PPP.
struct PppoeHeader {
    static constexpr Protocol kProtocol = Protocol::Pppoe;
    static constexpr std::size_t kFixedOctets = 6;
    static constexpr std::uint8_t kSession = 0;

    std::uint8_t version = 1;
    std::uint8_t type = 1;
    std::uint8_t code = kSession;
    std::uint16_t session = 0;
    std::uint16_t length = 0;
    Octets tags{};  ///< Of discovery, those captured.
};

[[nodiscard]] inline std::string_view pppoeCodeName(std::uint32_t code) {
    switch (code) {
        case PppoeHeader::kSession: return "session";
        case 0x07: return "PADO";
        case 0x09: return "PADI";
        case 0x19: return "PADR";
        case 0x65: return "PADS";
        case 0xa7: return "PADT";
        default: return {};
    }
}

/// Appends each tag of discovery as a field.
void listPppoeTags(const Inside& inside, std::vector<Field>& fields);

template <class Io>
void layout(Io& io, PppoeHeader& h) {
    io.bits(4, h.version, {.name = {"Version", "版本"}, .meaning = {"Always 1.", "总是 1。"}});
    io.bits(4, h.type, {.name = {"Type", "类型"}, .meaning = {"Always 1.", "总是 1。"}});
    io.field(h.code,
             {.name = {"Code", "代码"},
              .meaning = {"A session's packet, or which step of discovery this is.",
                          "会话分组，或发现阶段的哪一步。"},
              .hex = true,
              .nameOf = pppoeCodeName});
    io.field(h.session,
             {.name = {"Session identifier", "会话标识"},
              .meaning = {"Names the session, together with both Ethernet addresses.",
                          "与双方的以太网地址一起标识会话。"},
              .hex = true});
    io.field(h.length,
             {.name = {"Length", "长度"},
              .meaning = {"Octets after this header.", "本首部之后的字节数。"}});
    io.extent(PppoeHeader::kFixedOctets + h.length);
    if (h.code == PppoeHeader::kSession) return;
    io.rest(h.tags,
            h.length,
            {.name = {"Tags", "标签"},
             .meaning = {"What the two sides tell each other.", "双方互相告知的内容。"},
             .parts = listPppoeTags});
}

[[nodiscard]] inline Continuation continuation(const PppoeHeader& h) {
    return {h.code == PppoeHeader::kSession ? Protocol::Ppp : Protocol::Payload,
            PppoeHeader::kFixedOctets + h.length};
}

/// "PADI", "session, 0x0001"
[[nodiscard]] std::string summary(const PppoeHeader& h);

}  // namespace tcplab::wire
