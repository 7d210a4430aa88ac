#include "gui/geometry/stream_layout.h"

#include "gui/glossary.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using framing::StreamRange;

struct StreamText {
    Q_DECLARE_TR_FUNCTIONS(StreamText)
};

constexpr double kMargin = 16;
constexpr double kRowGap = 14;
constexpr double kNarrowest = 3;  ///< Of a bar: what is narrower is drawn with its neighbours.
constexpr double kReach = 5;      ///< Pixels from a mark at which it is meant.
constexpr qsizetype kMostLabel = 60;
constexpr std::size_t kMostLines = 60;

/// Octets as text, what cannot be shown as a dot.
QString textOf(Octets octets) {
    QString text;
    for (const std::uint8_t octet : octets.first(std::min<std::size_t>(octets.size(), kMostLabel)))
        text += QChar{0x20 <= octet && octet < 0x7F ? char16_t{octet}
                      : octet == '\n'               ? u'\u21b5'
                                                    : u'\u00b7'};
    return text;
}

class Laying {
public:
    Laying(const StreamStory& story, StreamRange shown, const StreamMetrics& metrics)
        : story_{story}, rows_{story.rows}, metrics_{metrics} {
        const std::uint64_t size = rows_.octets.size();
        shown.end = std::min(shown.end, size);
        shown.begin = std::min(shown.begin, shown.end);
        layout_.shown = shown;
        layout_.axis.setLeft(kMargin + metrics.names);
        layout_.axis.setRight(std::max(layout_.axis.left() + 1, metrics.width - kMargin));
    }
    StreamLayout lay();

private:
    [[nodiscard]] Octets octetsOf(const StreamRange& range) const {
        return rows_.octets.view().subspan(static_cast<std::size_t>(range.begin),
                                           static_cast<std::size_t>(range.size()));
    }
    void beginRow(StreamRow row);
    [[nodiscard]] bool isShown(const StreamRange& range) const;
    void add(StreamBox box);
    void addRows();
    void addTicks();
    void addMarks();
    void addLines();
    void addLine(const QString& head,
                 const QString& text,
                 std::optional<std::size_t> broken = {},
                 bool bad = true);
    void addTrials(const Trials& trials);
    [[nodiscard]] QString fitted(const QString& text, double width) const;

    const StreamStory& story_;
    const StreamRows& rows_;
    const StreamMetrics& metrics_;
    StreamLayout layout_{};
    double top_ = kMargin;
};

QString Laying::fitted(const QString& text, double width) const {
    if (metrics_.label(text) <= width) return text;
    for (qsizetype size = text.size() - 1; size > 0; --size) {
        const QString part = text.left(size) + u'…';
        if (metrics_.label(part) <= width) return part;
    }
    return {};
}

void Laying::beginRow(StreamRow row) {
    layout_.names.push_back({row, QRectF(kMargin, top_, metrics_.names - 8, metrics_.bar)});
    top_ += metrics_.bar + kRowGap;
}

bool Laying::isShown(const StreamRange& range) const {
    const StreamRange& shown = layout_.shown;
    if (range.size() == 0) return shown.begin <= range.begin && range.begin <= shown.end;
    return range.begin < shown.end && shown.begin < range.end;
}

// In the row that was begun last. Bars that are too narrow become one that says how many it is.
void Laying::add(StreamBox box) {
    const StreamRange& shown = layout_.shown;
    const double left = layout_.x(std::max(box.octets.begin, shown.begin)) + 0.5;
    const double right = layout_.x(std::min(box.octets.end, shown.end)) - 0.5;
    const QRectF row = layout_.names.back().area;
    box.area = QRectF(left, row.top(), std::max(right - left, 2.0), row.height());
    StreamBox* last = layout_.boxes.empty() ? nullptr : &layout_.boxes.back();
    const bool joins = last != nullptr && last->row == box.row && box.area.width() < kNarrowest &&
                       (last->count > 1 || last->area.width() < kNarrowest);
    if (joins) {
        last->area.setRight(std::max(last->area.right(), box.area.right()));
        last->octets.end = box.octets.end;
        last->broken = last->broken || box.broken;
        last->count += 1;
        last->label.clear();
        last->title = StreamText::tr("%1 of them; zoom in to see each").arg(last->count);
        return;
    }
    box.label = fitted(box.label, box.area.width() - 6);
    layout_.boxes.push_back(std::move(box));
}

void Laying::addRows() {
    const auto where = [](const StreamRange& range) {
        return StreamText::tr("octets %1 to %2").arg(range.begin).arg(range.end);
    };
    if (!story_.captured) {
        beginRow(StreamRow::Sends);
        for (const auto& send : rows_.sends) {
            if (!isShown(send.octets)) continue;
            add({.row = StreamRow::Sends,
                 .octets = send.octets,
                 .label = textOf(octetsOf(send.octets)),
                 .title = u"send(%1): "_s.arg(send.octets.size()) + where(send.octets)});
        }
    }
    beginRow(StreamRow::Segments);
    for (const auto& segment : rows_.segments) {
        if (!isShown(segment.octets)) continue;
        add({.row = StreamRow::Segments,
             .octets = segment.octets,
             .label = u"#%1"_s.arg(segment.packet),
             .title = StreamText::tr("packet %1: ").arg(segment.packet) + where(segment.octets),
             .packet = segment.packet,
             .broken = segment.again});
    }
    if (!story_.captured) {
        beginRow(StreamRow::Receives);
        for (const auto& receive : rows_.receives) {
            if (!isShown(receive.octets)) continue;
            add({.row = StreamRow::Receives,
                 .octets = receive.octets,
                 .label = u"recv(%1) = %2"_s.arg(receive.asked).arg(receive.octets.size()),
                 .title = u"recv(%1) = %2: "_s.arg(receive.asked).arg(receive.octets.size()) +
                          where(receive.octets)});
        }
    }
    beginRow(StreamRow::Messages);
    for (const auto& message : rows_.messages) {
        if (!isShown(message.octets)) continue;
        add({.row = StreamRow::Messages,
             .octets = message.octets,
             .label = textOf(octetsOf(message.octets)),
             .title = where(message.octets),
             .broken = message.parts || message.glued});
    }
    layout_.axis.setTop(kMargin - 6);
    layout_.axis.setBottom(top_ - kRowGap + 6);
}

/// Round numbers, not nearer to each other than their labels allow.
void Laying::addTicks() {
    constexpr double kApart = 70;
    const std::uint64_t size = std::max<std::uint64_t>(layout_.shown.size(), 1);
    const double most = std::max(1.0, layout_.axis.width() / kApart);
    std::uint64_t step = 1;
    for (int i = 0; static_cast<double>(size) / static_cast<double>(step) > most; ++i)
        step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    const std::uint64_t first = (layout_.shown.begin + step - 1) / step * step;
    for (std::uint64_t at = first; at <= layout_.shown.end; at += step)
        layout_.ticks.push_back({layout_.x(at), QString::number(at)});
    top_ += metrics_.line + 4;
}

void Laying::addMarks() {
    for (std::size_t i = 0; i < rows_.broken.size(); ++i) {
        const std::uint64_t at = rows_.broken[i].offset;
        if (at < layout_.shown.begin || at > layout_.shown.end) continue;
        const double x = layout_.x(at);
        if (layout_.marks.empty() || x - layout_.marks.back().x >= 1)
            layout_.marks.push_back({i, x});
    }
}

void Laying::addLine(const QString& head,
                     const QString& text,
                     std::optional<std::size_t> broken,
                     bool bad) {
    const double left = kMargin + metrics_.names;
    const double width = std::max(40.0, metrics_.width - kMargin - left);
    const double height = std::max(metrics_.line, metrics_.sentence(text, width));
    layout_.lines.push_back({.lead = QRectF(kMargin, top_, metrics_.names - 4, metrics_.line),
                             .area = QRectF(left, top_, width, height),
                             .head = head,
                             .text = text,
                             .broken = broken,
                             .bad = bad});
    top_ += height + 8;
}

void Laying::addLines() {
    top_ += 6;
    if (rows_.error)
        addLine(StreamText::tr("decoder"), toQt(describe(*rows_.error, currentLanguage())));
    std::size_t more = 0;
    for (std::size_t i = 0; i < rows_.broken.size(); ++i) {
        const StreamRows::Broken& broken = rows_.broken[i];
        if (broken.offset < layout_.shown.begin || broken.offset > layout_.shown.end) continue;
        if (layout_.lines.size() >= kMostLines) {
            ++more;
            continue;
        }
        const QString kind = broken.glued ? StreamText::tr("glued") : StreamText::tr("split");
        addLine(u"%1  %2"_s.arg(broken.offset).arg(kind), reasonOf(story_, broken), i);
    }
    if (more > 0)
        addLine({}, StreamText::tr("and %1 more; zoom in to see them").arg(more), {}, false);
    for (const auto& lost : rows_.lost)
        addLine(u"%1-%2"_s.arg(lost.octets.begin).arg(lost.octets.end),
                toQt(describe(lost.cause, currentLanguage())));
    if (story_.captured && rows_.octets.size() == kMostRead)
        addLine({},
                StreamText::tr("Only the first %1 octets are read here.").arg(kMostRead),
                {},
                false);
    if (layout_.lines.empty() && !rows_.octets.empty()) {
        const QString good =
            story_.captured
                ? (rows_.messages.empty()
                       ? StreamText::tr("Choose a framing to see the messages in these segments.")
                       : StreamText::tr("Each message came in a segment of its own."))
                : StreamText::tr(
                      "Each receive is one send: nothing is glued or split here. TCP "
                      "promises it to nobody.");
        addLine({}, good, {}, false);
    }
}

void Laying::addTrials(const Trials& trials) {
    top_ += 6;
    const double left = layout_.axis.left();
    const double width = layout_.axis.width();
    const auto size = static_cast<double>(std::max<std::size_t>(trials.octets.size(), 1));
    for (const Trial& trial : trials.all) {
        const framing::Proof& proof = trial.proof;
        StreamTrial shown{.holds = !proof.cuts};
        const QString name = toQt(toString(trial.exhibit));
        const QString mistake = inCurrentLanguage(mistakeOf(trial.exhibit));
        const auto tried = static_cast<qulonglong>(proof.tried);
        shown.text = proof.cuts ? StreamText::tr("%1 (%2) breaks here:").arg(name, mistake)
                     : proof.all
                         ? StreamText::tr("%1 (%2): %3 of %3 whole, each way to cut %4 octets")
                               .arg(name, mistake, QLocale().toString(tried))
                               .arg(trials.octets.size())
                         : StreamText::tr("%1 (%2): %3 of %3 whole, tried with the fewest cuts")
                               .arg(name, mistake, QLocale().toString(tried));
        const double height =
            std::max(metrics_.line, metrics_.sentence(shown.text, metrics_.width - 2 * kMargin));
        shown.title = QRectF(kMargin, top_, metrics_.width - 2 * kMargin, height);
        top_ += height + 4;
        if (proof.cuts) {
            std::size_t at = 0;
            for (const Octets read : framing::readsOf(trials.octets.view(), *proof.cuts)) {
                const double from = left + static_cast<double>(at) / size * width;
                at += read.size();
                const double to = left + static_cast<double>(at) / size * width;
                StreamBox box{.row = StreamRow::Receives,
                              .octets = {at - read.size(), at},
                              .area = QRectF(from + 0.5, top_, to - from - 1, metrics_.bar),
                              .title = textOf(read)};
                box.label = fitted(box.title, box.area.width() - 6);
                shown.reads.push_back(std::move(box));
            }
            top_ += metrics_.bar + 4;
            QStringList got;
            for (const auto& message : proof.got) got << u"“%1”"_s.arg(textOf(message));
            const QString came = got.isEmpty()
                                     ? StreamText::tr("nothing came out of it")
                                     : StreamText::tr("what came out: %1").arg(got.join(u"  "_s));
            shown.text += u'\n' + came;
            layout_.trials.push_back(std::move(shown));
            top_ += metrics_.line + 10;
            continue;
        }
        layout_.trials.push_back(std::move(shown));
        top_ += 6;
    }
}

StreamLayout Laying::lay() {
    if (rows_.octets.empty()) {
        layout_.height = top_;
        return std::move(layout_);
    }
    addRows();
    addTicks();
    addMarks();
    if (story_.trials) addTrials(*story_.trials);
    addLines();
    layout_.height = top_ + kMargin;
    return std::move(layout_);
}

}  // namespace

double StreamLayout::x(std::uint64_t offset) const {
    const double size = static_cast<double>(std::max<std::uint64_t>(shown.size(), 1));
    return axis.left() +
           (static_cast<double>(offset) - static_cast<double>(shown.begin)) / size * axis.width();
}

const StreamBox* StreamLayout::boxAt(QPointF point) const {
    const auto found = std::ranges::find_if(
        boxes, [point](const StreamBox& box) { return box.area.contains(point); });
    return found == boxes.end() ? nullptr : &*found;
}

std::optional<std::size_t> StreamLayout::brokenAt(QPointF point) const {
    for (const StreamLine& line : lines)
        if (line.broken && line.lead.united(line.area).contains(point)) return line.broken;
    std::optional<std::size_t> nearest;
    double reach = kReach;
    if (point.y() < axis.top() || point.y() > axis.bottom()) return nearest;
    for (const StreamMark& mark : marks) {
        const double distance = std::abs(mark.x - point.x());
        if (distance > reach) continue;
        reach = distance;
        nearest = mark.broken;
    }
    return nearest;
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

StreamLayout layOut(const StreamStory& story, StreamRange shown, const StreamMetrics& metrics) {
    return Laying{story, shown, metrics}.lay();
}

}  // namespace tcplab::gui
