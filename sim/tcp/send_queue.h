#pragma once

#include "sim/base/bytes.h"

#include <deque>

namespace tcplab::tcp {

/// The octets that the user has sent and the peer has not acknowledged, the oldest first. Offset 0
/// is the first octet not acknowledged.
class SendQueue {
public:
    void append(const Bytes& octets);
    /// Forgets the first `count` octets, which were acknowledged.
    void acknowledge(std::size_t count);
    void clear() { *this = {}; }
    /// `count` octets from `offset`, which are in the queue.
    [[nodiscard]] Bytes range(std::size_t offset, std::size_t count) const;
    [[nodiscard]] std::size_t size() const { return size_; }

    friend bool operator==(const SendQueue&, const SendQueue&) = default;

private:
    std::deque<Bytes> pieces_{};
    std::size_t size_ = 0;
};

}  // namespace tcplab::tcp
