#pragma once

#include "sim/base/time.h"

#include <cstdint>
#include <optional>

namespace tcplab::tcp {

/// Congestion avoidance of RFC 9438. Windows are segments. A value.
class Cubic {
public:
    /// 4.6: ssthresh after congestion that was met at this window.
    [[nodiscard]] std::uint32_t reduce(std::uint32_t window);
    /// 4.2 - 4.5: for how many segments acknowledged the window grows by one, now that `acked` more
    /// are.
    [[nodiscard]] std::uint32_t segmentsForOne(std::uint32_t window,
                                               std::uint32_t acked,
                                               Duration minimumRtt,
                                               Instant now);
    /// 4.8: after a timeout all begins anew.
    void timedOut() { *this = {}; }

    friend bool operator==(const Cubic&, const Cubic&) = default;

private:
    static constexpr double kC = 0.4;                                ///< 5
    static constexpr double kBeta = 0.7;                             ///< 4.6
    static constexpr double kAlpha = 3 * (1 - kBeta) / (1 + kBeta);  ///< 4.3

    double maximum_ = 0;              ///< W_max
    double origin_ = 0;               ///< The plateau of this epoch.
    double k_ = 0;                    ///< K, in seconds.
    double reno_ = 0;                 ///< W_est
    std::optional<Instant> epoch_{};  ///< When this stage of congestion avoidance began.
};

}  // namespace tcplab::tcp
