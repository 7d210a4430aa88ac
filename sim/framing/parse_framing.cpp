#include "sim/framing/parse_framing.h"

#include "sim/base/nearest.h"
#include "sim/base/overloaded.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace tcplab::framing {
namespace {

constexpr auto kNames = std::to_array<std::string_view>({"fixed",
                                                         "delimiter",
                                                         "line",
                                                         "length",
                                                         "varint",
                                                         "json",
                                                         "header-json",
                                                         "tls",
                                                         "http",
                                                         "resp",
                                                         "ber",
                                                         "websocket"});
constexpr auto kLengthKeys = std::to_array<std::string_view>(
    {"offset", "width", "adjust", "strip", "endian", "max", "fail"});

/// One framing being read.
class Reading {
public:
    explicit Reading(std::string_view text) : text_{text} {}
    [[nodiscard]] Expected<Framing, Error> framing();

private:
    struct Option {
        std::string_view key{};
        std::string_view value{};
    };
    // The options after the colon, comma by comma.
    [[nodiscard]] std::vector<Option> options(std::string_view rest) const;
    void fail(std::string what);
    void unknown(std::string_view word, std::span<const std::string_view> known);
    std::int64_t number(const Option& option, std::int64_t least, std::int64_t most);
    bool common(const Option& option, std::uint64_t& maximum);
    void failing(const Option& option, bool& failFast);
    Endian endian(const Option& option);

    Fixed fixed(std::string_view rest);
    Delimited delimiter(std::string_view rest);
    Delimited line(std::string_view rest);
    LengthField length(std::string_view rest);
    Varint varint(std::string_view rest);
    Json json(std::string_view rest);
    HeaderJson headerJson(std::string_view rest);
    std::uint64_t maximum(std::string_view rest);

    std::string_view text_;
    std::optional<Error> error_{};
};

void Reading::fail(std::string what) {
    if (!error_)
        error_ = Error{Error::Code::Usage, "'" + std::string{text_} + "': " + std::move(what)};
}

void Reading::unknown(std::string_view word, std::span<const std::string_view> known) {
    std::string what = "'" + std::string{word} + "' is not known";
    if (const auto near = nearest(word, known))
        what += "; did you mean '" + std::string{*near} + "'?";
    std::string all;
    for (const std::string_view one : known) all += (all.empty() ? "" : ", ") + std::string{one};
    fail(what + " (" + all + ")");
}

std::vector<Reading::Option> Reading::options(std::string_view rest) const {
    std::vector<Option> all;
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find(','));
        const auto equals = part.find('=');
        all.push_back({part.substr(0, equals),
                       equals == part.npos ? std::string_view{} : part.substr(equals + 1)});
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    }
    return all;
}

std::int64_t Reading::number(const Option& option, std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    const char* end = option.value.data() + option.value.size();
    const auto read = std::from_chars(option.value.data(), end, value);
    if (read.ec == std::errc{} && read.ptr == end && least <= value && value <= most) return value;
    fail("expected " + std::string{option.key} + " as a number from " + std::to_string(least) +
         " to " + std::to_string(most) + ", not '" + std::string{option.value} + "'");
    return least;
}

bool Reading::common(const Option& option, std::uint64_t& maximum) {
    if (option.key != "max") return false;
    maximum =
        static_cast<std::uint64_t>(number(option, 1, std::numeric_limits<std::int32_t>::max()));
    return true;
}

void Reading::failing(const Option& option, bool& failFast) {
    if (option.value != "fast" && option.value != "slow") fail("expected fail=fast or fail=slow");
    failFast = option.value != "slow";
}

Endian Reading::endian(const Option& option) {
    if (option.value != "big" && option.value != "little")
        fail("expected endian=big or endian=little");
    return option.value == "little" ? Endian::Little : Endian::Big;
}

Fixed Reading::fixed(std::string_view rest) {
    return {static_cast<std::size_t>(number({"the size", rest}, 1, 1'000'000'000))};
}

std::optional<Bytes> hexOctets(std::string_view text) {
    if (text.empty() || text.size() % 2 != 0) return std::nullopt;
    std::vector<std::uint8_t> octets;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        std::uint8_t octet = 0;
        const auto read = std::from_chars(text.data() + i, text.data() + i + 2, octet, 16);
        if (read.ptr != text.data() + i + 2) return std::nullopt;
        octets.push_back(octet);
    }
    return Bytes{std::move(octets)};
}

// Hexadecimal where it is that, else text with \n, \r, \t, \0 and \\.
Bytes octetsOf(std::string_view text) {
    if (const auto octets = hexOctets(text)) return *octets;
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        constexpr std::string_view kLetters{"nrt0\\"};
        constexpr std::string_view kMeant{"\n\r\t\0\\", 5};
        const auto letter =
            text[i] == '\\' && i + 1 < text.size() ? kLetters.find(text[i + 1]) : kLetters.npos;
        if (letter != kLetters.npos) ++i;
        plain += letter != kLetters.npos ? kMeant[letter] : text[i];
    }
    return Bytes{std::string_view{plain}};
}

// The words at the end are options: what stands before them is the delimiter, commas and all.
Delimited Reading::delimiter(std::string_view rest) {
    Delimited framing;
    for (;;) {
        const auto comma = rest.rfind(',');
        const std::string_view last = comma == rest.npos ? rest : rest.substr(comma + 1);
        if (comma == 0 || comma == rest.npos) break;
        const Option option = options(last).empty() ? Option{} : options(last).front();
        if (last == "strip" || last == "keep")
            framing.strip = last == "strip";
        else if (option.key == "or" && !option.value.empty())
            framing.delimiters.push_back(octetsOf(option.value));
        else if (option.key == "fail")
            failing(option, framing.failFast);
        else if (!common(option, framing.maximum))
            break;
        rest = rest.substr(0, comma);
    }
    if (rest.empty())
        fail("expected a delimiter, as in delimiter:0d0a or delimiter:||");
    else
        framing.delimiters.insert(framing.delimiters.begin(), octetsOf(rest));
    return framing;
}

Delimited Reading::line(std::string_view rest) {
    constexpr auto kKeys = std::to_array<std::string_view>({"strip", "keep", "max", "fail"});
    Delimited framing = lines();
    for (const Option& option : options(rest)) {
        if (option.key == "strip" || option.key == "keep")
            framing.strip = option.key == "strip";
        else if (option.key == "fail")
            failing(option, framing.failFast);
        else if (!common(option, framing.maximum))
            unknown(option.key, kKeys);
    }
    return framing;
}

LengthField Reading::length(std::string_view rest) {
    constexpr std::int64_t kFar = 1'000'000;
    LengthField field;
    for (const Option& option : options(rest)) {
        if (option.key == "offset") {
            field.offset = static_cast<std::size_t>(number(option, 0, kFar));
        } else if (option.key == "width") {
            field.width = static_cast<std::size_t>(number(option, 1, 8));
            if (field.width > 4 && field.width != 8) fail("expected a width of 1, 2, 3, 4 or 8");
        } else if (option.key == "adjust") {
            field.adjust = number(option, -kFar, kFar);
        } else if (option.key == "strip") {
            field.strip = static_cast<std::size_t>(number(option, 0, kFar));
        } else if (option.key == "endian") {
            field.endian = endian(option);
        } else if (option.key == "fail") {
            failing(option, field.failFast);
        } else if (!common(option, field.maximum)) {
            unknown(option.key, kLengthKeys);
        }
    }
    return field;
}

Varint Reading::varint(std::string_view rest) {
    constexpr std::int64_t kFar = 1'000'000;
    constexpr auto kKeys = std::to_array<std::string_view>({"offset", "max"});
    Varint framing;
    for (const Option& option : options(rest)) {
        if (option.key == "offset")
            framing.offset = static_cast<std::size_t>(number(option, 0, kFar));
        else if (!common(option, framing.maximum))
            unknown(option.key, kKeys);
    }
    return framing;
}

Json Reading::json(std::string_view rest) {
    constexpr auto kKeys = std::to_array<std::string_view>({"elements", "max"});
    Json framing;
    for (const Option& option : options(rest)) {
        if (option.key == "elements")
            framing.elements = true;
        else if (!common(option, framing.maximum))
            unknown(option.key, kKeys);
    }
    return framing;
}

HeaderJson Reading::headerJson(std::string_view rest) {
    constexpr auto kKeys = std::to_array<std::string_view>({"key", "endian", "max"});
    HeaderJson framing;
    for (const Option& option : options(rest)) {
        if (option.key == "key")
            framing.key = option.value;
        else if (option.key == "endian")
            framing.endian = endian(option);
        else if (!common(option, framing.maximum))
            unknown(option.key, kKeys);
    }
    return framing;
}

std::uint64_t Reading::maximum(std::string_view rest) {
    constexpr auto kKeys = std::to_array<std::string_view>({"max"});
    std::uint64_t most = kDefaultMaximum;
    for (const Option& option : options(rest))
        if (!common(option, most)) unknown(option.key, kKeys);
    return most;
}

Expected<Framing, Error> Reading::framing() {
    const auto colon = text_.find(':');
    const std::string_view name = text_.substr(0, colon);
    const std::string_view rest =
        colon == text_.npos ? std::string_view{} : text_.substr(colon + 1);
    Framing result;
    if (name == "fixed")
        result = fixed(rest);
    else if (name == "delimiter")
        result = delimiter(rest);
    else if (name == "line")
        result = line(rest);
    else if (name == "length")
        result = length(rest);
    else if (name == "varint")
        result = varint(rest);
    else if (name == "json")
        result = json(rest);
    else if (name == "header-json")
        result = headerJson(rest);
    else if (name == "tls")
        result = TlsRecords{};
    else if (name == "http")
        result = Http{.maximum = maximum(rest)};
    else if (name == "resp")
        result = Resp{maximum(rest)};
    else if (name == "ber")
        result = Ber{maximum(rest)};
    else if (name == "websocket")
        result = WebSocket{maximum(rest)};
    else
        unknown(name, kNames);
    if (error_) return Unexpected{*error_};
    return result;
}

std::string hexOf(const Bytes& octets) {
    constexpr std::string_view kDigits{"0123456789abcdef"};
    std::string text;
    for (const std::uint8_t octet : octets.view()) {
        text += kDigits[octet >> 4U];
        text += kDigits[octet & 0xFU];
    }
    return text;
}

std::string withOptions(std::string name, const std::vector<std::string>& options) {
    char before = name.find(':') == name.npos ? ':' : ',';
    for (const std::string& option : options) {
        name += before + option;
        before = ',';
    }
    return name;
}

void addMaximum(std::vector<std::string>& options, std::uint64_t maximum) {
    if (maximum != kDefaultMaximum) options.push_back("max=" + std::to_string(maximum));
}

std::string textOf(const Delimited& framing) {
    std::vector<std::string> options;
    const bool isLine = framing.delimiters == lines().delimiters;
    for (std::size_t i = 1; !isLine && i < framing.delimiters.size(); ++i)
        options.push_back("or=" + hexOf(framing.delimiters[i]));
    if (!framing.strip) options.emplace_back("keep");
    addMaximum(options, framing.maximum);
    if (!framing.failFast) options.emplace_back("fail=slow");
    return withOptions(isLine ? "line" : "delimiter:" + hexOf(framing.delimiters.front()), options);
}

std::string textOf(const LengthField& field) {
    std::vector<std::string> options{"offset=" + std::to_string(field.offset),
                                     "width=" + std::to_string(field.width)};
    if (field.adjust != 0) options.push_back("adjust=" + std::to_string(field.adjust));
    if (field.strip != 0) options.push_back("strip=" + std::to_string(field.strip));
    if (field.endian == Endian::Little) options.emplace_back("endian=little");
    addMaximum(options, field.maximum);
    if (!field.failFast) options.emplace_back("fail=slow");
    return withOptions("length", options);
}

}  // namespace

Expected<Framing, Error> parseFraming(std::string_view text) {
    return Reading{text}.framing();
}

std::string toString(const Framing& framing) {
    const auto limited = [](std::string name, std::uint64_t maximum) {
        std::vector<std::string> options;
        addMaximum(options, maximum);
        return withOptions(std::move(name), options);
    };
    return std::visit(
        Overloaded{
            [](const Fixed& f) { return "fixed:" + std::to_string(f.size); },
            [](const Delimited& f) { return textOf(f); },
            [](const LengthField& f) { return textOf(f); },
            [](const Varint& f) {
                std::vector<std::string> options;
                if (f.offset != 0) options.push_back("offset=" + std::to_string(f.offset));
                addMaximum(options, f.maximum);
                return withOptions("varint", options);
            },
            [&](const Json& f) {
                return limited(f.elements ? "json:elements" : "json", f.maximum);
            },
            [](const HeaderJson& f) {
                std::vector<std::string> options;
                if (!f.key.empty()) options.push_back("key=" + f.key);
                if (f.endian)
                    options.emplace_back(*f.endian == Endian::Big ? "endian=big" : "endian=little");
                addMaximum(options, f.maximum);
                return withOptions("header-json", options);
            },
            [](const TlsRecords& /*tls*/) { return std::string{"tls"}; },
            [&](const Http& f) { return limited("http", f.maximum); },
            [&](const Resp& f) { return limited("resp", f.maximum); },
            [&](const Ber& f) { return limited("ber", f.maximum); },
            [&](const WebSocket& f) { return limited("websocket", f.maximum); },
        },
        framing);
}

}  // namespace tcplab::framing
