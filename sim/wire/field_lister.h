#pragma once

#include "sim/wire/checksum.h"
#include "sim/wire/field.h"
#include "sim/wire/layout.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tcplab::wire {

/// Reads a header as a Decoder does, and keeps each field that was there.
class FieldLister {
public:
    /// `octets` and `length` as a Decoder takes them; `offset` is where they start in the frame.
    /// `verdict` is what the header's checksum field is remarked with.
    FieldLister(Octets octets, std::size_t length, std::size_t offset, ChecksumVerdict verdict = {})
        : decoder_{octets, length}, octets_{octets}, offset_{offset}, verdict_{verdict} {}

    template <class T>
    void field(T& value, const FieldInfo& info) {
        const std::size_t from = decoder_.bitPosition();
        decoder_.field(value, info);
        if (Field* kept = keep(from, info)) kept->value = text(value, 8 * sizeof(T), info);
    }
    template <class T>
    void bits(unsigned width, T& value, const FieldInfo& info) {
        const std::size_t from = decoder_.bitPosition();
        decoder_.bits(width, value, info);
        if (Field* kept = keep(from, info)) kept->value = text(value, width, info);
    }
    void octets(Octets& value, std::size_t count, const FieldInfo& info);
    void rest(Octets& value, std::size_t most, const FieldInfo& info);
    template <class T, class Look>
    void ahead(T& value, const Look& look) {
        decoder_.ahead(value, look);
    }
    void checksum(std::uint16_t& value, const FieldInfo& info);

    /// The value of a group names those of its bits that are set.
    template <class Body>
    void group(const FieldInfo& info, const Body& body) {
        const std::size_t from = decoder_.bitPosition();
        std::vector<Field> outside = std::exchange(fields_, {});
        body();
        std::vector<Field> inside = std::exchange(fields_, std::move(outside));
        if (Field* kept = keep(from, info)) {
            kept->value = namesOfSetBits(inside);
            kept->children = std::move(inside);
        }
    }

    void require(bool condition, const Text& what);
    void extent(std::size_t count);
    void fault(std::size_t offset, const Text& what);
    void note(bool condition, const Text& what);

    /// Why the header cannot be used as a whole; empty where its fixed part is there and makes
    /// sense.
    [[nodiscard]] std::optional<Text> obstacle() const {
        return decoder_.unusable() ? std::optional{decoder_.found()->what} : std::nullopt;
    }
    [[nodiscard]] std::vector<Field> take() { return std::move(fields_); }

private:
    /// Keeps what the decoder has just read from bit `from` on.
    void keepOctets(Octets value, std::size_t from, bool soundBefore, const FieldInfo& info);
    /// The field that reaches from bit `from` to what is read next; null where it was not captured.
    Field* keep(std::size_t from, const FieldInfo& info);

    [[nodiscard]] static std::string text(std::uint32_t value,
                                          std::size_t width,
                                          const FieldInfo& info);
    [[nodiscard]] static std::string text(Seq value, std::size_t width, const FieldInfo& info) {
        return text(value.raw(), width, info);
    }
    template <class Address>
    requires requires(Address address) { toString(address); }
    [[nodiscard]] static std::string text(const Address& address, std::size_t, const FieldInfo&) {
        return toString(address);
    }
    [[nodiscard]] static std::string namesOfSetBits(const std::vector<Field>& bits);

    Decoder decoder_;
    Octets octets_;
    std::size_t offset_;
    ChecksumVerdict verdict_;
    std::vector<Field> fields_{};
};

/// A text as a Phrase, with the same value after it in both languages.
[[nodiscard]] Phrase phrase(const Text& text, const std::string& value = {});

}  // namespace tcplab::wire
