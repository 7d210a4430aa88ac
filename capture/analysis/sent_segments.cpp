#include "capture/analysis/sent_segments.h"

#include <algorithm>
#include <cstring>

namespace tcplab::capture {
namespace {

constexpr std::size_t kLookedAt = 256;  // So that no capture makes find() slow.

constexpr std::size_t kWord = sizeof(std::uint64_t);

std::uint64_t mixed(std::uint64_t sum, std::uint64_t word) {
    sum = (sum ^ word) * 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio.
    return sum ^ sum >> 32;
}

/// `count` octets, at most a word.
std::uint64_t wordAt(const std::uint8_t* octets, std::size_t count = kWord) {
    std::uint64_t word = 0;
    std::memcpy(&word, octets, count);
    return word;
}

}  // namespace

std::uint64_t contentOf(Octets octets) {
    if (octets.empty()) return 0;
    // Four sums beside each other, so that none waits for the one before. Not an array of them, of
    // which a compiler makes vectors: those cannot multiply words.
    std::uint64_t a = 1;
    std::uint64_t b = 2;
    std::uint64_t c = 3;
    std::uint64_t d = 4;
    const std::uint8_t* at = octets.data();
    std::size_t left = octets.size();
    for (; left >= 4 * kWord; left -= 4 * kWord, at += 4 * kWord) {
        a = mixed(a, wordAt(at));
        b = mixed(b, wordAt(at + kWord));
        c = mixed(c, wordAt(at + 2 * kWord));
        d = mixed(d, wordAt(at + 3 * kWord));
    }
    std::uint64_t all = octets.size();
    for (; left >= kWord; left -= kWord, at += kWord) all = mixed(all, wordAt(at));
    if (left > 0) all = mixed(all, wordAt(at, left));
    for (const std::uint64_t sum : {a, b, c, d}) all = mixed(all, sum);
    return std::max<std::uint64_t>(all, 1);
}

void SentSegments::add(const SentSegment& segment) {
    if (acknowledged_ > kKeptAfterwards) {
        const std::size_t dropped = acknowledged_ - kKeptAfterwards;
        first_ = (first_ + dropped) & (ring().size() - 1);
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
    if (size_ == ring().size()) grow();
    const auto kept = ring();
    kept[(first_ + size_) & (kept.size() - 1)] = segment;
    size_ += 1;
}

std::optional<SentSegment> SentSegments::acknowledge(Seq ack) {
    std::optional<SentSegment> ended;
    bool unclear = false;
    for (; acknowledged_ < size_ && at(acknowledged_).end <= ack; ++acknowledged_) {
        const SentSegment& segment = at(acknowledged_);
        unclear = unclear || segment.again;
        if (segment.end == ack && !ended) ended = segment;
    }
    if (notKept_ > 0 && endOfNotKept_ <= ack) notKept_ = 0;
    return unclear ? std::nullopt : ended;
}

const SentSegment* SentSegments::find(Seq seq) const {
    const std::size_t from = acknowledged_ - std::min(acknowledged_, kKeptAfterwards);
    const std::size_t to = std::min(size_, from + kLookedAt);
    for (std::size_t n = from; n < to; ++n) {
        if (at(n).seq == seq) return &at(n);
    }
    return nullptr;
}

void SentSegments::sentAgain(Seq from, Seq to) {
    const std::size_t first = acknowledged_ - std::min(acknowledged_, kKeptAfterwards);
    const std::size_t last = std::min(size_, first + kLookedAt);
    const auto kept = ring();
    for (std::size_t n = first; n < last; ++n) {
        SentSegment& one = kept[(first_ + n) & (kept.size() - 1)];
        if (one.seq < to && from < one.end) one.again = true;
    }
}

void SentSegments::grow() {
    std::vector<SentSegment> larger(2 * ring().size());
    for (std::size_t n = 0; n < size_; ++n) larger[n] = at(n);
    many_ = std::move(larger);
    first_ = 0;
}

}  // namespace tcplab::capture
