#pragma once

#include <cstdint>

namespace tcplab {

/// SplitMix64. Our own, because the standard library's distributions differ from one library to the
/// next and a seed must give the same run everywhere. A value: a copy goes on like the original.
class Rng {
public:
    constexpr explicit Rng(std::uint64_t seed) : state_{seed} {}

    [[nodiscard]] constexpr std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }

    friend constexpr bool operator==(const Rng&, const Rng&) = default;

private:
    std::uint64_t state_;
};

}  // namespace tcplab
