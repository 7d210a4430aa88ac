#pragma once

#include "sim/base/bytes.h"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace tcplab::wire {

/// The number in network order that begins at `at`; the caller has seen to it that all of its
/// octets are there. Written without a loop, of which compilers do not make one instruction.
template <std::unsigned_integral T>
[[nodiscard]] constexpr T numberAt(Octets octets, std::size_t at) {
    return [&]<std::size_t... kNth>(std::index_sequence<kNth...>) {
        constexpr std::size_t kLast = sizeof(T) - 1;
        return static_cast<T>(((std::uint64_t{octets[at + kNth]} << 8 * (kLast - kNth)) | ...));
    }
    (std::make_index_sequence<sizeof(T)>{});
}

/// Reads octets in network order, one after the other. Nothing is ever read past the end: a read
/// that would do so yields zero, moves the position all the same, and from then on failed() holds.
/// As the position follows from the reads alone, it is a constant wherever they are inlined.
class ByteReader {
public:
    explicit ByteReader(Octets octets) : octets_{octets} {}

    template <std::unsigned_integral T>
    [[nodiscard, gnu::always_inline]] inline T read() {
        const std::size_t at = position_;
        advance(sizeof(T));
        if (failed()) return 0;
        return numberAt<T>(octets_, at);
    }

    /// The next `count` octets, or as many of them as there are.
    [[nodiscard, gnu::always_inline]] inline Octets take(std::size_t count) {
        const Octets rest = octets_.last(remaining());
        advance(count);
        return rest.first(std::min(count, rest.size()));
    }

    /// What was not read yet.
    [[nodiscard]] Octets left() const { return octets_.last(remaining()); }

    [[nodiscard]] bool failed() const { return position_ > octets_.size(); }
    [[nodiscard]] std::size_t position() const { return position_; }
    [[nodiscard]] std::size_t remaining() const {
        return octets_.size() - std::min(position_, octets_.size());
    }

private:
    void advance(std::size_t count) { position_ += std::min(count, SIZE_MAX - position_); }

    Octets octets_;
    std::size_t position_ = 0;
};

}  // namespace tcplab::wire
