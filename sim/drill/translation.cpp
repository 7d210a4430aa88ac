#include "sim/drill/translation.h"

namespace tcplab::drill {

namespace {

using wire::Sack;
using wire::TcpOptions;
using wire::Timestamps;

// The options with each SACK block and timestamp changed, all else octet by octet as it was.
template <class ChangeSack, class ChangeTimestamps>
TcpOptions changed(const TcpOptions& options, ChangeSack sack, ChangeTimestamps timestamps) {
    TcpOptions result;
    wire::TcpOptionCursor cursor{options.octets()};
    std::size_t from = 0;
    while (const auto option = cursor.next()) {
        if (const auto* blocks = std::get_if<Sack>(&*option))
            result.push(wire::TcpOption{sack(*blocks)});
        else if (const auto* stamps = std::get_if<Timestamps>(&*option))
            result.push(wire::TcpOption{timestamps(*stamps)});
        else
            result.push(options.octets().subspan(from, cursor.offset() - from));
        from = cursor.offset();
    }
    result.push(options.octets().subspan(from));
    return result;
}

}  // namespace

Segment Translation::inbound(const TcpPattern& pattern) const {
    const auto shifted = [this](Sack sack) {
        for (std::uint8_t i = 0; i < sack.count; ++i) {
            sack.blocks.at(i).left += shift;
            sack.blocks.at(i).right += shift;
        }
        return sack;
    };
    const auto echoed = [&](Timestamps stamps) {
        if (!pattern.flags.ack || pattern.absoluteEcho) return stamps;
        const auto sent = timestamps.find(stamps.echoReply);
        if (sent != timestamps.end())
            stamps.echoReply = sent->second;
        else if (firstTimestamp)
            stamps.echoReply += firstTimestamp->live - firstTimestamp->script;
        return stamps;
    };
    Segment segment{.seq = Seq{pattern.sequence},
                    .ctl = pattern.flags,
                    .wnd = pattern.window.value_or(0),
                    .up = pattern.urgent,
                    .options = changed(pattern.options, shifted, echoed),
                    .payload = Bytes{std::vector<std::uint8_t>(pattern.length)}};
    if (pattern.flags.ack) segment.ack = Seq{pattern.ack + (pattern.absolute ? 0 : shift)};
    return segment;
}

Segment Translation::outbound(Segment segment) const {
    const auto same = [](Sack sack) { return sack; };  // The peer's numbers are the script's.
    const auto relative = [&](Timestamps stamps) {
        if (firstTimestamp) stamps.value -= firstTimestamp->live - firstTimestamp->script;
        return stamps;
    };
    segment.options = changed(segment.options, same, relative);
    segment.seq = segment.seq - shift;
    return segment;
}

void Translation::learn(const TcpPattern& pattern, const Segment& live) {
    if (live.ctl.syn && !pattern.absolute)
        shift = live.seq.raw() - (pattern.anySequence ? 0 : pattern.sequence);
    const auto script = pattern.options.timestamps();
    const auto sent = live.options.timestamps();
    if (!script || !sent || pattern.anyTimestamp) return;
    if (!firstTimestamp) firstTimestamp = FirstTimestamp{script->value, sent->value};
    timestamps[script->value] = sent->value;
}

}  // namespace tcplab::drill
