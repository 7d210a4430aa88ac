#include "sim/tcp/scoreboard.h"

#include <algorithm>

namespace tcplab::tcp {

void Scoreboard::sent(Seq from, Seq to, Instant now) {
    segments_.push_back({.from = from, .to = to, .sentAt = now});
}

void Scoreboard::sentAgain(Seq from, Instant now, bool lost) {
    const auto found = std::ranges::find(segments_, from, &Segment::from);
    if (found == segments_.end()) return;
    found->sentAt = now;
    found->everRetransmitted = true;
    if (!lost || found->retransmitting) return;
    found->retransmitting = true;
    ++retransmitting_;
}

void Scoreboard::split(std::uint32_t mss) {
    std::vector<Segment> pieces;
    for (const Segment& segment : segments_)
        for (Seq from = segment.from; from < segment.to;) {
            Segment piece = segment;
            piece.from = from;
            piece.to = segment.to <= from + mss ? segment.to : from + mss;
            if (from != segment.from) {
                sacked_ += piece.sacked ? 1 : 0;
                lost_ += piece.lost ? 1 : 0;
                retransmitting_ += piece.retransmitting ? 1 : 0;
            }
            pieces.push_back(piece);
            from = piece.to;
        }
    segments_ = std::move(pieces);
}

// What it counted for, it counts for no more.
void Scoreboard::forget(Segment& segment) {
    sacked_ -= segment.sacked ? 1 : 0;
    lost_ -= segment.lost ? 1 : 0;
    retransmitting_ -= segment.retransmitting ? 1 : 0;
    segment.sacked = segment.lost = segment.retransmitting = false;
}

bool Scoreboard::addDuplicate() {
    if (duplicates_ + lost_ >= out()) return false;
    ++duplicates_;
    return true;
}

std::uint32_t Scoreboard::takeDuplicates(std::uint32_t acknowledged) {
    if (acknowledged == 0) return 0;
    const std::uint32_t delivered =
        acknowledged > duplicates_ ? std::max(acknowledged - duplicates_, 1U) : 1U;
    duplicates_ -= std::min(acknowledged - 1, duplicates_);
    duplicates_ = std::min(duplicates_, out() - std::min(lost_, out()));
    return delivered;
}

bool Scoreboard::markLost(std::size_t index) {
    Segment& segment = segments_[index];
    if (segment.sacked || (segment.lost && !segment.retransmitting)) return false;
    if (segment.retransmitting) --retransmitting_;
    if (!segment.lost) ++lost_;
    segment.retransmitting = false;
    segment.lost = true;
    ++everLost_;
    if (duplicates_ + lost_ > out()) duplicates_ = out() - lost_;
    return true;
}

void Scoreboard::unmarkLost() {
    for (Segment& segment : segments_) segment.lost = false;
    lost_ = 0;
}

void Scoreboard::forgetSacks() {
    for (Segment& segment : segments_) segment.sacked = false;
    sacked_ = 0;
    highestSacked_.reset();
}

bool Scoreboard::anyRetransmitted() const {
    return retransmitting_ > 0 || (!segments_.empty() && segments_.front().everRetransmitted);
}

Seq Scoreboard::highestSacked(Seq una) const {
    return sacked_ == 0 || !highestSacked_ ? una : *highestSacked_;
}

}  // namespace tcplab::tcp
