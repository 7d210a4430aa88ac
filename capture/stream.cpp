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

void StreamOrder::take(const Packet& packet, Octets payload, const Next& next) {
    Direction& direction = directions_[packet.from];
    const bool syn = packet.tcp.flags.syn;
    if (!direction.first && (syn || packet.tcp.len > 0 || packet.tcp.flags.fin))
        direction.first = syn ? 1 : packet.tcp.seq;
    if (packet.tcp.ack) {
        Direction& answered = directions_[other(packet.from)];
        answered.acknowledged = std::max(answered.acknowledged, *packet.tcp.ack);
        giveUp(answered);
    }
    if (packet.tcp.flags.rst || !direction.first) return;
    const std::int64_t from = packet.tcp.seq + (syn ? 1 : 0) - *direction.first;
    if (from < 0 && from + std::int64_t{packet.tcp.len} <= 0) return;
    if (packet.tcp.flags.fin)
        direction.fin = static_cast<std::uint64_t>(from + std::int64_t{packet.tcp.len});

    const std::size_t old = from < 0 ? static_cast<std::size_t>(-from) : 0;
    if (payload.size() <= old) return;
    const Octets fresh = payload.subspan(old);
    const auto begin = static_cast<std::uint64_t>(std::max<std::int64_t>(from, 0));
    const bool push = packet.tcp.flags.psh && payload.size() == packet.tcp.len;
    const Instant at = packet.transit.seen.value_or(Sighting{}).at;
    const auto extend =
        [&](std::uint64_t offset, Octets octets, PacketId number, Instant when, bool pushed) {
            const std::uint64_t end = offset + octets.size();
            if (end <= direction.known) return;
            const StreamPart part{direction.known, end, number, when, pushed};
            direction.known = end;
            next(packet.from, part, octets.subspan(static_cast<std::size_t>(part.begin - offset)));
        };
    if (begin > direction.known) {
        if (direction.gaveUp || direction.waiting.contains(begin)) return;
        if (direction.held + fresh.size() > kMostHeld) {
            if (!direction.refused || direction.refused->end <= direction.known)
                direction.refused = {packet.number, begin + fresh.size()};
            return;
        }
        direction.held += fresh.size();
        direction.waiting.emplace(begin,
                                  Waiting{{fresh.begin(), fresh.end()}, packet.number, at, push});
        giveUp(direction);
        return;
    }
    if (direction.gaveUp) return;
    extend(begin, fresh, packet.number, at, push);
    while (!direction.waiting.empty()) {
        const auto waiting = direction.waiting.begin();
        if (waiting->first > direction.known) break;
        direction.held -= waiting->second.octets.size();
        const Waiting piece = std::move(waiting->second);
        const std::uint64_t offset = waiting->first;
        direction.waiting.erase(waiting);
        extend(offset, piece.octets, piece.packet, piece.at, piece.push);
    }
}

void StreamOrder::giveUp(Direction& direction) {
    if (direction.held <= kHeldBeyondAck || !direction.first) return;
    const auto& [offset, beyond] = *direction.waiting.begin();
    if (direction.acknowledged - *direction.first <= static_cast<std::int64_t>(offset)) return;
    direction.gaveUp = true;
    direction.gapEnd = offset;
    direction.beyondGap = beyond.packet;
    direction.held = 0;
    direction.waiting.clear();
}

StreamEnd StreamOrder::endOf(Side side) const {
    const Direction& direction = directions_[side];
    StreamEnd end{.size = direction.known};
    if (direction.gaveUp) {
        end.missing = direction.gapEnd - direction.known;
        end.missingAt = direction.beyondGap;
    } else if (!direction.waiting.empty()) {
        end.missing = direction.waiting.begin()->first - direction.known;
        end.missingAt = direction.waiting.begin()->second.packet;
    } else if (direction.fin && *direction.fin > direction.known) {
        end.missing = *direction.fin - direction.known;
    } else {
        end.ended = direction.fin == direction.known;
    }
    if (direction.refused && direction.refused->end > direction.known && !direction.gaveUp) {
        end.noRoomFor = direction.refused->packet;
        if (end.missing == 0) end.missing = direction.refused->end - direction.known;
        end.ended = false;
    }
    return end;
}

void StreamAssembler::extend(Side side, const StreamPart& part, Octets octets) {
    if (speaker_ && *speaker_ != side) {
        Stream& before = streams_[*speaker_];
        if (before.turns.empty() || before.turns.back() != before.octets.size())
            before.turns.push_back(before.octets.size());
    }
    speaker_ = side;
    Stream& stream = streams_[side];
    if (part.begin >= most_) return;
    const auto kept = std::min<std::uint64_t>(octets.size(), most_ - part.begin);
    const Octets first = octets.first(static_cast<std::size_t>(kept));
    stream.octets.insert(stream.octets.end(), first.begin(), first.end());
    stream.parts.push_back(part);
    if (kept == octets.size()) return;
    stream.parts.back().end = most_;
    stream.parts.back().push = false;
}

void StreamAssembler::take(const Packet& packet, Octets payload) {
    order_.take(packet, payload, [this](Side from, const StreamPart& part, Octets octets) {
        extend(from, part, octets);
    });
}

PerSide<Stream> StreamAssembler::finish() {
    for (const Side side : kSides) {
        const StreamEnd end = order_.endOf(side);
        Stream& stream = streams_[side];
        const bool whole = end.size == stream.octets.size();
        stream.ended = end.ended && whole;
        stream.missing = whole ? end.missing : 0;
        stream.missingAt = whole ? end.missingAt : std::nullopt;
        stream.noRoomFor = whole ? end.noRoomFor : std::nullopt;
    }
    return std::move(streams_);
}

Octets payloadOf(const Packet& packet, Octets octets) {
    const wire::Layers layers = wire::dissect(packet.link, octets, packet.originalLength);
    const auto view = wire::tcpView(layers);
    return view && view->payloadLength == packet.tcp.len ? view->payload : Octets{};
}

namespace {

class Assembling final : public FlowSink {
public:
    explicit Assembling(const std::function<void(Conversation)>& take) : take_{take} {}

    void connection(const Connection& connection) override { open_[connection.id]; }
    void packet(const Packet& packet, Octets octets) override {
        open_[packet.connection].take(packet, payloadOf(packet, octets));
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

PerSide<Stream> streamsOf(const Trace& trace, ConnectionId connection, std::uint64_t most) {
    StreamAssembler assembler{most};
    for (const Packet& packet : trace.packets())
        if (packet.connection == connection)
            assembler.take(packet, payloadOf(packet, trace.octetsOf(packet)));
    return assembler.finish();
}

Summary readConversations(FrameSource& source, const std::function<void(Conversation)>& take) {
    Assembling sink{take};
    return analyze(source, sink);
}

}  // namespace tcplab::capture
