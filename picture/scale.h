#pragma once

#include "sim/base/text.h"
#include "sim/base/time.h"

#include <string>
#include <vector>

namespace tcplab::picture {

/// A value's place on an axis.
struct Scale {
    double from = 0;
    double to = 1;
    double start = 0;  ///< The pixel of `from`,
    double end = 0;    ///< and of `to`.

    [[nodiscard]] double operator()(double value) const {
        return to == from ? start : start + (value - from) / (to - from) * (end - start);
    }
};

struct Tick {
    double value = 0;
    std::string label{};
};

// Ticks stand at round values from `from` to `to`: at most `most` multiples of 1, 2 or 5 times a
// power of ten. `from` is less than `to`, and both are finite.

/// Of what is counted: only whole values.
[[nodiscard]] std::vector<Tick> wholeTicks(double from, double to, int most);

/// Round values with a prefix where they are large: "0", "20 k", "40 k".
[[nodiscard]] std::vector<Tick> amountTicks(double from, double to, int most);

/// A unit that makes numbers of this size handy.
struct Unit {
    double size = 1;  ///< In the base unit: seconds, bits per second.
    std::string_view name{};
};
[[nodiscard]] Unit timeUnit(Duration span);   ///< "µs", "ms", "s", "min", "h"
[[nodiscard]] Unit rateUnit(double largest);  ///< "bit/s", "kbit/s", "Mbit/s", "Gbit/s"

/// Round values of this unit, without its name, with as many decimals as they need: "0.5", "1.0".
[[nodiscard]] std::vector<Tick> ticksIn(const Unit& unit, double from, double to, int most);

/// "1,460"
[[nodiscard]] std::string grouped(std::int64_t value);
/// A time with three or four digits and its unit: "41.2 ms".
[[nodiscard]] std::string shortTime(Duration time);

}  // namespace tcplab::picture
