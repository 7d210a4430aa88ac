#pragma once

#include "sim/base/bytes.h"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tcplab::wire {

/// Writes octets in network order, one after the other. Nothing is ever written past the end: there
/// failed() holds, and the position still tells how many octets were to be written.
class ByteWriter {
public:
    explicit ByteWriter(std::span<std::uint8_t> octets) : octets_{octets} {}

    template <std::unsigned_integral T>
    void write(T value) {
        for (std::size_t left = sizeof(T); left-- > 0; ++position_) {
            if (!full()) octets_[position_] = static_cast<std::uint8_t>(value >> (8 * left));
        }
    }
    void write(Octets octets) {
        for (const std::uint8_t octet : octets) write(octet);
    }

    [[nodiscard]] bool failed() const { return position_ > octets_.size(); }
    [[nodiscard]] std::size_t position() const { return position_; }

private:
    [[nodiscard]] bool full() const { return position_ >= octets_.size(); }

    std::span<std::uint8_t> octets_;
    std::size_t position_ = 0;
};

}  // namespace tcplab::wire
