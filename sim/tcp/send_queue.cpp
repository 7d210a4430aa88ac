#include "sim/tcp/send_queue.h"

namespace tcplab::tcp {

void SendQueue::append(const Bytes& octets, bool endsRecord) {
    if (octets.empty()) return;
    pieces_.push_back(octets);
    size_ += octets.size();
    if (endsRecord) recordEnds_.push_back(forgotten_ + size_);
}

std::size_t SendQueue::recordLeft(std::size_t offset) const {
    const std::uint64_t from = forgotten_ + offset;
    for (const std::uint64_t end : recordEnds_)
        if (from < end) return static_cast<std::size_t>(end - from);
    return size_ - offset;
}

void SendQueue::acknowledge(std::size_t count) {
    TCPLAB_CHECK(count <= size_);
    size_ -= count;
    forgotten_ += count;
    std::erase_if(recordEnds_, [this](std::uint64_t end) { return end <= forgotten_; });
    while (count > 0 && count >= pieces_.front().size()) {
        count -= pieces_.front().size();
        pieces_.pop_front();
    }
    if (count > 0) pieces_.front() = pieces_.front().slice(count);
}

Bytes SendQueue::range(std::size_t offset, std::size_t count) const {
    TCPLAB_CHECK(offset + count <= size_);
    auto piece = pieces_.begin();
    for (; piece != pieces_.end() && offset >= piece->size(); ++piece) offset -= piece->size();
    if (count == 0) return {};
    if (offset + count <= piece->size()) return piece->slice(offset, count);

    std::vector<std::uint8_t> gathered;
    gathered.reserve(count);
    for (; gathered.size() < count; ++piece, offset = 0) {
        const Octets part = piece->slice(offset, count - gathered.size()).view();
        gathered.insert(gathered.end(), part.begin(), part.end());
    }
    return Bytes{std::move(gathered)};
}

}  // namespace tcplab::tcp
