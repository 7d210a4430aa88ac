#pragma once

#include "sim/base/bytes.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace tcplab::tcp {

/// The octets that the user has sent and the peer has not acknowledged, the oldest first. Offset 0
/// is the first octet not acknowledged.
class SendQueue {
public:
    /// `endsRecord`: what follows may not share a segment with these.
    void append(const Bytes& octets, bool endsRecord = false);
    /// Forgets the first `count` octets, which were acknowledged.
    void acknowledge(std::size_t count);
    void clear() { *this = {}; }
    /// `count` octets from `offset`, which are in the queue.
    [[nodiscard]] Bytes range(std::size_t offset, std::size_t count) const;
    /// How many octets from `offset` may share a segment, of all there are.
    [[nodiscard]] std::size_t recordLeft(std::size_t offset) const;
    [[nodiscard]] std::size_t size() const { return size_; }

    friend bool operator==(const SendQueue&, const SendQueue&) = default;

private:
    std::deque<Bytes> pieces_{};
    std::size_t size_ = 0;
    std::uint64_t forgotten_ = 0;              ///< Octets acknowledged since the first.
    std::vector<std::uint64_t> recordEnds_{};  ///< Counted from the first octet of all.
};

}  // namespace tcplab::tcp
