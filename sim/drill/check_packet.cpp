#include "sim/drill/check_packet.h"

#include "sim/wire/notation.h"

#include <algorithm>

namespace tcplab::drill {

namespace {

// The flags that do not fit. Between gathered segments, FIN, PSH and CWR come with the last.
bool flagsFit(const TcpPattern& pattern, const Segment& segment, Gathering gathering) {
    Flags expected = pattern.flags;
    Flags got = segment.ctl;
    if (!gathering.last) {
        expected.fin = expected.psh = expected.cwr = false;
        got.fin = got.psh = got.cwr = false;
    }
    if (pattern.ace) {
        const bool ece = (*pattern.ace & 1) != 0;
        const bool cwr = (*pattern.ace & 2) != 0;
        expected.ece = ece;
        expected.cwr = cwr;
    }
    return expected == got && !pattern.accurateEcn && (!pattern.ace || (*pattern.ace & 4) == 0);
}

// Octet by octet, save for a timestamp that may differ by the rounding of its time.
bool optionsFit(const TcpPattern& pattern, const wire::TcpOptions& got, std::uint32_t tolerance) {
    if (pattern.anyOptions) return true;
    const wire::TcpOptions& expected = pattern.options;
    if (expected == got) return true;
    const auto wanted = expected.timestamps();
    const auto sent = got.timestamps();
    if (!wanted || !sent || wanted->echoReply != sent->echoReply) return false;
    const auto apart = static_cast<std::int32_t>(sent->value - wanted->value);
    if (!pattern.anyTimestamp && static_cast<std::uint32_t>(apart < 0 ? -apart : apart) > tolerance)
        return false;
    wire::TcpOptions alike;
    wire::TcpOptionCursor cursor{got.octets()};
    for (std::size_t from = 0; const auto option = cursor.next(); from = cursor.offset()) {
        if (std::holds_alternative<wire::Timestamps>(*option))
            alike.push(wire::TcpOption{*wanted});
        else
            alike.push(got.octets().subspan(from, cursor.offset() - from));
    }
    alike.push(got.octets().subspan(alike.octets().size()));
    return expected == alike;
}

}  // namespace

std::optional<std::string> unexpectedIn(const TcpPattern& pattern,
                                        const Segment& segment,
                                        Seq liveSequence,
                                        Gathering gathering,
                                        std::uint32_t timestampTolerance) {
    const auto sent = static_cast<std::uint32_t>(segment.payload.size());
    if (!flagsFit(pattern, segment, gathering)) return "flags " + wire::flagsText(segment.ctl);
    const Seq expected{pattern.sequence + gathering.octets};
    const Seq sequence = pattern.absolute ? liveSequence : segment.seq;
    if (!pattern.anySequence && sequence != expected)
        return "sequence number " + std::to_string(sequence.raw());
    if (gathering.last ? gathering.octets + sent != pattern.length
                       : gathering.octets + sent > pattern.length)
        return std::to_string(gathering.octets + sent) + " octets";
    if (pattern.flags.ack && segment.ack.raw() != pattern.ack)
        return "ack " + std::to_string(segment.ack.raw());
    if (pattern.window && *pattern.window != segment.wnd)
        return "win " + std::to_string(segment.wnd);
    if (pattern.urgent != (segment.ctl.urg ? segment.up : 0))
        return "urg " + std::to_string(segment.up);
    if (!optionsFit(pattern, segment.options, timestampTolerance)) {
        const std::string text = wire::optionsText(segment.options.octets());
        return text.empty() ? "no options" : text;
    }
    return {};
}

std::optional<std::string> unexpectedIn(const IpPattern& pattern, const host::Datagram& datagram) {
    const auto tos = static_cast<std::uint8_t>(datagram.tos & pattern.tosMask);
    if (tos != pattern.tos) return "tos " + std::to_string(datagram.tos);
    const int ecn = datagram.tos & 3;
    if (pattern.eitherEct && ecn != 1 && ecn != 2) return "ecn " + std::to_string(ecn);
    if (pattern.ttl && *pattern.ttl != datagram.ttl) return "ttl " + std::to_string(datagram.ttl);
    return {};
}

}  // namespace tcplab::drill
