#include "sim/drill/parser.h"

#include <algorithm>
#include <array>

namespace tcplab::drill {

namespace {

using Kind = Token::Kind;

constexpr std::uint8_t kEcnBits = 3;

struct Name {
    std::string_view name;
    std::uint8_t value;
};

std::optional<std::uint8_t> ecnNamed(std::string_view word) {
    constexpr std::array<Name, 4> kNames{{{"noecn", 0}, {"ect1", 1}, {"ect0", 2}, {"ce", 3}}};
    const auto* found = std::ranges::find(kNames, word, &Name::name);
    return found == kNames.end() ? std::nullopt : std::optional{found->value};
}

// RFC 2474, RFC 2597, RFC 3246, RFC 5865 and RFC 8622: code points of six bits.
std::optional<std::uint8_t> codePointNamed(std::string_view word) {
    constexpr auto kNames = std::to_array<Name>({
        {"cs0", 0},   {"cs1", 8},   {"cs2", 16},  {"cs3", 24},  {"cs4", 32},         {"cs5", 40},
        {"cs6", 48},  {"cs7", 56},  {"af11", 10}, {"af12", 12}, {"af13", 14},        {"af21", 18},
        {"af22", 20}, {"af23", 22}, {"af31", 26}, {"af32", 28}, {"af33", 30},        {"af41", 34},
        {"af42", 36}, {"af43", 38}, {"ef", 46},   {"le", 1},    {"voice_admit", 44},
    });
    const auto* found = std::ranges::find(kNames, word, &Name::name);
    return found == kNames.end() ? std::nullopt : std::optional{found->value};
}

void setTos(IpPattern& ip, std::uint8_t mask, unsigned value) {
    ip.tosMask |= mask;
    ip.tos = static_cast<std::uint8_t>(ip.tos | (value & mask));
}

void parseEcn(Parser& parser, IpPattern& ip) {
    if (parser.acceptWord("ect01")) {
        ip.eitherEct = true;
    } else if (const auto ecn = ecnNamed(parser.peek().text)) {
        parser.next();
        setTos(ip, kEcnBits, *ecn);
    } else {
        parser.expected("noecn, ect0, ect1, ect01 or ce");
    }
}

void parseCodePoint(Parser& parser, IpPattern& ip) {
    constexpr std::uint8_t kMask = 0xFC;
    if (const auto named = codePointNamed(parser.peek().text)) {
        parser.next();
        return setTos(ip, kMask, static_cast<unsigned>(*named << 2));
    }
    setTos(ip, kMask, static_cast<unsigned>(parser.number("a code point", 63) << 2));
}

void parseIpField(Parser& parser, IpPattern& ip) {
    constexpr std::uint32_t kFlowLabels = (1U << 20) - 1;
    if (parser.acceptWord("tos") || parser.acceptWord("class")) {
        setTos(ip, 0xFF, parser.number<std::uint8_t>("an octet"));
    } else if (parser.acceptWord("ttl") || parser.acceptWord("hlim")) {
        ip.ttl = parser.number<std::uint8_t>("a time to live");
    } else if (parser.acceptWord("flowlabel")) {
        ip.flowLabel = static_cast<std::uint32_t>(parser.number("a flow label", kFlowLabels));
    } else if (parser.acceptWord("dscp")) {
        parseCodePoint(parser, ip);
    } else if (parser.acceptWord("ecn") || ecnNamed(parser.peek().text) ||
               parser.is(Kind::Word, "ect01")) {
        parseEcn(parser, ip);
    } else {
        parser.expected("tos, class, dscp, ecn, ttl, hlim or flowlabel");
    }
}

}  // namespace

IpPattern parseIp(Parser& parser) {
    IpPattern ip;
    const char close = parser.is(Kind::Sign, "[") ? ']' : ')';
    if (!parser.acceptSign('[') && !parser.acceptSign('(')) return ip;
    do {
        parseIpField(parser, ip);
    } while (!parser.failed() && parser.acceptSign(','));
    parser.expectSign(close);
    return ip;
}

void parseTunnels(Parser& parser, std::string& needs) {
    const auto innermost = [&](std::string_view name) {
        needs = std::string{name} + " around the packet";
        parser.next();
    };
    while (!parser.failed()) {
        if (parser.is(Kind::Word, "ipv4") || parser.is(Kind::Word, "ipv6")) {
            innermost(parser.peek().text == "ipv4" ? "IPv4" : "IPv6");
            (void)parseIp(parser);
            for (int i = 0; i < 2; ++i) {
                if (i == 1) parser.expectSign('>');
                if (!parser.is(Kind::Address)) return parser.expected("an address");
                parser.next();
            }
            parser.expectSign(':');
        } else if (parser.is(Kind::Word, "gre") || parser.is(Kind::Word, "GREv0")) {
            innermost("GRE");
            parser.skipPast(':');
        } else if (parser.is(Kind::Word, "mpls")) {
            innermost("MPLS");
            parser.skipPast(':');
        } else {
            return;
        }
    }
}

}  // namespace tcplab::drill
