#include "sim/wire/tls.h"

#include "sim/wire/option_list.h"

namespace tcplab::wire {

namespace {

constexpr std::uint8_t kClientHello = 1;
constexpr std::uint8_t kServerHello = 2;

std::string_view handshakeName(std::uint32_t type) {
    switch (type) {
        case 0: return "HelloRequest";
        case kClientHello: return "ClientHello";
        case kServerHello: return "ServerHello";
        case 4: return "NewSessionTicket";
        case 11: return "Certificate";
        case 12: return "ServerKeyExchange";
        case 13: return "CertificateRequest";
        case 14: return "ServerHelloDone";
        case 15: return "CertificateVerify";
        case 16: return "ClientKeyExchange";
        case 20: return "Finished";
        case 22: return "CertificateStatus";
        default: return {};
    }
}

std::string_view contentInChinese(std::uint8_t contentType) {
    switch (contentType) {
        case TlsRecord::kChangeCipherSpec: return "更改密码规格";
        case TlsRecord::kAlert: return "告警";
        case TlsRecord::kHandshake: return "握手";
        case TlsRecord::kApplicationData: return "应用数据";
        default: return {};
    }
}

std::string_view alertLevelName(std::uint32_t level) {
    return level == 1 ? "warning" : level == 2 ? "fatal" : std::string_view{};
}

std::string_view alertName(std::uint32_t alert) {
    switch (alert) {
        case 0: return "close_notify";
        case 10: return "unexpected_message";
        case 20: return "bad_record_mac";
        case 40: return "handshake_failure";
        case 42: return "bad_certificate";
        case 45: return "certificate_expired";
        case 46: return "certificate_unknown";
        case 48: return "unknown_ca";
        case 50: return "decode_error";
        case 70: return "protocol_version";
        case 80: return "internal_error";
        case 112: return "unrecognized_name";
        default: return {};
    }
}

constexpr FieldInfo kLengthOfNext{.name = {"Length", "长度"},
                                  .meaning = {"Octets of what comes next.", "后面一项的字节数。"}};

/// The name of the server, as a client asks for it (RFC 6066 3).
void layServerName(FieldLister& lister) {
    std::uint16_t length = 0;
    std::uint8_t type = 0;
    Octets name;
    lister.field(length, kLengthOfNext);
    lister.field(
        type,
        {.name = {"Name type", "名字类型"}, .meaning = {"0 for a host name.", "0 表示主机名。"}});
    lister.field(length, kLengthOfNext);
    lister.rest(name,
                length,
                {.name = {"Server name", "服务器名字"},
                 .meaning = {"Which server the client wants.", "客户端要访问的服务器。"},
                 .text = true});
}

/// RFC 8446 4.2: two octets of type, two of length.
struct TlsExtension {
    static constexpr std::size_t kHeadOctets = 4;

    static std::size_t length(Octets rest) {
        if (rest.size() < kHeadOctets) return 0;
        return kHeadOctets + (std::size_t{rest[2]} << 8 | rest[3]);
    }
    static FieldInfo info(std::uint32_t /*kind*/) {
        return {.name = {"Extension", "扩展"},
                .meaning = {"What one side can do or asks for.", "一方支持或请求的功能。"}};
    }
    static std::string_view name(std::uint32_t type) {
        switch (type) {
            case 0: return "server_name";
            case 10: return "supported_groups";
            case 13: return "signature_algorithms";
            case 16: return "application_layer_protocol_negotiation";
            case 43: return "supported_versions";
            case 51: return "key_share";
            default: return {};
        }
    }
    static void lay(FieldLister& lister, Octets option) {
        std::uint16_t type = 0;
        std::uint16_t length = 0;
        lister.field(type,
                     {.name = {"Type", "类型"},
                      .meaning = {"Which extension this is.", "扩展的种类。"},
                      .nameOf = name});
        lister.field(length, kOptionDataLength);
        if (type == 0 && option.size() > kHeadOctets) layServerName(lister);
        Octets data;
        lister.rest(data, SIZE_MAX, kOptionData);
    }
};

void listTlsExtensions(const Inside& inside, std::vector<Field>& fields) {
    listOptionsOf<TlsExtension>(inside, fields);
}

/// RFC 8446 4.1.2 and 4.1.3, which RFC 5246 7.4.1 began.
void layHello(FieldLister& lister, bool client) {
    std::uint16_t word = 0;
    std::uint8_t octet = 0;
    Octets octets;
    lister.field(word,
                 {.name = {"Version", "版本"},
                  .meaning = {"The highest one up to 1.2; a newer one is an extension.",
                              "不超过 1.2 的最高版本；更新的版本写在扩展中。"},
                  .hex = true,
                  .nameOf = tlsVersionName});
    lister.rest(octets,
                32,
                {.name = {"Random", "随机数"},
                 .meaning = {"New for each connection.", "每个连接都不同。"}});
    lister.field(octet, kLengthOfNext);
    lister.rest(octets,
                octet,
                {.name = {"Session identifier", "会话标识"},
                 .meaning = {"Of a session to be resumed.", "要恢复的会话的标识。"}});
    word = 2;
    if (client) lister.field(word, kLengthOfNext);
    lister.rest(octets,
                word,
                {.name = {"Cipher suites", "密码套件"},
                 .meaning = {"Two octets each: offered by a client, chosen by a server.",
                             "每个 2 字节：客户端给出多个，服务器选定一个。"}});
    octet = 1;
    if (client) lister.field(octet, kLengthOfNext);
    lister.rest(
        octets,
        octet,
        {.name = {"Compression", "压缩方法"}, .meaning = {"Always 0 today.", "现在总是 0。"}});
    lister.field(word, kLengthOfNext);
    lister.rest(octets,
                word,
                {.name = {"Extensions", "扩展"},
                 .meaning = {"What else is offered or chosen.", "其他给出或选定的内容。"},
                 .parts = listTlsExtensions});
}

/// Of a handshake message: a type, and three octets of length.
constexpr std::size_t kMessageHeadOctets = 4;

std::size_t messageOctets(Octets rest) {
    return kMessageHeadOctets +
           (std::size_t{rest[1]} << 16 | std::size_t{rest[2]} << 8 | std::size_t{rest[3]});
}

void layMessage(FieldLister& lister, Octets message) {
    std::uint8_t type = 0;
    std::uint32_t length = 0;
    lister.field(type,
                 {.name = {"Type", "类型"},
                  .meaning = {"Which message this is.", "握手报文的种类。"},
                  .nameOf = handshakeName});
    lister.bits(24,
                length,
                {.name = {"Length", "长度"},
                 .meaning = {"Octets of the message after it.", "其后的报文字节数。"}});
    if (message[0] == kClientHello || message[0] == kServerHello) {
        layHello(lister, message[0] == kClientHello);
    }
    Octets data;
    lister.rest(data, SIZE_MAX, kOptionData);
}

void listHandshake(const Inside& inside, std::vector<Field>& fields) {
    for (std::size_t at = 0; at < inside.octets.size();) {
        const Octets rest = inside.octets.subspan(at);
        const bool known = rest.size() >= kMessageHeadOctets && !handshakeName(rest[0]).empty();
        const Octets message =
            known ? rest.first(std::min(rest.size(), messageOctets(rest))) : rest;
        Field field = wholeField(message,
                                 inside.offset + at,
                                 {.name = {"Handshake message", "握手报文"},
                                  .meaning = {"A step of agreeing on keys.", "协商密钥的一步。"}});
        if (known) {
            FieldLister lister{message, message.size(), field.offset};
            layMessage(lister, message);
            field.children = lister.take();
            field.value = handshakeName(message[0]);
        }
        fields.push_back(std::move(field));
        at += message.size();
    }
}

}  // namespace

bool beginsWithTls(Octets payload) {
    if (payload.size() < TlsRecord::kFixedOctets || payload[0] < 20 || payload[0] > 23) {
        return false;
    }
    const std::size_t length = std::size_t{payload[3]} << 8 | payload[4];
    return payload[1] == 3 && payload[2] <= 4 && length > 0 && length <= TlsRecord::kMostOctets;
}

bool isReadableTls(std::uint8_t contentType, std::uint16_t length, Octets content) {
    if (contentType == TlsRecord::kChangeCipherSpec) return length == 1;
    if (contentType == TlsRecord::kAlert) return length == 2;
    if (contentType != TlsRecord::kHandshake || content.size() < kMessageHeadOctets) return false;
    // An encrypted one begins with anything: its length would hardly fit.
    return !handshakeName(content[0]).empty() && content[1] == 0 &&
           (messageOctets(content) <= length || content[0] == 11);
}

std::string_view tlsVersionName(std::uint32_t version) {
    switch (version) {
        case 0x0300: return "SSL 3.0";
        case 0x0301: return "TLS 1.0";
        case 0x0302: return "TLS 1.1";
        case 0x0303: return "TLS 1.2";
        case 0x0304: return "TLS 1.3";
        default: return {};
    }
}

std::string_view tlsContentName(std::uint32_t contentType) {
    switch (contentType) {
        case TlsRecord::kChangeCipherSpec: return "change cipher spec";
        case TlsRecord::kAlert: return "alert";
        case TlsRecord::kHandshake: return "handshake";
        case TlsRecord::kApplicationData: return "application data";
        default: return {};
    }
}

void listTlsContent(const Inside& inside, std::vector<Field>& fields) {
    const std::uint8_t type = inside.header.empty() ? TlsRecord::kHandshake : inside.header[0];
    if (type != TlsRecord::kAlert && type != TlsRecord::kChangeCipherSpec) {
        listHandshake(inside, fields);
        return;
    }
    FieldLister lister{inside.octets, inside.octets.size(), inside.offset};
    std::uint8_t octet = 0;
    if (type == TlsRecord::kChangeCipherSpec) {
        lister.field(octet,
                     {.name = {"Change cipher spec", "更改密码规格"},
                      .meaning = {"Always 1: what follows is encrypted with the new keys. TLS 1.3 "
                                  "sends it for old devices on the way only.",
                                  "总是 1：之后的记录用新密钥加密。TLS 1.3 "
                                  "发送它只是为了兼容途中的旧设备。"}});
    } else {
        lister.field(octet,
                     {.name = {"Level", "级别"},
                      .meaning = {"Whether the connection ends with it.", "连接是否因此终止。"},
                      .nameOf = alertLevelName});
        lister.field(octet,
                     {.name = {"Description", "描述"},
                      .meaning = {"What happened.", "发生了什么。"},
                      .nameOf = alertName});
    }
    for (Field& field : lister.take()) fields.push_back(std::move(field));
}

Phrase summary(const TlsRecord& h) {
    const std::string version{tlsVersionName(h.version)};
    const std::string length = std::to_string(h.length);
    return {
        std::string{tlsContentName(h.contentType)} + ", " + version + ", " + length +
            (h.length == 1 ? " octet" : " octets"),
        std::string{contentInChinese(h.contentType)} + "，" + version + "，" + length + " 字节"};
}

}  // namespace tcplab::wire
