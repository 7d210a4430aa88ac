#pragma once

#include "sim/base/time.h"
#include "sim/wire/seq.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace tcplab::tcp {

/// What the sender of octets knows of each segment in flight (RFC 6675 2 - 4, RFC 8985 5.2): when
/// it left, and what became of it. Segments are those that were sent, the oldest first, without
/// gaps.
class Scoreboard {
public:
    struct Segment {
        Seq from{};
        Seq to{};
        Instant sentAt{};             ///< For the last time.
        bool sacked = false;          ///< The peer holds it.
        bool lost = false;            ///< Taken for lost, for now.
        bool retransmitting = false;  ///< Sent again since it was lost.
        bool everRetransmitted = false;
        [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(to - from); }
        friend bool operator==(const Segment&, const Segment&) = default;
    };

    /// What an ACK or a SACK option says of segments for the first time.
    struct News {
        std::uint32_t delivered = 0;          ///< Segments.
        std::uint32_t acknowledged = 0;       ///< Of them by the ACK number.
        bool sacked = false;                  ///< By a SACK option.
        bool ofRetransmitted = false;         ///< One acknowledged was sent more than once.
        bool originalDelivered = false;       ///< One that was sent once, before `high`.
        std::optional<Seq> reordered{};       ///< The lowest that came after a higher one.
        std::optional<Instant> firstAcked{};  ///< When the first of those sent once had left.
        std::optional<Instant> lastAcked{};
        std::optional<Instant> firstSacked{};
        std::optional<Instant> lastSacked{};
    };

    void clear() { *this = {}; }
    /// Octets from `from` to before `to` leave for the first time.
    void sent(Seq from, Seq to, Instant now);
    /// What begins at `from` leaves again; `lost`: because it was lost.
    void sentAgain(Seq from, Instant now, bool lost);
    /// No segment is larger than `mss` from now on.
    void split(std::uint32_t mss);

    /// Everything before `una` is acknowledged. `visit` is called with each segment that is all
    /// acknowledged. `high`: see News::originalDelivered.
    template <class Visit>
    void acknowledge(Seq una, Seq high, News& news, const Visit& visit);
    /// The peer holds these octets. `visit` as above.
    template <class Visit>
    void sack(Seq from, Seq to, Seq high, News& news, const Visit& visit);
    /// Without SACK, a duplicate ACK stands for one segment that arrived; false where it cannot.
    bool addDuplicate();
    /// Of so many segments acknowledged, all but the first are those of duplicate ACKs. How many
    /// were delivered by this ACK.
    [[nodiscard]] std::uint32_t takeDuplicates(std::uint32_t acknowledged);
    void resetDuplicates() { duplicates_ = 0; }

    /// This segment counts as lost; false where that was known, or the peer has it.
    bool markLost(std::size_t index);
    /// Everything is in flight again: what was taken for lost was not.
    void unmarkLost();
    /// The peer has thrown away what it held (RFC 2018 8).
    void forgetSacks();

    [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }
    [[nodiscard]] bool empty() const { return segments_.empty(); }
    [[nodiscard]] std::uint32_t out() const { return static_cast<std::uint32_t>(segments_.size()); }
    [[nodiscard]] std::uint32_t sacked() const { return sacked_ + duplicates_; }
    [[nodiscard]] std::uint32_t lost() const { return lost_; }
    [[nodiscard]] std::uint32_t retransmitting() const { return retransmitting_; }
    [[nodiscard]] std::uint32_t everLost() const { return everLost_; }  ///< Marks ever made.
    [[nodiscard]] bool anyRetransmitted() const;
    /// RFC 6675 4: segments that are on their way.
    [[nodiscard]] std::uint32_t pipe() const {
        const std::uint32_t gone = std::min(sacked() + lost_, out());
        return out() - gone + retransmitting_;
    }
    /// The number after the highest segment that the peer holds; `una` where it holds none.
    [[nodiscard]] Seq highestSacked(Seq una) const;

    friend bool operator==(const Scoreboard&, const Scoreboard&) = default;

private:
    void forget(Segment& segment);

    std::vector<Segment> segments_{};
    std::optional<Seq> highestSacked_{};
    std::uint32_t sacked_ = 0;
    std::uint32_t duplicates_ = 0;
    std::uint32_t lost_ = 0;
    std::uint32_t retransmitting_ = 0;
    std::uint32_t everLost_ = 0;
};

template <class Visit>
void Scoreboard::acknowledge(Seq una, Seq high, News& news, const Visit& visit) {
    auto next = segments_.begin();
    for (; next != segments_.end() && next->to <= una; ++next) {
        Segment& segment = *next;
        ++news.acknowledged;
        if (segment.everRetransmitted) {
            news.ofRetransmitted = true;
        } else if (!segment.sacked) {
            if (!news.firstAcked) news.firstAcked = segment.sentAt;
            news.lastAcked = segment.sentAt;
            if (!news.reordered) news.reordered = segment.from;
            if (segment.to <= high) news.originalDelivered = true;
        }
        if (!segment.sacked) {
            ++news.delivered;
            visit(segment);
        }
        forget(segment);
    }
    segments_.erase(segments_.begin(), next);
    // A part of one: the rest stays what it was.
    if (!segments_.empty() && segments_.front().from < una) segments_.front().from = una;
}

template <class Visit>
void Scoreboard::sack(Seq from, Seq to, Seq high, News& news, const Visit& visit) {
    for (Segment& segment : segments_) {
        if (segment.from < from) continue;
        if (to < segment.to) break;
        if (segment.sacked) continue;
        if (!segment.everRetransmitted) {
            if (highestSacked_ && segment.from < *highestSacked_ &&
                (!news.reordered || segment.from < *news.reordered))
                news.reordered = segment.from;
            if (segment.to <= high) news.originalDelivered = true;
            if (!news.firstSacked) news.firstSacked = segment.sentAt;
            news.lastSacked = segment.sentAt;
        }
        visit(segment);
        forget(segment);
        segment.sacked = true;
        ++sacked_;
        ++news.delivered;
        news.sacked = true;
        if (!highestSacked_ || *highestSacked_ < segment.to) highestSacked_ = segment.to;
    }
}

}  // namespace tcplab::tcp
