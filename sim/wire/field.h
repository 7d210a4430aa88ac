#pragma once

#include "sim/base/text.h"
#include "sim/wire/protocol.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::wire {

/// A sentence for people that was made while running.
struct Phrase {
    std::string en{};
    std::string zh{};

    [[nodiscard]] std::string_view in(Language language) const {
        return language == Language::Chinese ? zh : en;
    }
    [[nodiscard]] bool empty() const { return en.empty(); }
    friend bool operator==(const Phrase&, const Phrase&) = default;
};

/// One field of a header as it is shown: where it lies, what it says, and what it is for.
struct Field {
    Text name{};
    Text meaning{};
    std::string value{};     ///< The same in every language: "64", "0x0800 (IPv4)", "5 × 4 = 20".
    Phrase remark{};         ///< What we have to say about this value; often empty.
    bool wrong = false;      ///< The remark tells of a fault.
    std::size_t offset = 0;  ///< Of its first octet in the frame.
    std::size_t length = 0;  ///< Octets that hold it, wholly or in part.
    std::uint32_t firstBit = 0;  ///< Counted from the highest bit of its first octet.
    std::size_t bits = 0;        ///< length * 8 where it fills its octets.
    std::vector<Field> children{};
};

/// One layer of a frame as it is shown.
struct LayerFields {
    Protocol protocol{};
    Text title{};
    Phrase summary{};        ///< One line.
    std::size_t offset = 0;  ///< Of the header in the frame.
    std::size_t length = 0;  ///< Captured octets of the header; of Payload, of all of it.
    std::vector<Field> fields{};
};

}  // namespace tcplab::wire
