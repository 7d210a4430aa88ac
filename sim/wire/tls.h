#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The first record of a segment (RFC 8446 5.1); what is not encrypted in it belongs to the header.
struct TlsRecord {
    static constexpr Protocol kProtocol = Protocol::Tls;
    static constexpr bool kIsMessage = true;
    static constexpr std::size_t kFixedOctets = 5;
    static constexpr std::size_t kMostOctets = 16'384 + 2048;
    static constexpr std::uint8_t kChangeCipherSpec = 20;
    static constexpr std::uint8_t kAlert = 21;
    static constexpr std::uint8_t kHandshake = 22;
    static constexpr std::uint8_t kApplicationData = 23;

    std::uint8_t contentType = 0;
    std::uint16_t version = 0;
    std::uint16_t length = 0;
    bool readable = false;  ///< A handshake message is seen, an alert, or a change of ciphers.
    Octets content{};       ///< Of a readable one, as much of it as this segment has.
};

/// Whether the head of a record is seen.
[[nodiscard]] bool beginsWithTls(Octets payload);

/// Whether a record of this type and length has a content that can be read.
[[nodiscard]] bool isReadableTls(std::uint8_t contentType, std::uint16_t length, Octets content);

[[nodiscard]] std::string_view tlsVersionName(std::uint32_t version);
[[nodiscard]] std::string_view tlsContentName(std::uint32_t contentType);

/// Appends what is in a record that can be read.
void listTlsContent(const Inside& inside, std::vector<Field>& fields);

template <class Io>
void layout(Io& io, TlsRecord& h) {
    io.field(h.contentType,
             {.name = {"Content type", "内容类型"},
              .meaning = {"What the record carries.", "记录的内容。"},
              .nameOf = tlsContentName});
    io.field(h.version,
             {.name = {"Version", "版本"},
              .meaning = {"Of the record; no newer one than 1.2 is written here.",
                          "记录的版本；这里不会写比 1.2 更新的版本。"},
              .hex = true,
              .nameOf = tlsVersionName});
    io.field(h.length,
             {.name = {"Length", "长度"},
              .meaning = {"Octets of the content; the record may go on in later segments.",
                          "内容的字节数；记录可能延续到后面的报文段。"}});
    io.ahead(h.readable,
             [&h](Octets left) { return isReadableTls(h.contentType, h.length, left); });
    if (!h.readable) return;
    io.rest(h.content,
            h.length,
            {.name = {"Content", "内容"},
             .meaning = {"Not encrypted.", "未加密。"},
             .parts = listTlsContent});
}

[[nodiscard]] inline Continuation continuation(const TlsRecord& /*header*/) {
    return {};
}

/// "handshake, TLS 1.2, 512 octets"
[[nodiscard]] Phrase summary(const TlsRecord& h);

}  // namespace tcplab::wire
