#include "gui/geometry/stream_story.h"

#include "gui/glossary.h"
#include "sim/framing/decoder.h"
#include "sim/framing/encoder.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using framing::Framing;
using framing::FramingError;
using framing::StreamRange;
using net::Call;
using net::CallKind;

struct StreamText {
    Q_DECLARE_TR_FUNCTIONS(StreamText)
};

constexpr std::size_t kMostText = 500;   ///< Octets: no line is longer.
constexpr qsizetype kFewestLetters = 3;  ///< Of a text that goes on: less says nothing.
constexpr std::size_t kMostTried = 48;   ///< Octets whose cuts are tried.

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

QString textOf(Octets octets) {
    QString text;
    for (const std::uint8_t octet : octets.first(std::min(octets.size(), kMostText)))
        text += QChar{0x20 <= octet && octet < 0x7F ? char16_t{octet}
                      : octet == '\n'               ? u'\u21b5'
                                                    : u'\u00b7'};
    if (octets.size() > kMostText) text += u'…';
    return text;
}

QString startThatFits(const QString& text,
                      double width,
                      const std::function<double(const QString&)>& measure) {
    if (measure(text) <= width) return text;
    qsizetype fits = 0;
    qsizetype tooLong = text.size();
    while (tooLong - fits > 1) {
        const qsizetype size = (fits + tooLong) / 2;
        (measure(text.left(size) + u'…') <= width ? fits : tooLong) = size;
    }
    return fits < kFewestLetters ? QString() : text.left(fits) + u'…';
}

QString whereOf(const StreamRange& range) {
    return StreamText::tr("octets %1 to %2").arg(range.begin).arg(range.end);
}

QString headOf(const StreamRows::Broken& broken) {
    return (broken.glued ? StreamText::tr("octet %1: glued") : StreamText::tr("octet %1: split"))
        .arg(broken.offset);
}

QStringList headsOf(const StreamStory& story) {
    const std::uint64_t size = story.rows.octets.size();
    QStringList all{headOf({size, true, {}}), headOf({size, false, {}})};
    if (story.rows.error) all << StreamText::tr("decoder");
    for (const auto& lost : story.rows.lost) all << whereOf(lost.octets);
    return all;
}

QString reasonOf(const StreamStory& story, const StreamRows::Broken& broken) {
    if (!story.captured) {
        QStringList all;
        for (const Cause& cause : broken.causes) all << toQt(describe(cause, currentLanguage()));
        return all.join(u'\n');
    }
    const auto& segments = story.rows.segments;
    const auto within = std::ranges::find_if(segments, [&](const auto& segment) {
        return segment.octets.begin < broken.offset && broken.offset <= segment.octets.end;
    });
    if (within == segments.end()) return {};
    if (broken.glued)
        return StreamText::tr(
                   "Packet %1 carries the end of one message and the beginning of the "
                   "next: the sender wrote both before it was sent.")
            .arg(within->packet);
    std::uint64_t largest = 0;
    for (const auto& segment : segments) largest = std::max(largest, segment.octets.size());
    const bool full = within->octets.size() == largest && segments.size() > 1;
    return full ? StreamText::tr(
                      "The message goes on after packet %1, which is full: no segment "
                      "of this stream has more than its %2 octets.")
                      .arg(within->packet)
                      .arg(largest)
                : StreamText::tr("The message goes on after packet %1.").arg(within->packet);
}

QString goodNewsOf(const StreamStory& story) {
    if (!story.captured)
        return StreamText::tr(
            "Each receive is one send: nothing is glued or split here. TCP promises it to nobody.");
    return story.rows.messages.empty()
               ? StreamText::tr("Choose a framing to see the messages in these segments.")
               : StreamText::tr("Each message came in a segment of its own.");
}

QString sentenceOf(const Trial& trial, std::size_t octets) {
    const framing::Proof& proof = trial.proof;
    const QString name = toQt(toString(trial.exhibit));
    const QString mistake = inCurrentLanguage(mistakeOf(trial.exhibit));
    if (proof.cuts) return StreamText::tr("%1 (%2) breaks here:").arg(name, mistake);
    const QString tried = QLocale().toString(static_cast<qulonglong>(proof.tried));
    return proof.all ? StreamText::tr("%1 (%2): %3 of %3 whole, each way to cut %4 octets")
                           .arg(name, mistake, tried)
                           .arg(octets)
                     : StreamText::tr("%1 (%2): %3 of %3 whole, tried with the fewest cuts")
                           .arg(name, mistake, tried);
}

QString cameOutOf(const Trial& trial) {
    QStringList got;
    for (const auto& message : trial.proof.got) got << u"“%1”"_s.arg(textOf(message));
    return got.isEmpty() ? StreamText::tr("nothing came out of it")
                         : StreamText::tr("what came out: %1").arg(got.join(u"  "_s));
}

KeyTexts keyTextsOf(const StreamStory& story) {
    if (story.captured)
        return {.again = StreamText::tr("sent again"),
                .whole = StreamText::tr("message in a segment of its own"),
                .broken = StreamText::tr("message with another one in its segment, or in several: "
                                         "whole once decoded")};
    return {.again = StreamText::tr("sent again"),
            .whole = StreamText::tr("message in a receive of its own"),
            .broken =
                StreamText::tr("message with another one in its receive, or in several receives")};
}

}  // namespace tcplab::gui
