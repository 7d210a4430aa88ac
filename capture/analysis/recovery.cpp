#include "capture/analysis/recovery.h"

#include <algorithm>

namespace tcplab::capture {
namespace {

using enum Finding;

// RFC 7323 2.3: no window is larger.
constexpr std::uint32_t kLargestWindow = std::uint32_t{1} << 30;
// However slow the way is that is left to an ACK: RFC 6298 2.4 has timers wait for longer.
constexpr Duration kLongestWay = std::chrono::milliseconds{100};

std::optional<std::uint32_t> timestampOf(Octets options) {
    if (options.empty()) return {};
    if (wire::isTimestampsAlone(options)) {
        return std::uint32_t{options[4]} << 24U | std::uint32_t{options[5]} << 16U |
               std::uint32_t{options[6]} << 8U | std::uint32_t{options[7]};
    }
    const auto timestamps = wire::findOption<wire::Timestamps>(options);
    if (!timestamps) return {};
    return timestamps->value;
}

/// RFC 7323 5.2: timestamps are compared like sequence numbers.
bool isBefore(std::uint32_t a, std::uint32_t b) {
    return Seq{a} < Seq{b};
}

}  // namespace

void Recovery::look(const Packet& packet, const Context& context, PacketFindings& found) {
    const TcpNumbers& tcp = packet.tcp;
    if (tcp.flags.rst) return;
    End& me = ends_[packet.from];
    const auto timestamp = timestampOf(context.options);
    if (!tcp.flags.syn && endOf(tcp) > tcp.seq) {
        if (timestamp && found.has(GapFilled)) lookAtTimestamp(packet, *timestamp, found);
        lookAtRepetition(packet, context, found);
    }
    if (tcp.ack) lookAtAck(packet, context, found);
    if (!me.begin) me.begin = endOf(tcp);
    if (endOf(tcp) > me.next) {
        me.next = endOf(tcp);
        me.nextAt = packet.transit.seen->at;
        me.nextPacket = packet.number;
        me.nextTimestamp = timestamp.value_or(0);
    }
    if (timestamp && (me.newestPacket == 0 || isBefore(me.newestTimestamp, *timestamp))) {
        me.newestTimestamp = *timestamp;
        me.newestPacket = packet.number;
    }
}

/// Of two packets the one with the smaller timestamp was sent first, and new octets are sent in
/// their order.
void Recovery::lookAtTimestamp(const Packet& packet,
                               std::uint32_t value,
                               PacketFindings& found) const {
    const End& me = ends_[packet.from];
    if (me.newestPacket == 0) return;
    if (isBefore(value, me.newestTimestamp)) {
        found.add(Overtaken, {me.newestPacket});
    } else if (isBefore(me.nextTimestamp, value)) {
        found.add(UpstreamLoss, {me.nextPacket});
    }
}

void Recovery::lookAtRepetition(const Packet& packet,
                                const Context& context,
                                PacketFindings& found) {
    const End& peer = ends_[other(packet.from)];
    Copy copy{.from = packet.tcp.seq,
              .to = endOf(packet.tcp),
              .first = packet.retransmissionOf.value_or(0),
              .again = packet.number};
    if (found.has(KeepAlive)) {  // Whoever gets its octet may report it as one that came before.
        copy.judged = true;
        return remember(packet.from, copy);
    }
    const bool again = found.has(RepeatedOctets);
    if (!again && !found.has(GapFilled)) return;

    const auto next = std::ranges::upper_bound(peer.sacked, copy.from, {}, &Range::to);
    if (next == peer.sacked.end()) {
        if (again && isTailLossProbe(packet, context)) {
            found.add(TailLossProbe, {copy.first, peer.acknowledgedBy});
        }
    } else if (next->from > copy.from && copy.from >= peer.acknowledged) {
        found.add(SackHoleFilled, {next->packet, copy.first});
    } else if (next->from <= copy.from && copy.to <= next->to && again) {
        found.add(NeedlessRetransmission, {next->packet, copy.first});
        copy.judged = true;
    }
    if (found.has(SpuriousRetransmission) && context.roundTrip && peer.acknowledgedBy != 0) {
        const Duration since = packet.transit.seen->at - peer.acknowledgedAt;
        if (since > *context.roundTrip * 2 && since > kLongestWay) {
            found.add(LostAck, {peer.acknowledgedBy});
        }
    }
    if (again) remember(packet.from, copy);
}

/// RFC 8985 7.3: without new octets to send, it is the last segment that is sent again. A timer
/// that has run out has the first one sent again.
bool Recovery::isTailLossProbe(const Packet& packet, const Context& context) const {
    const End& me = ends_[packet.from];
    const SentSegment* oldest = context.sent[packet.from].oldest();
    return endOf(packet.tcp) == me.next &&
           packet.tcp.seq > ends_[other(packet.from)].acknowledged && oldest != nullptr &&
           !oldest->again && oldest->packet != packet.number && context.roundTrip &&
           packet.transit.seen->at - me.nextAt >= *context.roundTrip;
}

void Recovery::lookAtAck(const Packet& packet, const Context& context, PacketFindings& found) {
    End& me = ends_[packet.from];
    const std::int64_t ack = *packet.tcp.ack;
    const bool same = ack == me.acknowledged && me.acknowledgedBy == 0;
    if (ack > me.acknowledged || same) {
        me.acknowledged = ack;
        me.acknowledgedAt = packet.transit.seen->at;
        // RFC 9293 3.10.7.4: of a segment whose octets came before, nobody reads the ACK.
        me.acknowledgedBy = found.has(RepeatedOctets) ? 0 : packet.number;
        std::erase_if(me.sacked, [ack](const Range& range) { return range.to <= ack; });
    }
    if (context.options.empty() || wire::isTimestampsAlone(context.options)) return;
    const auto sack = wire::findOption<wire::Sack>(context.options);
    if (!sack) return;
    Range before{};
    for (std::size_t n = sack->count; n > 0; --n) {
        const wire::SackBlock& block = sack->blocks.at(n - 1);
        const std::uint32_t length = block.right - block.left;
        const std::int64_t from = ack + (Seq{block.left} - Seq{packet.tcp.ackRaw});
        const Range range{from, from + length, packet.number};
        if (length == 0 || length > kLargestWindow) continue;
        // RFC 2883 4: it is behind the ACK, or a part of the block that follows it.
        const bool inNext = before.from <= range.from && range.to <= before.to;
        if (n == 1 && (range.to <= ack || inNext)) {
            lookAtDuplicate(packet, range, context.sent[other(packet.from)], found);
        } else if (range.from > me.acknowledged) {
            report(me, range);
        }
        before = range;
    }
}

/// The receiver got these octets twice.
void Recovery::lookAtDuplicate(const Packet& packet,
                               const Range& twice,
                               const SentSegments& sent,
                               PacketFindings& found) {
    End& sender = ends_[other(packet.from)];
    if (!sender.begin || twice.from < 1 || twice.to > sender.next)
        return;  // A SYN, or nothing that was seen.
    Copy* newest = nullptr;
    for (Copy& copy : sender.copies) {
        if (copy.to <= twice.from || twice.to <= copy.from) continue;
        const bool better =
            newest == nullptr || newest->judged || (!copy.judged && copy.again > newest->again);
        if (better) newest = &copy;
    }
    if (newest != nullptr) {
        if (!newest->judged) found.add(NeedlessRetransmission, {newest->first, newest->again});
        newest->judged = true;
    } else if (twice.from >= std::max(*sender.begin, sender.forgottenUpTo)) {
        const auto back = static_cast<std::uint32_t>(*packet.tcp.ack - twice.from);
        const SentSegment* once = sent.find(Seq{packet.tcp.ackRaw} - back);
        found.add(DownstreamDuplicate, {once != nullptr ? once->packet : 0});
    }
}

void Recovery::remember(Side from, const Copy& copy) {
    End& me = ends_[from];
    if (me.copies.size() < kMostCopies) {
        me.copies.push_back(copy);
        return;
    }
    Copy& oldest = me.copies[me.oldestCopy];
    me.forgottenUpTo = std::max(me.forgottenUpTo, oldest.to);
    oldest = copy;
    me.oldestCopy = (me.oldestCopy + 1) % kMostCopies;
}

/// Joins it with those that it touches.
void Recovery::report(End& receiver, Range range) {
    std::vector<Range>& all = receiver.sacked;
    const auto first = std::ranges::lower_bound(all, range.from, {}, &Range::to);
    auto last = first;
    for (; last != all.end() && last->from <= range.to; ++last) {
        if (last->from <= range.from && range.to <= last->to) return;  // Nothing new.
        range.from = std::min(range.from, last->from);
        range.to = std::max(range.to, last->to);
    }
    const auto place = all.erase(first, last);
    if (all.size() < kMostSacked) all.insert(place, range);
}

}  // namespace tcplab::capture
