#pragma once

#include "sim/base/time.h"

#include <cstdint>
#include <string>

namespace tcplab::cli {

/// Appends a number of which `units` is 10^`decimals` times as much: 41, 3 is "0.041". At most 18
/// decimals.
void appendDecimal(std::string& text, std::int64_t units, int decimals);

/// Seconds with nine decimals: "1700000000.000000001". Made from integers, as no double holds it.
[[nodiscard]] std::string seconds(Instant at);
/// The same with six decimals, the rest cut off: for people.
[[nodiscard]] std::string shortSeconds(Duration time);
/// Milliseconds with six decimals: "0.041000".
[[nodiscard]] std::string milliseconds(Duration time);

}  // namespace tcplab::cli
