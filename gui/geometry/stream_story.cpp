#include "gui/geometry/stream_story.h"

#include "sim/framing/decoder.h"
#include "sim/framing/encoder.h"

#include <algorithm>

namespace tcplab::gui {

namespace {

using framing::Framing;
using framing::FramingError;
using framing::StreamRange;
using net::Call;
using net::CallKind;

constexpr std::size_t kMostTried = 48;  ///< Octets whose cuts are tried.

/// The longest of what a property is in all calls of a kind.
template <class T>
T longest(const net::Program& program, CallKind kind, T Call::*member) {
    T most{};
    for (const Call& call : program)
        if (call.kind == kind) most = std::max(most, call.*member);
    return most;
}

void setPace(net::Program& program, CallKind kind, Duration pace, bool first) {
    for (Call& call : program) {
        if (call.kind != kind) continue;
        if (first) call.delay = pace;
        first = true;
    }
}

/// What is in an octet string for the program that sent it with a framing.
Bytes bodyOf(const Bytes& octets, const std::optional<Framing>& framing) {
    if (!framing) return octets;
    const auto pieces = framing::decodeAll(*framing, octets.view());
    const auto* message = pieces.empty() ? nullptr : std::get_if<framing::Message>(&pieces[0]);
    return message == nullptr ? octets : Bytes{message->octets};
}

std::optional<FramingError> reframe(net::Program& program,
                                    const std::optional<Framing>& from,
                                    const std::optional<Framing>& to) {
    for (Call& call : program) {
        if (call.kind != CallKind::Send) continue;
        const Bytes body = bodyOf(call.octets, from);
        if (!to) {
            call.octets = body;
            continue;
        }
        std::vector<std::uint8_t> written;
        if (auto error = framing::encode(*to, body.view(), written)) return error;
        call.octets = Bytes{std::move(written)};
    }
    return std::nullopt;
}

std::size_t sendsIn(const net::Program& program) {
    return static_cast<std::size_t>(std::ranges::count(program, CallKind::Send, &Call::kind));
}

}  // namespace

StreamSwitches switchesOf(const net::Scenario& scenario, Side sender) {
    const net::HostPlan& from = scenario.hosts[sender];
    const net::HostPlan& to = scenario.hosts[other(sender)];
    return {.noDelay = !from.config.nagle,
            .cork = from.config.cork,
            .mss = to.config.mss,
            .sendPace = longest(from.program, CallKind::Send, &Call::delay),
            .readSize = longest(to.program, CallKind::Recv, &Call::count),
            .readPace = longest(to.program, CallKind::Recv, &Call::delay),
            .framing = scenario.framing};
}

Expected<net::Scenario, FramingError> withSwitches(net::Scenario scenario,
                                                   Side sender,
                                                   const StreamSwitches& were,
                                                   const StreamSwitches& are) {
    net::HostPlan& from = scenario.hosts[sender];
    net::HostPlan& to = scenario.hosts[other(sender)];
    from.config.nagle = !are.noDelay;
    from.config.cork = are.cork;
    if (are.mss != were.mss) {
        for (net::HostPlan* host : {&from, &to}) {
            host->config.mss = are.mss;
            host->config.mtu = std::max<std::uint16_t>(
                host->config.mtu, static_cast<std::uint16_t>(are.mss + host->config.ipHeader + 20));
        }
    }
    if (are.sendPace != were.sendPace)
        setPace(from.program, CallKind::Send, are.sendPace, sendsIn(from.program) == 1);
    if (are.readPace != were.readPace) setPace(to.program, CallKind::Recv, are.readPace, true);
    if (are.readSize != were.readSize) {
        for (Call& call : to.program)
            if (call.kind == CallKind::Recv) call.count = are.readSize;
    }
    if (are.framing == were.framing) return scenario;
    for (const Side side : kSides) {
        if (const auto error = reframe(scenario.hosts[side].program, were.framing, are.framing))
            return Unexpected{*error};
    }
    scenario.framing = are.framing;
    return scenario;
}

Side mainSpeaker(const net::Scenario& scenario) {
    const auto sends = [&](Side side) { return sendsIn(scenario.hosts[side].program); };
    return sends(Side::Server) > sends(Side::Client) ? Side::Server : Side::Client;
}

StreamRows capturedRows(const capture::Stream& stream,
                        Side from,
                        const std::optional<Framing>& framing,
                        std::uint64_t start) {
    StreamRows rows{.from = from, .octets = Bytes{Octets{stream.octets}}};
    for (const capture::StreamPart& part : stream.parts)
        rows.segments.push_back({{part.begin, part.end}, part.packet, part.at, {}, false});
    if (!framing) return rows;
    const auto skipped =
        static_cast<std::size_t>(std::min<std::uint64_t>(start, stream.octets.size()));
    for (const framing::Piece& piece :
         framing::decodeAll(*framing, Octets{stream.octets}.subspan(skipped))) {
        if (const auto* message = std::get_if<framing::Message>(&piece))
            rows.messages.push_back(
                {.octets = {message->frame.begin + skipped, message->frame.end + skipped}});
        else if (!rows.error) {
            rows.error = std::get<FramingError>(piece);
            rows.error->offset += skipped;
        }
    }
    // Both are in order and without overlap: one walk over the two.
    const auto ends = [](const auto& all, std::uint64_t offset) {
        const auto end = [](const auto& one) { return one.octets.end; };
        const auto found = std::ranges::lower_bound(all, offset, {}, end);
        return found != all.end() && found->octets.end == offset;
    };
    auto segment = rows.segments.begin();
    for (StreamRows::Message& message : rows.messages) {
        while (segment != rows.segments.end() && segment->octets.end <= message.octets.begin)
            ++segment;
        if (segment == rows.segments.end()) break;
        message.parts = segment->octets.end < message.octets.end;
        message.glued = segment->octets.begin < message.octets.begin;
        auto last = segment;
        for (; last->octets.end < message.octets.end; ++last) {
            const std::uint64_t at = last->octets.end;
            rows.broken.push_back({at, false, {}});
        }
        message.glued = message.glued || last->octets.end > message.octets.end;
        if (!ends(rows.segments, message.octets.end))
            rows.broken.push_back({message.octets.end, true, {}});
    }
    return rows;
}

StreamRows upTo(StreamRows rows, const Trace& trace, Moment until) {
    std::size_t sends = 0;
    std::size_t receives = 0;
    for (const Entry& entry : trace.entries()) {
        if (entry.moment > until) break;
        const auto* called = std::get_if<Called>(&entry.what);
        const auto* returned = std::get_if<Returned>(&entry.what);
        if (called != nullptr && entry.side == rows.from && called->text.starts_with("send("))
            ++sends;
        // What ends with an error, or at the end of the stream, receives nothing.
        const bool received = returned != nullptr && entry.side != rows.from &&
                              returned->text.starts_with("recv(") && returned->result != "0" &&
                              !returned->result.starts_with('E');
        if (received) ++receives;
    }
    rows.sends.resize(std::min(sends, rows.sends.size()));
    rows.receives.resize(std::min(receives, rows.receives.size()));
    std::erase_if(rows.segments, [&](const StreamRows::Segment& segment) {
        const Packet* packet = trace.find(segment.packet);
        return packet == nullptr || !packet->transit.departed ||
               packet->transit.departed->moment > until;
    });
    const std::uint64_t sent = rows.sends.empty() ? 0 : rows.sends.back().octets.end;
    const std::uint64_t read = rows.receives.empty() ? 0 : rows.receives.back().octets.end;
    std::erase_if(rows.messages, [&](const auto& message) { return message.octets.end > read; });
    std::erase_if(rows.broken, [&](const auto& broken) { return broken.offset > read; });
    const bool all = rows.octets.size() == read;
    if (!all) rows.error.reset();
    const Octets octets = rows.octets.view();
    rows.octets = Bytes{std::vector<std::uint8_t>(
        octets.begin(),
        octets.begin() +
            static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(sent, octets.size())))};
    return rows;
}

Trials tryEveryCut(Octets stream, const Framing& framing) {
    std::uint64_t end = 0;
    for (const framing::Piece& piece : framing::decodeAll(framing, stream)) {
        const auto* message = std::get_if<framing::Message>(&piece);
        if (message == nullptr || (end > 0 && message->frame.end > kMostTried)) break;
        end = message->frame.end;
    }
    const Octets octets = stream.first(static_cast<std::size_t>(end));
    Trials trials{.octets = Bytes{octets}};
    if (octets.empty()) return trials;
    for (const framing::Exhibit exhibit : framing::kExhibits)
        if (framing::suits(exhibit, framing))
            trials.all.push_back({exhibit, framing::prove(exhibit, framing, octets, 20'000)});
    return trials;
}

}  // namespace tcplab::gui
