#include "capture/analysis/sent_segments.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace tcplab::capture {
namespace {

constexpr std::size_t kLookedAt = 256;  // So that no capture makes find() slow.
constexpr std::size_t kFirstSize = 4;

constexpr std::size_t kWord = sizeof(std::uint64_t);

std::uint64_t mixed(std::uint64_t sum, std::uint64_t word) {
    sum = (sum ^ word) * 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio.
    return sum ^ sum >> 32;
}

}  // namespace

std::uint64_t contentOf(Octets octets) {
    if (octets.empty()) return 0;
    // Four sums beside each other, so that none waits for the one before.
    std::array<std::uint64_t, 4> sums{1, 2, 3, 4};
    std::array<std::uint64_t, 4> words{};
    Octets rest = octets;
    for (; rest.size() >= sizeof words; rest = rest.subspan(sizeof words)) {
        std::memcpy(words.data(), rest.data(), sizeof words);
        for (std::size_t n = 0; n < sums.size(); ++n) sums[n] = mixed(sums[n], words[n]);
    }
    std::uint64_t all = octets.size();
    for (; !rest.empty(); rest = rest.subspan(std::min(kWord, rest.size()))) {
        std::uint64_t word = 0;
        std::memcpy(&word, rest.data(), std::min(kWord, rest.size()));
        all = mixed(all, word);
    }
    for (const std::uint64_t sum : sums) all = mixed(all, sum);
    return std::max<std::uint64_t>(all, 1);
}

void SentSegments::add(const SentSegment& segment) {
    if (acknowledged_ > kKeptAfterwards) {
        const std::size_t dropped = acknowledged_ - kKeptAfterwards;
        first_ = (first_ + dropped) & (kept_.size() - 1);
        size_ -= dropped;
        acknowledged_ -= dropped;
    }
    if (size_ == kMostKept) {
        endOfNotKept_ =
            notKept_ == 0
                ? segment.end
                : std::max(endOfNotKept_, segment.end, [](Seq a, Seq b) { return a < b; });
        notKept_ += 1;
        return;
    }
    if (size_ == kept_.size()) grow();
    kept_[(first_ + size_) & (kept_.size() - 1)] = segment;
    size_ += 1;
}

std::optional<SentSegment> SentSegments::acknowledge(Seq ack) {
    std::optional<SentSegment> ended;
    for (; acknowledged_ < size_ && at(acknowledged_).end <= ack; ++acknowledged_) {
        const SentSegment& segment = at(acknowledged_);
        if (segment.end == ack && !ended) ended = segment;
    }
    if (notKept_ > 0 && endOfNotKept_ <= ack) notKept_ = 0;
    return ended;
}

const SentSegment* SentSegments::find(Seq seq) const {
    const std::size_t from = acknowledged_ - std::min(acknowledged_, kKeptAfterwards);
    const std::size_t to = std::min(size_, from + kLookedAt);
    for (std::size_t n = from; n < to; ++n) {
        if (at(n).seq == seq) return &at(n);
    }
    return nullptr;
}

void SentSegments::sentAgain(Seq seq) {
    if (const SentSegment* found = find(seq)) {
        kept_[static_cast<std::size_t>(found - kept_.data())].again = true;
    }
}

void SentSegments::grow() {
    std::vector<SentSegment> larger(std::max(kFirstSize, kept_.size() * 2));
    for (std::size_t n = 0; n < size_; ++n) larger[n] = at(n);
    kept_ = std::move(larger);
    first_ = 0;
}

}  // namespace tcplab::capture
