#include "sim/framing/http.h"

#include <algorithm>

namespace tcplab::framing {

using Kind = FramingError::Kind;

namespace {

constexpr std::size_t kLongestHead = 64U * 1024;
constexpr std::size_t kLongestChunkLine = 1024;

std::string_view textOf(Octets octets) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): octets that are text.
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

bool sameName(std::string_view name, std::string_view small) {
    return std::ranges::equal(name, small, [](char a, char b) {
        return (('A' <= a && a <= 'Z') ? a - 'A' + 'a' : a) == b;
    });
}

// Nothing where it is no number of this base or does not fit.
std::optional<std::uint64_t> number(std::string_view text, std::uint64_t base) {
    constexpr std::size_t kMostDigits = 15;
    if (text.empty() || text.size() > kMostDigits) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        const int digit = '0' <= c && c <= '9'   ? c - '0'
                          : 'a' <= c && c <= 'f' ? c - 'a' + 10
                          : 'A' <= c && c <= 'F' ? c - 'A' + 10
                                                 : 99;
        if (static_cast<std::uint64_t>(digit) >= base) return std::nullopt;
        value = value * base + static_cast<std::uint64_t>(digit);
    }
    return value;
}

bool isOfToken(char c) {
    constexpr std::string_view kOthers{"!#$%&'*+-.^_`|~"};  // RFC 9110 5.6.2
    return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') ||
           kOthers.find(c) != kOthers.npos;
}

bool isRequestLine(std::string_view line) {
    const auto method = line.find(' ');
    const auto target = line.rfind(' ');
    return method != line.npos && method > 0 && method < target &&
           std::ranges::all_of(line.substr(0, method), isOfToken) &&
           line.substr(target + 1).starts_with("HTTP/1.");
}

// Of a status line; nothing where it is none.
std::optional<std::uint64_t> statusOf(std::string_view line) {
    constexpr std::size_t kVersion = 8;  // "HTTP/1.1"
    if (!line.starts_with("HTTP/1.") || line.size() < kVersion + 4 || line[kVersion] != ' ')
        return std::nullopt;
    if (line.size() > kVersion + 4 && line[kVersion + 4] != ' ') return std::nullopt;
    return number(line.substr(kVersion + 1, 3), 10);
}

// One past the empty line that ends a head; 0 where it is not there.
std::size_t endOfHead(std::string_view text, std::size_t from) {
    while ((from = text.find('\n', from)) != text.npos) {
        ++from;
        if (text.substr(from).starts_with('\n')) return from + 1;
        if (text.substr(from).starts_with("\r\n")) return from + 2;
    }
    return 0;
}

}  // namespace

bool isHeadRequest(Octets message) {
    return textOf(message).starts_with("HEAD ");
}

Scan HttpScanner::failed(Kind kind, std::uint64_t offset) {
    return Scan::stop(FramingError{.kind = kind, .offset = offset});
}

Scan HttpScanner::whole() {
    const auto size = static_cast<std::size_t>(at_);
    const std::size_t head = headEnd_;
    phase_ = Phase::Head;
    at_ = 0;
    headEnd_ = 0;
    switched_ = switches_;
    return Scan::frame(size, head, size);
}

Scan HttpScanner::scan(Octets at) {
    if (switched_) return at.empty() ? Scan::more(1) : Scan::stop();
    for (;;) {
        std::optional<Scan> scan;
        switch (phase_) {
            case Phase::Head: scan = head(at); break;
            case Phase::ChunkSize: scan = chunkSize(at); break;
            case Phase::Trailer: scan = trailer(at); break;
            case Phase::Length: return at.size() < at_ ? Scan::more(at_) : whole();
            case Phase::ChunkData:
                if (at.size() < at_ + 2) return Scan::more(at_ + 2);
                if (!textOf(at).substr(static_cast<std::size_t>(at_)).starts_with("\r\n"))
                    return failed(Kind::BadChunk, at_);
                at_ += 2;
                phase_ = Phase::ChunkSize;
                break;
            case Phase::UntilClose:
                if (at.size() > http_.maximum)
                    return Scan::stop(FramingError{.kind = Kind::TooLong, .limit = http_.maximum});
                return Scan::more(at.size() + 1);
        }
        if (scan) return *scan;
    }
}

Scan HttpScanner::atEnd(Octets rest) {
    if (phase_ == Phase::UntilClose) {
        at_ = rest.size();
        return whole();
    }
    return Scan::stop(FramingError{.kind = Kind::Incomplete, .value = rest.size()});
}

std::optional<Scan> HttpScanner::head(Octets at) {
    const std::string_view text = textOf(at);
    if (at_ == 0) {  // RFC 9112 2.2: empty lines before a start line are ignored.
        const std::size_t empty = std::min(text.find_first_not_of("\r\n"), text.size());
        if (empty > 0) return Scan::skip(empty);
    }
    const auto unprintable =
        std::ranges::find_if(text.substr(static_cast<std::size_t>(at_)), [](char c) {
            return (static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\n' && c != '\t') ||
                   c == 0x7F;
        });
    const std::size_t from = at_ < 3 ? 0 : static_cast<std::size_t>(at_) - 3;
    const std::size_t end = endOfHead(text, from);
    const auto wrong = static_cast<std::size_t>(unprintable - text.begin());
    if (wrong < (end == 0 ? text.size() : end)) return failed(Kind::NotHttp, wrong);
    if (end == 0) {
        if (text.size() > kLongestHead)
            return Scan::stop(FramingError{.kind = Kind::TooLong, .limit = kLongestHead});
        at_ = text.size();
        return Scan::more(text.size() + 1);
    }
    headEnd_ = end;
    at_ = end;
    if (auto error = readHead(text.substr(0, end))) return Scan::stop(*error);
    if (at_ > http_.maximum) {
        const std::uint64_t size = at_;
        (void)whole();
        return Scan::skip(
            size, FramingError{.kind = Kind::TooLong, .value = size, .limit = http_.maximum});
    }
    return std::nullopt;
}

std::optional<FramingError> HttpScanner::readField(std::string_view line,
                                                   std::size_t at,
                                                   Fields& fields) {
    const auto colon = line.find(':');
    const bool folded = line.starts_with(' ') || line.starts_with('\t');
    if (folded) return std::nullopt;
    if (colon == line.npos || colon == 0) return FramingError{.kind = Kind::NotHttp, .offset = at};
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (sameName(line.substr(0, colon), "transfer-encoding"))
        fields.chunked = value.size() >= 7 && sameName(value.substr(value.size() - 7), "chunked");
    if (sameName(line.substr(0, colon), "content-length")) {
        const auto length = number(value, 10);
        if (!length || (fields.contentLength && fields.contentLength != length))
            return FramingError{.kind = Kind::BadContentLength, .offset = at};
        fields.contentLength = length;
    }
    return std::nullopt;
}

// Where the body ends: RFC 9112 6.3.
std::optional<FramingError> HttpScanner::readHead(std::string_view head) {
    const std::string_view start = trimmed(head.substr(0, head.find('\n')));
    const auto status = statusOf(start);
    if (!status && !isRequestLine(start)) return FramingError{.kind = Kind::NotHttp};

    Fields fields;
    std::size_t at = head.find('\n') + 1;
    while (at < head.size()) {
        const std::size_t next = head.find('\n', at) + 1;
        const std::string_view line = head.substr(at, next - at - 1);
        if (trimmed(line).empty()) break;
        if (auto error = readField(line, at, fields)) return error;
        at = next;
    }
    phase_ = Phase::Length;
    switches_ = status == 101U;
    const bool interim = status && *status / 100 == 1;
    if (status && !interim) {
        const bool toHead = std::ranges::binary_search(http_.answersToHead, responses_++);
        if (toHead || status == 204U || status == 304U) return std::nullopt;
    }
    if (interim) return std::nullopt;
    if (fields.chunked)
        phase_ = Phase::ChunkSize;
    else if (fields.contentLength)
        at_ += *fields.contentLength;
    else if (status)
        phase_ = Phase::UntilClose;
    return std::nullopt;
}

std::optional<Scan> HttpScanner::chunkSize(Octets at) {
    const auto from = static_cast<std::size_t>(at_);
    const std::string_view text = textOf(at).substr(from);
    const auto end = text.find('\n');
    if (end == text.npos) {
        if (text.size() > kLongestChunkLine) return failed(Kind::BadChunk, at_);
        return Scan::more(at.size() + 1);
    }
    const std::string_view line = text.substr(0, end);
    const auto size = number(trimmed(line.substr(0, line.find(';'))), 16);
    if (!size) return failed(Kind::BadChunk, at_);
    at_ += end + 1 + *size;
    if (at_ > http_.maximum)
        return Scan::stop(
            FramingError{.kind = Kind::TooLong, .value = at_, .limit = http_.maximum});
    phase_ = *size == 0 ? Phase::Trailer : Phase::ChunkData;
    return std::nullopt;
}

std::optional<Scan> HttpScanner::trailer(Octets at) {
    const std::string_view text = textOf(at).substr(static_cast<std::size_t>(at_));
    const auto end = text.find('\n');
    if (end == text.npos) {
        if (text.size() > kLongestHead) return failed(Kind::BadChunk, at_);
        return Scan::more(at.size() + 1);
    }
    at_ += end + 1;
    if (!trimmed(text.substr(0, end)).empty()) return std::nullopt;
    return whole();
}

}  // namespace tcplab::framing
