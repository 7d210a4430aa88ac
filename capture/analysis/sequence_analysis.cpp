#include "capture/analysis/sequence_analysis.h"

#include <algorithm>

namespace tcplab::capture {
namespace {

using enum Finding;

constexpr Duration kFastRetransmissionWithin = std::chrono::milliseconds{20};
constexpr Duration kOutOfOrderWithin = std::chrono::milliseconds{3};
constexpr std::size_t kMostUnacknowledged = 10'000;
constexpr std::uint8_t kLargestShift = 14;  // RFC 7323 2.3

// What tshark puts where it counts duplicate ACKs, once it has told of an ACK of unseen octets. It
// takes it for a large number of them later on.
constexpr std::uint32_t kToldOfUnseen = UINT32_MAX;

constexpr bool isAfter(std::uint32_t a, std::uint32_t b) {
    return Seq{a} > Seq{b};
}

/// Less than `limit` has passed since `before`. Time that went back is taken for very long.
bool within(Duration limit, Instant before, Instant now) {
    const Duration passed = now - before;
    return Duration{} <= passed && (limit < Duration{} || passed < limit);
}

}  // namespace

void SequenceAnalysis::look(const wire::TcpPacketView& packet,
                            Side from,
                            Instant at,
                            const PerSide<SentSegments>& sent,
                            PacketFindings& found) {
    const Look look{.header = packet.header,
                    .seq = packet.header.seq.raw(),
                    .ack = packet.header.ack.raw(),
                    .len = static_cast<std::uint32_t>(packet.payloadLength),
                    .at = at,
                    .sent = sent,
                    .from = from,
                    .found = found};
    findReuse(look);
    if (first_ == 0) first_ = found.packet();
    if (!packet.fragment) {  // Of a fragment nobody knows how long the segment is.
        End& me = ends_[from];
        End& peer = ends_[other(from)];
        if (!me.base) me.base = packet.header.flags.syn ? look.seq : look.seq - 1;
        if (!peer.base && packet.header.flags.ack) peer.base = look.ack - 1;
        findProbes(look);
        findAckOfUnseen(look);
        findRepetition(look);
        remember(look);
    }
    learnRoundTrip(look);
    learnScaling(look);
}

void SequenceAnalysis::findReuse(const Look& look) {
    const Flags& flags = look.header.flags;
    End& me = ends_[look.from];
    if (!flags.syn || !me.base) return;
    if (*me.base == look.seq) {
        // A RST may have left a number far ahead.
        if (!flags.ack) me.nextSeq = me.maxSeqToBeAcked;
        return;
    }
    look.found.add(ReusedPorts, {first_, me.lastPacket});
    if (flags.ack) {
        me.base = look.seq;
    } else {
        *this = SequenceAnalysis{};
    }
}

/// Everything about windows, probes and repeated ACKs.
void SequenceAnalysis::findProbes(const Look& look) {
    End& me = ends_[look.from];
    const End& peer = ends_[other(look.from)];
    PacketFindings& found = look.found;
    const bool stands = look.len == 0 && look.seq == me.nextSeq && look.ack == me.lastAck;

    if (look.len == 1 && look.seq == me.nextSeq && peer.window == 0) {
        found.add(ZeroWindowProbe, {peer.lastPacket});
    } else {
        if (look.header.window == 0 && look.isPlain()) found.add(ZeroWindow);
        if (me.nextSeq != 0 && isAfter(look.seq, me.nextSeq) && !look.header.flags.rst) {
            found.add(LostSegment, {me.nextSeqPacket});
        }
        if (look.len <= 1 && look.seq == me.nextSeq - 1 && look.isPlain()) {
            found.add(KeepAlive, {me.nextSeqPacket});
        }
        if (stands && look.header.window != 0 && look.header.window != me.window &&
            look.isPlain()) {
            found.add(WindowUpdate, {me.lastPacket});
        }
        const bool scaled = peer.scaling == Scaling::Known && !peer.firstAckToCome;
        if (look.len > 0 && peer.scaling != Scaling::Unknown && look.isPlain() &&
            look.seq + look.len == peer.lastAck + (peer.window << (scaled ? peer.shift : 0))) {
            found.add(WindowFull, {peer.lastPacket});
        }
        if (stands && look.header.window == me.window && look.isPlain() && findRepeatedAck(look)) {
            me.duplicateAcks = me.duplicateAcks == kToldOfUnseen ? 1 : me.duplicateAcks + 1;
            me.lastDuplicateAck = found.packet();
        }
    }
    if (look.ack != me.lastAck) {
        me.lastNewAck = found.packet();
        me.duplicateAcks = 0;
    }
}

/// An ACK that says nothing new. Whether it counts as a duplicate.
bool SequenceAnalysis::findRepeatedAck(const Look& look) {
    const End& me = ends_[look.from];
    const End& peer = ends_[other(look.from)];
    if (look.header.window != 0 && peer.last.has(KeepAlive)) {
        look.found.add(KeepAliveAck, {peer.lastPacket});
        return false;
    }
    if (look.header.window == 0) {
        if (peer.last.has(ZeroWindowProbe)) look.found.add(ZeroWindowProbeAck, {peer.lastPacket});
        return false;
    }
    look.found.add(DuplicateAck, {me.lastNewAck});
    return true;
}

void SequenceAnalysis::findAckOfUnseen(const Look& look) {
    End& peer = ends_[other(look.from)];
    if (peer.maxSeqToBeAcked == 0 || !look.header.flags.ack ||
        !isAfter(look.ack, peer.maxSeqToBeAcked)) {
        return;
    }
    // So that one gap is told once.
    const bool knownGap = isAfter(peer.nextSeq, peer.maxSeqToBeAcked);
    if (knownGap || peer.duplicateAcks == 0) {
        look.found.add(AckLostSegment, {peer.nextSeqPacket});
    }
    if (knownGap) {
        peer.maxSeqToBeAcked = peer.nextSeq;
    } else {
        peer.duplicateAcks = kToldOfUnseen;
    }
}

void SequenceAnalysis::findRepetition(const Look& look) const {
    const End& me = ends_[look.from];
    const End& peer = ends_[other(look.from)];
    PacketFindings& found = look.found;
    if (look.len == 0 && !look.opensOrCloses()) return;
    if (found.has(KeepAlive)) return;

    const std::uint32_t end = look.seq + look.len;
    if (look.len > 0 && peer.lastAck != 0 && !isAfter(end, peer.lastAck)) {
        found.add(Retransmission, {firstSent(look)});
        return found.add(SpuriousRetransmission, {peer.lastPacket});
    }
    // An octet before it was perhaps a window probe: then most of this is new.
    const bool followsProbe = look.len > 1 && look.seq == me.nextSeq - 1;
    if (me.nextSeq == 0 || !isAfter(me.nextSeq, look.seq) || followsProbe) return;

    if (peer.duplicateAcks >= 2 && peer.lastAck == look.seq &&
        within(kFastRetransmissionWithin, peer.lastAckAt, look.at)) {
        found.add(Retransmission, {firstSent(look)});
        return found.add(FastRetransmission, {peer.lastNewAck, peer.lastDuplicateAck});
    }
    const Duration limit = initialRoundTrip_ == Duration{} ? kOutOfOrderWithin : initialRoundTrip_;
    if (within(limit, me.nextSeqAt, look.at) &&
        me.nextSeq != end + (look.opensOrCloses() ? 1U : 0U)) {
        return found.add(OutOfOrder, {me.nextSeqPacket});
    }
    found.add(Retransmission, {firstSent(look)});
}

/// The packet that had the same number first; else the one with the highest number.
PacketId SequenceAnalysis::firstSent(const Look& look) const {
    const SentSegment* before = look.sent[look.from].find(look.header.seq);
    return before != nullptr ? before->packet : ends_[look.from].nextSeqPacket;
}

void SequenceAnalysis::remember(const Look& look) {
    End& me = ends_[look.from];
    const Findings found = look.found.all();
    const bool counted = look.sent[look.from].unacknowledged() < kMostUnacknowledged;
    const std::uint32_t end = look.seq + look.len + (look.opensOrCloses() && counted ? 1U : 0U);
    const bool isProbe = found.has(ZeroWindowProbe);
    if ((me.nextSeq == 0 || isAfter(end, me.nextSeq)) && !isProbe) {
        me.nextSeq = end;
        me.nextSeqPacket = look.found.packet();
        me.nextSeqAt = look.at;
    }
    if ((me.maxSeqToBeAcked == 0 || look.seq == me.maxSeqToBeAcked) && !isProbe) {
        me.maxSeqToBeAcked = me.nextSeq;
    }
    me.window = look.header.window;
    me.lastAck = look.ack;
    me.lastAckAt = look.at;
    me.last = found;
    me.lastPacket = look.found.packet();
}

void SequenceAnalysis::learnRoundTrip(const Look& look) {
    const Flags& flags = look.header.flags;
    End& me = ends_[look.from];
    if (flags.syn) {
        me.firstAckToCome = true;
        if (!flags.ack) lastSyn_ = look.at;
    } else if (flags.ack) {
        me.firstAckToCome = false;
        if (lastSyn_ != Instant{} && initialRoundTrip_ == Duration{}) {
            initialRoundTrip_ = look.at - lastSyn_;
        }
    }
}

/// Where one SYN does not offer it, nobody's windows are scaled.
void SequenceAnalysis::learnScaling(const Look& look) {
    const Flags& flags = look.header.flags;
    End& me = ends_[look.from];
    End& peer = ends_[other(look.from)];
    if (!look.header.options.empty() && !wire::isTimestampsAlone(look.header.options)) {
        if (const auto scale = wire::findOption<wire::WindowScale>(look.header.options)) {
            me.scaling = Scaling::Known;
            me.shift = std::min(scale->shift, kLargestShift);
        }
    }
    // In options that are cut tshark fails, before it would conclude anything from what they lack.
    if (!flags.syn || look.header.options.size() < look.header.optionOctets()) return;
    if (me.scaling == Scaling::Unknown) {
        me.scaling = Scaling::Refused;
        peer.scaling = Scaling::Refused;
    } else if (flags.ack && peer.scaling == Scaling::Refused) {
        me.scaling = Scaling::Refused;
    }
}

}  // namespace tcplab::capture
