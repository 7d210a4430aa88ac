#pragma once

#include "sim/base/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tcplab::capture {

/// The times from segments to the ACKs that end exactly where they do, at the place of the capture.
struct RoundTrips {
    static constexpr std::size_t kMostKept = 512;

    std::uint64_t count = 0;
    Duration sum{};
    Duration min = Duration::max();
    Duration max{};
    /// The first of each `stride` times, so that there are no more than kMostKept.
    std::vector<Duration> kept{};
    std::uint64_t stride = 1;

    /// A clock that was put back, or forward by ages, measures nothing.
    void add(Duration time);
    /// Empty where none was measured.
    [[nodiscard]] std::optional<Duration> mean() const;
    /// The time that so many of a hundred do not exceed, by the nearest rank, among those kept.
    /// From 1 to 100. Empty where none was measured.
    [[nodiscard]] std::optional<Duration> percentile(unsigned percent) const;
};

}  // namespace tcplab::capture
