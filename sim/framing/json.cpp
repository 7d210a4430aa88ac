#include "sim/framing/json.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace tcplab::framing {

using Kind = FramingError::Kind;

bool isJsonSpace(std::uint8_t octet) {
    return octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r';
}

namespace {

// Of numbers and of true, false and null.
bool isOfWord(std::uint8_t octet) {
    constexpr std::string_view kOthers{"+-.Eetrufalsn"};
    return ('0' <= octet && octet <= '9') || kOthers.find(static_cast<char>(octet)) != kOthers.npos;
}

bool isDigit(std::uint8_t octet) {
    return '0' <= octet && octet <= '9';
}

}  // namespace

JsonWalk::Step JsonWalk::step(std::uint8_t octet) {
    const auto closed = [&] { return open_.empty() ? Step::Ended : Step::On; };
    if (inString_) {
        if (octet < 0x20) return Step::Wrong;
        if (escaped_)
            escaped_ = false;
        else if (octet == '\\')
            escaped_ = true;
        else if (octet == '"') {
            inString_ = false;
            return closed();
        }
        return Step::On;
    }
    if (inWord_) return isOfWord(octet) ? Step::On : Step::EndedBefore;
    switch (octet) {
        case '"': inString_ = true; return Step::On;
        case '{':
        case '[': open_.push_back(octet == '{'); return Step::On;
        case '}':
        case ']':
            if (open_.empty() || open_.back() != (octet == '}')) return Step::Wrong;
            open_.pop_back();
            return closed();
        default: break;
    }
    if (open_.empty()) {
        inWord_ = isOfWord(octet);
        return inWord_ ? Step::On : Step::Wrong;
    }
    const bool fits = isOfWord(octet) || isJsonSpace(octet) || octet == ',' || octet == ':';
    return fits ? Step::On : Step::Wrong;
}

std::size_t JsonWalk::plain(Octets octets) const {
    if (!inString_ || escaped_) return 0;
    const auto ends = [](std::uint8_t o) { return o < 0x20 || o == '"' || o == '\\'; };
    // Eight octets at once: an octet has its high bit in here if it is below 0x20 or is one of the
    // two, and perhaps if it follows such a one, which then comes first.
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
    constexpr std::uint64_t kHighs = 0x80 * kOnes;
    std::size_t count = 0;
    for (; count + 8 <= octets.size(); count += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, &octets[count], 8);
        const std::uint64_t quote = eight ^ ('"' * kOnes);
        const std::uint64_t slash = eight ^ ('\\' * kOnes);
        const std::uint64_t below = (eight - 0x20 * kOnes) & ~eight;
        const std::uint64_t zeros = ((quote - kOnes) & ~quote) | ((slash - kOnes) & ~slash);
        if (((below | zeros) & kHighs) != 0) break;
    }
    while (count < octets.size() && !ends(octets[count])) ++count;
    return count;
}

// Whether this octet stands between values; enters and leaves the array whose elements are wanted.
bool JsonScanner::between(std::uint8_t octet) {
    if (isJsonSpace(octet)) return true;
    if (!json_.elements) return false;
    if (!inArray_ && octet == '[') {
        inArray_ = true;
        return true;
    }
    if (!inArray_) return false;
    if (octet == ']') inArray_ = false;
    return octet == ']' || octet == ',';
}

Scan JsonScanner::value(std::size_t size) {
    seen_ = 0;
    walk_ = {};
    return Scan::frame(size, 0, size);
}

Scan JsonScanner::scan(Octets at) {
    if (seen_ == 0) {
        std::size_t count = 0;
        while (count < at.size() && between(at[count])) ++count;
        if (count > 0) return Scan::skip(count);
    }
    for (; seen_ < at.size(); ++seen_) {
        const std::uint64_t room = json_.maximum - std::min<std::uint64_t>(seen_, json_.maximum);
        const Octets rest = at.subspan(seen_);
        seen_ += walk_.plain(
            rest.first(static_cast<std::size_t>(std::min<std::uint64_t>(room, rest.size()))));
        if (seen_ == at.size()) break;
        const JsonWalk::Step step = walk_.step(at[seen_]);
        if (step == JsonWalk::Step::EndedBefore) return value(seen_);
        if (step == JsonWalk::Step::Wrong)
            return Scan::stop(FramingError{.kind = Kind::NotJson, .offset = seen_});
        if (seen_ == json_.maximum)
            return Scan::stop(FramingError{.kind = Kind::TooLong, .limit = json_.maximum});
        if (step == JsonWalk::Step::Ended) return value(seen_ + 1);
    }
    return Scan::more(at.size() + 1);
}

Scan JsonScanner::atEnd(Octets rest) {
    if (walk_.mayEnd()) return value(rest.size());
    return Scan::stop(FramingError{.kind = Kind::Incomplete, .value = rest.size()});
}

Scan HeaderJsonScanner::scan(Octets at) {
    constexpr std::size_t kPrefix = 4;
    if (whole_ == 0) {
        if (at.size() < kPrefix) return Scan::more(kPrefix);
        std::uint64_t big = 0;
        std::uint64_t little = 0;
        for (std::size_t i = 0; i < kPrefix; ++i) {
            big = big << 8U | at[i];
            little = little << 8U | at[kPrefix - 1 - i];
        }
        const std::uint64_t length = !framing_.endian                  ? std::min(big, little)
                                     : *framing_.endian == Endian::Big ? big
                                                                       : little;
        if (length > framing_.maximum)
            return Scan::stop(
                FramingError{.kind = Kind::TooLong, .value = length, .limit = framing_.maximum});
        bodyFrom_ = kPrefix + static_cast<std::size_t>(length);
        // What follows an empty header is not its first octet.
        if (length > 0 && at.size() > kPrefix && at[kPrefix] != '{')
            return Scan::stop(FramingError{.kind = Kind::NotJson, .offset = kPrefix});
        if (at.size() < bodyFrom_) return Scan::more(bodyFrom_);
        const Octets header = at.subspan(kPrefix, static_cast<std::size_t>(length));
        const auto size = sizeNamedIn(header, framing_.key);
        if (!size)
            return Scan::stop(FramingError{.kind = Kind::HeaderWithoutSize, .offset = kPrefix});
        if (*size > framing_.maximum - length)
            return Scan::skip(
                bodyFrom_ + *size,
                FramingError{
                    .kind = Kind::TooLong, .value = length + *size, .limit = framing_.maximum});
        whole_ = bodyFrom_ + *size;
    }
    if (at.size() < whole_) return Scan::more(whole_);
    const auto size = static_cast<std::size_t>(std::exchange(whole_, 0));
    return Scan::frame(size, bodyFrom_, size);
}

std::optional<std::uint64_t> sizeNamedIn(Octets header, std::string_view key) {
    const auto names = [&](std::string name) {
        if (!key.empty()) return name == key;
        for (char& c : name) c = 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return name.find("size") != name.npos || name.find("len") != name.npos;
    };
    std::string last;  // The string seen last in the outermost braces.
    std::size_t depth = 0;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::uint8_t octet = header[i];
        if (octet == '{' || octet == '[') ++depth;
        if ((octet == '}' || octet == ']') && depth > 0) --depth;
        if (octet == '"') {
            const std::size_t from = ++i;
            while (i < header.size() && header[i] != '"') i += header[i] == '\\' ? 2U : 1U;
            if (i >= header.size()) return std::nullopt;
            if (depth == 1)
                last.assign(header.begin() + static_cast<std::ptrdiff_t>(from),
                            header.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if (octet != ':' || depth != 1 || !names(last)) continue;
        std::size_t digit = i + 1;
        while (digit < header.size() && isJsonSpace(header[digit])) ++digit;
        constexpr std::size_t kMostDigits = 18;
        std::uint64_t value = 0;
        std::size_t end = digit;
        for (; end < header.size() && end - digit < kMostDigits && isDigit(header[end]); ++end)
            value = value * 10 + (header[end] - std::uint64_t{'0'});
        const bool ends = end < header.size() &&
                          (isJsonSpace(header[end]) || header[end] == ',' || header[end] == '}');
        if (end > digit && ends) return value;
    }
    return std::nullopt;
}

}  // namespace tcplab::framing
