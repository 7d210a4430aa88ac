#pragma once

#include "capture/capture_file.h"
#include "capture/flow.h"
#include "capture/session.h"
#include "capture/verdict.h"
#include "sim/tcp/transitions.h"
#include "sim/trace/trace.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

// What is kept of a capture that is larger than memory: where its packets lie and what its flows
// came to. The record of one flow is made again from the file when somebody looks at it.
namespace tcplab::capture {

/// A frame, but for its octets: where they lie.
struct IndexedFrame {
    std::uint64_t offset = 0;  ///< OctetRange::kNowhere: its packet was put together.
    Instant at{};
    PacketId number = 0;
    std::uint32_t captured = 0;
    std::uint32_t originalLength = 0;
    wire::LinkType link{};
};

struct IndexedPacket {
    IndexedFrame frame{};
    ConnectionId flow = 0;
    std::uint32_t next = 0;  ///< The place in the index of the next packet of its flow, or 0.
};

/// The changes of state that an end went through: bit i is tcp::kTransitions[i].
using Ways = std::uint32_t;
static_assert(tcp::kTransitions.size() <= 32);

/// A flow in a list.
struct FlowRow {
    Connection connection{};
    PerSide<std::uint32_t> packets{};
    PerSide<tcp::State> states{};
    PerSide<Ways> ways{};
    std::optional<Outcome> outcome{};  ///< Empty while packets may still come.
    std::uint64_t trouble = 0;         ///< See trouble().
    Instant until{};                   ///< See Flow::until.
    std::uint32_t first = 0;           ///< The places of its packets in the index.
    std::uint32_t last = 0;
};

/// What the fold over a capture told since it was asked before.
struct IndexPart {
    struct Seen {
        IndexedFrame frame{};
        ConnectionId flow = 0;
        Side from{};
        PerSide<tcp::State> states{};
    };
    struct Ended {
        ConnectionId flow = 0;
        PerSide<tcp::State> initial{};  ///< In hindsight.
        PerSide<tcp::State> states{};
        Outcome outcome{};
        std::uint64_t trouble = 0;
        Instant until{};
    };
    struct Changed {
        ConnectionId flow = 0;
        Side side{};
        Ways way = 0;  ///< One bit.
    };
    std::vector<Connection> flows{};
    std::vector<Changed> changes{};
    std::vector<Seen> packets{};
    std::vector<IndexedFrame> fragments{};
    std::vector<Ended> ended{};
};

/// Takes the record of analyze() and keeps what an Index needs of it.
class Indexer final : public FlowSink {
public:
    [[nodiscard]] IndexPart take() { return std::exchange(part_, {}); }

    void connection(const Connection& connection) override { part_.flows.push_back(connection); }
    void packet(const Packet& packet, Octets octets) override;
    void entry(const Entry& entry) override;
    void fragment(const Frame& fragment) override;
    void flow(const Flow& flow) override;

private:
    IndexPart part_{};
};

/// The flows of a capture and the places of their packets.
class Index {
public:
    /// Parts come in the order in which they were taken.
    void add(const IndexPart& part);

    /// By ConnectionId.
    [[nodiscard]] const std::vector<FlowRow>& flows() const { return flows_; }
    [[nodiscard]] std::size_t packets() const { return packets_.empty() ? 0 : packets_.size() - 1; }
    /// The flow of a packet; none where it is no TCP packet.
    [[nodiscard]] std::optional<ConnectionId> flowOf(PacketId packet) const;
    /// How many TCP packets of its flow come before it.
    [[nodiscard]] std::uint32_t positionOf(PacketId packet) const;

private:
    friend class FlowReader;
    [[nodiscard]] const IndexedPacket* find(PacketId packet) const;

    std::vector<FlowRow> flows_{};
    std::deque<IndexedPacket> packets_{};  ///< The first one is none, so that 0 names none.
    std::vector<IndexedFrame> fragments_{};
    Instant latest_{};
};

/// Some packets of a flow, and what is known of all of it.
struct LoadedFlow {
    /// Its moments are the packets of the flow, the first one being 1. The flow's first packet is
    /// always there, and all changes of state.
    Trace trace{Origin::Captured};
    Flow flow{};
    std::vector<PacketFindings> findings{};  ///< Of packets that have any, in their order.
    std::uint32_t first = 0;                 ///< How many packets of it come before those shown.
    std::uint32_t shown = 0;
    std::uint32_t whole = 0;
};

/// How much of a flow is kept at once.
struct FlowLimits {
    std::uint32_t packets = 20'000;
    std::uint64_t octets = std::uint64_t{64} << 20;
};

/// Reads a flow from the file again, keeping its packets from `first` on. The record is the one
/// that load() would give, but for the moments. An error where the file has changed since.
[[nodiscard]] Expected<LoadedFlow, Error> loadFlow(const Index& index,
                                                   const CaptureFile& file,
                                                   ConnectionId flow,
                                                   std::uint32_t first = 0,
                                                   const FlowLimits& limits = {});

}  // namespace tcplab::capture
