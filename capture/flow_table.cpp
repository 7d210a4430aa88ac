#include "capture/flow_table.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace tcplab::capture {

OpenFlow* FlowTable::find(const FlowKey& key) {
    const auto found = flows_.find(key);
    return found == flows_.end() ? nullptr : found->second.get();
}

OpenFlow& FlowTable::open(const FlowKey& key,
                          ConnectionId id,
                          const Frame& frame,
                          const wire::TcpPacketView& first,
                          const std::optional<PerSide<tcp::State>>& initial) {
    std::unique_ptr<OpenFlow>& flow = flows_[key];
    if (flow != nullptr) {
        // In its place: it is larger than what one would like to move.
        const PastFlow past = flow->past();
        std::destroy_at(flow.get());
        return *std::construct_at(flow.get(), id, frame, first, past, initial);
    }
    const auto past = past_.find(key);
    flow =
        std::make_unique<OpenFlow>(id,
                                   frame,
                                   first,
                                   past == past_.end() ? std::nullopt : std::optional{past->second},
                                   initial);
    return *flow;
}

std::unique_ptr<OpenFlow> FlowTable::remove(const FlowKey& key) {
    const auto found = flows_.find(key);
    TCPLAB_CHECK(found != flows_.end());
    std::unique_ptr<OpenFlow> flow = std::move(found.value());
    flows_.erase(found);
    if (past_.insert_or_assign(key, flow->past()).second) oldestPast_.push_back(key);
    if (oldestPast_.size() > kMostPast) {
        past_.erase(oldestPast_.front());
        oldestPast_.pop_front();
    }
    return flow;
}

void FlowTable::lingers(const FlowKey& key, Instant at) {
    const OpenFlow* flow = find(key);
    TCPLAB_CHECK(flow != nullptr);
    lingering_.push_back({key, flow->connection().id, at});
}

std::unique_ptr<OpenFlow> FlowTable::nextExpired(Instant now) {
    while (!lingering_.empty() && now - lingering_.front().since > kLinger) {
        const Lingering oldest = lingering_.front();
        lingering_.pop_front();
        const OpenFlow* flow = find(oldest.key);
        if (flow != nullptr && flow->connection().id == oldest.id) return remove(oldest.key);
    }
    return nullptr;
}

std::vector<std::unique_ptr<OpenFlow>> FlowTable::removeAll() {
    std::vector<std::unique_ptr<OpenFlow>> all;
    all.reserve(flows_.size());
    for (auto at = flows_.begin(); at != flows_.end(); ++at) all.push_back(std::move(at.value()));
    flows_.clear();
    lingering_.clear();
    std::ranges::sort(all, {}, [](const auto& flow) { return flow->connection().id; });
    return all;
}

}  // namespace tcplab::capture
