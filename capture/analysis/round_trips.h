#pragma once

#include "sim/base/time.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace tcplab::capture {

/// The times from segments to the ACKs that end exactly where they do, at the place of the capture.
struct RoundTrips {
    std::uint64_t count = 0;
    Duration sum{};
    Duration min = Duration::max();
    Duration max{};

    /// A clock that was put back, or forward by ages, measures nothing.
    void add(Duration time) {
        if (time < Duration{} || time > Duration::max() / 2 - sum) return;
        count += 1;
        sum += time;
        min = std::min(min, time);
        max = std::max(max, time);
    }
    /// Empty where none was measured.
    [[nodiscard]] std::optional<Duration> mean() const {
        if (count == 0) return std::nullopt;
        return sum / static_cast<std::int64_t>(count);
    }
};

}  // namespace tcplab::capture
