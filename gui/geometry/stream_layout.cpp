#include "gui/geometry/stream_layout.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using framing::StreamRange;

struct StreamText {
    Q_DECLARE_TR_FUNCTIONS(StreamText)
};

constexpr double kMargin = 16;
constexpr double kRowGap = 14;
constexpr double kNarrowest = 3;    ///< Of a bar: what is narrower is drawn with its neighbours.
constexpr double kReach = 5;        ///< Pixels from a mark at which it is meant.
constexpr double kBesideLabel = 3;  ///< Kept free between a label and a mark.
constexpr double kCrowded = 24;     ///< Marks nearer to each other leave the bars free.

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
    /// Of a width, what has room in it.
    using Label = std::function<QString(double)>;
    [[nodiscard]] Label firstOf(QStringList forms) const;
    [[nodiscard]] Label startOf(QString text) const;
    void add(StreamBox box, const Label& label);
    void write(StreamBox& box, const QString& label);
    void addRows();
    void addSegments();
    void addTicks();
    void addKeys();
    void addMarks();
    void addLines();
    void addTrials(const Trials& trials);

    const StreamStory& story_;
    const StreamRows& rows_;
    const StreamMetrics& metrics_;
    StreamLayout layout_{};
    std::vector<QRectF> written_{};  ///< Labels of the row that was begun last.
    double top_ = kMargin;
};

Laying::Label Laying::firstOf(QStringList forms) const {
    return [this, forms = std::move(forms)](double width) {
        const auto fits = std::ranges::find_if(
            forms, [&](const QString& form) { return metrics_.label(form) <= width; });
        return fits == forms.end() ? QString() : *fits;
    };
}

Laying::Label Laying::startOf(QString text) const {
    return [this, text = std::move(text)](double width) {
        return startThatFits(text, width, metrics_.label);
    };
}

void Laying::beginRow(StreamRow row) {
    layout_.names.push_back({row, QRectF(kMargin, top_, metrics_.names - 8, metrics_.bar)});
    top_ += metrics_.bar + kRowGap;
    written_.clear();
}

bool Laying::isShown(const StreamRange& range) const {
    const StreamRange& shown = layout_.shown;
    if (range.size() == 0) return shown.begin <= range.begin && range.begin <= shown.end;
    return range.begin < shown.end && shown.begin < range.end;
}

// In the row that was begun last. Bars that are too narrow become one that says how many it is.
void Laying::add(StreamBox box, const Label& label) {
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
        last->octets.end = std::max(last->octets.end, box.octets.end);
        last->broken = last->broken || box.broken;
        last->missing = last->missing || box.missing;
        last->later = last->later && box.later;
        last->count += 1;
        last->label.clear();
        last->words = {};
        last->title = StreamText::tr("%1 of them; zoom in to see each").arg(last->count);
        return;
    }
    write(box, label(box.area.width() - 6));
    layout_.boxes.push_back(std::move(box));
}

/// In the middle; not at all where another label of the row is.
void Laying::write(StreamBox& box, const QString& label) {
    if (label.isEmpty()) return;
    QRectF words(0, 0, metrics_.label(label), metrics_.bar - 8);
    words.moveCenter(box.area.center());
    if (std::ranges::any_of(written_, [&](const QRectF& one) { return one.intersects(words); }))
        return;
    box.label = label;
    box.words = words;
    written_.push_back(words);
}

void Laying::addRows() {
    const auto isAfter = [](std::size_t index, const std::optional<std::size_t>& been) {
        return been && index >= *been;
    };
    std::optional<std::size_t> sent;
    std::optional<std::size_t> received;
    if (story_.soFar) sent = story_.soFar->sends;
    if (story_.soFar) received = story_.soFar->receives;
    if (!story_.captured) {
        beginRow(StreamRow::Sends);
        for (std::size_t i = 0; i < rows_.sends.size(); ++i) {
            const StreamRange& octets = rows_.sends[i].octets;
            if (!isShown(octets)) continue;
            add({.row = StreamRow::Sends,
                 .octets = octets,
                 .title = u"send(%1): "_s.arg(octets.size()) + whereOf(octets),
                 .later = isAfter(i, sent)},
                startOf(textOf(octetsOf(octets), story_.framing)));
        }
    }
    addSegments();
    if (!story_.captured) {
        beginRow(StreamRow::Receives);
        for (std::size_t i = 0; i < rows_.receives.size(); ++i) {
            const StreamRows::Receive& receive = rows_.receives[i];
            if (!isShown(receive.octets)) continue;
            const QString got = u"= %1"_s.arg(receive.octets.size());
            const QString call = u"recv(%1) "_s.arg(receive.asked) + got;
            add({.row = StreamRow::Receives,
                 .octets = receive.octets,
                 .title = call + u": "_s + whereOf(receive.octets),
                 .later = isAfter(i, received)},
                firstOf({call, got}));
        }
    }
    beginRow(StreamRow::Messages);
    for (const auto& message : rows_.messages) {
        if (!isShown(message.octets)) continue;
        add({.row = StreamRow::Messages,
             .octets = message.octets,
             .title = whereOf(message.octets),
             .broken = message.parts || message.glued,
             .missing = message.missing,
             .later = isLater(story_, message.octets.end)},
            startOf(textOf(octetsOf(message.octets), story_.framing)));
    }
    layout_.axis.setTop(kMargin - 6);
    layout_.axis.setBottom(top_ - kRowGap + 6);
}

/// What was sent again is one bar with all its packets: two would lie one over the other.
void Laying::addSegments() {
    beginRow(StreamRow::Segments);
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::vector<const StreamRows::Segment*>> all;
    for (const auto& segment : rows_.segments)
        if (isShown(segment.octets))
            all[{segment.octets.begin, segment.octets.end}].push_back(&segment);
    for (const auto& [octets, segments] : all) {
        StreamBox box{.row = StreamRow::Segments, .octets = segments.front()->octets};
        QStringList numbers;
        QStringList titles;
        for (const StreamRows::Segment* segment : segments) {
            numbers << u"#%1"_s.arg(segment->packet);
            titles << StreamText::tr("packet %1: ").arg(segment->packet) + whereOf(box.octets);
            if (box.packet)
                box.copies.push_back(segment->packet);
            else
                box.packet = segment->packet;
            box.broken = box.broken || segment->again;
        }
        box.later = story_.soFar && !story_.soFar->packets.contains(*box.packet);
        box.title = titles.join(u'\n');
        QStringList forms{numbers.join(u", "_s)};
        if (!box.copies.empty()) forms << numbers.front() + u", …"_s << numbers.front();
        add(std::move(box), firstOf(forms));
    }
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
    if (layout_.shown.size() == rows_.octets.size() || metrics_.scroller <= 0) return;
    layout_.scroller = {layout_.axis.left(), top_, layout_.axis.width(), metrics_.scroller};
    top_ += metrics_.scroller + 8;
}

/// Of the colours of a row that has several.
void Laying::addKeys() {
    constexpr double kSwatch = 14;
    constexpr double kToText = 6;
    constexpr double kApart = 20;
    const auto isDrawn = [this](const StreamKey& key) {
        return std::ranges::any_of(layout_.boxes, [&](const StreamBox& box) {
            if (key.later) return box.later;
            return box.row == key.row && box.missing == key.missing &&
                   (key.missing || box.broken == key.broken);
        });
    };
    const double first = layout_.axis.left();
    double left = first;
    double height = 0;
    const KeyTexts texts = keyTextsOf(story_);
    for (StreamKey key :
         {StreamKey{.row = StreamRow::Segments, .broken = true, .text = texts.again},
          StreamKey{.row = StreamRow::Messages, .text = texts.whole},
          StreamKey{.row = StreamRow::Messages, .broken = true, .text = texts.broken},
          StreamKey{.row = StreamRow::Messages, .missing = true, .text = texts.missing},
          StreamKey{.row = StreamRow::Sends, .later = true, .text = texts.later}}) {
        if (!isDrawn(key)) continue;
        const double most = layout_.axis.width() - kSwatch - kToText;
        const double width = std::min(metrics_.words(key.text) + 1, most);
        if (left > first && left + kSwatch + kToText + width > layout_.axis.right()) {
            left = first;
            top_ += height + 2;
            height = 0;
        }
        height = std::max({height, metrics_.line, metrics_.sentence(key.text, width)});
        key.swatch = QRectF(left, top_ + metrics_.line / 2 - 5, kSwatch, 10);
        key.area = QRectF(left + kSwatch + kToText, top_, width, height);
        left = key.area.right() + kApart;
        layout_.keys.push_back(std::move(key));
    }
    if (height > 0) top_ += height + 6;
}

void Laying::addMarks() {
    for (std::size_t i = 0; i < rows_.broken.size(); ++i) {
        const std::uint64_t at = rows_.broken[i].offset;
        if (at < layout_.shown.begin || at > layout_.shown.end) continue;
        const double x = layout_.x(at);
        if (!layout_.marks.empty() && x - layout_.marks.back().x < 1) continue;
        layout_.marks.push_back({.broken = i, .x = x, .later = isLater(story_, at)});
    }
    for (std::size_t i = 0; i < layout_.marks.size(); ++i) {
        StreamMark& mark = layout_.marks[i];
        const double x = mark.x;
        const bool crowded =
            (i > 0 && x - layout_.marks[i - 1].x < kCrowded) ||
            (i + 1 < layout_.marks.size() && layout_.marks[i + 1].x - x < kCrowded);
        double from = layout_.axis.top();
        const auto leaveOut = [&](const QRectF& area) {
            if (area.top() > from) mark.lines.emplace_back(x, from, x, area.top());
            from = area.bottom();
        };
        if (crowded)
            for (const StreamRowName& row : layout_.names) leaveOut(row.area);
        for (const StreamBox& box : layout_.boxes)
            if (!crowded && !box.label.isEmpty() && x >= box.words.left() - kBesideLabel &&
                x <= box.words.right() + kBesideLabel)
                leaveOut(box.words);
        mark.lines.emplace_back(x, from, x, layout_.axis.bottom());
    }
}

void Laying::addLines() {
    top_ += 6;
    const double left = kMargin + metrics_.names;
    const double width = std::max(40.0, metrics_.width - kMargin - left);
    for (StreamSaying& saying : sayingsOf(story_, layout_.shown)) {
        const double height = std::max(metrics_.line, metrics_.sentence(saying.text, width));
        layout_.lines.push_back({std::move(saying),
                                 QRectF(kMargin, top_, metrics_.names - 4, metrics_.line),
                                 QRectF(left, top_, width, height)});
        top_ += height + 8;
    }
}

void Laying::addTrials(const Trials& trials) {
    top_ += 6;
    const double left = layout_.axis.left();
    const double width = layout_.axis.width();
    const auto size = static_cast<double>(std::max<std::size_t>(trials.octets.size(), 1));
    for (const Trial& trial : trials.all) {
        const framing::Proof& proof = trial.proof;
        StreamTrial shown{.text = sentenceOf(trial, trials.octets.size()), .holds = !proof.cuts};
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
                box.label = startThatFits(box.title, box.area.width() - 6, metrics_.label);
                shown.reads.push_back(std::move(box));
            }
            top_ += metrics_.bar + 4;
            shown.text += u'\n' + cameOutOf(trial);
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
    addKeys();
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

StreamLayout layOut(const StreamStory& story, StreamRange shown, const StreamMetrics& metrics) {
    return Laying{story, shown, metrics}.lay();
}

}  // namespace tcplab::gui
