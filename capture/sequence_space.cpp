#include "capture/sequence_space.h"

#include <algorithm>

namespace tcplab::capture {
namespace {

// RFC 7323 2.3: no window is larger, so that a number farther ahead is in nobody's window.
constexpr std::int64_t kLargestWindow = std::int64_t{1} << 30;

// Sequence numbers repeat after twice as many.
constexpr std::int64_t kFarthestBack = std::int64_t{1} << 31;

}  // namespace

std::int64_t SequenceSpace::sent(Seq seq, std::uint32_t length, bool syn, bool rst) {
    if (rst) return based_ ? relative(seq) : 1;
    if (syn && !sawSyn_) {
        if (!startsAt(seq)) base(seq);
        sawSyn_ = true;
        std::erase_if(holes_, [](const Range& hole) { return hole.to <= 1; });
    }
    if (!based_) baseBefore(seq);
    const std::int64_t number = relative(seq);
    if (number - reference_ < kLargestWindow) reference_ = std::max(reference_, number + length);
    return number;
}

std::int64_t SequenceSpace::acknowledged(Seq ack) {
    if (!based_) baseBefore(ack);
    const std::int64_t number = relative(ack);
    if (number - reference_ < kLargestWindow) reference_ = std::max(reference_, number);
    return number;
}

std::uint64_t SequenceSpace::cover(std::int64_t from, std::int64_t to) {
    if (to <= from) return 0;
    std::int64_t fresh = 0;
    auto hole = std::ranges::upper_bound(holes_, from, {}, &Range::to);
    while (hole != holes_.end() && hole->from < to) {
        const Range filled{std::max(from, hole->from), std::min(to, hole->to)};
        const Range before{hole->from, filled.from};
        const Range after{filled.to, hole->to};
        fresh += filled.to - filled.from;
        if (before.from == before.to && after.from == after.to) {
            hole = holes_.erase(hole);
            continue;
        }
        if (before.from == before.to) {
            *hole = after;
        } else {
            *hole = before;
            if (after.from < after.to) hole = holes_.insert(hole + 1, after);
        }
        ++hole;
    }
    if (to > covered_) {
        if (from > covered_) holes_.push_back({covered_, from});
        fresh += to - std::max(from, covered_);
        covered_ = to;
    }
    if (holes_.size() > kMostHoles) holes_.erase(holes_.begin());
    return static_cast<std::uint64_t>(fresh);
}

std::int64_t SequenceSpace::relative(Seq raw) const {
    return reference_ + (raw - (base_ + static_cast<std::uint32_t>(reference_)));
}

void SequenceSpace::base(Seq isn) {
    base_ = isn;
    based_ = true;
    reference_ = 0;
    covered_ = 1;
    holes_.clear();
}

void SequenceSpace::baseBefore(Seq first) {
    base(first - 1);
    holes_.push_back({-kFarthestBack, 1});
}

}  // namespace tcplab::capture
