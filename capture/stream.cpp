#include "capture/stream.h"

#include "sim/wire/stack.h"

#include <algorithm>
#include <utility>

namespace tcplab::capture {

std::vector<PacketId> packetsOf(const Stream& stream, std::uint64_t begin, std::uint64_t end) {
    std::vector<PacketId> packets;
    auto part = std::ranges::upper_bound(stream.parts, begin, {}, &StreamPart::end);
    for (; part != stream.parts.end() && part->begin < end; ++part)
        if (packets.empty() || packets.back() != part->packet) packets.push_back(part->packet);
    return packets;
}

void StreamAssembler::extend(Side side, std::uint64_t begin, const Waiting& piece) {
    Stream& stream = directions_[side].stream;
    const std::uint64_t known = stream.octets.size();
    if (begin + piece.octets.size() <= known) return;
    if (speaker_ && *speaker_ != side) {
        Stream& before = directions_[*speaker_].stream;
        if (before.turns.empty() || before.turns.back() != before.octets.size())
            before.turns.push_back(before.octets.size());
    }
    speaker_ = side;
    const auto old = static_cast<std::ptrdiff_t>(known - begin);
    stream.octets.insert(stream.octets.end(), piece.octets.begin() + old, piece.octets.end());
    stream.parts.push_back({known, stream.octets.size(), piece.packet, piece.at, piece.push});
}

void StreamAssembler::take(const Packet& packet, Octets payload) {
    Direction& direction = directions_[packet.from];
    const bool syn = packet.tcp.flags.syn;
    if (!direction.first && (syn || packet.tcp.len > 0 || packet.tcp.flags.fin))
        direction.first = syn ? 1 : packet.tcp.seq;
    if (packet.tcp.flags.rst || !direction.first) return;
    const std::int64_t from = packet.tcp.seq + (syn ? 1 : 0) - *direction.first;
    if (from < 0 && from + std::int64_t{packet.tcp.len} <= 0) return;
    if (packet.tcp.flags.fin)
        direction.fin = static_cast<std::uint64_t>(from + std::int64_t{packet.tcp.len});

    const std::size_t old = from < 0 ? static_cast<std::size_t>(-from) : 0;
    if (payload.size() <= old) return;
    const Octets fresh = payload.subspan(old);
    const auto begin = static_cast<std::uint64_t>(std::max<std::int64_t>(from, 0));
    const bool whole = payload.size() == packet.tcp.len;
    Waiting piece{{fresh.begin(), fresh.end()},
                  packet.number,
                  packet.transit.seen.value_or(Sighting{}).at,
                  packet.tcp.flags.psh && whole};
    const std::uint64_t known = direction.stream.octets.size();
    if (begin > known) {
        if (direction.held + fresh.size() > kMostHeld || direction.waiting.contains(begin)) return;
        direction.held += fresh.size();
        direction.waiting.emplace(begin, std::move(piece));
        return;
    }
    extend(packet.from, begin, piece);
    while (!direction.waiting.empty()) {
        const auto next = direction.waiting.begin();
        if (next->first > direction.stream.octets.size()) break;
        direction.held -= next->second.octets.size();
        extend(packet.from, next->first, next->second);
        direction.waiting.erase(next);
    }
}

PerSide<Stream> StreamAssembler::finish() {
    PerSide<Stream> streams;
    for (const Side side : kSides) {
        Direction& direction = directions_[side];
        Stream& stream = direction.stream;
        const std::uint64_t known = stream.octets.size();
        stream.ended = direction.fin == known;
        if (!direction.waiting.empty()) {
            stream.missing = direction.waiting.begin()->first - known;
            stream.missingAt = direction.waiting.begin()->second.packet;
        } else if (direction.fin && *direction.fin > known) {
            stream.missing = *direction.fin - known;
        }
        streams[side] = std::move(stream);
    }
    return streams;
}

namespace {

void takeInto(StreamAssembler& assembler, const Packet& packet, Octets octets) {
    const wire::Layers layers = wire::dissect(packet.link, octets, packet.originalLength);
    const auto view = wire::tcpView(layers);
    const bool whole = view && view->payloadLength == packet.tcp.len;
    assembler.take(packet, whole ? view->payload : Octets{});
}

class Assembling final : public FlowSink {
public:
    explicit Assembling(const std::function<void(Conversation)>& take) : take_{take} {}

    void connection(const Connection& connection) override { open_[connection.id]; }
    void packet(const Packet& packet, Octets octets) override {
        takeInto(open_[packet.connection], packet, octets);
    }
    void entry(const Entry& /*entry*/) override {}
    void flow(const Flow& flow) override {
        const auto found = open_.find(flow.connection.id);
        if (found == open_.end()) return;
        PerSide<Stream> streams = found->second.finish();
        open_.erase(found);
        take_({flow, std::move(streams)});
    }

private:
    const std::function<void(Conversation)>& take_;
    std::map<ConnectionId, StreamAssembler> open_{};
};

}  // namespace

PerSide<Stream> streamsOf(const Trace& trace, ConnectionId connection) {
    StreamAssembler assembler;
    for (const Packet& packet : trace.packets())
        if (packet.connection == connection) takeInto(assembler, packet, trace.octetsOf(packet));
    return assembler.finish();
}

Summary readConversations(FrameSource& source, const std::function<void(Conversation)>& take) {
    Assembling sink{take};
    return analyze(source, sink);
}

}  // namespace tcplab::capture
