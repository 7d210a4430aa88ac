#pragma once

#include "sim/framing/framing.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

// What Decoder and the scanners of the single framings say to each other. Private to sim/framing.
namespace tcplab::framing {

/// The unsigned number that these octets are, at most eight.
[[nodiscard]] inline std::uint64_t readNumber(Octets octets, Endian endian) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < octets.size(); ++i)
        value = value << 8U | octets[endian == Endian::Big ? i : octets.size() - 1 - i];
    return value;
}

/// a + b, or the end of the range that lies beyond: a length field may hold any number.
[[nodiscard]] constexpr std::int64_t saturatingSum(std::int64_t a, std::int64_t b) {
    using Limits = std::numeric_limits<std::int64_t>;
    if (b > 0) return a > Limits::max() - b ? Limits::max() : a + b;
    return a < Limits::min() - b ? Limits::min() : a + b;
}

/// What a scanner found in the octets from the beginning of a message.
struct Scan {
    enum class Kind : std::uint8_t {
        More,   ///< Not to be told yet: `size` octets from the beginning are needed, or more.
        Frame,  ///< A message of `size` octets whose body is from `bodyFrom` to `bodyTo`.
        Skip,   ///< The first `size` octets, here or yet to come, are no message.
        Stop,   ///< What follows cannot be told apart.
    };
    Kind kind{};
    std::uint64_t size = 0;
    std::size_t bodyFrom = 0;
    std::size_t bodyTo = 0;
    std::optional<FramingError> error{};  ///< Its offset counts from the beginning of the message.

    static Scan more(std::uint64_t needed) { return {.kind = Kind::More, .size = needed}; }
    static Scan frame(std::size_t size, std::size_t bodyFrom, std::size_t bodyTo) {
        return {.kind = Kind::Frame, .size = size, .bodyFrom = bodyFrom, .bodyTo = bodyTo};
    }
    static Scan skip(std::uint64_t size, std::optional<FramingError> error = {}) {
        return {.kind = Kind::Skip, .size = size, .error = error};
    }
    static Scan stop(std::optional<FramingError> error = {}) {
        return {.kind = Kind::Stop, .error = error};
    }
};

}  // namespace tcplab::framing
