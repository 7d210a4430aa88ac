#pragma once

#include "sim/base/bytes.h"

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tcplab::capture {

/// How the machine that wrote a file ordered the octets of numbers.
class ByteOrder {
public:
    constexpr ByteOrder() = default;
    constexpr explicit ByteOrder(std::endian order) : order_{order} {}

    /// The number that begins at `at`; all of its octets are there.
    template <std::unsigned_integral T>
    [[nodiscard]] T read(Octets octets, std::size_t at) const {
        TCPLAB_CHECK(octets.size() >= sizeof(T) && at <= octets.size() - sizeof(T));
        T number = 0;
        std::memcpy(&number, octets.data() + at, sizeof number);
        return order_ == std::endian::native ? number : swapped(number);
    }

private:
    template <class T>
    [[nodiscard]] static T swapped(T number) {
        static_assert(sizeof(T) == 2 || sizeof(T) == 4 || sizeof(T) == 8);
        if constexpr (sizeof(T) == 2) return __builtin_bswap16(number);
        if constexpr (sizeof(T) == 4) return __builtin_bswap32(number);
        if constexpr (sizeof(T) == 8) return __builtin_bswap64(number);
    }

    std::endian order_ = std::endian::native;
};

}  // namespace tcplab::capture
