#pragma once

#include "sim/base/bytes.h"
#include "sim/base/text.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// How a program marks where its messages end in the stream of octets that TCP carries. Each struct
// is one way, with its options; a Decoder takes the messages out of a stream, encode() writes them.
namespace tcplab::framing {

/// The most octets of one message unless something else is asked for.
inline constexpr std::uint64_t kDefaultMaximum = 16U * 1024 * 1024;

enum class Endian : std::uint8_t { Big, Little };

/// Every message has `size` octets, at least 1.
struct Fixed {
    std::size_t size = 1;
    friend bool operator==(const Fixed&, const Fixed&) = default;
};

/// A message ends where one of the delimiters is complete. Where two are complete at one octet the
/// longer one counts, so that "\r\n" wins over "\n". None is empty, and there is at least one.
struct Delimited {
    std::vector<Bytes> delimiters{};
    bool strip = true;                        ///< The delimiter is no part of the body.
    std::uint64_t maximum = kDefaultMaximum;  ///< Octets without the delimiter.
    bool failFast = true;  ///< A message that is too long is told once it is, else at its end.
    friend bool operator==(const Delimited&, const Delimited&) = default;
};
/// Lines that end in LF or CR LF.
[[nodiscard]] Delimited lines();

/// A number in the message says how long it is: the fields of Netty's LengthFieldBasedFrameDecoder,
/// whose meaning is described in docs/framing.md. A frame has `offset + width + adjust + value`
/// octets.
struct LengthField {
    std::size_t offset = 0;   ///< Octets before the field.
    std::size_t width = 4;    ///< Of the field: 1, 2, 3, 4 or 8. Eight are read as signed.
    std::int64_t adjust = 0;  ///< What must be added to the value to count what follows the field.
    std::size_t strip = 0;    ///< Octets at the front that are no part of the body.
    Endian endian = Endian::Big;
    std::uint64_t maximum = kDefaultMaximum;  ///< Octets of a whole frame.
    bool failFast = true;  ///< A frame that is too long is told at once, else after its last octet.
    friend bool operator==(const LengthField&, const LengthField&) = default;
};

/// `offset` octets, and then the length of what follows, seven bits an octet and the lowest first,
/// as Protocol Buffers write it: at most 32 bits in five octets. One octet before it makes the
/// packets of MQTT.
struct Varint {
    std::size_t offset = 0;                   ///< Octets before the length, no part of the body.
    std::uint64_t maximum = kDefaultMaximum;  ///< Octets of the body.
    friend bool operator==(const Varint&, const Varint&) = default;
};

/// JSON values (RFC 8259), one after the other, white space between them or not. A number or
/// literal ends at what follows it, or with the stream.
struct Json {
    bool elements = false;  ///< A message for each element of an array at the top.
    std::uint64_t maximum = kDefaultMaximum;
    friend bool operator==(const Json&, const Json&) = default;
};

/// Four octets with the length of a header, the header as a JSON object, and a body whose size is a
/// member of it.
struct HeaderJson {
    std::string key{};  ///< That member; empty: the first number whose name has "size" or "len".
    std::optional<Endian> endian{};  ///< Of the four octets; empty: what makes the smaller number.
    std::uint64_t maximum = kDefaultMaximum;  ///< Octets of header and body together.
    friend bool operator==(const HeaderJson&, const HeaderJson&) = default;
};

/// TLS records (RFC 8446 5.1).
struct TlsRecords {
    friend bool operator==(const TlsRecords&, const TlsRecords&) = default;
};

/// HTTP/1.1 messages (RFC 9112), requests or responses: which, each start line says.
struct Http {
    /// The responses without a body because they answer HEAD, 0-based and ascending. Decoding the
    /// requests first tells: isHeadRequest() in sim/framing/http.h.
    std::vector<std::uint64_t> answersToHead{};
    std::uint64_t maximum = kDefaultMaximum;  ///< Octets of a whole message.
    friend bool operator==(const Http&, const Http&) = default;
};

/// Values of RESP, the protocol of Redis, versions 2 and 3: commands and replies.
struct Resp {
    std::uint64_t maximum = kDefaultMaximum;
    friend bool operator==(const Resp&, const Resp&) = default;
};

/// Elements of ASN.1's Basic Encoding Rules (X.690 8.1) with a definite length, as LDAP and SNMP
/// send them.
struct Ber {
    std::uint64_t maximum = kDefaultMaximum;  ///< Octets of the contents.
    friend bool operator==(const Ber&, const Ber&) = default;
};

/// Frames of WebSocket (RFC 6455 5.2), after the handshake. The body is masked as it came.
struct WebSocket {
    std::uint64_t maximum = kDefaultMaximum;  ///< Octets of the body.
    friend bool operator==(const WebSocket&, const WebSocket&) = default;
};

using Framing = std::variant<Fixed,
                             Delimited,
                             LengthField,
                             Varint,
                             Json,
                             HeaderJson,
                             TlsRecords,
                             Http,
                             Resp,
                             Ber,
                             WebSocket>;

/// Octets of a stream, counted from its first; `end` is the first that is not in it.
struct StreamRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    [[nodiscard]] std::uint64_t size() const { return end - begin; }
    friend bool operator==(const StreamRange&, const StreamRange&) = default;
};

struct Message {
    StreamRange frame{};  ///< All of it, with its head and its delimiter.
    StreamRange body{};   ///< What is in it for the program.
    Octets octets{};      ///< The body. Valid until the decoder gets more.
    Octets whole{};       ///< The frame. As long.
};

/// Why a stream cannot be what its framing says, or a message cannot be written with it.
struct FramingError {
    enum class Kind : std::uint8_t {
        TooLong,            ///< `value` octets, and `limit` are the most.
        LengthNegative,     ///< The length field holds a number below zero.
        LengthTooShort,     ///< The frame would end before its length field does.
        StripTooLong,       ///< More is to be stripped than the frame has.
        VarintTooLong,      ///< It goes on after five octets, or does not fit 32 bits.
        NotJson,            ///< This octet begins no JSON value or cannot stand there.
        HeaderWithoutSize,  ///< The JSON header names no size of the body.
        NotTls,             ///< No TLS record begins so.
        NotHttp,            ///< No HTTP/1.x start line or header begins so.
        NotResp,            ///< No value of RESP looks like this.
        NotBer,             ///< No element of BER with a definite length begins so.
        NotWebSocket,       ///< No frame of WebSocket begins so.
        BadContentLength,   ///< It is no number, or there are two different ones.
        BadChunk,           ///< The size of a chunk is no number, or its end is not where it says.
        Incomplete,         ///< The stream ended within a message.
        DelimiterInside,    ///< To be written: the message has a delimiter in it.
        WrongSize,          ///< To be written: it has `value` octets, and only `limit` are right.
        DoesNotFit,         ///< To be written: the length field cannot hold `value`.
    };
    Kind kind{};
    std::uint64_t offset = 0;  ///< Of the stream; while encoding, of the message.
    std::uint64_t value = 0;
    std::uint64_t limit = 0;
    friend bool operator==(const FramingError&, const FramingError&) = default;
};
/// One sentence with the offset.
[[nodiscard]] std::string describe(const FramingError& error, Language language);

}  // namespace tcplab::framing
