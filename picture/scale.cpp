#include "picture/scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tcplab::picture {

namespace {

double roundStep(double least) {
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double digit : {1.0, 2.0, 5.0})
        if (digit * power >= least * (1 - 1e-9)) return digit * power;
    return 10 * power;
}

std::vector<double> multiples(double step, double from, double to) {
    std::vector<double> values;
    const double first = std::ceil(from / step - 1e-9);
    const double last = std::floor(to / step + 1e-9);
    for (double n = first; n <= last && values.size() < 100; n += 1)
        values.push_back(n * step + 0.0);  // No -0.
    return values;
}

int decimalsFor(double step) {
    return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 12);
}

}  // namespace

std::vector<Tick> wholeTicks(double from, double to, int most) {
    std::vector<Tick> ticks;
    const double step = std::max(roundStep((to - from) / std::max(most - 1, 1)), 1.0);
    for (const double value : multiples(step, from, to))
        ticks.push_back({value, fmt::format("{:.0f}", value)});
    return ticks;
}

std::vector<Tick> amountTicks(double from, double to, int most) {
    Unit prefix{1, ""};
    for (const Unit& larger : {Unit{1e3, " k"}, Unit{1e6, " M"}, Unit{1e9, " G"}, Unit{1e12, " T"}})
        // Thousands are few enough figures to be written out, but no "1000 k".
        if (std::max(std::abs(from), std::abs(to)) >= (larger.size == 1e3 ? 10 : 1) * larger.size)
            prefix = larger;
    std::vector<Tick> ticks =
        to - from < most ? wholeTicks(from, to, most) : ticksIn(prefix, from, to, most);
    for (Tick& tick : ticks) tick.label = tick.value == 0 ? "0" : tick.label.append(prefix.name);
    return ticks;
}

std::vector<Tick> ticksIn(const Unit& unit, double from, double to, int most) {
    std::vector<Tick> ticks;
    const double step = roundStep((to - from) / unit.size / std::max(most - 1, 1));
    for (const double value : multiples(step, from / unit.size, to / unit.size))
        ticks.push_back({value * unit.size, fmt::format("{:.{}f}", value, decimalsFor(step))});
    return ticks;
}

Unit timeUnit(Duration span) {
    const double seconds = std::chrono::duration<double>(span).count();
    if (seconds < 1e-3) return {1e-6, "µs"};
    if (seconds < 1) return {1e-3, "ms"};
    if (seconds < 600) return {1, "s"};
    if (seconds < 36000) return {60, "min"};
    return {3600, "h"};
}

Unit rateUnit(double largest) {
    if (largest < 1e3) return {1, "bit/s"};
    if (largest < 1e6) return {1e3, "kbit/s"};
    if (largest < 1e9) return {1e6, "Mbit/s"};
    return {1e9, "Gbit/s"};
}

std::string grouped(std::int64_t value) {
    std::string digits = fmt::format("{}", value);
    const std::size_t first = value < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, 1, ',');
    return digits;
}

std::string shortTime(Duration time) {
    const Unit unit = timeUnit(time < Duration{} ? -time : time);
    const double value = std::chrono::duration<double>(time).count() / unit.size;
    const double size = std::abs(value);
    std::string text = fmt::format("{:.{}f}", value, size < 10 ? 3 : size < 100 ? 2 : 1);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return fmt::format("{} {}", text, unit.name);
}

}  // namespace tcplab::picture
