#pragma once

#include "sim/wire/application.h"
#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// What stands before each message in TCP (RFC 1035 4.2.2).
struct DnsLengthHeader {
    static constexpr Protocol kProtocol = Protocol::DnsLength;
    static constexpr bool kIsMessage = true;
    static constexpr std::size_t kOctets = 2;

    std::uint16_t length = 0;
};

/// A message of RFC 1035 4: its header, and the sections after it.
struct DnsMessage {
    static constexpr Protocol kProtocol = Protocol::Dns;
    static constexpr bool kIsMessage = true;
    static constexpr std::size_t kHeaderOctets = 12;

    std::uint16_t identifier = 0;
    bool response = false;
    std::uint8_t opcode = 0;
    bool authoritative = false;
    bool truncated = false;
    bool recursionDesired = false;
    bool recursionAvailable = false;
    bool reserved = false;
    bool authentic = false;
    bool checkingDisabled = false;
    std::uint8_t responseCode = 0;
    std::uint16_t questions = 0;
    std::uint16_t answers = 0;
    std::uint16_t authorities = 0;
    std::uint16_t additional = 0;
    Octets sections{};  ///< Those captured.
};

/// Whether the length and the beginning of a message in TCP are seen.
[[nodiscard]] bool beginsWithDns(Octets payload);

[[nodiscard]] std::string_view dnsResponseName(std::uint32_t code);

/// Appends each question and record.
void listDnsSections(const Inside& inside, std::vector<Field>& fields);

template <class Io>
void layout(Io& io, DnsLengthHeader& h) {
    io.field(h.length,
             {.name = {"Length", "长度"},
              .meaning = {"Octets of the message, which may go on in later segments.",
                          "报文的字节数；报文可能延续到后面的报文段。"}});
}

template <class Io>
void layoutDnsFlags(Io& io, DnsMessage& h) {
    io.bits(
        1,
        h.response,
        {.name = {"QR", "QR"}, .meaning = {"0: a query; 1: a response.", "0：查询；1：响应。"}});
    io.bits(
        4,
        h.opcode,
        {.name = {"Opcode", "操作码"}, .meaning = {"0 for a plain query.", "0 表示标准查询。"}});
    io.bits(1,
            h.authoritative,
            {.name = {"AA", "AA"},
             .meaning = {"The server is responsible for the name.", "权限域名服务器的回答。"}});
    io.bits(
        1,
        h.truncated,
        {.name = {"TC", "TC"},
         .meaning = {"Too long for UDP: ask again by TCP.", "太长而被截断，应改用 TCP 查询。"}});
    io.bits(
        1,
        h.recursionDesired,
        {.name = {"RD", "RD"}, .meaning = {"The server should ask others.", "希望进行递归查询。"}});
    io.bits(
        1,
        h.recursionAvailable,
        {.name = {"RA", "RA"}, .meaning = {"The server does ask others.", "服务器支持递归查询。"}});
    io.bits(1, h.reserved, {.name = {"Z", "Z"}, .meaning = {"Reserved.", "保留。"}});
    io.bits(1,
            h.authentic,
            {.name = {"AD", "AD"},
             .meaning = {"The server has verified the data.", "服务器已验证数据。"}});
    io.bits(1,
            h.checkingDisabled,
            {.name = {"CD", "CD"},
             .meaning = {"The client takes data that were not verified.",
                         "客户端接受未经验证的数据。"}});
}

template <class Io>
void layout(Io& io, DnsMessage& h) {
    io.field(h.identifier,
             {.name = {"Identifier", "标识"},
              .meaning = {"The same in a query and its response.", "查询与其响应相同。"},
              .hex = true});
    io.group({.name = {"Flags", "标志"}, .meaning = {"What the message is.", "报文的性质。"}},
             [&] { layoutDnsFlags(io, h); });
    io.bits(4,
            h.responseCode,
            {.name = {"Response code", "响应码"},
             .meaning = {"Whether the name was found.", "是否查到。"},
             .nameOf = dnsResponseName});
    io.field(
        h.questions,
        {.name = {"Questions", "问题数"}, .meaning = {"How many follow.", "后面问题的个数。"}});
    io.field(h.answers,
             {.name = {"Answers", "回答记录数"},
              .meaning = {"How many records follow.", "后面回答记录的个数。"}});
    io.field(h.authorities,
             {.name = {"Authorities", "权限记录数"},
              .meaning = {"How many records tell responsible servers.",
                          "给出权限域名服务器的记录个数。"}});
    io.field(h.additional,
             {.name = {"Additional records", "附加记录数"},
              .meaning = {"How many records follow those.", "其后附加记录的个数。"}});
    io.rest(h.sections,
            SIZE_MAX,
            {.name = {"Sections", "各部分"},
             .meaning = {"Questions, and records that answer them.", "问题和资源记录。"},
             .parts = listDnsSections});
}

[[nodiscard]] inline Continuation continuation(const DnsLengthHeader& h) {
    return {Protocol::Dns, DnsLengthHeader::kOctets + h.length};
}
[[nodiscard]] inline Continuation continuation(const DnsMessage& /*header*/) {
    return {};
}

[[nodiscard]] inline std::string summary(const DnsLengthHeader& h) {
    return std::to_string(h.length);
}
/// "query 0x1234: example.com"
[[nodiscard]] Phrase summary(const DnsMessage& h);

}  // namespace tcplab::wire
