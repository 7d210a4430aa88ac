#include "sim/net/due_queue.h"

#include "sim/base/check.h"

#include <algorithm>
#include <utility>

namespace tcplab::net {

bool DueQueue::empty() const {
    return to_[Side::Client].empty() && to_[Side::Server].empty();
}

std::size_t DueQueue::size() const {
    return to_[Side::Client].size() + to_[Side::Server].size();
}

const InFlight& DueQueue::front() const {
    TCPLAB_CHECK(!empty());
    const auto& client = to_[Side::Client];
    const auto& server = to_[Side::Server];
    if (client.empty()) return server.front();
    if (server.empty()) return client.front();
    const auto order = [](const InFlight& packet) { return std::pair{packet.due, packet.number}; };
    return order(server.front()) < order(client.front()) ? server.front() : client.front();
}

void DueQueue::push(InFlight packet) {
    auto& queue = to_[packet.to];
    const auto later = std::ranges::upper_bound(queue, packet.due, {}, &InFlight::due);
    queue.insert(later, std::move(packet));
}

bool DueQueue::contains(std::uint32_t number) const {
    return std::ranges::any_of(kSides, [&](Side side) {
        return std::ranges::find(to_[side], number, &InFlight::number) != to_[side].end();
    });
}

InFlight DueQueue::take(std::uint32_t number) {
    for (const Side side : kSides) {
        auto& queue = to_[side];
        const auto found = std::ranges::find(queue, number, &InFlight::number);
        if (found == queue.end()) continue;
        InFlight packet = std::move(*found);
        queue.erase(found);
        return packet;
    }
    TCPLAB_UNREACHABLE();
}

std::vector<std::uint32_t> DueQueue::numbers() const {
    std::vector<std::uint32_t> all;
    for (const Side side : kSides)
        for (const InFlight& packet : to_[side]) all.push_back(packet.number);
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

}  // namespace tcplab::net
