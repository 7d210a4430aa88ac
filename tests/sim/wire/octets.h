#pragma once

#include "sim/base/bytes.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace tcplab::test {

using OctetVector = std::vector<std::uint8_t>;

/// Octets as two hexadecimal digits each, blanks between them as one likes: "9c40 0050"_hex
inline OctetVector operator""_hex(const char* text, std::size_t length) {
    OctetVector octets;
    bool half = false;
    for (const char c : std::string_view{text, length}) {
        if (c == ' ') continue;
        const auto digit = std::string_view{"0123456789abcdef"}.find(c);
        if (digit == std::string_view::npos) throw std::invalid_argument{"no hexadecimal digit"};
        if (!half) octets.push_back(0);
        octets.back() = static_cast<std::uint8_t>(octets.back() * 16U + digit);
        half = !half;
    }
    if (half) throw std::invalid_argument{"half an octet"};
    return octets;
}

inline OctetVector join(std::initializer_list<OctetVector> parts) {
    OctetVector joined;
    for (const OctetVector& part : parts) joined.insert(joined.end(), part.begin(), part.end());
    return joined;
}

inline OctetVector vectorOf(Octets octets) {
    return {octets.begin(), octets.end()};
}

}  // namespace tcplab::test
