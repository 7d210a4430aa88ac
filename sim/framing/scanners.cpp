#include "sim/framing/scanners.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace tcplab::framing {

using Kind = FramingError::Kind;

Delimited lines() {
    return {.delimiters = {Bytes{std::string_view{"\n"}}, Bytes{std::string_view{"\r\n"}}}};
}

DelimitedScanner::DelimitedScanner(const Delimited& delimited)
    : delimiters_{delimited.delimiters},
      strip_{delimited.strip},
      failFast_{delimited.failFast},
      maximum_{delimited.maximum} {
    TCPLAB_CHECK(!delimiters_.empty());
    std::ranges::stable_sort(delimiters_, std::ranges::greater{}, &Bytes::size);
    TCPLAB_CHECK(!delimiters_.back().empty());
    for (const Bytes& delimiter : delimiters_) ends_[delimiter.view().back()] = true;
    if (std::ranges::count(ends_, true) == 1) onlyEnd_ = delimiters_.front().view().back();
}

// The first octet from `scanned_` on that may complete a delimiter, or the end.
std::size_t DelimitedScanner::findEnd(Octets at) const {
    const Octets rest = at.subspan(scanned_);
    if (rest.empty()) return at.size();
    if (onlyEnd_) {
        const void* found = std::memchr(rest.data(), *onlyEnd_, rest.size());
        if (found == nullptr) return at.size();
        return static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - at.data());
    }
    const auto found = std::ranges::find_if(rest, [&](std::uint8_t o) { return ends_[o]; });
    return scanned_ + static_cast<std::size_t>(found - rest.begin());
}

// The size of the longest delimiter with which these octets end; 0: none.
std::size_t DelimitedScanner::completeAt(Octets upTo) const {
    for (const Bytes& delimiter : delimiters_) {
        const std::size_t size = delimiter.size();
        if (size <= upTo.size() && std::ranges::equal(upTo.last(size), delimiter.view()))
            return size;
    }
    return 0;
}

Scan DelimitedScanner::scan(Octets at) {
    while ((scanned_ = findEnd(at)) < at.size()) {
        ++scanned_;
        if (const std::size_t delimiter = completeAt(at.first(scanned_)))
            return found(scanned_, delimiter);
    }
    // A delimiter may have begun: its octets do not count yet.
    const std::size_t counted = at.size() - std::min(at.size(), longest() - 1);
    if (counted > 0 && (discarding_ || counted > maximum_)) return discard(counted);
    return Scan::more(at.size() + 1);
}

Scan DelimitedScanner::found(std::size_t size, std::size_t delimiter) {
    const std::size_t body = size - delimiter;
    const std::uint64_t length = discarded_ + body;
    scanned_ = 0;
    if (length <= maximum_) return Scan::frame(size, 0, strip_ ? body : size);
    const bool told = discarding_ && failFast_;
    // What was discarded lies before the octets at hand: the offset goes back to where it began.
    const FramingError error{.kind = Kind::TooLong,
                             .offset = 0 - discarded_,
                             .value = failFast_ ? 0 : length,
                             .limit = maximum_};
    discarding_ = false;
    discarded_ = 0;
    return Scan::skip(size, told ? std::nullopt : std::optional{error});
}

Scan DelimitedScanner::discard(std::size_t count) {
    const bool first = !discarding_;
    discarding_ = true;
    discarded_ += count;
    scanned_ -= count;
    if (!first || !failFast_) return Scan::skip(count);
    return Scan::skip(count, FramingError{.kind = Kind::TooLong, .limit = maximum_});
}

std::uint64_t LengthFieldScanner::limit() const {
    return std::max<std::uint64_t>(field_.maximum, field_.offset + field_.width);
}

Scan LengthFieldScanner::scan(Octets at) {
    if (late_) return Scan::skip(0, std::exchange(late_, std::nullopt));
    const std::size_t end = field_.offset + field_.width;
    if (at.size() < end) return Scan::more(end);

    const auto value = static_cast<std::int64_t>(
        readNumber(at.subspan(field_.offset, field_.width), field_.endian));
    const auto failed = [&](Kind kind) {
        return FramingError{
            .kind = kind, .offset = field_.offset, .value = static_cast<std::uint64_t>(value)};
    };
    if (value < 0) return Scan::skip(end, failed(Kind::LengthNegative));
    const std::int64_t frame = saturatingSum(value, field_.adjust + static_cast<std::int64_t>(end));
    if (frame < static_cast<std::int64_t>(end))
        return Scan::skip(end, failed(Kind::LengthTooShort));
    const auto size = static_cast<std::uint64_t>(frame);
    if (size > field_.maximum) {
        FramingError error{.kind = Kind::TooLong, .value = size, .limit = field_.maximum};
        if (field_.failFast) return Scan::skip(size, error);
        error.offset = 0 - size;  // Told when these octets lie behind.
        late_ = error;
        return Scan::skip(size);
    }
    if (at.size() < size) return Scan::more(size);
    if (field_.strip > size) return Scan::skip(size, failed(Kind::StripTooLong));
    return Scan::frame(
        static_cast<std::size_t>(size), field_.strip, static_cast<std::size_t>(size));
}

namespace {

// A message whose head tells how many octets follow it.
Scan counted(Octets at, std::size_t head, std::uint64_t body, std::uint64_t maximum) {
    const std::uint64_t size = head + body;
    if (body > maximum)
        return Scan::skip(size,
                          FramingError{.kind = Kind::TooLong, .value = body, .limit = maximum});
    if (at.size() < size) return Scan::more(size);
    return Scan::frame(static_cast<std::size_t>(size), head, static_cast<std::size_t>(size));
}

}  // namespace

Scan VarintScanner::scan(Octets at) const {
    constexpr std::size_t kLongest = 5;
    constexpr std::uint8_t kLastOfFive = 0x0F;  // 32 bits are four times seven and four.
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kLongest; ++i) {
        const std::size_t head = offset_ + i + 1;
        if (head > at.size()) return Scan::more(head);
        const std::uint8_t octet = at[head - 1];
        if (i + 1 == kLongest && octet > kLastOfFive) break;
        value |= std::uint64_t{octet & 0x7FU} << (7 * i);
        if ((octet & 0x80U) == 0) return counted(at, head, value, maximum_);
    }
    return Scan::stop(FramingError{.kind = Kind::VarintTooLong});
}

Scan BerScanner::scan(Octets at) const {
    constexpr std::size_t kLongestTag = 5;
    constexpr std::size_t kLongestLength = 8;
    const auto wrong = [](std::size_t i) {
        return Scan::stop(FramingError{.kind = Kind::NotBer, .offset = i});
    };
    std::size_t i = 0;
    if (at.empty()) return Scan::more(2);
    if (at[0] == 0) return wrong(0);  // The end of contents of an indefinite length.
    if ((at[i++] & 0x1FU) == 0x1F) {
        do {
            if (i == at.size()) return Scan::more(i + 1);
            if (i == kLongestTag) return wrong(0);
        } while ((at[i++] & 0x80U) != 0);
    }
    if (i == at.size()) return Scan::more(i + 1);
    const std::uint8_t first = at[i++];
    if ((first & 0x80U) == 0) return counted(at, i, first, maximum_);
    const std::size_t width = first & 0x7FU;
    if (width == 0 || width > kLongestLength) return wrong(i - 1);
    if (at.size() < i + width) return Scan::more(i + width);
    const std::uint64_t length = readNumber(at.subspan(i, width), Endian::Big);
    if (length > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return wrong(i - 1);
    return counted(at, i + width, length, maximum_);
}

Scan WebSocketScanner::scan(Octets at) const {
    const auto wrong = [](std::size_t i) {
        return Scan::stop(FramingError{.kind = Kind::NotWebSocket, .offset = i});
    };
    if (at.empty()) return Scan::more(2);
    const std::uint8_t opcode = at[0] & 0x0FU;
    const bool control = opcode >= 8;
    // One reserved bit is used, by the extension that compresses (RFC 7692 6).
    if ((at[0] & 0x30U) != 0 || (opcode > 2 && opcode < 8) || opcode > 10) return wrong(0);
    if (control && (at[0] & 0x80U) == 0) return wrong(0);
    if (at.size() < 2) return Scan::more(2);
    const std::size_t mask = (at[1] & 0x80U) != 0 ? 4 : 0;
    std::uint64_t length = at[1] & 0x7FU;
    if (control && length > 125) return wrong(1);
    const std::size_t width = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (at.size() < 2 + width) return Scan::more(2 + width);
    if (width > 0) {
        length = readNumber(at.subspan(2, width), Endian::Big);
        const std::uint64_t least = width == 2 ? 126 : 0x1'0000;
        if (length < least || length > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
            return wrong(2);
    }
    return counted(at, 2 + width + mask, length, maximum_);
}

Scan TlsScanner::scan(Octets at) const {
    constexpr std::size_t kHeader = 5;
    constexpr std::uint64_t kLongest = (1U << 14U) + 2048;  // RFC 5246 6.2.3, which allows more.
    const auto wrong = [&](std::size_t i) {
        switch (i) {
            case 0: return at[i] < 20 || at[i] > 24;
            case 1: return at[i] != 3;
            case 2: return at[i] > 4;
            default: return false;
        }
    };
    for (std::size_t i = 0; i < std::min(at.size(), kHeader); ++i)
        if (wrong(i)) return Scan::stop(FramingError{.kind = Kind::NotTls, .offset = i});
    if (at.size() < kHeader) return Scan::more(kHeader);
    const std::uint64_t length = readNumber(at.subspan(3, 2), Endian::Big);
    if (length > kLongest) return Scan::stop(FramingError{.kind = Kind::NotTls, .offset = 3});
    const auto size = static_cast<std::size_t>(kHeader + length);
    if (at.size() < size) return Scan::more(size);
    return Scan::frame(size, kHeader, size);
}

}  // namespace tcplab::framing
