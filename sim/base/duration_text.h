#pragma once

#include "sim/base/time.h"

#include <string>

namespace tcplab {

/// "20 ms", "1.5 s": in seconds from one second on. Exact, and parseDuration() reads it back; never
/// less than 0.
[[nodiscard]] inline std::string durationText(Duration duration) {
    using namespace std::chrono_literals;
    const bool seconds = duration >= 1s;
    const std::int64_t unit = Duration{seconds ? Duration{1s} : Duration{1ms}}.count();
    std::string text = std::to_string(duration.count() / unit);
    std::string fraction = std::to_string(unit + duration.count() % unit).substr(1);
    while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
    if (!fraction.empty()) text += "." + fraction;
    return text + (seconds ? " s" : " ms");
}

}  // namespace tcplab
