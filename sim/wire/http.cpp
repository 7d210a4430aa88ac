#include "sim/wire/http.h"

#include "sim/wire/hex.h"
#include "sim/wire/option_list.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tcplab::wire {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kBeginnings{"GET "sv,
                                 "POST "sv,
                                 "PUT "sv,
                                 "HEAD "sv,
                                 "DELETE "sv,
                                 "OPTIONS "sv,
                                 "PATCH "sv,
                                 "CONNECT "sv,
                                 "TRACE "sv,
                                 "HTTP/1."sv};
constexpr std::string_view kVersion = "HTTP/1.";
constexpr std::string_view kEndOfLine = "\r\n";
constexpr std::string_view kEndOfHead = "\r\n\r\n";

/// Where the text is in the octets; SIZE_MAX where it is not.
std::size_t find(Octets octets, std::string_view text) {
    const auto same = [](std::uint8_t octet, char letter) {
        return octet == static_cast<std::uint8_t>(letter);
    };
    const auto found = std::search(octets.begin(), octets.end(), text.begin(), text.end(), same);
    return found == octets.end() ? SIZE_MAX : static_cast<std::size_t>(found - octets.begin());
}

bool startsWith(Octets octets, std::string_view text) {
    return octets.size() >= text.size() && find(octets.first(text.size()), text) == 0;
}

/// The first line without its end; all of the octets where it has none.
Octets firstLine(Octets octets) {
    return octets.first(std::min(octets.size(), find(octets, kEndOfLine)));
}

constexpr FieldInfo kStartLine{
    .name = {"Start line", "起始行"},
    .meaning = {"Of a request the method, the target and the version; of a response the version "
                "and the status.",
                "请求是方法、目标和版本；响应是版本和状态码。"}};
constexpr FieldInfo kHttpField{
    .name = {"Field", "首部行"},
    .meaning = {"More about the message or its sender.", "关于消息或发送方的说明。"}};

}  // namespace

bool beginsWithHttp(Octets payload) {
    // No other letter begins one: this is asked of every segment.
    if (payload[0] < 'C' || payload[0] > 'T') return false;
    const auto begins = [payload](std::string_view text) { return startsWith(payload, text); };
    if (std::ranges::none_of(kBeginnings, begins)) return false;
    if (begins(kVersion)) return true;
    // Other protocols have these methods too.
    const Octets line = firstLine(payload);
    return line.size() == payload.size() || find(line, kVersion) != SIZE_MAX;
}

std::size_t httpHeadOctets(Octets octets) {
    const std::size_t at = find(octets, kEndOfHead);
    return at == SIZE_MAX ? SIZE_MAX : at + kEndOfHead.size();
}

void listHttpHead(const Inside& inside, std::vector<Field>& fields) {
    for (std::size_t at = 0; at < inside.octets.size();) {
        const Octets rest = inside.octets.subspan(at);
        const Octets line = firstLine(rest);
        const std::size_t whole = std::min(rest.size(), line.size() + kEndOfLine.size());
        if (!line.empty()) {
            Field& field = fields.emplace_back(wholeField(
                rest.first(whole), inside.offset + at, at == 0 ? kStartLine : kHttpField));
            field.value = printable(line);
        }
        at += whole;
    }
}

std::string summary(const HttpHead& h) {
    const std::string line = printable(firstLine(h.head));
    return line.empty() ? "-" : line;
}

}  // namespace tcplab::wire
