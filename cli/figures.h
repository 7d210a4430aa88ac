#pragma once

#include "sim/base/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tcplab::cli {

/// The digits of a number of which `units` is 10^`decimals` times as much: of 41 and 3 "0.041".
class Decimal {
public:
    static constexpr int kMostDecimals = 18;

    Decimal(std::int64_t units, int decimals);

    /// Valid while this lives.
    [[nodiscard]] std::string_view view() const {
        return {text_.data() + begin_, text_.size() - begin_};
    }

private:
    std::array<char, 24> text_{};
    std::size_t begin_ = text_.size();
};

/// Seconds with nine decimals: "1700000000.000000001". Made from integers, as no double holds it.
[[nodiscard]] std::string seconds(Instant at);
/// The same with six decimals, the rest cut off: for people.
[[nodiscard]] std::string shortSeconds(Duration time);
/// Milliseconds with six decimals: "0.041000".
[[nodiscard]] std::string milliseconds(Duration time);

}  // namespace tcplab::cli
