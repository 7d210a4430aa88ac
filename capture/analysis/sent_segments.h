#pragma once

#include "capture/sequence_length.h"
#include "sim/base/bytes.h"
#include "sim/base/time.h"
#include "sim/trace/record.h"
#include "sim/wire/seq.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tcplab::capture {

/// A segment that occupies sequence space, as it was sent.
struct SentSegment {
    Seq seq{};
    Seq end{};  ///< The number after its last one.
    PacketId packet = 0;
    bool again = false;  ///< It, or what is behind it, had been sent before.
    Instant at{};
    std::uint64_t content = 0;  ///< contentOf() its octets; 0 where not all of them were captured.

    /// It has the same numbers and other octets.
    [[nodiscard]] bool differsFrom(const SentSegment& one) const {
        return seq == one.seq && end == one.end && content != 0 && one.content != 0 &&
               content != one.content;
    }
};

/// A number that stands for these octets: others have another one, but for a chance of one in 2^64.
/// 0 where there are none.
[[nodiscard]] std::uint64_t contentOf(Octets octets);

/// The segments that one end has sent and the other has not acknowledged, and a few before them.
/// Bounded: where too many are not acknowledged, the newest are counted and not kept.
class SentSegments {
public:
    static constexpr std::size_t kMostKept = 4096;
    static constexpr std::size_t kKeptAfterwards = 16;

    void add(const SentSegment& segment);

    /// Takes an acknowledgement from the other end. The earliest segment that ends right there, if
    /// it was not acknowledged before, and nothing that was sent again is acknowledged with it:
    /// nobody knows which packet the ACK is for then (RFC 6298 3).
    std::optional<SentSegment> acknowledge(Seq ack);

    /// The earliest segment that is known to begin with this number, looked for near the oldest one
    /// that is not acknowledged.
    [[nodiscard]] const SentSegment* find(Seq seq) const;
    /// Notes that these numbers were sent again, so that nobody knows which of the packets an ACK
    /// is for; looked for where find() looks.
    void sentAgain(Seq from, Seq to);

    /// Of those that are not acknowledged; null where there is none.
    [[nodiscard]] const SentSegment* oldest() const {
        return acknowledged_ < size_ ? &at(acknowledged_) : nullptr;
    }
    [[nodiscard]] std::size_t unacknowledged() const { return size_ - acknowledged_ + notKept_; }

private:
    [[nodiscard]] std::span<const SentSegment> ring() const {
        return many_.empty() ? std::span<const SentSegment>{few_} : many_;
    }
    [[nodiscard]] std::span<SentSegment> ring() {
        return many_.empty() ? std::span<SentSegment>{few_} : many_;
    }
    [[nodiscard]] const SentSegment& at(std::size_t n) const {
        const auto kept = ring();
        return kept[(first_ + n) & (kept.size() - 1)];
    }
    void grow();

    // Those kept, a ring whose size is a power of two: most flows need no allocation for it.
    std::array<SentSegment, 4> few_{};
    std::vector<SentSegment> many_{};
    std::size_t first_ = 0;
    std::size_t size_ = 0;
    std::size_t acknowledged_ = 0;  // So many of them, the oldest.
    std::size_t notKept_ = 0;
    Seq endOfNotKept_{};
};

}  // namespace tcplab::capture
