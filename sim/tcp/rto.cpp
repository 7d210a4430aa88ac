#include "sim/tcp/rto.h"

#include <algorithm>

namespace tcplab::tcp {

Duration Rto::value(const Config& config) const {
    if (!rto_ && backOffs_ == 0) return std::min(config.initialRto, config.maximumRto);
    Duration rto = rto_.value_or(config.initialRto);
    for (unsigned n = 0; n < backOffs_ && rto < config.maximumRto; ++n) rto *= 2;
    return std::min(rto + config.rtoSlop, config.maximumRto);
}

void Rto::sent(Seq end, Instant now) {
    if (!timed_) timed_ = Timed{end, now};
}

void Rto::acknowledged(Seq ack, Instant now, const Config& config) {
    if (!timed_ || ack < timed_->end) return;
    sample(now - timed_->sentAt, config);
    timed_.reset();
}

void Rto::backOff() {
    ++backOffs_;
}

void Rto::restartAfterSynTimeout() {
    using std::chrono::seconds;
    backOffs_ = 0;
    if (!srtt_) rto_ = seconds{3};
}

void Rto::sample(Duration rtt, const Config& config) {
    backOffs_ = 0;
    if (!srtt_) {  // (2.2)
        srtt_ = rtt;
        rttvar_ = rtt / 2;
    } else {  // (2.3), with alpha = 1/8 and beta = 1/4
        const Duration error = *srtt_ > rtt ? *srtt_ - rtt : rtt - *srtt_;
        rttvar_ = (rttvar_ * 3 + error) / 4;
        srtt_ = (*srtt_ * 7 + rtt) / 8;
    }
    const Duration computed = *srtt_ + std::max(config.clockGranularity, rttvar_ * 4);
    rto_ = std::clamp(computed, config.minimumRto, config.maximumRto);  // (2.4), (2.5)
}

}  // namespace tcplab::tcp
