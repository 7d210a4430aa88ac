#pragma once

#include "capture/flow_key.h"
#include "capture/open_flow.h"

#include <tsl/robin_map.h>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace tcplab::capture {

/// The flows that are open, by their ends. Allocates once a flow and never a packet.
class FlowTable {
public:
    /// How long a connection that is over still takes packets: what was repeated or delayed.
    static constexpr Duration kLinger = std::chrono::seconds{60};
    static constexpr std::size_t kMostPast = 65'536;

    /// The open flow between these ends, or null. The table owns it.
    [[nodiscard]] OpenFlow* find(const FlowKey& key);

    /// Opens a flow between these ends, `first` being its first packet. It takes the place of the
    /// one that they have, if they have one.
    OpenFlow& open(const FlowKey& key,
                   ConnectionId id,
                   const Frame& frame,
                   const wire::TcpPacketView& first,
                   const std::optional<PerSide<tcp::State>>& initial = {});

    /// Takes it out, and remembers it as past. Its ends have one.
    [[nodiscard]] std::unique_ptr<OpenFlow> remove(const FlowKey& key);

    /// The flow is over since `at`; said once of each flow. It leaves by nextExpired().
    void lingers(const FlowKey& key, Instant at);
    /// Takes out a flow that has been over for longer than kLinger at `now`, oldest first; null
    /// where there is none left.
    [[nodiscard]] std::unique_ptr<OpenFlow> nextExpired(Instant now);

    /// Takes out all, in order of first packets.
    [[nodiscard]] std::vector<std::unique_ptr<OpenFlow>> removeAll();

    [[nodiscard]] std::size_t size() const { return flows_.size(); }

private:
    struct Lingering {
        FlowKey key{};
        ConnectionId id = 0;  ///< Another flow may have taken its place since.
        Instant since{};
    };

    tsl::robin_map<FlowKey, std::unique_ptr<OpenFlow>, FlowKeyHash> flows_{};
    std::deque<Lingering> lingering_{};
    /// The last flow between these ends that was taken out; not of the oldest, where there are more
    /// than kMostPast.
    tsl::robin_map<FlowKey, PastFlow, FlowKeyHash> past_{};
    std::deque<FlowKey> oldestPast_{};  ///< Each key of past_ once, oldest first.
};

}  // namespace tcplab::capture
