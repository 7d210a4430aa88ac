#include "sim/framing/resp.h"

#include <algorithm>
#include <string_view>

namespace tcplab::framing {
namespace {

using Kind = FramingError::Kind;

// What the number of a line announces.
enum class Announces : std::uint8_t { Nothing, Octets, Values, Pairs, Attributes };

std::optional<Announces> announcedBy(std::uint8_t type) {
    constexpr std::string_view kLines{"+-:_,#("};
    switch (type) {
        case '$':
        case '!':
        case '=': return Announces::Octets;
        case '*':
        case '~':
        case '>': return Announces::Values;
        case '%': return Announces::Pairs;
        case '|': return Announces::Attributes;  // Pairs, and then the value that they are of.
        default: break;
    }
    if (kLines.find(static_cast<char>(type)) == kLines.npos) return std::nullopt;
    return Announces::Nothing;
}

// A number as RESP writes it, -1 for null.
std::optional<std::int64_t> numberIn(Octets digits) {
    constexpr std::size_t kMostDigits = 18;
    if (digits.size() == 2 && digits[0] == '-' && digits[1] == '1') return -1;
    if (digits.empty() || digits.size() > kMostDigits) return std::nullopt;
    std::int64_t value = 0;
    for (const std::uint8_t digit : digits) {
        if (digit < '0' || digit > '9') return std::nullopt;
        value = value * 10 + (digit - '0');
    }
    return value;
}

// Whether a line that announces nothing may hold this.
bool mayHold(std::uint8_t type, Octets text) {
    const auto digits = [&] {
        const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
        return text.size() > sign && std::ranges::all_of(text.subspan(sign), [](std::uint8_t o) {
                   return '0' <= o && o <= '9';
               });
    };
    switch (type) {
        case ':':
        case '(': return digits();
        case '#': return text.size() == 1 && (text[0] == 't' || text[0] == 'f');
        case '_': return text.empty();
        case ',': return !text.empty() && text.size() < 64;
        default: return true;
    }
}

}  // namespace

Scan RespScanner::tooLong() const {
    return Scan::stop(FramingError{.kind = Kind::TooLong, .limit = maximum_});
}

// Takes the line up to its CR LF at `end`. Where that cannot be, says why.
std::optional<Scan> RespScanner::line(Octets at, std::size_t end) {
    const Announces announces = *announcedBy(at[at_]);
    const Octets text = at.subspan(at_ + 1, end - at_ - 1);
    std::uint64_t next = end + 2;
    --values_;
    if (announces == Announces::Nothing && !mayHold(at[at_], text))
        return Scan::stop(FramingError{.kind = Kind::NotResp, .offset = at_});
    if (announces != Announces::Nothing) {
        const auto number = numberIn(text);
        if (!number) return Scan::stop(FramingError{.kind = Kind::NotResp, .offset = at_});
        const auto count = static_cast<std::uint64_t>(std::max<std::int64_t>(*number, 0));
        if (count > maximum_ || values_ > maximum_) return tooLong();
        switch (announces) {
            case Announces::Nothing: break;
            case Announces::Octets: next += *number < 0 ? 0 : count + 2; break;
            case Announces::Values: values_ += count; break;
            case Announces::Pairs: values_ += 2 * count; break;
            case Announces::Attributes: values_ += 2 * count + 1; break;
        }
    }
    // No value is shorter than three octets.
    if (next + 3 * values_ > maximum_) return tooLong();
    at_ = static_cast<std::size_t>(next);
    looked_ = at_;
    return std::nullopt;
}

// Octets that were announced end as a line does.
bool RespScanner::endsLine(Octets at) const {
    return at_ == 0 || (at[at_ - 2] == '\r' && at[at_ - 1] == '\n');
}

Scan RespScanner::scan(Octets at) {
    while (values_ > 0) {
        if (at_ >= at.size()) return Scan::more(at_ + 1);
        if (!endsLine(at))
            return Scan::stop(FramingError{.kind = Kind::NotResp, .offset = at_ - 2});
        if (!announcedBy(at[at_]))
            return Scan::stop(FramingError{.kind = Kind::NotResp, .offset = at_});
        const auto from = at.begin() + static_cast<std::ptrdiff_t>(looked_);
        const auto feed = std::find(from, at.end(), std::uint8_t{'\n'});
        looked_ = static_cast<std::size_t>(feed - at.begin());
        if (looked_ > maximum_) return tooLong();
        if (feed == at.end()) return Scan::more(at.size() + 1);
        if (at[looked_ - 1] != '\r')
            return Scan::stop(FramingError{.kind = Kind::NotResp, .offset = looked_});
        if (const auto wrong = line(at, looked_ - 1)) return *wrong;
    }
    if (at.size() < at_) return Scan::more(at_);
    if (!endsLine(at)) return Scan::stop(FramingError{.kind = Kind::NotResp, .offset = at_ - 2});
    const std::size_t size = at_;
    at_ = 0;
    looked_ = 0;
    values_ = 1;
    return Scan::frame(size, 0, size);
}

}  // namespace tcplab::framing
