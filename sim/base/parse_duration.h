#pragma once

#include "sim/base/time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab {

/// The length of time that people write as a number and a unit, ns, us, ms, s or min: "20 ms",
/// "1.5 s". Up to nine digits before the point and nine after it; nothing where it is not that.
[[nodiscard]] inline std::optional<Duration> parseDuration(std::string_view text) {
    using namespace std::chrono_literals;
    struct Unit {
        std::string_view name;
        Duration length;
    };
    constexpr std::array kUnits{
        Unit{"ns", 1ns}, Unit{"us", 1us}, Unit{"ms", 1ms}, Unit{"s", 1s}, Unit{"min", 1min}};
    constexpr std::size_t kMostDigits = 9;

    const auto takeDigits = [&text] {
        const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
        const std::string_view digits = text.substr(0, count);
        text.remove_prefix(count);
        return digits;
    };
    const std::string_view whole = takeDigits();
    std::string_view fraction;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        fraction = takeDigits();
        if (fraction.empty()) return std::nullopt;
    }
    if (whole.empty() || whole.size() > kMostDigits || fraction.size() > kMostDigits)
        return std::nullopt;
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const auto unit = std::ranges::find(kUnits, text, &Unit::name);
    if (unit == kUnits.end()) return std::nullopt;

    const auto numberOf = [](std::string_view digits) {
        std::int64_t value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return value;
    };
    std::int64_t scale = 1;
    for (std::size_t i = 0; i < fraction.size(); ++i) scale *= 10;
    // At most 10^9 * 6 * 10^10, which 64 bits hold if the minute is taken as 60 times a second.
    const std::int64_t minutes = unit->length / 1min > 0 ? 60 : 1;
    const std::int64_t part =
        numberOf(fraction) * (unit->length.count() / minutes) / scale * minutes;
    return numberOf(whole) * unit->length + Duration{part};
}

}  // namespace tcplab
