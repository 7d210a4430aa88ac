#include "capture/session.h"

#include "capture/filter.h"
#include "capture/flow_table.h"
#include "capture/frame_source.h"
#include "capture/packet_finder.h"

#include <algorithm>
#include <utility>

namespace tcplab::capture {
namespace {

/// Folds frames into flows and tells the sink.
class Session {
public:
    Session(FlowSink& sink, const AnalyzeOptions& options)
        : sink_{sink}, filter_{options.filter}, checksums_{options.checksums} {}

    void take(const Frame& frame);
    [[nodiscard]] Summary finish();

private:
    void take(const Frame& frame, const wire::TcpPacketView& packet);
    OpenFlow& flowOf(const FlowKey& key, const Frame& frame, const wire::TcpPacketView& packet);
    void end(OpenFlow& flow);
    void tellChanges();

    FlowSink& sink_;
    Filter filter_;
    bool checksums_;
    FlowTable flows_{};
    PacketFinder finder_{};
    Summary summary_{};
    ConnectionId nextId_ = 0;
    Instant latest_{};
    Moment moment_ = 0;
    std::vector<Entry> changes_{};  ///< Reused.
};

void Session::take(const Frame& frame) {
    summary_.packets += 1;
    if (!filter_.passes(frame)) return;
    const bool isFragment = finder_.look(
        frame,
        [this](const Frame& whole, const wire::TcpPacketView& packet) { take(whole, packet); });
    if (isFragment) sink_.fragment(frame);
}

void Session::take(const Frame& frame, const wire::TcpPacketView& packet) {
    summary_.tcpPackets += 1;
    moment_ += 1;
    latest_ = std::max(latest_, frame.at);  // Captures of several interfaces step back at times.
    while (const auto expired = flows_.nextExpired(latest_)) end(*expired);

    const FlowKey key = FlowKey::of(packet.from, packet.to);
    OpenFlow& flow = flowOf(key, frame, packet);
    const bool wasOver = flow.over();
    PacketFindings found{frame.number};
    const bool wrong =
        checksums_ && verifyChecksum(packet).state == wire::ChecksumVerdict::State::Wrong;
    const Packet record = flow.take(frame, packet, moment_, changes_, found, wrong);
    if (flow.over() && !wasOver) flows_.lingers(key, latest_);
    sink_.findings(found);
    sink_.packet(record, frame.octets);
    tellChanges();
}

OpenFlow& Session::flowOf(const FlowKey& key,
                          const Frame& frame,
                          const wire::TcpPacketView& packet) {
    if (OpenFlow* flow = flows_.find(key)) {
        if (packet.header.flags.syn) flow->prefetch();
        if (flow->continuesWith(packet)) return *flow;
        end(*flow);
    }
    OpenFlow& flow = flows_.open(key, nextId_++, frame, packet);
    sink_.connection(flow.connection());
    return flow;
}

Summary Session::finish() {
    for (const auto& flow : flows_.removeAll()) end(*flow);
    return std::move(summary_);
}

void Session::end(OpenFlow& flow) {
    const Flow& known = flow.finish(latest_, changes_);
    tellChanges();
    sink_.flow(known);
}

void Session::tellChanges() {
    for (const Entry& change : changes_) sink_.entry(change);
    changes_.clear();
}

/// Keeps what it is told.
class Keeper final : public FlowSink {
public:
    explicit Keeper(Loaded& loaded) : loaded_{loaded} {}

    void connection(const Connection& connection) override { loaded_.trace.connection(connection); }
    void packet(const Packet& packet, Octets octets) override {
        loaded_.trace.packet(packet, octets);
    }
    void entry(const Entry& entry) override { loaded_.trace.entry(entry); }
    void findings(const PacketFindings& found) override {
        if (found.begin() != found.end()) loaded_.findings.push_back(found);
    }
    void flow(const Flow& flow) override { loaded_.flows.push_back(flow); }

private:
    Loaded& loaded_;
};

}  // namespace

Summary analyze(FrameSource& source, FlowSink& sink, const AnalyzeOptions& options) {
    Session session{sink, options};
    for (;;) {
        const auto frame = source.next();
        if (!frame) {
            Summary summary = session.finish();
            summary.stopped = frame.error();
            return summary;
        }
        if (!*frame) return session.finish();
        session.take(**frame);
    }
}

Expected<Summary, Error> analyze(const std::string& path,
                                 FlowSink& sink,
                                 const AnalyzeOptions& options) {
    const auto source = openCapture(path);
    if (!source) return Unexpected{source.error()};
    return analyze(**source, sink, options);
}

Expected<Loaded, Error> load(const std::string& path) {
    Loaded loaded;
    Keeper keeper{loaded};
    auto summary = analyze(path, keeper);
    if (!summary) return Unexpected{summary.error()};
    loaded.summary = *std::move(summary);
    std::ranges::sort(loaded.flows, {}, [](const Flow& flow) { return flow.connection.id; });
    return loaded;
}

}  // namespace tcplab::capture
