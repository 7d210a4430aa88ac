#pragma once

#include "sim/base/bytes.h"
#include "sim/base/check.h"
#include "sim/base/text.h"
#include "sim/wire/address.h"
#include "sim/wire/byte_reader.h"
#include "sim/wire/byte_writer.h"
#include "sim/wire/field.h"
#include "sim/wire/protocol.h"
#include "sim/wire/seq.h"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

// A header is a struct and one function template that walks its fields in the order of the wire:
//
//     template <class Io> void layout(Io& io, Ipv4Header& header);
//
// A Decoder reads with it, an Encoder writes with it, and a FieldLister makes from it what the
// window shows. An Io has these members:
//
//     field(value, info)          a number of whole octets, or an address
//     bits(width, value, info)    the next bits of an octet, highest first; at most 24
//     octets(span, count, info)   the rest of the header, whose length the fields before tell
//     rest(span, most, info)      what is left of what carries the header, at most so many octets
//     ahead(value, look)          a value that look finds in the octets that come next
//     checksum(value, info)       a field that the FieldLister verifies
//     group(info, body)           one name for the bits that body lists
//     require(condition, text)    else the header makes no sense; told of the field before
//     extent(count)               so many octets there have to be, says the field before
//     fault(offset, text)         wrong, from this octet of the header on; the rest counts
//     note(condition, text)       a remark on the field before, where the condition holds
namespace tcplab::wire {

/// Octets in which a header has more fields than its layout names.
struct Inside {
    Octets octets{};
    std::size_t offset = 0;  ///< In the frame.
    Octets header{};         ///< All of the header that was captured, and what comes after it.
};

/// What a layout says of a field to people.
struct FieldInfo {
    Text name{};
    Text meaning{};
    bool hex = false;
    bool text = false;  ///< The octets are letters, at least for the most part.
    unsigned unit = 1;  ///< Octets that 1 stands for.
    std::string_view (*nameOf)(std::uint32_t value) = nullptr;
    /// Appends what is inside the octets.
    void (*parts)(const Inside& inside, std::vector<Field>& fields) = nullptr;
};

/// What a header says of what comes after it.
struct Continuation {
    Protocol next = Protocol::Payload;
    std::optional<std::size_t> length{};  ///< Of header and payload; empty where it does not say.
    bool quoted = false;     ///< It is the beginning of another packet, which this one tells of.
    bool undecided = false;  ///< What comes next is told by octets that were not captured.
};

/// What was found wrong in one header.
struct Fault {
    std::size_t offset = 0;  ///< In the header.
    bool cut = false;        ///< The capture kept too little of it; else the header is malformed.
    Text what{};
    bool beyond = false;  ///< A length goes past the end; the header itself may be whole.
};

/// Reads a header. It allocates nothing, and where it is inlined its offsets are constants.
class Decoder {
public:
    /// `octets` are those captured of the header and its payload, `length` those on the wire.
    Decoder(Octets octets, std::size_t length)
        : reader_{octets}, captured_{octets.size()}, length_{length} {}

    template <std::unsigned_integral T>
    [[gnu::always_inline]] inline void field(T& value, const FieldInfo& /*info*/) {
        start_ = reader_.position();
        value = reader_.read<T>();
    }
    [[gnu::always_inline]] inline void field(Seq& value, const FieldInfo& /*info*/) {
        start_ = reader_.position();
        value = Seq{reader_.read<std::uint32_t>()};
    }
    [[gnu::always_inline]] inline void field(MacAddress& value, const FieldInfo& /*info*/) {
        start_ = reader_.position();
        std::ranges::copy(reader_.take(value.size()), value.begin());
    }
    [[gnu::always_inline]] inline void field(IpAddress& value, const FieldInfo& /*info*/) {
        start_ = reader_.position();
        std::ranges::copy(reader_.take(value.size()), value.octets.begin());
    }

    template <class T>
    [[gnu::always_inline]] inline void bits(unsigned width, T& value, const FieldInfo& /*info*/) {
        start_ = bitPosition() / 8;
        // A loop might not be unrolled, and then nothing here would be constant.
        if (pendingBits_ < width) fetch();
        if (pendingBits_ < width) fetch();
        if (pendingBits_ < width) fetch();
        pendingBits_ -= width;
        value = static_cast<T>(pending_ >> pendingBits_ & ((1U << width) - 1));
    }

    [[gnu::always_inline]] inline void octets(Octets& value,
                                              std::size_t count,
                                              const FieldInfo& /*info*/) {
        start_ = reader_.position();
        if (unusable()) return;
        value = reader_.take(std::min(count, reader_.remaining()));
        missing_ = count - value.size();
        require(start_ + count <= length_, kPastTheEnd);
        if (missing_ > 0) keep({captured_, true, kCut});
    }

    [[gnu::always_inline]] inline void rest(Octets& value,
                                            std::size_t most,
                                            const FieldInfo& info) {
        octets(value, std::min(most, length_ - std::min(length_, reader_.position())), info);
    }
    template <class T, class Look>
    [[gnu::always_inline]] inline void ahead(T& value, const Look& look) {
        value = look(reader_.left());
    }

    [[gnu::always_inline]] inline void checksum(std::uint16_t& value, const FieldInfo& info) {
        field(value, info);
    }
    template <class Body>
    [[gnu::always_inline]] inline void group(const FieldInfo& /*info*/, const Body& body) {
        body();
    }
    [[gnu::always_inline]] inline void require(bool condition, const Text& what) {
        if (condition || unusable()) [[likely]]
            return;
        keep({start_, false, what});
        senseless_ = true;
    }
    [[gnu::always_inline]] inline void extent(std::size_t count) {
        if (count > length_ && !unusable()) [[unlikely]]
            keep({start_, false, kTooLong, true});
    }
    [[gnu::always_inline]] inline void fault(std::size_t offset, const Text& what) {
        if (!unusable()) keep({offset, false, what});
    }
    void note(bool /*condition*/, const Text& /*what*/) {}

    /// A field of fixed place is not there, or makes no sense: so neither does what follows it.
    [[nodiscard]] bool unusable() const { return senseless_ || reader_.failed(); }
    [[nodiscard]] bool isFaulty() const { return found_.offset != kNowhere || reader_.failed(); }
    /// The first thing that was wrong.
    [[nodiscard]] std::optional<Fault> found() const {
        if (found_.offset != kNowhere) return found_;
        if (!reader_.failed()) return {};
        const bool cut = captured_ < length_;
        return Fault{captured_, cut, cut ? kCut : kPastTheEnd};
    }
    /// Octets of the header on the wire, as far as it tells.
    [[nodiscard]] std::size_t headerLength() const {
        return std::min(reader_.position() + missing_, length_);
    }
    /// Of what is read next.
    [[nodiscard]] std::size_t bitPosition() const { return reader_.position() * 8 - pendingBits_; }

private:
    static constexpr std::size_t kNowhere = SIZE_MAX;
    static constexpr Text kCut{"The capture ends inside this header.",
                               "抓包内容在这个首部中间就结束了。"};
    static constexpr Text kTooLong{"This length goes past the end of what carries the header.",
                                   "这个长度超出了承载本首部的数据的末尾。"};
    static constexpr Text kPastTheEnd{"The header goes on past the end of what carries it.",
                                      "首部超出了承载它的数据的末尾。"};

    [[gnu::always_inline]] inline void fetch() {
        pending_ = pending_ << 8 | reader_.read<std::uint8_t>();
        pendingBits_ += 8;
    }
    [[gnu::always_inline]] inline void keep(const Fault& fault) {
        if (found_.offset == kNowhere) [[unlikely]]
            found_ = fault;
    }

    ByteReader reader_;
    std::size_t captured_;
    std::size_t length_;
    std::size_t start_ = 0;    ///< Of the field read last.
    std::size_t missing_ = 0;  ///< Octets of the header that were not captured.
    std::uint32_t pending_ =
        0;  ///< Octets that bits() has begun; its lowest pendingBits_ are left.
    unsigned pendingBits_ = 0;
    bool senseless_ = false;
    Fault found_{.offset = kNowhere};
};

/// Writes a header, whatever it says: a malformed one too.
class Encoder {
public:
    explicit Encoder(std::span<std::uint8_t> octets) : writer_{octets} {}

    template <std::unsigned_integral T>
    void field(T value, const FieldInfo& /*info*/) {
        writer_.write(value);
    }
    void field(Seq value, const FieldInfo& /*info*/) { writer_.write(value.raw()); }
    void field(const MacAddress& value, const FieldInfo& /*info*/) { writer_.write(Octets{value}); }
    void field(const IpAddress& value, const FieldInfo& /*info*/) {
        writer_.write(Octets{value.octets}.first(value.size()));
    }

    void bits(unsigned width, std::uint32_t value, const FieldInfo& /*info*/) {
        pending_ = pending_ << width | (value & ((1U << width) - 1));
        for (pendingBits_ += width; pendingBits_ >= 8; pendingBits_ -= 8) {
            writer_.write(static_cast<std::uint8_t>(pending_ >> (pendingBits_ - 8)));
        }
    }

    /// Filled up with zero octets to the length that the header tells.
    void octets(Octets value, std::size_t count, const FieldInfo& /*info*/) {
        writer_.write(value);
        for (std::size_t i = value.size(); i < count; ++i) writer_.write(std::uint8_t{0});
    }

    void rest(Octets value, std::size_t /*most*/, const FieldInfo& /*info*/) {
        writer_.write(value);
    }
    template <class T, class Look>
    void ahead(T& /*value*/, const Look& /*look*/) {}

    void checksum(std::uint16_t value, const FieldInfo& info) { field(value, info); }
    template <class Body>
    void group(const FieldInfo& /*info*/, const Body& body) {
        body();
    }
    void require(bool /*condition*/, const Text& /*what*/) {}
    void extent(std::size_t /*count*/) {}
    void fault(std::size_t /*offset*/, const Text& /*what*/) {}
    void note(bool /*condition*/, const Text& /*what*/) {}

    /// Octets written. There must have been room for them.
    [[nodiscard]] std::size_t size() const {
        TCPLAB_CHECK(!writer_.failed());
        return writer_.position();
    }

private:
    ByteWriter writer_;
    std::uint32_t pending_ = 0;
    unsigned pendingBits_ = 0;
};

/// A header as far as it could be read.
template <class Header>
struct Decoded {
    Header header{};
    std::size_t headerLength = 0;  ///< On the wire.
    bool usable = false;           ///< All fields of fixed place were there and make sense.
    std::optional<Fault> fault{};
};

/// Reads the header at the beginning of `octets`, which had `length` octets on the wire.
template <class Header>
[[nodiscard, gnu::flatten]] Decoded<Header> decodeHeader(Octets octets, std::size_t length) {
    Decoded<Header> decoded;
    Decoder decoder{octets, length};
    layout(decoder, decoded.header);
    decoded.headerLength = decoder.headerLength();
    decoded.usable = !decoder.unusable();
    if (decoder.isFaulty()) [[unlikely]]
        decoded.fault = decoder.found();
    return decoded;
}

/// The header at the beginning of `octets`, where it is whole and well formed.
template <class Header>
[[nodiscard]] std::optional<Header> decode(Octets octets) {
    const auto decoded = decodeHeader<Header>(octets, octets.size());
    const bool whole = !decoded.fault || (decoded.usable && decoded.fault->beyond);
    return whole ? std::optional{decoded.header} : std::nullopt;
}

/// Writes the header as it is, lengths and checksums too, to the beginning of `octets`, which has
/// room for it. Returns how many octets it took.
template <class Header>
std::size_t encode(Header header, std::span<std::uint8_t> octets) {
    Encoder encoder{octets};
    layout(encoder, header);
    return encoder.size();
}

}  // namespace tcplab::wire
