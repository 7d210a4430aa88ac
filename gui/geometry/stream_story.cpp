#include "gui/geometry/stream_story.h"

#include "sim/framing/decoder.h"
#include "sim/framing/encoder.h"
#include "sim/wire/stack.h"

#include <algorithm>
#include <cmath>

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

StreamSoFar soFar(const Trace& trace, Side from, Moment until) {
    StreamSoFar been;
    for (const Entry& entry : trace.entries()) {
        if (entry.moment > until) break;
        const auto* called = std::get_if<Called>(&entry.what);
        const auto* returned = std::get_if<Returned>(&entry.what);
        if (called != nullptr && entry.side == from && called->text.starts_with("send("))
            ++been.sends;
        // What ends with an error, or at the end of the stream, receives nothing.
        const bool received = returned != nullptr && entry.side != from &&
                              returned->text.starts_with("recv(") && returned->result != "0" &&
                              !returned->result.starts_with('E');
        if (received) ++been.receives;
    }
    for (const Packet& packet : trace.packets())
        if (packet.transit.departed && packet.transit.departed->moment <= until)
            been.packets.insert(packet.number);
    return been;
}

StreamRows upTo(StreamRows rows, const StreamSoFar& soFar) {
    rows.sends.resize(std::min(soFar.sends, rows.sends.size()));
    rows.receives.resize(std::min(soFar.receives, rows.receives.size()));
    std::erase_if(rows.segments, [&](const StreamRows::Segment& segment) {
        return !soFar.packets.contains(segment.packet);
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

std::optional<std::uint64_t> fullSegmentOf(const Trace& trace, ConnectionId connection, Side from) {
    std::optional<std::uint64_t> announced;
    std::optional<std::uint64_t> options;
    for (const Packet& packet : trace.packets()) {
        if (packet.connection != connection) continue;
        const bool tells = packet.from != from && packet.tcp.flags.syn && !announced;
        const bool carries =
            packet.from == from && packet.tcp.len > 0 && !packet.tcp.flags.syn && !options;
        if (!tells && !carries) continue;
        const wire::Layers layers =
            wire::dissect(packet.link, trace.octetsOf(packet), packet.originalLength);
        const auto view = wire::tcpView(layers);
        if (!view) continue;
        if (carries) options = view->header.optionOctets();
        // RFC 9293 3.7.1: who says nothing of it takes 536.
        if (const auto mss = wire::findOption<wire::MaximumSegmentSize>(view->header.options);
            tells)
            announced = mss ? mss->octets : 536U;
        if (announced && options) break;
    }
    if (!announced || !options || *options >= *announced) return std::nullopt;
    return *announced - *options;
}

StreamGap gapOf(const capture::Stream& stream,
                const Trace& trace,
                ConnectionId connection,
                Side from) {
    StreamGap gap{.missing = stream.missing, .behind = stream.missingAt};
    const Packet* first = gap.behind ? trace.find(*gap.behind) : nullptr;
    if (first == nullptr) return gap;
    std::int64_t end = first->tcp.seq;
    for (const Packet& packet : trace.packets())
        if (packet.connection == connection && packet.from == from)
            end = std::max(end, packet.tcp.seq + std::int64_t{packet.tcp.len});
    gap.beyond = static_cast<std::uint64_t>(end - first->tcp.seq);
    return gap;
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

bool isLater(const StreamStory& story, std::uint64_t offset) {
    if (!story.soFar) return false;
    const auto& receives = story.rows.receives;
    const std::size_t been = std::min(story.soFar->receives, receives.size());
    return offset > (been == 0 ? 0 : receives[been - 1].octets.end);
}

std::uint64_t octetsThatFit(const StreamRows& rows, double width) {
    constexpr double kSegment = 44;  ///< Pixels for one on average: room for its number.
    constexpr double kMessage = 20;
    const auto size = static_cast<double>(rows.octets.size());
    double most = size;
    const auto need = [&](std::size_t count, double each) {
        if (count > 0)
            most = std::min(most, std::max(width, each) / each * size / static_cast<double>(count));
    };
    need(rows.segments.size(), kSegment);
    need(rows.messages.size(), kMessage);
    return static_cast<std::uint64_t>(std::ceil(most));
}

}  // namespace tcplab::gui
