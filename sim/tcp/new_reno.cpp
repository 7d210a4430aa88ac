#include "sim/tcp/new_reno.h"

#include <algorithm>
#include <limits>

namespace tcplab::tcp {

void NewReno::start(std::uint32_t smss, const Config& config) {
    constexpr std::uint32_t kLargestWindow = 65535U << 14U;  // RFC 7323 2.3
    const std::uint32_t small = (smss > 2190 ? 2 : smss > 1095 ? 3 : 4) * smss;
    const std::uint32_t large = std::min(10 * smss, std::max(2 * smss, 14600U));  // RFC 6928 2
    const std::uint32_t byFormula = config.largeInitialWindow ? large : small;
    *this = {};
    smss_ = smss;
    limit_ = config.slowStartLimit;
    threshold_ = kLargestWindow;
    initial_ = config.initialWindow ? *config.initialWindow * smss : byFormula;
    window_ = initial_;
}

void NewReno::halve(std::uint32_t flight) {
    threshold_ = std::max(flight / 2, 2 * smss_);  // RFC 5681 (4)
}

void NewReno::grow(std::uint32_t count) {
    const std::uint32_t step = window_ < threshold_
                                   ? std::min(count, limit_ * smss_)         // RFC 5681 (2)
                                   : std::max(smss_ * smss_ / window_, 1U);  // RFC 5681 (3)
    window_ += std::min(step, std::numeric_limits<std::uint32_t>::max() - window_);
}

bool NewReno::acknowledged(Seq ack, std::uint32_t count, std::uint32_t flight) {
    duplicates_ = 0;
    if (!recover_) {
        grow(count);
        return false;
    }
    if (*recover_ <= ack) {  // RFC 6582 3.2, step 3: a full ACK.
        if (fast_) window_ = std::min(threshold_, std::max(flight, smss_) + smss_);
        recover_.reset();
        fast_ = false;
        return false;
    }
    if (fast_) {  // RFC 6582 3.2, step 3: a partial ACK deflates the window.
        window_ -= std::min(count, window_);
        if (count >= smss_) window_ += smss_;
        window_ = std::max(window_, smss_);
    } else {
        grow(count);
    }
    return true;
}

bool NewReno::duplicateAck(Seq next, std::uint32_t flight) {
    if (fast_) {
        window_ += smss_;
        return false;
    }
    // After a timeout they answer what was sent again for nothing (RFC 6582 3.2, step 4).
    if (recover_ || ++duplicates_ != 3) return false;
    halve(flight);
    window_ = threshold_ + 3 * smss_;
    recover_ = next;
    fast_ = true;
    return true;
}

void NewReno::congestionMet(std::uint32_t flight) {
    if (recover_) return;  // The same congestion, most likely.
    halve(flight);
    window_ = threshold_;
}

void NewReno::timedOut(Seq next, std::uint32_t flight) {
    halve(flight);
    window_ = smss_;
    duplicates_ = 0;
    recover_ = next;
    fast_ = false;
}

}  // namespace tcplab::tcp
