#include "capture/analysis/round_trips.h"

#include "sim/base/check.h"

#include <algorithm>
#include <array>

namespace tcplab::capture {
namespace {

constexpr std::size_t kAtFirst = 8;  // So many have room before it grows.

}  // namespace

void RoundTrips::add(Duration time) {
    if (time < Duration{} || time > Duration::max() / 2 - sum) return;
    if (count % stride == 0) {
        if (kept.size() == kMostKept) {
            for (std::size_t n = 0; n < kMostKept / 2; ++n) kept[n] = kept[2 * n];
            kept.resize(kMostKept / 2);
            stride *= 2;
        }
        if (kept.empty()) kept.reserve(kAtFirst);
        if (count % stride == 0) kept.push_back(time);
    }
    count += 1;
    sum += time;
    min = std::min(min, time);
    max = std::max(max, time);
}

std::optional<Duration> RoundTrips::mean() const {
    if (count == 0) return std::nullopt;
    return sum / static_cast<std::int64_t>(count);
}

std::optional<Duration> RoundTrips::percentile(unsigned percent) const {
    TCPLAB_CHECK(1 <= percent && percent <= 100);
    if (kept.empty()) return std::nullopt;
    std::array<Duration, kMostKept> times;
    const auto end = std::ranges::copy(kept, times.begin()).out;
    const std::size_t rank = (kept.size() * percent + 99) / 100;
    const auto at = times.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(times.begin(), at, end);
    return *at;
}

}  // namespace tcplab::capture
