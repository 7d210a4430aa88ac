#include "sim/tcp/cubic.h"

#include <algorithm>
#include <cmath>

namespace tcplab::tcp {

std::uint32_t Cubic::reduce(std::uint32_t window) {
    constexpr std::uint32_t kLeast = 2;
    epoch_.reset();
    // 4.7, fast convergence: the flow leaves room where its last maximum was not reached again.
    maximum_ = window < maximum_ ? window * (1 + kBeta) / 2 : window;
    return std::max(static_cast<std::uint32_t>(window * kBeta), kLeast);
}

std::uint32_t Cubic::segmentsForOne(std::uint32_t window,
                                    std::uint32_t acked,
                                    Duration minimumRtt,
                                    Instant now) {
    if (!epoch_) {  // 4.2
        epoch_ = now;
        reno_ = window;
        k_ = maximum_ > window ? std::cbrt((maximum_ - window) / kC) : 0;
        origin_ = std::max<double>(maximum_, window);
    }
    reno_ += kAlpha * acked / window;  // 4.3
    const double t = std::chrono::duration<double>(now - *epoch_ + minimumRtt).count();
    const double target = origin_ + std::trunc(kC * std::pow(t - k_, 3));
    constexpr double kSlowest = 100;
    constexpr double kQuickest = 2;  // Half a segment for each acknowledged: 1.5 times in an RTT.
    double count = kSlowest * window;
    if (target > window) count = std::min(count, window / (target - window));
    // Before the first congestion the path is unknown: 5% in a round trip at least.
    if (maximum_ == 0) count = std::min(count, 20.0);
    const double ahead = std::floor(reno_) - window;
    if (ahead > 0) count = std::min(count, std::floor(window / ahead));
    return static_cast<std::uint32_t>(std::max(count, kQuickest));
}

}  // namespace tcplab::tcp
