#include "sim/trace/stream_rows.h"

#include "sim/framing/decoder.h"
#include "sim/net/scheduler.h"
#include "sim/net/world.h"

#include <algorithm>
#include <map>

namespace tcplab {
namespace {

using Kind = Cause::Kind;
using framing::StreamRange;

/// What one direction is known to have done so far.
struct Direction {
    StreamRows rows{};
    std::vector<std::uint8_t> octets{};
    std::uint64_t sent = 0;  ///< Octets that left at least once.
    /// At the end of a send that had not left when the next was called: what held it.
    std::map<std::uint64_t, std::vector<Cause>> held{};
    /// Why a segment ended where it did although there was more to send.
    std::map<std::uint64_t, std::vector<Cause>> cut{};
    /// Octets that became readable by one arrival.
    struct Readable {
        StreamRange octets{};
        Instant at{};
        PacketId packet = 0;
    };
    std::vector<Readable> readable{};
    std::vector<bool> more{};  ///< Of each receive: octets were left in the buffer.
    std::optional<StreamRows::Receive> reading{};
};

/// Plays a scenario and watches what becomes of the octets.
class Watching {
public:
    Watching(const net::Scenario& scenario, std::uint64_t seed)
        : scenario_{scenario}, world_{net::begin(scenario, seed)} {
        for (const Side side : kSides) directions_[side].rows.from = side;
    }
    [[nodiscard]] PerSide<StreamRows> play();

private:
    void take(const net::World& before, const net::Outcome& outcome);
    void called(const net::World& before, Side side);
    void transmitted(Side side, const tcp::Transmit& action, PacketId packet);
    void arrived(Side side, std::optional<PacketId> packet);
    void received(Side side, const Bytes& octets);
    [[nodiscard]] std::vector<Cause> holding(const net::Host& host, const Direction& out) const;
    [[nodiscard]] std::vector<Cause> cutting(Side side,
                                             const StreamRange& segment,
                                             PacketId packet) const;

    const net::Scenario& scenario_;
    net::World world_;
    PerSide<Direction> directions_{};  ///< By who sends.
};

bool controlsCongestion(const tcp::Config& config) {
    return config.congestionControl != tcp::Config::CongestionControl::None;
}

std::int64_t room(const tcp::Tcb& tcb, std::uint32_t window) {
    return std::int64_t{tcb.snd.una + window - tcb.snd.nxt};
}

// Why octets that were sent by the program have not left, as the sender decides it in 3.8.6.2.1.
std::vector<Cause> Watching::holding(const net::Host& host, const Direction& out) const {
    const tcp::Tcb& tcb = host.endpoint.tcb();
    const auto waiting = static_cast<std::int64_t>(out.octets.size() - out.sent);
    const std::int64_t wanted = std::min<std::int64_t>(waiting, tcb.sendMss);
    std::vector<Cause> causes;
    if (room(tcb, tcb.snd.wnd) < wanted) causes.push_back({.kind = Kind::WindowClosed});
    if (controlsCongestion(host.config) && room(tcb, tcb.congestionWindow()) < wanted)
        causes.push_back({.kind = Kind::CongestionClosed});
    if (waiting >= tcb.sendMss) return causes;
    if (host.config.cork) causes.push_back({.kind = Kind::Cork});
    const bool inFlight = tcb.snd.nxt != tcb.snd.una;
    if (host.config.nagle && !host.config.cork && inFlight) {
        Cause cause{.kind = Kind::Nagle};
        if (!out.rows.segments.empty()) cause.packet = out.rows.segments.back().packet;
        causes.push_back(cause);
    }
    return causes;
}

std::vector<Cause> Watching::cutting(Side side, const StreamRange& segment, PacketId packet) const {
    const net::Host& host = world_.hosts[side];
    const tcp::Tcb& tcb = host.endpoint.tcb();
    const Seq end = tcb.snd.iss + 1 + static_cast<std::uint32_t>(segment.end);
    std::vector<Cause> causes;
    constexpr std::uint64_t kOptions = 40;  // Which take from the segment what the MSS gives.
    const auto add = [&](Kind kind) {
        causes.push_back({.kind = kind, .packet = packet, .octets = segment.size()});
    };
    // What the window has no room for is not sent (3.8.6.2.1): then it is not the size that cut.
    const std::uint64_t left = directions_[side].octets.size() - segment.end;
    const auto next = static_cast<std::int64_t>(std::min<std::uint64_t>(left, tcb.sendMss));
    const auto hasNoRoom = [&](std::uint32_t window) {
        return std::int64_t{tcb.snd.una + window - end} < next;
    };
    const bool isShut = hasNoRoom(tcb.snd.wnd);
    if (segment.size() >= tcb.sendMss && !isShut) add(Kind::MaximumSegmentSize);
    if (isShut) add(Kind::WindowEdge);
    if (controlsCongestion(host.config) && hasNoRoom(tcb.congestionWindow()))
        add(Kind::CongestionEdge);
    if (causes.empty())
        add(segment.size() + kOptions >= tcb.sendMss ? Kind::MaximumSegmentSize : Kind::WindowEdge);
    return causes;
}

void Watching::called(const net::World& before, Side side) {
    const net::Host& host = before.hosts[side];
    const net::Call& call = (*host.program)[host.nextCall];
    if (call.kind == net::CallKind::Recv) {
        directions_[other(side)].reading =
            StreamRows::Receive{.asked = call.count, .called = world_.now, .returned = world_.now};
    }
    if (call.kind != net::CallKind::Send) return;
    Direction& out = directions_[side];
    const std::uint64_t end = out.octets.size();
    if (out.sent < end) out.held[end] = holding(host, out);
    const Octets more = call.octets.view();
    out.octets.insert(out.octets.end(), more.begin(), more.end());
    out.rows.sends.push_back({{end, out.octets.size()}, world_.now});
}

void Watching::transmitted(Side side, const tcp::Transmit& action, PacketId packet) {
    const std::uint64_t size = action.segment.payload.size();
    if (size == 0) return;
    Direction& out = directions_[side];
    const Seq first = world_.hosts[side].endpoint.tcb().snd.iss + 1;
    const auto begin =
        static_cast<std::uint64_t>(static_cast<std::uint32_t>(action.segment.seq - first));
    const StreamRange range{begin, begin + size};
    const bool again = range.begin < out.sent;
    out.rows.segments.push_back(
        {.octets = range, .packet = packet, .departed = world_.now, .again = again});
    if (range.end > out.sent && range.end < out.octets.size() && !again)
        out.cut[range.end] = cutting(side, range, packet);
    out.sent = std::max(out.sent, range.end);
}

// The octets that `side` can read by now.
void Watching::arrived(Side side, std::optional<PacketId> packet) {
    Direction& in = directions_[other(side)];
    const tcp::Tcb& tcb = world_.hosts[side].endpoint.tcb();
    std::uint64_t before = in.readable.empty() ? 0 : in.readable.back().octets.end;
    const std::uint64_t read = in.rows.receives.empty() ? 0 : in.rows.receives.back().octets.end;
    const std::uint64_t now = read + tcb.receivedSize();
    if (now > before) in.readable.push_back({{before, now}, world_.now, packet.value_or(0)});
}

void Watching::received(Side side, const Bytes& octets) {
    Direction& in = directions_[other(side)];
    StreamRows::Receive receive = in.reading.value_or(StreamRows::Receive{});
    const std::uint64_t begin = in.rows.receives.empty() ? 0 : in.rows.receives.back().octets.end;
    receive.octets = {begin, begin + octets.size()};
    receive.returned = world_.now;
    in.rows.receives.push_back(receive);
    in.more.push_back(world_.hosts[side].endpoint.tcb().receivedSize() > 0);
}

void Watching::take(const net::World& before, const net::Outcome& outcome) {
    const Side side = outcome.side;
    std::optional<PacketId> packet;
    for (const net::Deed& deed : outcome.deeds) {
        if (std::holds_alternative<net::CallBegan>(deed)) called(before, side);
        if (const auto* arrival = std::get_if<net::PacketArrived>(&deed)) {
            packet = arrival->packet;
            for (StreamRows::Segment& segment : directions_[other(side)].rows.segments)
                if (segment.packet == *packet && !segment.arrived) segment.arrived = world_.now;
        }
        const auto* acted = std::get_if<net::Acted>(&deed);
        if (acted == nullptr) continue;
        if (const auto* transmit = std::get_if<tcp::Transmit>(&acted->action))
            transmitted(side, *transmit, acted->packet);
        if (const auto* deliver = std::get_if<tcp::Deliver>(&acted->action))
            received(side, deliver->octets);
    }
    arrived(side, packet);
}

/// Finds the causes once all is known.
class Judging {
public:
    explicit Judging(Direction& direction) : in_{direction} {}
    void run();

private:
    [[nodiscard]] std::vector<Cause> splitAt(std::size_t receive) const;
    [[nodiscard]] std::vector<Cause> gluedAt(std::uint64_t offset,
                                             const StreamRows::Receive& receive) const;
    [[nodiscard]] const Direction::Readable* readableAt(std::uint64_t octet) const;

    Direction& in_;
};

const Direction::Readable* Judging::readableAt(std::uint64_t octet) const {
    for (const Direction::Readable& one : in_.readable)
        if (one.octets.begin <= octet && octet < one.octets.end) return &one;
    return nullptr;
}

std::vector<Cause> Judging::splitAt(std::size_t index) const {
    const StreamRows::Receive& receive = in_.rows.receives[index];
    std::vector<Cause> causes;
    if (receive.octets.size() == receive.asked)
        causes.push_back({.kind = Kind::ReadTooLittle, .octets = receive.asked});
    if (in_.more[index]) return causes;
    const auto cut = in_.cut.find(receive.octets.end);
    if (cut != in_.cut.end()) {
        causes.insert(causes.end(), cut->second.begin(), cut->second.end());
        return causes;
    }
    const auto* last = readableAt(receive.octets.end - 1);
    const bool segmentEnds = std::ranges::any_of(in_.rows.segments, [&](const auto& segment) {
        return segment.octets.end == receive.octets.end && segment.again;
    });
    const PacketId packet = last == nullptr ? 0 : last->packet;
    if (causes.empty())
        causes.push_back(
            {.kind = segmentEnds ? Kind::SentAgain : Kind::WindowEdge, .packet = packet});
    return causes;
}

std::vector<Cause> Judging::gluedAt(std::uint64_t offset,
                                    const StreamRows::Receive& receive) const {
    std::vector<Cause> causes;
    const auto* before = readableAt(offset - 1);
    const auto* after = readableAt(offset);
    if (before != nullptr && after != nullptr && before != after) {
        causes.push_back(
            {.kind = Kind::ReadLate, .packet = after->packet, .time = receive.called - before->at});
    } else if (after != nullptr) {
        const bool together = std::ranges::any_of(in_.rows.segments, [&](const auto& segment) {
            return segment.packet == after->packet && segment.octets.begin < offset &&
                   offset < segment.octets.end;
        });
        const auto held = in_.held.find(offset);
        if (!together)
            causes.push_back({.kind = Kind::GapFilled, .packet = after->packet});
        else if (held != in_.held.end() && !held->second.empty())
            causes = held->second;
        else
            causes.push_back({.kind = Kind::SentAgain, .packet = after->packet});
    }
    causes.push_back({.kind = Kind::ReadTooMuch, .octets = receive.asked});
    return causes;
}

void Judging::run() {
    const auto endsASend = [&](std::uint64_t offset) {
        return std::ranges::any_of(in_.rows.sends,
                                   [&](const auto& send) { return send.octets.end == offset; });
    };
    for (std::size_t i = 0; i < in_.rows.receives.size(); ++i) {
        const StreamRows::Receive& receive = in_.rows.receives[i];
        for (const StreamRows::Send& send : in_.rows.sends) {
            const std::uint64_t end = send.octets.end;
            if (send.octets.size() > 0 && receive.octets.begin < end && end < receive.octets.end)
                in_.rows.broken.push_back({end, true, gluedAt(end, receive)});
        }
        if (receive.octets.size() > 0 && !endsASend(receive.octets.end))
            in_.rows.broken.push_back({receive.octets.end, false, splitAt(i)});
    }
}

PerSide<StreamRows> Watching::play() {
    net::Repetition repetition;
    for (auto due = repetition.nextDue(world_); due; due = repetition.nextDue(world_)) {
        if (scenario_.until && *scenario_.until < due->at) break;
        const net::World before = world_;
        take(before, net::step(world_, due->choice));
        repetition.taken(world_, due->choice);
    }
    PerSide<StreamRows> rows;
    for (const Side side : kSides) {
        Direction& direction = directions_[side];
        Judging{direction}.run();
        direction.rows.octets = Bytes{std::move(direction.octets)};
        addMessages(scenario_.framing, direction.rows);
        rows[side] = std::move(direction.rows);
    }
    return rows;
}

}  // namespace

PerSide<StreamRows> streamRows(const net::Scenario& scenario, std::uint64_t seed) {
    return Watching{scenario, seed}.play();
}

void addMessages(const std::optional<framing::Framing>& framing, StreamRows& rows) {
    if (framing && !rows.datagrams) {
        framing::Decoder decoder{*framing};
        std::vector<framing::Piece> pieces;
        for (const StreamRows::Receive& receive : rows.receives) {
            pieces.clear();
            decoder.push(
                rows.octets.view().subspan(static_cast<std::size_t>(receive.octets.begin),
                                           static_cast<std::size_t>(receive.octets.size())),
                pieces);
            for (const framing::Piece& piece : pieces) {
                if (const auto* message = std::get_if<framing::Message>(&piece))
                    rows.messages.push_back({.octets = message->frame});
                else if (!rows.error)
                    rows.error = std::get<framing::FramingError>(piece);
            }
        }
    } else {
        for (const StreamRows::Send& send : rows.sends)
            rows.messages.push_back({.octets = send.octets});
    }
    for (StreamRows::Message& message : rows.messages) {
        int receives = 0;
        std::uint64_t received = 0;
        for (const StreamRows::Receive& receive : rows.receives) {
            if (receive.octets.end <= message.octets.begin ||
                message.octets.end <= receive.octets.begin)
                continue;
            ++receives;
            received += std::min(receive.octets.end, message.octets.end) -
                        std::max(receive.octets.begin, message.octets.begin);
            if (receive.octets.begin < message.octets.begin ||
                message.octets.end < receive.octets.end)
                message.glued = true;
        }
        message.parts = receives > 1;
        message.missing = received < message.octets.size();
    }
}

}  // namespace tcplab
