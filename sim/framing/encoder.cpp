#include "sim/framing/encoder.h"

#include "sim/base/overloaded.h"
#include "sim/framing/decoder.h"

#include <algorithm>
#include <string>

namespace tcplab::framing {
namespace {

using Kind = FramingError::Kind;
using Result = std::optional<FramingError>;

class Encoding {
public:
    Encoding(Octets message, std::vector<std::uint8_t>& out) : message_{message}, out_{out} {}

    Result operator()(const Fixed& fixed) {
        if (message_.size() != fixed.size) return wrongSize(fixed.size);
        return append(message_);
    }
    Result operator()(const Delimited& delimited) {
        if (message_.size() > delimited.maximum) return wrongSize(delimited.maximum);
        std::vector<std::uint8_t> whole{message_.begin(), message_.end()};
        const Octets delimiter = delimited.delimiters.front().view();
        whole.insert(whole.end(), delimiter.begin(), delimiter.end());
        std::vector<Piece> pieces;
        Decoder{delimited}.push(whole, pieces);
        const auto* first = pieces.empty() ? nullptr : std::get_if<Message>(&pieces.front());
        if (first == nullptr || first->frame.end != whole.size())
            return FramingError{.kind = Kind::DelimiterInside,
                                .offset = first == nullptr ? 0 : first->frame.end};
        if (delimited.strip && first->body.size() != message_.size())
            return FramingError{.kind = Kind::DelimiterInside, .offset = first->body.end};
        return append(whole);
    }
    Result operator()(const LengthField& field);
    Result operator()(const Varint& varint) {
        constexpr std::uint64_t kMost = 0xFFFF'FFFF;
        if (message_.size() > std::min(varint.maximum, kMost))
            return wrongSize(std::min(varint.maximum, kMost));
        std::uint64_t value = message_.size();
        out_.resize(out_.size() + varint.offset);
        for (; value > 0x7F; value >>= 7U) out_.push_back(static_cast<std::uint8_t>(value | 0x80U));
        out_.push_back(static_cast<std::uint8_t>(value));
        return append(message_);
    }
    Result operator()(const Json& json) {
        if (const auto error = oneMessage(Json{.maximum = json.maximum})) return error;
        append(message_);
        out_.push_back('\n');  // So that a number ends here, and a person can read it.
        return std::nullopt;
    }
    Result operator()(const HeaderJson& framing);
    Result operator()(const TlsRecords& /*tls*/) {
        constexpr std::size_t kMost = 1U << 14U;
        if (message_.size() > kMost) return wrongSize(kMost);
        const auto size = static_cast<std::uint16_t>(message_.size());
        const std::uint8_t header[]{
            23, 3, 3, static_cast<std::uint8_t>(size >> 8U), static_cast<std::uint8_t>(size)};
        append(header);
        return append(message_);
    }
    Result operator()(const Http& http) {
        if (const auto error = oneMessage(Http{.maximum = http.maximum})) return error;
        return append(message_);
    }
    Result operator()(const Resp& resp) {
        if (const auto error = oneMessage(resp)) return error;
        return append(message_);
    }
    Result operator()(const Ber& ber) {
        constexpr std::uint8_t kOctetString = 4;
        if (message_.size() > ber.maximum) return wrongSize(ber.maximum);
        out_.push_back(kOctetString);
        if (message_.size() < 0x80) {
            out_.push_back(static_cast<std::uint8_t>(message_.size()));
        } else {
            out_.push_back(0x80U | 8U);
            appendNumber(message_.size(), 8);
        }
        return append(message_);
    }
    Result operator()(const WebSocket& framing) {
        constexpr std::uint8_t kWholeBinary = 0x82;
        if (message_.size() > framing.maximum) return wrongSize(framing.maximum);
        const std::size_t width = message_.size() < 126 ? 0 : message_.size() < 0x1'0000 ? 2 : 8;
        out_.push_back(kWholeBinary);
        out_.push_back(static_cast<std::uint8_t>(width == 0   ? message_.size()
                                                 : width == 2 ? 126U
                                                              : 127U));
        appendNumber(message_.size(), width);
        return append(message_);
    }

private:
    Result append(Octets octets) {
        out_.insert(out_.end(), octets.begin(), octets.end());
        return std::nullopt;
    }
    void appendNumber(std::uint64_t value, std::size_t width) {
        for (std::size_t i = width; i > 0; --i)
            out_.push_back(static_cast<std::uint8_t>(value >> (8 * (i - 1))));
    }
    [[nodiscard]] Result wrongSize(std::uint64_t limit) const {
        return FramingError{.kind = Kind::WrongSize, .value = message_.size(), .limit = limit};
    }
    // Whether the message is one by itself.
    [[nodiscard]] Result oneMessage(const Framing& framing) const {
        const std::vector<Piece> pieces = decodeAll(framing, message_);
        if (pieces.empty()) return FramingError{.kind = Kind::Incomplete};
        if (const auto* error = std::get_if<FramingError>(&pieces.front())) return *error;
        const std::uint64_t end = std::get<Message>(pieces.front()).frame.end;
        if (end == message_.size()) return std::nullopt;
        return FramingError{.kind = Kind::WrongSize, .value = message_.size(), .limit = end};
    }

    Octets message_;
    std::vector<std::uint8_t>& out_;
};

Result Encoding::operator()(const LengthField& field) {
    const std::size_t end = field.offset + field.width;
    const std::uint64_t size = field.strip + message_.size();
    if (size < end || size > field.maximum)
        return wrongSize(size < end ? end - field.strip : field.maximum - field.strip);
    const std::int64_t value =
        static_cast<std::int64_t>(size) - static_cast<std::int64_t>(end) - field.adjust;
    const bool fits = field.width == 8 || value < std::int64_t{1} << (8 * field.width);
    if (value < 0 || !fits) return FramingError{.kind = Kind::DoesNotFit, .value = message_.size()};
    const std::size_t from = out_.size();
    out_.resize(from + field.strip);
    append(message_);
    for (std::size_t i = 0; i < field.width; ++i) {
        const std::size_t low = field.endian == Endian::Big ? field.width - 1 - i : i;
        out_[from + field.offset + i] =
            static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * low));
    }
    return std::nullopt;
}

Result Encoding::operator()(const HeaderJson& framing) {
    const std::string key = framing.key.empty() ? "size" : framing.key;
    const std::string header = "{\"" + key + "\": " + std::to_string(message_.size()) + "}";
    if (header.size() + message_.size() > framing.maximum)
        return wrongSize(framing.maximum - std::min<std::uint64_t>(framing.maximum, header.size()));
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t low = framing.endian == Endian::Big ? 3 - i : i;
        out_.push_back(static_cast<std::uint8_t>(header.size() >> (8 * low)));
    }
    out_.insert(out_.end(), header.begin(), header.end());
    return append(message_);
}

}  // namespace

std::optional<FramingError> encode(const Framing& framing,
                                   Octets message,
                                   std::vector<std::uint8_t>& out) {
    return std::visit(Encoding{message, out}, framing);
}

}  // namespace tcplab::framing
