#include "sim/trace/series.h"

#include "sim/tcp/transfer_clauses.h"
#include "sim/wire/stack.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <map>
#include <utility>

namespace tcplab {

namespace {

/// What the sender of the data meets, in order.
struct Event {
    enum class Kind : std::uint8_t { Sent, Received, Cwnd, Ssthresh, Timeout };
    Kind kind{};
    Sighting sighting{};
    const Packet* packet = nullptr;  ///< Of Sent and Received.
    bool damaged = false;            ///< Of Sent: it will arrive with a wrong checksum.
    std::int64_t value = 0;          ///< Of Cwnd and Ssthresh.
};

std::int64_t endOf(const TcpNumbers& tcp) {
    return tcp.seq + tcp.len + (tcp.flags.syn ? 1 : 0) + (tcp.flags.fin ? 1 : 0);
}

/// Of a simulated record: what its entries tell of this end.
class Reader {
public:
    Reader(const Trace& trace, Side sender) : trace_{trace}, sender_{sender} {}

    void read(const Entry& entry) {
        if (entry.side != sender_) return;
        if (const auto* sent = std::get_if<Sent>(&entry.what)) {
            add(entry, {.kind = Event::Kind::Sent, .packet = trace_.find(sent->packet)});
        } else if (const auto* came = std::get_if<Arrived>(&entry.what)) {
            add(entry, {.kind = Event::Kind::Received, .packet = trace_.find(came->packet)});
        } else if (const auto* discarded = std::get_if<Discarded>(&entry.what)) {
            forget(entry.moment, discarded->packet);
        } else if (const auto* change = std::get_if<VariableChanged>(&entry.what)) {
            const auto value = static_cast<std::int64_t>(change->after);
            if (value == 0) return;  // Of a connection that is no more.
            if (change->name == "cwnd") add(entry, {.kind = Event::Kind::Cwnd, .value = value});
            if (change->name == "ssthresh")
                add(entry, {.kind = Event::Kind::Ssthresh, .value = value});
        } else if (const auto* fired = std::get_if<Fired>(&entry.what)) {
            if (fired->timer == "retransmission") add(entry, {.kind = Event::Kind::Timeout});
        }
    }
    [[nodiscard]] std::vector<Event> take() { return std::move(events_); }

private:
    void add(const Entry& entry, Event event) {
        const bool ofPacket =
            event.kind == Event::Kind::Sent || event.kind == Event::Kind::Received;
        if (ofPacket && event.packet == nullptr) return;
        event.sighting = {entry.at, entry.moment};
        events_.push_back(event);
    }
    // A segment that is not taken acknowledges nothing.
    void forget(Moment moment, PacketId packet) {
        std::erase_if(events_, [=](const Event& event) {
            return event.kind == Event::Kind::Received && event.sighting.moment == moment &&
                   event.packet->number == packet;
        });
    }

    const Trace& trace_;
    Side sender_;
    std::vector<Event> events_{};
};

std::vector<Event> eventsOf(const Trace& trace, ConnectionId id, Side sender) {
    Reader reader{trace, sender};
    for (const Entry& entry : trace.entries())
        if (entry.connection == id) reader.read(entry);
    std::vector<Event> events = reader.take();
    for (const Packet& packet : trace.packets()) {
        if (packet.connection != id || !packet.transit.seen) continue;
        const auto kind = packet.from == sender ? Event::Kind::Sent : Event::Kind::Received;
        events.push_back({.kind = kind, .sighting = *packet.transit.seen, .packet = &packet});
    }
    std::ranges::stable_sort(events, {}, [](const Event& event) { return event.sighting.moment; });
    for (const Entry& entry : trace.entries()) {
        const auto* discarded = std::get_if<Discarded>(&entry.what);
        if (discarded == nullptr || entry.why != tcp::Clause{tcp::clause::kChecksumWrong}) continue;
        for (Event& event : events)
            if (event.packet != nullptr && event.packet->number == discarded->packet)
                event.damaged = true;
    }
    return events;
}

/// The sequence numbers that were sent, whatever their order.
class Covered {
public:
    /// How many of the numbers from `from` up to `to` were not among them. They are from now on.
    std::int64_t add(std::int64_t from, std::int64_t to) {
        std::int64_t fresh = 0;
        std::int64_t at = from;
        auto range = ranges_.upper_bound(from);
        if (range != ranges_.begin() && std::prev(range)->second >= from) --range;
        const std::int64_t first =
            range != ranges_.end() && range->first < from ? range->first : from;
        std::int64_t last = to;
        while (range != ranges_.end() && range->first <= to) {
            fresh += std::max<std::int64_t>(range->first - at, 0);
            at = std::max(at, range->second);
            last = std::max(last, range->second);
            range = ranges_.erase(range);
        }
        fresh += std::max<std::int64_t>(to - at, 0);
        ranges_[first] = last;
        return fresh;
    }
    [[nodiscard]] std::optional<std::int64_t> highest() const {
        if (ranges_.empty()) return std::nullopt;
        return ranges_.rbegin()->second;
    }

private:
    std::map<std::int64_t, std::int64_t> ranges_{};  ///< Apart from each other.
};

/// Follows what was sent and acknowledged.
class Follower {
public:
    /// Empty where it occupies no number and is no probe.
    std::optional<SentSegment> sent(const Event& event) {
        const TcpNumbers& tcp = event.packet->tcp;
        SentSegment segment{.at = event.sighting.at,
                            .packet = event.packet->number,
                            .from = tcp.seq,
                            .to = endOf(tcp),
                            .flags = tcp.flags,
                            .lost = event.packet->transit.lost.has_value(),
                            .damaged = event.damaged};
        if (tcp.flags.rst) return std::nullopt;
        if (isProbe(segment)) {
            ++probes_;
            segment.kind = SentSegment::Kind::Probe;
            if (covered_.add(segment.from, segment.to) > 0) probed_ = {segment.from, segment.to};
            return segment;
        }
        if (segment.to == segment.from) return std::nullopt;
        if (!una_) una_ = segment.from;
        const bool beyond = segment.from >= covered_.highest().value_or(segment.from);
        const std::int64_t size = segment.to - segment.from;
        std::int64_t fresh = covered_.add(segment.from, segment.to);
        // What a probe had is sent for good only now.
        const auto [probed, probedEnd] = std::exchange(probed_, {});
        const bool takesUp = segment.from == probed && segment.to > probedEnd && una_ <= probed;
        if (takesUp) fresh += probedEnd - probed;
        segment.kind = fresh < size        ? SentSegment::Kind::Again
                       : beyond || takesUp ? SentSegment::Kind::New
                                           : SentSegment::Kind::Late;
        return segment;
    }

    /// Empty where it acknowledges nothing.
    std::optional<Acknowledgment> received(const Event& event) {
        const TcpNumbers& tcp = event.packet->tcp;
        if (!tcp.ack || tcp.flags.rst) return std::nullopt;
        Acknowledgment ack{.at = event.sighting.at,
                           .packet = event.packet->number,
                           .ack = *tcp.ack,
                           .edge = *tcp.ack + tcp.window};
        const bool bare = tcp.len == 0 && !tcp.flags.syn && !tcp.flags.fin;
        const bool repeats = bare && acked_ == ack.ack && window_ == tcp.window;
        const bool answers = repeats && probes_ > 0 && probes_-- > 0;
        ack.duplicate = repeats && !answers && inFlight() > 0;
        if (ack.ack >= acked_.value_or(ack.ack)) window_ = tcp.window;
        acked_ = std::max(acked_.value_or(ack.ack), ack.ack);
        una_ = std::max(una_.value_or(ack.ack), ack.ack);
        return ack;
    }

    [[nodiscard]] std::int64_t inFlight() const {
        const auto highest = covered_.highest();
        return highest && una_ ? std::max<std::int64_t>(*highest - *una_, 0) : 0;
    }
    /// The window that was last offered.
    [[nodiscard]] const std::optional<std::uint32_t>& window() const { return window_; }
    [[nodiscard]] const std::optional<std::int64_t>& acked() const { return acked_; }

private:
    /// RFC 9293 3.8.4, 3.8.6.1: it has at most one octet, right before what comes next where all is
    /// acknowledged, or right behind the edge of a closed window.
    [[nodiscard]] bool isProbe(const SentSegment& segment) const {
        const auto highest = covered_.highest();
        if (!highest || segment.flags.syn || segment.flags.fin || segment.to - segment.from > 1)
            return false;
        if (segment.from == *highest - 1 && una_ == *highest) return true;
        return window_ == 0U && segment.to > segment.from && segment.from == una_;
    }

    Covered covered_{};
    int probes_ = 0;                                  ///< That have not been answered.
    std::pair<std::int64_t, std::int64_t> probed_{};  ///< New numbers of the last probe.
    std::optional<std::int64_t> una_{};
    std::optional<std::int64_t> acked_{};
    std::optional<std::uint32_t> window_{};
};

void addSacked(const Trace& trace, const Packet& packet, Instant at, SequenceSeries& series) {
    const wire::Layers layers =
        wire::dissect(packet.link, trace.octetsOf(packet), packet.originalLength);
    const auto view = wire::tcpView(layers);
    if (!view || !packet.tcp.ack) return;
    const auto sack = wire::findOption<wire::Sack>(view->header.options);
    if (!sack) return;
    const auto relative = [&](std::uint32_t raw) {
        return *packet.tcp.ack + static_cast<std::int32_t>(raw - packet.tcp.ackRaw);
    };
    for (std::size_t i = 0; i < sack->count; ++i) {
        const wire::SackBlock& block = sack->blocks[i];
        const SackedRange range{at, packet.number, relative(block.left), relative(block.right)};
        if (range.from < range.to) series.sacked.push_back(range);
    }
}

}  // namespace

SequenceSeries sequenceSeries(const Trace& trace, ConnectionId id, Side sender) {
    SequenceSeries series;
    Follower follower;
    for (const Event& event : eventsOf(trace, id, sender)) {
        if (event.packet == nullptr) continue;
        const Packet& packet = *event.packet;
        series.sent += event.kind == Event::Kind::Sent ? 1U : 0U;
        if (packet.tcp.flags.rst)
            series.resets.push_back({event.sighting.at, packet.number, packet.from});
        if (event.kind == Event::Kind::Sent) {
            if (const auto segment = follower.sent(event)) series.segments.push_back(*segment);
        } else if (const auto ack = follower.received(event)) {
            series.acks.push_back(*ack);
            addSacked(trace, packet, event.sighting.at, series);
        }
    }
    return series;
}

std::vector<RttSample> rttSamples(const Trace& trace, ConnectionId id, Side sender) {
    std::vector<RttSample> samples;
    Follower follower;
    std::deque<SentSegment> waiting;     // New ones, in order.
    std::vector<SentSegment> ambiguous;  // What else waits for its ACK.
    for (const Event& event : eventsOf(trace, id, sender)) {
        if (event.kind == Event::Kind::Sent) {
            const auto segment = follower.sent(event);
            if (!segment || segment->kind == SentSegment::Kind::Probe) continue;
            if (segment->kind == SentSegment::Kind::New)
                waiting.push_back(*segment);
            else
                ambiguous.push_back(*segment);
        } else if (event.kind == Event::Kind::Received) {
            const auto before = follower.acked();
            const auto ack = follower.received(event);
            if (!ack || ack->ack <= before.value_or(ack->ack - 1)) continue;
            std::optional<SentSegment> last;
            for (; !waiting.empty() && waiting.front().to <= ack->ack; waiting.pop_front())
                last = waiting.front();
            const auto answered = [&](const SentSegment& one) { return one.from < ack->ack; };
            const bool unclear = std::erase_if(ambiguous, answered) > 0;
            if (last && !unclear)
                samples.push_back({ack->at, ack->packet, last->packet, ack->at - last->at});
        }
    }
    return samples;
}

WindowSeries windowSeries(const Trace& trace, ConnectionId id, Side sender) {
    WindowSeries series;
    Follower follower;
    for (const Event& event : eventsOf(trace, id, sender)) {
        const Instant at = event.sighting.at;
        const auto flight = [&] {
            series.inFlight.push_back({at, follower.inFlight(), event.packet->number});
        };
        switch (event.kind) {
            case Event::Kind::Sent:
                if (follower.sent(event)) flight();
                break;
            case Event::Kind::Received:
                if (!follower.received(event)) break;
                series.window.push_back({at, *follower.window(), event.packet->number});
                flight();
                break;
            case Event::Kind::Cwnd: series.cwnd.push_back({.at = at, .value = event.value}); break;
            case Event::Kind::Ssthresh:
                series.ssthresh.push_back({.at = at, .value = event.value});
                break;
            case Event::Kind::Timeout: break;
        }
    }
    return series;
}

std::vector<Round> rounds(const Trace& trace, ConnectionId id, Side sender) {
    std::vector<Round> all;
    std::optional<std::int64_t> cwnd;
    std::optional<std::int64_t> ssthresh;
    bool running = false;
    bool timedOut = false;
    Moment began = 0;
    std::int64_t sentUpTo = 0;                // In this round.
    std::optional<std::int64_t> lastOfBurst;  // Known once its first ACK comes.
    for (const Event& event : eventsOf(trace, id, sender)) {
        const bool sinceBegan = running && event.sighting.moment == began;
        switch (event.kind) {
            case Event::Kind::Sent:
                if (event.packet->tcp.len == 0) break;
                if (!running) {
                    all.push_back({event.sighting.at, cwnd.value_or(0), ssthresh, timedOut});
                    running = true;
                    timedOut = false;
                    began = event.sighting.moment;
                    sentUpTo = 0;
                    lastOfBurst.reset();
                }
                sentUpTo = std::max(sentUpTo, endOf(event.packet->tcp));
                break;
            case Event::Kind::Received:
                if (!running || !event.packet->tcp.ack) break;
                if (!lastOfBurst) lastOfBurst = sentUpTo;
                if (*event.packet->tcp.ack >= *lastOfBurst) running = false;
                break;
            case Event::Kind::Timeout:
                timedOut = !all.empty();
                running = false;
                break;
            case Event::Kind::Cwnd:
                cwnd = event.value;
                if (sinceBegan) all.back().cwnd = event.value;
                break;
            case Event::Kind::Ssthresh:
                ssthresh = event.value;
                if (sinceBegan) all.back().ssthresh = event.value;
                break;
        }
    }
    if (!cwnd) all.clear();
    return all;
}

namespace {

/// 1, 2 or 5 times a power of ten nanoseconds, and no less than `least`.
Duration roundTime(Duration least) {
    for (std::int64_t power = 1; power < 1'000'000'000'000'000'000; power *= 10)
        for (const std::int64_t digit : {1, 2, 5})
            if (digit * power >= least.count()) return Duration{digit * power};
    return least;
}

}  // namespace

ThroughputSeries throughputSeries(const Trace& trace,
                                  ConnectionId id,
                                  Side sender,
                                  std::optional<Duration> span) {
    constexpr std::int64_t kUsualSpans = 60;
    constexpr std::int64_t kMostSpans = 10'000;
    TCPLAB_CHECK(!span || *span > Duration{});
    std::vector<Event> events = eventsOf(trace, id, sender);
    std::erase_if(events, [](const Event& event) { return event.packet == nullptr; });
    ThroughputSeries series;
    if (events.empty()) return series;
    const auto at = [](const Event& event) { return event.sighting.at; };
    series.start = at(*std::ranges::min_element(events, {}, at));
    const Duration whole = at(*std::ranges::max_element(events, {}, at)) - series.start;
    constexpr Duration kLeast = std::chrono::microseconds{10};
    series.span = std::max(span.value_or(roundTime(std::max(whole / kUsualSpans, kLeast))),
                           roundTime(whole / kMostSpans));
    const auto count = static_cast<std::size_t>(whole / series.span + 1);
    series.sent.resize(count);
    series.once.resize(count);
    Covered covered;
    for (const Event& event : events) {
        const TcpNumbers& tcp = event.packet->tcp;
        if (event.kind != Event::Kind::Sent || tcp.len == 0) continue;
        const auto slot = static_cast<std::size_t>((at(event) - series.start) / series.span);
        const std::int64_t first = tcp.seq + (tcp.flags.syn ? 1 : 0);
        series.sent[slot] += tcp.len;
        series.once[slot] += covered.add(first, first + tcp.len);
    }
    return series;
}

Side mainSender(const Trace& trace, ConnectionId id) {
    PerSide<std::uint64_t> octets{};
    for (const Packet& packet : trace.packets())
        if (packet.connection == id) octets[packet.from] += packet.tcp.len;
    return octets[Side::Server] > octets[Side::Client] ? Side::Server : Side::Client;
}

}  // namespace tcplab
