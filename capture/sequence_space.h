#pragma once

#include "sim/wire/seq.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tcplab::capture {

/// The sequence numbers of one direction of a connection: relative to its initial one, without end,
/// and which of them the file holds octets for.
class SequenceSpace {
public:
    /// Of a packet in this direction. Relative to the SYN; before one was seen, the first number
    /// seen counts as 1. A RST may carry any number, so it teaches nothing.
    [[nodiscard]] std::int64_t sent(Seq seq, std::uint32_t length, bool syn, bool rst);
    /// The same of a number that the other end acknowledges, or of none where it does not.
    [[nodiscard]] std::int64_t acknowledged(Seq ack);

    /// Its next SYN may have another number, from which it begins anew.
    void restart() { sawSyn_ = false; }

    /// The initial sequence number was seen: sent, or acknowledged.
    [[nodiscard]] bool based() const { return based_; }
    [[nodiscard]] bool startsAt(Seq isn) const { return based_ && base_ == isn; }

    /// Notes that the octets from `from` up to `to` are in the file. How many of them are new.
    std::uint64_t cover(std::int64_t from, std::int64_t to);

private:
    struct Range {
        std::int64_t from = 0;
        std::int64_t to = 0;
    };
    // So many gaps are remembered; what fills an older one is not counted.
    static constexpr std::size_t kMostHoles = 1024;

    [[nodiscard]] std::int64_t relative(Seq raw) const;
    void base(Seq isn);
    /// Where no SYN tells: what lies before the first number may yet come again.
    void baseBefore(Seq first);

    Seq base_{};
    bool based_ = false;
    bool sawSyn_ = false;
    std::int64_t reference_ = 0;  // The highest credible number so far: unwrapping starts here.
    std::int64_t covered_ = 1;    // Nothing from here on is in the file,
    std::vector<Range> holes_{};  // nor these, in ascending order.
};

}  // namespace tcplab::capture
