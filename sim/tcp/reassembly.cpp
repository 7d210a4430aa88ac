#include "sim/tcp/reassembly.h"

#include <algorithm>

namespace tcplab::tcp {

void Reassembly::hold(Seq next, Seq seq, const Bytes& octets) {
    TCPLAB_CHECK(next <= seq);
    const Seq end = seq + static_cast<std::uint32_t>(octets.size());
    std::vector<Block> fresh;
    const auto keep = [&](Seq from, Seq to) {
        if (from < to)
            fresh.push_back({from,
                             octets.slice(static_cast<std::size_t>(from - seq),
                                          static_cast<std::size_t>(to - from))});
    };
    Seq from = seq;
    for (const Block& block : blocks_) {
        if (block.end() <= from) continue;
        if (end <= block.seq) break;
        keep(from, block.seq);
        from = block.end();
    }
    keep(from, end);
    blocks_.insert(blocks_.end(), fresh.begin(), fresh.end());
    std::ranges::sort(
        blocks_, [next](const Block& a, const Block& b) { return a.seq - next < b.seq - next; });
}

Bytes Reassembly::take(Seq next) {
    // A retransmission may have covered the start of a block since it was held.
    while (!blocks_.empty() && blocks_.front().end() <= next) blocks_.erase(blocks_.begin());
    if (blocks_.empty() || next < blocks_.front().seq) return {};
    const Block block = blocks_.front();
    blocks_.erase(blocks_.begin());
    return block.octets.slice(static_cast<std::size_t>(next - block.seq));
}

std::size_t Reassembly::size() const {
    std::size_t sum = 0;
    for (const Block& block : blocks_) sum += block.octets.size();
    return sum;
}

}  // namespace tcplab::tcp
