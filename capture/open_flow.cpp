#include "capture/open_flow.h"

#include <algorithm>

namespace tcplab::capture {
namespace {

constexpr std::uint8_t kLargestScale = 14;  // RFC 7323 2.3

// tshark's tcp.completeness.
constexpr std::uint8_t kSynSeen = 1;
constexpr std::uint8_t kSynAckSeen = 2;
constexpr std::uint8_t kAckSeen = 4;
constexpr std::uint8_t kDataSeen = 8;
constexpr std::uint8_t kFinSeen = 16;
constexpr std::uint8_t kRstSeen = 32;

std::uint8_t completenessOf(const Flags& flags, bool data) {
    std::uint8_t seen = flags.rst ? kRstSeen : 0;
    if (flags.syn) return seen | (flags.ack ? kSynAckSeen : kSynSeen);
    if (!flags.ack) return seen;
    if (flags.fin) seen |= kFinSeen;
    return seen | (data ? kDataSeen : kAckSeen);
}

bool sentByClient(const wire::TcpPacketView& first) {
    if (first.header.flags.syn) return !first.header.flags.ack;
    return first.from.port >= first.to.port;
}

}  // namespace

OpenFlow::OpenFlow(ConnectionId id,
                   const Frame& frame,
                   const wire::TcpPacketView& first,
                   const std::optional<PastFlow>& past,
                   const std::optional<PerSide<tcp::State>>& initial) {
    Connection& connection = flow_.connection;
    connection.id = id;
    const bool byClient = sentByClient(first);
    connection.ends[Side::Client] = byClient ? first.from : first.to;
    connection.ends[Side::Server] = byClient ? first.to : first.from;
    const bool syn = first.header.flags.syn;
    connection.clientGuessed = !syn;
    flow_.first = frame.at;
    flow_.certain = syn && !first.header.flags.ack;
    connection.initial = initial.value_or(Observer::initial(first.header.flags));
    if (past) {
        const bool sameClient = past->client == connection.ends[Side::Client];
        sequenceAnalysis_ = sameClient ? past->analysis : past->analysis.swapped();
    }
}

bool OpenFlow::continuesWith(const wire::TcpPacketView& packet) const {
    const Flags& flags = packet.header.flags;
    if (!flags.syn || flags.ack || flags.rst) return true;
    const SequenceSpace& space = spaces_[sideOf(packet.from)];
    if (space.startsAt(packet.header.seq)) return true;
    // The other end's first: both open at once.
    return !space.based() && !over();
}

Packet OpenFlow::take(const Frame& frame,
                      const wire::TcpPacketView& view,
                      Moment moment,
                      std::vector<Entry>& changes,
                      PacketFindings& found,
                      bool checksumWrong) {
    const Side from = sideOf(view.from);
    noteOptions(view, from);
    Packet packet{.number = frame.number,
                  .connection = flow_.connection.id,
                  .from = from,
                  .tcp = numbersOf(view, from),
                  .certain = flow_.certain,
                  .link = frame.link,
                  .octets = {frame.offset, static_cast<std::uint32_t>(frame.octets.size())},
                  .originalLength = frame.originalLength};
    packet.transit.seen = Sighting{frame.at, moment};
    if (!observer_) observer_.emplace(flow_.connection.initial);
    const PacketId differsFrom = analyse(view, packet, found);
    const bool overtaken = found.all().hasAny({Finding::OutOfOrder});
    packet.states = observer_->observe(packet, overtaken, changes);
    packet.certain = packet.certain && observer_->certain();

    flow_.last = std::max(flow_.last, frame.at);
    flow_.packets[from] += 1;
    flow_.completeness |= completenessOf(packet.tcp.flags, packet.tcp.len > 0);
    if (checksumWrong) found.add(Finding::BadChecksum);
    noteHandshake(packet);
    const Flags& flags = packet.tcp.flags;
    if (!flags.syn && !flags.rst) offeredWindow_[from] = true;
    measure(view, packet, differsFrom, found);
    return packet;
}

PacketId OpenFlow::analyse(const wire::TcpPacketView& view, Packet& packet, PacketFindings& found) {
    const Instant at = packet.transit.seen->at;
    const Flags& flags = view.header.flags;
    const Side from = packet.from;
    sequenceAnalysis_.look(view, from, at, sent_, found);

    const std::uint32_t length = packet.tcp.len + (flags.syn ? 1U : 0U) + (flags.fin ? 1U : 0U);
    const bool whole = view.payload.size() == packet.tcp.len && !view.fragment;
    const bool again = found.all().hasAny({Finding::Retransmission, Finding::OutOfOrder});
    const SentSegment* before = again ? sent_[from].find(view.header.seq) : nullptr;
    const SentSegment segment{.seq = view.header.seq,
                              .end = view.header.seq + length,
                              .packet = packet.number,
                              .again = again,
                              .at = at,
                              .content = whole ? contentOf(view.payload) : 0};
    PacketId differsFrom = 0;
    // tshark takes it for one.
    const bool answersSyn = flags.syn && flags.ack && syn_[other(from)] &&
                            behaviour_.synOf(from) != 0 && !behaviour_.answeredSyn(from);
    if (before != nullptr && !answersSyn) {
        packet.retransmissionOf = before->packet;
        if (segment.differsFrom(*before)) differsFrom = before->packet;
    }
    if (again) sent_[from].sentAgain(segment.seq, segment.end);
    if (flags.ack) {
        const auto ended = sent_[other(from)].acknowledge(view.header.ack);
        if (ended) flow_.roundTrips.add(at - ended->at);
    }
    if (length > 0 && !view.fragment) sent_[from].add(segment);
    return differsFrom;
}

void OpenFlow::measure(const wire::TcpPacketView& view,
                       const Packet& packet,
                       PacketId differsFrom,
                       PacketFindings& found) {
    const Flags& flags = view.header.flags;
    const Side from = packet.from;
    const std::uint64_t captured = flags.rst ? 0 : view.payload.size();
    std::uint64_t fresh = 0;
    if (captured > 0) {
        const std::int64_t first = packet.tcp.seq + (flags.syn ? 1 : 0);
        fresh = spaces_[from].cover(first, first + static_cast<std::int64_t>(captured));
        flow_.bytes[from] += fresh;
    }
    constexpr std::uint32_t kSmallestMss = 536;  // RFC 9293 3.7.1
    // RFC 6691: the options of a segment are taken from what the MSS allows.
    const auto options = static_cast<std::uint32_t>(view.header.optionOctets());
    const std::uint32_t mss = flow_.statistics[other(from)].mss.value_or(kSmallestMss);
    const std::uint32_t segment = mss - std::min(mss, options);
    behaviour_.look(packet,
                    {.captured = captured,
                     .fresh = fresh,
                     .segment = segment,
                     .roundTrip = flow_.handshakeRtt,
                     .hopLimit = view.hopLimit,
                     .differsFrom = differsFrom},
                    found);
    recovery_.look(packet,
                   {.options = view.header.options, .sent = sent_, .roundTrip = flow_.handshakeRtt},
                   found);
    statistics_.note(packet, captured, fresh, segment, found, flow_.statistics);
    flow_.zeek.look(view.header,
                    packet.tcp.len,
                    from,
                    {.checksumWrong = found.has(Finding::BadChecksum),
                     .repeats = captured > fresh,
                     .acksUnseen = found.has(Finding::AckLostSegment)});
    // tshark has them in mind, and fails in the options before it would show them.
    if (view.header.options.size() < view.header.optionOctets()) found.dropTsharks();
    flow_.findings.note(found);
    remarks_.note(packet, found);
}

const Flow& OpenFlow::finish(Instant until, std::vector<Entry>& changes) {
    TCPLAB_CHECK(observer_.has_value());
    flow_.until = until;
    flow_.states = observer_->finish(changes);
    flow_.connection.initial = observer_->initialInHindsight();
    flow_.closedBy = observer_->closedBy();
    flow_.resetBy = observer_->resetBy();
    behaviour_.finish(flow_.states, until, flow_.findings);
    remarks_.finish();
    flow_.remarks = remarks_.counts();
    for (const Side side : kSides) {
        flow_.statistics[side].windowClosed = behaviour_.windowClosed(side, flow_.last);
        flow_.statistics[side].windowClosedSince = behaviour_.windowClosedSince(side);
        flow_.statistics[side].windowScale = windowScale_[side];
        flow_.windowScaleUnknown[side] = windowScaleUnknown(side);
        flow_.syn[side] = behaviour_.synOf(side);
        flow_.fin[side] = behaviour_.finOf(side);
    }
    flow_.reset = behaviour_.resetPacket();
    return flow_;
}

Side OpenFlow::sideOf(const wire::SocketAddress& address) const {
    return address == flow_.connection.ends[Side::Client] ? Side::Client : Side::Server;
}

TcpNumbers OpenFlow::numbersOf(const wire::TcpPacketView& packet, Side from) {
    const wire::TcpHeader& header = packet.header;
    const Flags& flags = header.flags;
    const auto payload = static_cast<std::uint32_t>(packet.payloadLength);
    const std::uint32_t length = payload + (flags.syn ? 1U : 0U) + (flags.fin ? 1U : 0U);
    // An end that was reset and answers the same SYN once more begins anew.
    if (flags.syn && flags.ack && over()) spaces_[from].restart();
    TcpNumbers numbers{.flags = flags,
                       .seq = spaces_[from].sent(header.seq, length, flags.syn, flags.rst),
                       .seqRaw = header.seq.raw(),
                       .ackRaw = header.ack.raw(),
                       .len = payload,
                       .window = header.window};
    if (flags.ack) numbers.ack = spaces_[other(from)].acknowledged(header.ack);
    // RFC 7323 2.2: only where both offered it, and never the window of a SYN itself. A SYN-ACK
    // offers it only to a SYN that did, which the capture may have missed.
    const std::optional<Flags>& syn = syn_[from];
    const bool offeredByPeer = windowScale_[other(from)] || (syn && syn->ack && !syn_[other(from)]);
    if (windowScale_[from] && offeredByPeer && !flags.syn) numbers.window <<= *windowScale_[from];
    return numbers;
}

/// A SYN that offers no scale settles it; one that does needs the other end's.
bool OpenFlow::windowScaleUnknown(Side side) const {
    if (!offeredWindow_[side]) return false;
    const std::optional<Flags>& syn = syn_[side];
    if (!syn) return true;
    return windowScale_[side] && !syn->ack && !syn_[other(side)];
}

void OpenFlow::noteOptions(const wire::TcpPacketView& packet, Side from) {
    if (!packet.header.flags.syn || syn_[from]) return;
    syn_[from] = packet.header.flags;
    const Octets options = packet.header.options;
    if (const auto scale = wire::findOption<wire::WindowScale>(options)) {
        windowScale_[from] = std::min(scale->shift, kLargestScale);
    }
    if (const auto mss = wire::findOption<wire::MaximumSegmentSize>(options)) {
        flow_.statistics[from].mss = mss->octets;
    }
}

void OpenFlow::noteHandshake(const Packet& packet) {
    const Flags& flags = packet.tcp.flags;
    const bool byClient = packet.from == Side::Client;
    if (flags.syn && !flags.ack && byClient && !synAcknowledged_) {
        synAt_ = packet.transit.seen->at;
    } else if (flags.syn && flags.ack && !byClient) {
        synAcknowledged_ = true;
    } else if (flags.ack && !flags.syn && !flags.rst && byClient && synAcknowledged_ && synAt_ &&
               !flow_.handshakeRtt) {
        flow_.handshakeRtt = packet.transit.seen->at - *synAt_;
    }
}

}  // namespace tcplab::capture
