#pragma once

#include <cstdint>
#include <functional>

namespace tcplab {

/// A TCP sequence number: an integer modulo 2^32 (RFC 9293, 3.4).
///
/// `a < b` means that b is ahead of a by less than 2^31. That is no total order, so a Seq cannot be
/// the key of an ordered container: std::less<Seq> is deleted, which says so at compile time.
class Seq {
public:
    constexpr Seq() = default;
    constexpr explicit Seq(std::uint32_t raw) : raw_{raw} {}

    [[nodiscard]] constexpr std::uint32_t raw() const { return raw_; }

    friend constexpr Seq operator+(Seq a, std::uint32_t n) { return Seq{a.raw_ + n}; }
    friend constexpr Seq operator-(Seq a, std::uint32_t n) { return Seq{a.raw_ - n}; }
    /// How far a is ahead of b; negative where it is behind.
    friend constexpr std::int32_t operator-(Seq a, Seq b) {
        return static_cast<std::int32_t>(a.raw_ - b.raw_);
    }
    constexpr Seq& operator+=(std::uint32_t n) { return *this = *this + n; }

    friend constexpr bool operator==(Seq, Seq) = default;
    friend constexpr bool operator<(Seq a, Seq b) { return a - b < 0; }
    friend constexpr bool operator<=(Seq a, Seq b) { return a - b <= 0; }
    friend constexpr bool operator>(Seq a, Seq b) { return b < a; }
    friend constexpr bool operator>=(Seq a, Seq b) { return b <= a; }

private:
    std::uint32_t raw_ = 0;
};

}  // namespace tcplab

template <>
struct std::less<tcplab::Seq> {
    bool operator()(tcplab::Seq, tcplab::Seq) const = delete;
};
