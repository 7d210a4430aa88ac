#include "gui/geometry/stream_words.h"

#include "gui/glossary.h"
#include "sim/base/overloaded.h"
#include "sim/framing/parse_framing.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using framing::Framing;
using framing::StreamRange;

struct StreamText {
    Q_DECLARE_TR_FUNCTIONS(StreamText)
};

constexpr std::size_t kMostText = 500;    ///< Octets: no line is longer.
constexpr qsizetype kFewestLetters = 3;   ///< Of a text that goes on: less says nothing.
constexpr std::size_t kMostSayings = 60;  ///< About broken boundaries.
constexpr std::size_t kMostNamed = 8;     ///< Boundaries in one sentence.

/// The captured segment that a boundary lies in or at the end of; null where there is none.
const StreamRows::Segment* segmentAt(const StreamRows& rows, std::uint64_t offset) {
    const auto found = std::ranges::find_if(rows.segments, [&](const auto& segment) {
        return segment.octets.begin < offset && offset <= segment.octets.end;
    });
    return found == rows.segments.end() ? nullptr : &*found;
}

/// How many boundaries from `first` on are glued in one captured segment.
std::size_t gluedTogether(const StreamStory& story, std::size_t first) {
    const auto& broken = story.rows.broken;
    if (!story.captured || !broken[first].glued) return 1;
    const StreamRows::Segment* segment = segmentAt(story.rows, broken[first].offset);
    if (segment == nullptr) return 1;
    std::size_t end = first + 1;
    while (end < broken.size() && broken[end].glued && broken[end].offset < segment->octets.end)
        ++end;
    return end - first;
}

QString headOf(const StreamRows::Broken& broken) {
    return (broken.glued ? StreamText::tr("octet %1: glued") : StreamText::tr("octet %1: split"))
        .arg(broken.offset);
}

QString headOf(PacketId packet) {
    return StreamText::tr("packet %1").arg(packet);
}

/// What many boundaries in one segment have in common is said once.
StreamSaying gluedSaying(const StreamStory& story, std::size_t first, std::size_t count) {
    const auto& broken = story.rows.broken;
    const StreamRows::Segment* segment = segmentAt(story.rows, broken[first].offset);
    QStringList offsets;
    for (std::size_t i = 0; i < std::min(count, kMostNamed); ++i)
        offsets << QString::number(broken[first + i].offset);
    if (count > kMostNamed) offsets << u"…"_s;
    return {.head = headOf(segment->packet),
            .text = StreamText::tr("%1 messages or parts of them in one segment, glued at octets "
                                   "%2: the sender wrote them all before it was sent.")
                        .arg(count + 1)
                        .arg(offsets.join(u", "_s)),
            .broken = first,
            .count = count};
}

/// The end of the stream that the other program never got over TCP.
std::optional<StreamSaying> tailSaying(const StreamStory& story) {
    const StreamRows& rows = story.rows;
    if (story.captured || story.goesOn || rows.datagrams) return std::nullopt;
    const StreamRange tail{rows.receives.empty() ? 0 : rows.receives.back().octets.end,
                           rows.octets.size()};
    if (tail.size() == 0) return std::nullopt;
    const auto carries = [&](const StreamRows::Segment& segment) {
        return tail.begin < segment.octets.end && segment.octets.begin < tail.end;
    };
    const auto came = [&](const StreamRows::Segment& segment) {
        return carries(segment) && segment.arrived;
    };
    QString text = StreamText::tr("Not received: no recv returned these octets.");
    if (std::ranges::none_of(rows.segments, carries))
        text = StreamText::tr("Not received: these octets never left the sender.");
    else if (std::ranges::none_of(rows.segments, came))
        text = StreamText::tr("Not received: no segment that carried these octets arrived.");
    return StreamSaying{.head = whereOf(tail), .text = text, .later = story.soFar.has_value()};
}

/// What a capture has behind the octets that are drawn.
QString gapSaying(const StreamGap& gap) {
    const QString behind = gap.behind ? QString::number(*gap.behind) : QString();
    QString text =
        StreamText::tr("Here %1 octets were not captured: the stream is shown up to them.")
            .arg(QLocale().toString(static_cast<qulonglong>(gap.missing)));
    if (gap.beyond > 0)
        text += StreamText::tr(" It goes on from packet %1 for %2 octets more, not shown here.")
                    .arg(behind)
                    .arg(QLocale().toString(static_cast<qulonglong>(gap.beyond)));
    return text;
}

QString goodNewsOf(const StreamStory& story) {
    if (story.rows.datagrams)
        return StreamText::tr(
            "Each receive is one send: UDP promises that a datagram comes whole or not at all.");
    if (!story.captured)
        return StreamText::tr(
            "Each receive is one send: nothing is glued or split here. TCP never promises this.");
    return story.rows.messages.empty()
               ? StreamText::tr("Choose a framing to see the messages in these segments.")
               : StreamText::tr("Each message came in a segment of its own.");
}

/// The number that a field says, and nothing where it is cut.
std::optional<std::uint64_t> numberIn(Octets field, framing::Endian endian) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < field.size(); ++i)
        number = number << 8U | field[endian == framing::Endian::Big ? i : field.size() - 1 - i];
    return field.empty() ? std::nullopt : std::optional{number};
}

}  // namespace

QString textOf(Octets octets) {
    QString text;
    for (const std::uint8_t octet : octets.first(std::min(octets.size(), kMostText)))
        text += QChar{0x20 <= octet && octet < 0x7F ? char16_t{octet}
                      : octet == '\n'               ? u'\u21b5'
                                                    : u'\u00b7'};
    if (octets.size() > kMostText) text += u'…';
    return text;
}

// A length of 10 is no end of a line.
QString textOf(Octets octets, const std::optional<Framing>& framing) {
    const auto* length = framing ? std::get_if<framing::LengthField>(&*framing) : nullptr;
    if (length == nullptr || octets.size() < length->offset + length->width) return textOf(octets);
    const auto number = numberIn(octets.subspan(length->offset, length->width), length->endian);
    return textOf(octets.first(length->offset)) + u"[%1]"_s.arg(number.value_or(0)) +
           textOf(octets.subspan(length->offset + length->width));
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

QString wordsOf(const Framing& framing) {
    return std::visit(
        Overloaded{
            [](const framing::Fixed& fixed) {
                return StreamText::tr("fixed length, %1").arg(fixed.size);
            },
            [](const framing::Delimited& delimited) {
                if (delimited.delimiters == framing::lines().delimiters)
                    return StreamText::tr("lines");
                QStringList all;
                for (const Bytes& one : delimited.delimiters) all << textOf(one.view());
                return StreamText::tr("delimiter %1").arg(all.join(u' '));
            },
            [](const framing::LengthField& field) {
                const QString size =
                    field.width == 1 ? StreamText::tr("length field of 1 octet")
                                     : StreamText::tr("length field of %1 octets").arg(field.width);
                return field.offset == 0 ? size
                                         : StreamText::tr("%1 at %2").arg(size).arg(field.offset);
            },
            [](const framing::Varint&) { return StreamText::tr("length field of 1 to 10 octets"); },
            [](const framing::Json&) { return u"JSON"_s; },
            [](const framing::HeaderJson&) {
                return StreamText::tr("header in JSON, then the body");
            },
            [](const framing::TlsRecords&) { return StreamText::tr("TLS records"); },
            [](const framing::Http&) { return u"HTTP"_s; },
            [](const framing::Resp&) { return u"RESP (Redis)"_s; },
            [](const framing::Ber&) { return u"ASN.1 BER (LDAP, SNMP)"_s; },
            [](const framing::WebSocket&) { return StreamText::tr("WebSocket frames"); },
        },
        framing);
}

QString reasonOf(const StreamStory& story, const StreamRows::Broken& broken) {
    if (!story.captured) {
        QStringList all;
        for (const Cause& cause : broken.causes) all << toQt(describe(cause, currentLanguage()));
        return all.join(u'\n');
    }
    const StreamRows::Segment* within = segmentAt(story.rows, broken.offset);
    if (within == nullptr) return {};
    if (broken.glued)
        return StreamText::tr(
                   "Packet %1 carries the end of one message and the beginning of the "
                   "next: the sender wrote both before it was sent.")
            .arg(within->packet);
    // A capture of the sender's own machine has segments that its network card cuts up later.
    const std::uint64_t size = within->octets.size();
    const std::uint64_t full = story.fullSegment.value_or(0);
    if (size == full)
        return StreamText::tr(
                   "The message goes on after packet %1, which is full: the MSS that the other "
                   "end announced leaves room for %2 octets.")
            .arg(within->packet)
            .arg(full);
    if (size < full)
        return StreamText::tr(
                   "The message goes on after packet %1, which is not full (%2 of %3 octets): the "
                   "sender sent the rest separately.")
            .arg(within->packet)
            .arg(size)
            .arg(full);
    return StreamText::tr("The message goes on after packet %1.").arg(within->packet);
}

std::vector<StreamSaying> sayingsOf(const StreamStory& story, const StreamRange& shown) {
    const StreamRows& rows = story.rows;
    std::vector<StreamSaying> all;
    if (rows.error)
        all.push_back({.head = StreamText::tr("decoder"),
                       .text = toQt(describe(*rows.error, currentLanguage()))});
    const std::size_t first = all.size();
    std::size_t hidden = 0;
    for (std::size_t i = 0; i < rows.broken.size();) {
        const std::size_t count = gluedTogether(story, i);
        const bool seen =
            rows.broken[i + count - 1].offset >= shown.begin && rows.broken[i].offset <= shown.end;
        if (!seen || all.size() - first >= kMostSayings)
            hidden += count;
        else if (count > 1)
            all.push_back(gluedSaying(story, i, count));
        else
            all.push_back({.head = headOf(rows.broken[i]),
                           .text = reasonOf(story, rows.broken[i]),
                           .broken = i,
                           .count = 1,
                           .later = isLater(story, rows.broken[i].offset)});
        i += count;
    }
    if (hidden > 0)
        all.push_back({.text = StreamText::tr("and %1 more where the stream is not in view: "
                                              "scroll, or zoom out")
                                   .arg(hidden),
                       .bad = false});
    for (const auto& lost : rows.lost)
        all.push_back({.head = whereOf(lost.octets),
                       .text = toQt(describe(lost.cause, currentLanguage())),
                       .later = isLater(story, lost.octets.end)});
    if (const auto tail = tailSaying(story)) all.push_back(*tail);
    if (all.empty()) all.push_back({.text = goodNewsOf(story), .bad = false});
    if (story.gap.missing > 0)
        all.push_back({.head = StreamText::tr("octet %1").arg(rows.octets.size()),
                       .text = gapSaying(story.gap)});
    else if (story.captured && rows.octets.size() == kMostRead)
        all.push_back(
            {.text = StreamText::tr("Only the first %1 octets are read here.").arg(kMostRead),
             .bad = false});
    return all;
}

QStringList headsOf(const StreamStory& story) {
    const std::uint64_t size = story.rows.octets.size();
    QStringList all{headOf({size, true, {}}), headOf({size, false, {}})};
    if (story.rows.error) all << StreamText::tr("decoder");
    for (const auto& lost : story.rows.lost) all << whereOf(lost.octets);
    if (const auto tail = tailSaying(story)) all << tail->head;
    if (story.captured && !story.rows.segments.empty())
        all << headOf(story.rows.segments.back().packet);
    return all;
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
    KeyTexts texts{
        .again = StreamText::tr("sent again"),
        .whole = StreamText::tr("message in a receive of its own"),
        .broken = StreamText::tr("message with another one in its receive, or in several receives"),
        .missing = StreamText::tr("message that was not received, or not all of it"),
        .later = StreamText::tr("after the cursor")};
    if (!story.captured) return texts;
    texts.whole = StreamText::tr("message in a segment of its own");
    texts.broken = StreamText::tr(
        "message with another one in its segment, or in several: whole once decoded");
    return texts;
}

}  // namespace tcplab::gui
