#include "sim/drill/parser.h"

#include <algorithm>
#include <array>

namespace tcplab::drill {

namespace {

using Kind = Token::Kind;

void setFlag(Parser& parser, const Token& token, char letter, TcpPattern& tcp) {
    switch (letter) {
        case 'F': tcp.flags.fin = true; return;
        case 'S': tcp.flags.syn = true; return;
        case 'R': tcp.flags.rst = true; return;
        case 'P': tcp.flags.psh = true; return;
        case 'U': tcp.flags.urg = true; return;
        case 'E': tcp.flags.ece = true; return;
        case 'W': tcp.flags.cwr = true; return;
        case 'A': tcp.accurateEcn = true; return;
        default:
            parser.fail(token.place,
                        std::string{"'"} + letter + "' is no flag; they are F S R P U E W A, " +
                            "then '.' for ACK, or '-' for none");
    }
}

// "S.", "FP.", ".", "-", and ".5" for an ACK with the counter of accurate ECN.
void parseFlags(Parser& parser, TcpPattern& tcp) {
    if (parser.acceptSign('-')) return;
    bool any = false;
    if (parser.is(Kind::Word)) {
        const Token& token = parser.next();
        for (const char letter : token.text) setFlag(parser, token, letter, tcp);
        any = true;
    }
    if (parser.is(Kind::Fraction) && parser.peek().text.size() == 2 &&
        parser.peek().text[0] == '.') {
        const char digit = parser.next().text[1];
        tcp.flags.ack = true;
        if (digit > '7') return parser.fail(parser.peek().place, "the counter goes from 0 to 7");
        tcp.ace = static_cast<std::uint8_t>(digit - '0');
        return;
    }
    if (parser.acceptSign('.'))
        tcp.flags.ack = true;
    else if (!any)
        parser.expected("flags, such as \"S.\", or '-' for none");
}

struct Range {
    std::uint32_t first = 0;
    std::uint32_t length = 0;
};

// "1:1001(1000)"
Range parseRange(Parser& parser) {
    Range range;
    const Token& start = parser.peek();
    range.first = parser.number<std::uint32_t>("a sequence number");
    parser.expectSign(':');
    const auto end = parser.number<std::uint32_t>("a sequence number");
    parser.expectSign('(');
    range.length = parser.number<std::uint16_t>("a length");
    parser.expectSign(')');
    if (!parser.failed() && end != range.first + range.length)
        parser.fail(start.place,
                    "the length " + std::to_string(range.length) + " is not what lies between " +
                        std::to_string(range.first) + " and " + std::to_string(end));
    return range;
}

void parseSequence(Parser& parser, TcpPattern& tcp) {
    if (parser.is(Kind::Ellipsis)) {
        parser.next();
        tcp.anySequence = true;
        parser.expectSign('(');
        tcp.length = parser.number<std::uint16_t>("a length");
        return parser.expectSign(')');
    }
    const Range range = parseRange(parser);
    tcp.sequence = range.first;
    tcp.length = range.length;
    tcp.absolute = parser.acceptSign('!');
}

// Digits of a cookie or digest may read as a number.
std::vector<std::uint8_t> parseHexDigits(Parser& parser) {
    std::vector<std::uint8_t> octets;
    if (!parser.is(Kind::Word) && !parser.is(Kind::Integer)) return octets;
    const Token& token = parser.next();
    const auto nibble = [](char c) {
        if ('0' <= c && c <= '9') return c - '0';
        if ('a' <= c && c <= 'f') return c - 'a' + 10;
        if ('A' <= c && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    if (token.text.size() % 2 != 0)
        parser.fail(token.place, "expected pairs of hexadecimal digits");
    for (std::size_t i = 0; i + 1 < token.text.size(); i += 2) {
        const int high = nibble(token.text[i]);
        const int low = nibble(token.text[i + 1]);
        if (high < 0 || low < 0) parser.fail(token.place, "expected hexadecimal digits");
        octets.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return octets;
}

wire::Sack parseSack(Parser& parser) {
    wire::Sack sack;
    do {
        if (sack.count == sack.blocks.size()) {
            parser.expected("at most four blocks");
            break;
        }
        wire::SackBlock& block = sack.blocks.at(sack.count++);
        block.left = parser.number<std::uint32_t>("a sequence number");
        parser.expectSign(':');
        block.right = parser.number<std::uint32_t>("a sequence number");
    } while (parser.is(Kind::Integer));
    return sack;
}

wire::Timestamps parseTimestamps(Parser& parser, TcpPattern& tcp) {
    wire::Timestamps timestamps;
    parser.expectWord("val");
    if (parser.is(Kind::Ellipsis)) {
        parser.next();
        tcp.anyTimestamp = true;
    } else {
        timestamps.value = parser.number<std::uint32_t>("a timestamp");
    }
    parser.expectWord("ecr");
    timestamps.echoReply = parser.number<std::uint32_t>("a timestamp");
    tcp.absoluteEcho = parser.acceptSign('!');
    return timestamps;
}

void pushOption(Parser& parser, TcpPattern& tcp, const wire::TcpOption& option) {
    wire::TcpOptions alone;
    alone.push(option);
    if (alone.octets().size() + tcp.options.octets().size() > wire::TcpOptions::kMaxOctets)
        return parser.expected("at most 40 octets of options");
    tcp.options.push(option);
}

// False where the word is no option that is known here.
bool parseOption(Parser& parser, const std::string& word, TcpPattern& tcp) {
    constexpr std::uint16_t kFastOpenExperiment = 0xF989;  // RFC 7413 4.1.1
    constexpr std::uint8_t kMd5 = 19;
    if (word == "nop") {
        pushOption(parser, tcp, wire::NoOperation{});
    } else if (word == "eol") {
        pushOption(parser, tcp, wire::EndOfList{});
    } else if (word == "mss") {
        pushOption(
            parser, tcp, wire::MaximumSegmentSize{parser.number<std::uint16_t>("a segment size")});
    } else if (word == "wscale") {
        pushOption(parser, tcp, wire::WindowScale{parser.number<std::uint8_t>("a shift")});
    } else if (word == "sackOK") {
        pushOption(parser, tcp, wire::SackPermitted{});
    } else if (word == "sack") {
        pushOption(parser, tcp, parseSack(parser));
    } else if (word == "TS") {
        pushOption(parser, tcp, parseTimestamps(parser, tcp));
    } else if (word == "FO") {
        const auto cookie = parseHexDigits(parser);
        pushOption(parser, tcp, wire::FastOpen{cookie});
    } else if (word == "FOEXP") {
        const auto cookie = parseHexDigits(parser);
        pushOption(
            parser,
            tcp,
            wire::Experiment{.kind = 254, .identifier = kFastOpenExperiment, .data = cookie});
    } else if (word == "md5") {
        const auto digest = parseHexDigits(parser);
        pushOption(parser, tcp, wire::UnknownOption{kMd5, digest});
    } else {
        return false;
    }
    return true;
}

// Options of packetdrill's that this program does not know: what they are called in skips.
constexpr std::array kForeignOptions{
    std::string_view{"AccECN"},
    std::string_view{"ACCECN"},
    std::string_view{"ECN"},
    std::string_view{"exp"},
    std::string_view{"mp_"},
    std::string_view{"mp"},
    std::string_view{"dss"},
    std::string_view{"add_"},
    std::string_view{"remove_"},
};

void parseOptions(Parser& parser, TcpPattern& tcp, std::string& needs) {
    if (parser.is(Kind::Ellipsis)) {
        parser.next();
        tcp.anyOptions = true;
        return parser.expectSign('>');
    }
    do {
        if (!parser.is(Kind::Word)) return parser.expected("a TCP option");
        const Token token = parser.peek();
        const bool foreign = std::ranges::any_of(
            kForeignOptions, [&](auto prefix) { return token.text.starts_with(prefix); });
        if (foreign) {
            needs = "the TCP option " + token.text;
            return parser.skipPast('>');
        }
        parser.next();
        if (!parseOption(parser, token.text, tcp))
            return parser.fail(
                token.place,
                "\"" + token.text +
                    "\" is no TCP option; they are mss, wscale, sackOK, sack, TS, nop, eol, FO, "
                    "FOEXP and md5");
    } while (!parser.failed() && parser.acceptSign(','));
    parser.expectSign('>');
}

TcpPattern parseTcp(Parser& parser, std::string& needs) {
    TcpPattern tcp;
    parseFlags(parser, tcp);
    parseSequence(parser, tcp);
    if (parser.acceptWord("ack")) tcp.ack = parser.number<std::uint32_t>("a sequence number");
    if (parser.acceptWord("win")) tcp.window = parser.number<std::uint16_t>("a window");
    if (parser.acceptWord("urg")) tcp.urgent = parser.number<std::uint16_t>("an urgent pointer");
    if (parser.is(Kind::Sign, "<") && !parser.peek().firstOfLine) {
        parser.next();
        parseOptions(parser, tcp, needs);
    }
    if (parser.is(Kind::Sign, "{") || parser.is(Kind::Sign, "/")) {
        needs = parser.peek().text == "{" ? "fuzzing" : "UDP encapsulation";
        parser.next();
        parser.skipLine();
    }
    return tcp;
}

void parseQuotation(Parser& parser, IcmpPattern& icmp) {
    if (parser.acceptWord("udp")) {
        icmp.quoted = IcmpPattern::Quoted::Udp;
        parser.expectSign('(');
        icmp.length = parser.number<std::uint16_t>("a length");
        parser.expectSign(')');
    } else if (parser.acceptWord("raw")) {
        icmp.quoted = IcmpPattern::Quoted::Nothing;
        parser.expectSign('(');
        icmp.length = parser.number<std::uint16_t>("a length");
        parser.expectSign(')');
    } else {
        const Range range = parseRange(parser);
        icmp.sequence = range.first;
        icmp.length = range.length;
    }
    parser.expectSign(']');
}

IcmpPattern parseIcmp(Parser& parser) {
    IcmpPattern icmp{.type = parser.word("an ICMP type")};
    const bool code = parser.is(Kind::Word) && !parser.peek().firstOfLine &&
                      parser.peek().text != "mtu" && parser.peek().text != "id";
    if (code) icmp.code = parser.next().text;
    if (parser.acceptWord("mtu")) icmp.mtu = parser.number<std::uint32_t>("an MTU");
    if (parser.acceptWord("id")) icmp.identifier = parser.number<std::uint16_t>("an identifier");
    if (parser.acceptSign('[')) parseQuotation(parser, icmp);
    return icmp;
}

UdpPattern parseUdp(Parser& parser) {
    parser.expectSign('(');
    const UdpPattern udp{parser.number<std::uint16_t>("a length")};
    parser.expectSign(')');
    return udp;
}

}  // namespace

PacketStatement parsePacket(Parser& parser, Direction direction, std::string& needs) {
    PacketStatement packet{.direction = direction};
    parseTunnels(parser, needs);
    packet.ip = parseIp(parser);
    if (packet.ip.eitherEct && direction == Direction::Inbound)
        parser.fail(parser.peek().place, "[ect01] is for packets that the host sends");
    const bool udp = parser.acceptWord("udp");
    const bool ports = parser.is(Kind::Integer) && parser.peek(1).text == ">";
    if (ports) {
        packet.sourcePort = parser.number<std::uint16_t>("a port");
        parser.expectSign('>');
        packet.destinationPort = parser.number<std::uint16_t>("a port");
    }
    if (udp) {
        packet.what = parseUdp(parser);
    } else if (parser.acceptWord("icmp")) {
        packet.what = parseIcmp(parser);
    } else if (parser.is(Kind::Word, "sctp") || parser.is(Kind::Word, "udplite")) {
        needs = parser.next().text == "sctp" ? "SCTP" : "UDP-Lite";
        parser.skipLine();
    } else {
        const Place place = parser.peek().place;
        TcpPattern tcp = parseTcp(parser, needs);
        if (!tcp.window && direction == Direction::Inbound)
            parser.fail(place,
                        "a segment that the script sends has to say its window: \"win 32792\"");
        if (tcp.anyOptions && direction == Direction::Inbound)
            parser.fail(parser.peek().place, "<...> is for packets that the host sends");
        packet.what = std::move(tcp);
    }
    return packet;
}

}  // namespace tcplab::drill
