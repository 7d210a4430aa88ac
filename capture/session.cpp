#include "capture/session.h"

#include "capture/filter.h"
#include "capture/flow_table.h"
#include "capture/frame_source.h"
#include "capture/packet_finder.h"
#include "sim/base/check.h"

#include <algorithm>
#include <filesystem>
#include <span>
#include <utility>

namespace tcplab::capture {
namespace {

/// Folds frames into flows and tells the sink.
class Session {
public:
    /// `known`: the initial states of the flows, where they are known in hindsight.
    Session(FlowSink& sink, const AnalyzeOptions& options, std::span<const Flow> known = {})
        : sink_{sink}, filter_{options.filter}, checksums_{options.checksums}, known_{known} {}

    [[nodiscard]] Summary takeAll(FrameSource& source);

private:
    void take(const Frame& frame);
    [[nodiscard]] Summary finish();
    void take(const Frame& frame, const wire::TcpPacketView& packet);
    OpenFlow& flowOf(const FlowKey& key, const Frame& frame, const wire::TcpPacketView& packet);
    void end(OpenFlow& flow);
    void tellChanges();

    FlowSink& sink_;
    Filter filter_;
    bool checksums_;
    std::span<const Flow> known_;  ///< By ConnectionId.
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
    const ConnectionId id = nextId_++;
    const auto initial =
        id < known_.size() ? std::optional{known_[id].connection.initial} : std::nullopt;
    OpenFlow& flow = flows_.open(key, id, frame, packet, initial);
    sink_.connection(flow.connection());
    return flow;
}

Summary Session::takeAll(FrameSource& source) {
    for (;;) {
        const auto frame = source.next();
        if (!frame) {
            Summary summary = finish();
            summary.stopped = frame.error();
            summary.stoppedInChinese = source.stopInChinese();
            return summary;
        }
        if (!*frame) return finish();
        take(**frame);
    }
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

/// `known` are its flows, where it was read before.
Expected<Loaded, Error> loadKnowing(const std::string& path, std::span<const Flow> known) {
    const auto source = openCapture(path);
    if (!source) return Unexpected{source.error()};
    Loaded loaded;
    Keeper keeper{loaded};
    loaded.summary = Session{keeper, {}, known}.takeAll(**source);
    std::ranges::sort(loaded.flows, {}, [](const Flow& flow) { return flow.connection.id; });
    return loaded;
}

}  // namespace

const std::string& whyStopped(const Summary& summary, Language language) {
    TCPLAB_CHECK(summary.stopped.has_value());
    const bool chinese = language == Language::Chinese && !summary.stoppedInChinese.empty();
    return chinese ? summary.stoppedInChinese : summary.stopped->what;
}

Summary analyze(FrameSource& source, FlowSink& sink, const AnalyzeOptions& options) {
    return Session{sink, options}.takeAll(source);
}

Expected<Summary, Error> analyze(const std::string& path,
                                 FlowSink& sink,
                                 const AnalyzeOptions& options) {
    const auto source = openCapture(path);
    if (!source) return Unexpected{source.error()};
    return analyze(**source, sink, options);
}

Expected<Loaded, Error> load(const std::string& path) {
    auto loaded = loadKnowing(path, {});
    if (!loaded || !std::filesystem::is_regular_file(path)) return loaded;
    const bool learned = std::ranges::any_of(loaded->flows, [&](const Flow& flow) {
        const Connection& told = loaded->trace.connections()[flow.connection.id];
        return told.initial != flow.connection.initial;
    });
    return learned ? loadKnowing(path, loaded->flows) : std::move(loaded);
}

}  // namespace tcplab::capture
