// How fast captures are folded: a packet's decoding, its flow, all that is found of it, and what
// keeps its segments.

#include "capture/analysis/sent_segments.h"
#include "capture/flow_table.h"
#include "capture/session.h"
#include "capture/stream.h"
#include "sim/wire/frame.h"

#include <benchmark/benchmark.h>

#include <vector>

namespace tcplab::capture {
namespace {

constexpr std::size_t kPayload = 1448;

/// Frames of one connection: a handshake, and then data with an ACK after each second segment.
class Transfer final : public FrameSource {
public:
    explicit Transfer(std::uint32_t segments) {
        push(Side::Client, {.seq = Seq{0}, .ctl = {.syn = true}, .wnd = 65'535});
        push(Side::Server,
             {.seq = Seq{0}, .ack = Seq{1}, .ctl = {.syn = true, .ack = true}, .wnd = 65'535});
        const Bytes payload{std::vector<std::uint8_t>(kPayload, 'x')};
        for (std::uint32_t n = 0; n < segments; ++n) {
            const auto next = static_cast<std::uint32_t>(1 + n * kPayload);
            push(Side::Client,
                 {.seq = Seq{next},
                  .ack = Seq{1},
                  .ctl = {.ack = true},
                  .wnd = 65'535,
                  .payload = payload});
            if (n % 2 == 0) continue;
            push(Side::Server,
                 {.seq = Seq{1},
                  .ack = Seq{next + static_cast<std::uint32_t>(kPayload)},
                  .ctl = {.ack = true},
                  .wnd = 65'535});
        }
    }

    Expected<std::optional<Frame>, Error> next() override {
        if (next_ == frames_.size()) return std::optional<Frame>{};
        const std::vector<std::uint8_t>& octets = frames_[next_++];
        return std::optional{Frame{.number = static_cast<std::uint32_t>(next_),
                                   .at = Instant{std::chrono::microseconds{next_}},
                                   .link = wire::LinkType::Ethernet,
                                   .originalLength = static_cast<std::uint32_t>(octets.size()),
                                   .octets = octets}};
    }
    void rewind() { next_ = 0; }
    [[nodiscard]] const std::vector<std::uint8_t>& frame(std::size_t n) const { return frames_[n]; }
    [[nodiscard]] std::size_t size() const { return frames_.size(); }

private:
    void push(Side from, const Segment& segment) {
        const PerSide<wire::SocketAddress> ends{
            {wire::SocketAddress{wire::IpAddress::v4(192, 0, 2, 1), 40'000},
             wire::SocketAddress{wire::IpAddress::v4(192, 0, 2, 2), 80}}};
        frames_.push_back(
            wire::encodeFrame({.from = ends[from], .to = ends[other(from)]}, segment));
    }

    std::vector<std::vector<std::uint8_t>> frames_{};
    std::size_t next_ = 0;
};

struct Nothing final : FlowSink {
    void connection(const Connection& /*connection*/) override {}
    void packet(const Packet& /*packet*/, Octets /*octets*/) override {}
    void entry(const Entry& /*entry*/) override {}
    void flow(const Flow& /*flow*/) override {}
};

void decode(benchmark::State& state) {
    const Transfer transfer{1};
    const std::vector<std::uint8_t>& frame = transfer.frame(2);
    for (auto _ : state) {
        const auto layers = wire::dissect(wire::LinkType::Ethernet, frame, frame.size());
        benchmark::DoNotOptimize(wire::tcpView(layers));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decode);

void lookUpFlow(benchmark::State& state) {
    const Transfer transfer{1};
    const auto layers =
        wire::dissect(wire::LinkType::Ethernet, transfer.frame(0), transfer.frame(0).size());
    wire::TcpPacketView view = *wire::tcpView(layers);
    FlowTable table;
    for (std::uint32_t n = 0; n < 10'000; ++n) {
        view.from.port = static_cast<std::uint16_t>(n + 1'024);
        const FlowKey key = FlowKey::of(view.from, view.to);
        table.open(key, n, Frame{.number = n + 1}, view);
    }
    std::uint16_t port = 0;
    for (auto _ : state) {
        view.from.port = static_cast<std::uint16_t>(port++ % 10'000 + 1'024);
        benchmark::DoNotOptimize(table.find(FlowKey::of(view.from, view.to)));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(lookUpFlow);

void fold(benchmark::State& state) {
    Transfer transfer{10'000};
    Nothing sink;
    for (auto _ : state) {
        transfer.rewind();
        benchmark::DoNotOptimize(analyze(transfer, sink));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(transfer.size()));
}
BENCHMARK(fold);

void assembleStream(benchmark::State& state) {
    Transfer transfer{10'000};
    for (auto _ : state) {
        transfer.rewind();
        benchmark::DoNotOptimize(readConversations(transfer, [](const Conversation&) {}));
    }
    state.SetBytesProcessed(state.iterations() * 10'000 * static_cast<std::int64_t>(kPayload));
}
BENCHMARK(assembleStream);

}  // namespace
}  // namespace tcplab::capture
