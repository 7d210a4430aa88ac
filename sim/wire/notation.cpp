#include "sim/wire/notation.h"

#include "sim/base/overloaded.h"
#include "sim/wire/frame.h"
#include "sim/wire/hex.h"

#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace tcplab::wire {

namespace {

struct FlagName {
    bool Flags::*bit;
    char letter;
    std::string_view name;
};
constexpr std::array<FlagName, 8> kFlagNames{{{&Flags::fin, 'F', "FIN"},
                                              {&Flags::syn, 'S', "SYN"},
                                              {&Flags::rst, 'R', "RST"},
                                              {&Flags::psh, 'P', "PSH"},
                                              {&Flags::ack, '.', "ACK"},
                                              {&Flags::urg, 'U', "URG"},
                                              {&Flags::ece, 'E', "ECE"},
                                              {&Flags::cwr, 'W', "CWR"}}};

using Failure = Unexpected<Error>;

/// Reads words, numbers and signs from left to right. The first failure is kept, with the column of
/// what was read last.
class Parser {
public:
    explicit Parser(std::string_view text) : text_{text} {}

    bool accept(std::string_view sign) {
        skipBlanks();
        if (!text_.substr(at_).starts_with(sign)) return false;
        at_ += sign.size();
        return true;
    }
    void expect(std::string_view sign) {
        if (!accept(sign)) fail("expected \"" + std::string{sign} + "\"");
    }
    std::string_view word() {
        skipBlanks();
        while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != ',' && text_[at_] != '>' &&
               text_[at_] != ':') {
            ++at_;
        }
        return text_.substr(start_, at_ - start_);
    }
    template <class Number>
    Number number() {
        skipBlanks();
        Number value = 0;
        const char* end = text_.data() + text_.size();
        const auto read = std::from_chars(text_.data() + at_, end, value);
        if (read.ec == std::errc::result_out_of_range) {
            fail("expected a number up to " + std::to_string(std::numeric_limits<Number>::max()));
        } else if (read.ec != std::errc{}) {
            fail("expected a number");
        }
        at_ = static_cast<std::size_t>(read.ptr - text_.data());
        return value;
    }
    /// "0x" and pairs of digits.
    std::vector<std::uint8_t> octets() {
        expect("0x");
        std::vector<std::uint8_t> octets;
        const char* end = text_.data() + text_.size();
        for (unsigned octet = 0; at_ + 2 <= text_.size(); at_ += 2) {
            const char* from = text_.data() + at_;
            const auto read = std::from_chars(from, std::min(from + 2, end), octet, 16);
            if (read.ptr != from + 2) break;
            octets.push_back(static_cast<std::uint8_t>(octet));
        }
        return octets;
    }
    [[nodiscard]] bool atEnd() {
        skipBlanks();
        return at_ == text_.size();
    }
    [[nodiscard]] bool atEndOfOption() { return atEnd() || text_[at_] == ',' || text_[at_] == '>'; }

    void fail(std::string what) {
        if (failed()) return;
        failure_ = "\"" + std::string{text_} + "\", column " + std::to_string(start_ + 1) + ": " +
                   std::move(what);
    }
    [[nodiscard]] bool failed() const { return !failure_.empty(); }
    [[nodiscard]] Failure failure() const { return Failure{{Error::Code::Usage, failure_}}; }

private:
    void skipBlanks() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
        start_ = at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;  ///< Of what was read last.
    std::string failure_{};
};

Flags parseFlags(Parser& parser) {
    Flags flags;
    const std::string_view word = parser.word();
    if (word == "none") return flags;
    if (word.empty()) parser.fail("expected flags, such as \"S.\", or \"none\"");
    for (const char letter : word) {
        bool known = false;
        for (const FlagName& name : kFlagNames) {
            if (name.letter != letter) continue;
            flags.*name.bit = true;
            known = true;
        }
        if (!known)
            parser.fail(std::string{"'"} + letter + "' is no flag; they are F S R P . U E W");
    }
    return flags;
}

Sack parseSack(Parser& parser) {
    Sack sack;
    while (sack.count < sack.blocks.size() && !parser.atEndOfOption()) {
        SackBlock& block = sack.blocks.at(sack.count++);
        block.left = parser.number<std::uint32_t>();
        parser.expect(":");
        block.right = parser.number<std::uint32_t>();
    }
    return sack;
}

void parseOption(Parser& parser, TcpOptions& options) {
    // UnknownOption looks at octets; they have to outlive push().
    std::vector<std::uint8_t> data;
    std::optional<TcpOption> option;
    const std::string_view word = parser.word();
    if (word == "eol") {
        option = EndOfList{};
    } else if (word == "nop") {
        option = NoOperation{};
    } else if (word == "mss") {
        option = MaximumSegmentSize{parser.number<std::uint16_t>()};
    } else if (word == "wscale") {
        option = WindowScale{parser.number<std::uint8_t>()};
    } else if (word == "sackOK") {
        option = SackPermitted{};
    } else if (word == "sack") {
        option = parseSack(parser);
    } else if (word == "TS") {
        Timestamps timestamps;
        parser.expect("val");
        timestamps.value = parser.number<std::uint32_t>();
        parser.expect("ecr");
        timestamps.echoReply = parser.number<std::uint32_t>();
        option = timestamps;
    } else if (word == "kind") {
        UnknownOption unknown{.kind = parser.number<std::uint8_t>()};
        if (unknown.kind <= 1) parser.fail("kind 0 is eol and kind 1 is nop; they have no data");
        data = parser.octets();
        unknown.data = data;
        option = unknown;
    } else if (word == "raw") {
        data = parser.octets();
    } else {
        parser.fail("\"" + std::string{word} + "\" is no option");
    }
    constexpr std::size_t kHeadOctets = 2;
    const std::size_t room = TcpOptions::kMaxOctets - options.octets().size();
    const bool known = option && !std::holds_alternative<UnknownOption>(*option);
    TcpOptions probe;
    if (known) probe.push(*option);
    const std::size_t needed =
        known ? probe.octets().size() : data.size() + (option ? kHeadOctets : 0);
    if (needed > room) return parser.fail("more than 40 octets of options");
    if (parser.failed()) return;
    option ? options.push(*option) : options.push(Octets{data});
}

TcpOptions parseOptions(Parser& parser) {
    TcpOptions options;
    do {
        parseOption(parser, options);
    } while (!parser.failed() && parser.accept(","));
    parser.expect(">");
    return options;
}

}  // namespace

std::string flagsText(Flags flags) {
    std::string text;
    for (const FlagName& name : kFlagNames) {
        if (flags.*name.bit) text += name.letter;
    }
    return text.empty() ? "none" : text;
}

std::string flagNames(Flags flags) {
    std::string text;
    for (const FlagName& name : kFlagNames) {
        if (!(flags.*name.bit)) continue;
        if (!text.empty()) text += ", ";
        text += name.name;
    }
    return text.empty() ? "none" : text;
}

std::string toString(const TcpOption& option) {
    return std::visit(
        Overloaded{
            [](const EndOfList&) -> std::string { return "eol"; },
            [](const NoOperation&) -> std::string { return "nop"; },
            [](const MaximumSegmentSize& mss) { return "mss " + std::to_string(mss.octets); },
            [](const WindowScale& scale) { return "wscale " + std::to_string(scale.shift); },
            [](const SackPermitted&) -> std::string { return "sackOK"; },
            [](const Sack& sack) {
                std::string text = "sack";
                for (std::size_t i = 0; i < sack.count; ++i) {
                    text += " " + std::to_string(sack.blocks.at(i).left) + ":" +
                            std::to_string(sack.blocks.at(i).right);
                }
                return text;
            },
            [](const Timestamps& timestamps) {
                return "TS val " + std::to_string(timestamps.value) + " ecr " +
                       std::to_string(timestamps.echoReply);
            },
            [](const auto& other) {
                TcpOptions options;
                options.push(other);
                const Octets octets = options.octets();
                return "kind " + std::to_string(octets[0]) + " " + hex(octets.subspan(2));
            },
        },
        option);
}

std::string optionsText(Octets options) {
    if (options.empty()) return {};
    std::string text;
    TcpOptionCursor cursor{options};
    while (const auto option = cursor.next()) text += (text.empty() ? "" : ",") + toString(*option);
    if (cursor.offset() < options.size()) {
        text += (text.empty() ? "raw " : ",raw ") + hex(options.subspan(cursor.offset()));
    }
    return "<" + text + ">";
}

std::string toString(const TcpHeader& header, std::size_t payloadLength) {
    const std::uint32_t first = header.seq.raw();
    const Seq last = header.seq + static_cast<std::uint32_t>(payloadLength);
    std::string text = flagsText(header.flags) + " " + std::to_string(first) + ":" +
                       std::to_string(last.raw()) + "(" + std::to_string(payloadLength) + ")";
    if (header.flags.ack) text += " ack " + std::to_string(header.ack.raw());
    text += " win " + std::to_string(header.window);
    if (header.flags.urg) text += " urg " + std::to_string(header.urgentPointer);
    if (!header.options.empty()) text += " " + optionsText(header.options);
    return text;
}

Expected<Segment, Error> parseSegment(std::string_view text) {
    Parser parser{text};
    Segment segment;
    segment.ctl = parseFlags(parser);
    segment.seq = Seq{parser.number<std::uint32_t>()};
    parser.expect(":");
    const Seq last{parser.number<std::uint32_t>()};
    parser.expect("(");
    const auto length = parser.number<std::uint16_t>();
    if (last != segment.seq + length)
        parser.fail("the length is not what lies between the numbers");
    parser.expect(")");
    if (parser.accept("ack ")) segment.ack = Seq{parser.number<std::uint32_t>()};
    if (parser.accept("win ")) segment.wnd = parser.number<std::uint16_t>();
    if (parser.accept("urg ")) segment.up = parser.number<std::uint16_t>();
    if (parser.accept("<")) segment.options = parseOptions(parser);
    if (!parser.atEnd()) parser.fail("expected the end");
    if (parser.failed()) return parser.failure();
    segment.payload = Bytes{std::string(length, 'a')};
    return segment;
}

}  // namespace tcplab::wire

namespace tcplab {

std::string toString(const Segment& segment) {
    return wire::toString(wire::toHeader(segment), segment.payload.size());
}

}  // namespace tcplab
