#include "gui/views/stream_view.h"

#include "gui/glossary.h"
#include "gui/look.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using framing::StreamRange;

constexpr double kMostOctets = 4000;  ///< Shown of a stream before anybody zooms.
constexpr double kZoom = 1.5;
constexpr int kProse = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
constexpr int kScrolled = 1 << 20;  ///< Steps of the horizontal scroll bar.

QString nameOf(StreamRow row, bool datagrams) {
    switch (row) {
        case StreamRow::Sends: return StreamView::tr("sends");
        case StreamRow::Segments:
            return datagrams ? StreamView::tr("datagrams") : StreamView::tr("segments");
        case StreamRow::Receives: return StreamView::tr("receives");
        case StreamRow::Messages: return StreamView::tr("messages");
    }
    TCPLAB_UNREACHABLE();
}

QColor colourOf(StreamRow row, bool broken, const Palette& colors) {
    switch (row) {
        case StreamRow::Sends: return colors.of(Role::Open);
        case StreamRow::Segments: return colors.of(broken ? Role::Fault : Role::None);
        case StreamRow::Receives: return colors.of(Role::ClosingSecond);
        case StreamRow::Messages: return colors.of(broken ? Role::Opening : Role::ClosingSecond);
    }
    TCPLAB_UNREACHABLE();
}

void paintBar(QPainter& painter, const QRectF& area, const QColor& color) {
    QColor fill = color;
    fill.setAlphaF(0.22F);
    painter.fillRect(area, fill);
    painter.setPen(QPen(color, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(area);
}

void paintBox(QPainter& painter, const StreamBox& box, const Palette& colors) {
    const QColor color = colourOf(box.row, box.broken, colors);
    if (box.count > 1) painter.fillRect(box.area, QBrush(color, Qt::BDiagPattern));
    paintBar(painter, box.area, color);
    if (box.label.isEmpty()) return;
    painter.setPen(colors.text);
    painter.setFont(fonts::mono(fonts::kLeast));
    painter.drawText(box.area, Qt::AlignCenter, box.label);
}

}  // namespace

StreamView::StreamView(Document& document, QWidget* parent)
    : QAbstractScrollArea(parent), document_{document} {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    verticalScrollBar()->setSingleStep(20);
    viewport()->setBackgroundRole(QPalette::Base);
    connect(&document_, &Document::moved, viewport(), qOverload<>(&QWidget::update));
    tellChosen();
}

void StreamView::setStory(StreamStory story) {
    const bool same = story.rows.octets.size() == story_.rows.octets.size();
    const auto chosen = chosen_ ? std::optional{story_.rows.broken[*chosen_].offset}
                                : std::optional<std::uint64_t>{};
    story_ = std::move(story);
    if (!same) {
        const auto size = static_cast<double>(story_.rows.octets.size());
        octetsShown_ = size > kMostOctets ? kMostOctets : 0;
        horizontalScrollBar()->setValue(0);
    }
    // The same boundary, where it is still broken.
    const auto& broken = story_.rows.broken;
    const auto there =
        chosen ? std::ranges::find(broken, *chosen, &StreamRows::Broken::offset) : broken.end();
    chosen_.reset();
    if (there != broken.end()) chosen_ = static_cast<std::size_t>(there - broken.begin());
    if (!chosen_ && !story_.rows.broken.empty()) chosen_ = 0;
    layOutAgain();
    tellChosen();
}

StreamMetrics StreamView::metricsOf(double width) const {
    const QFontMetricsF prose(fonts::text(fonts::kLabel));
    const QFontMetricsF labels(fonts::mono(fonts::kLeast));
    StreamMetrics metrics;
    metrics.width = width;
    metrics.line = std::ceil(prose.height());
    metrics.bar = std::ceil(labels.height()) + 10;
    const QFontMetricsF heads(fonts::text(fonts::kLabel, true));
    metrics.names = 0;
    for (const QString& head : headsOf(story_))
        metrics.names = std::max(metrics.names, heads.horizontalAdvance(head) + 16);
    for (const StreamRow row :
         {StreamRow::Sends, StreamRow::Segments, StreamRow::Receives, StreamRow::Messages})
        metrics.names = std::max(metrics.names,
                                 prose.horizontalAdvance(nameOf(row, story_.rows.datagrams)) + 16);
    metrics.label = [labels](const QString& text) { return labels.horizontalAdvance(text); };
    metrics.words = [prose](const QString& text) { return prose.horizontalAdvance(text); };
    metrics.sentence = [prose](const QString& text, double room) {
        return std::ceil(prose.boundingRect(QRectF(0, 0, room, 10'000), kProse, text).height());
    };
    return metrics;
}

StreamRange StreamView::shown() const {
    const std::uint64_t size = story_.rows.octets.size();
    if (octetsShown_ <= 0 || octetsShown_ >= static_cast<double>(size)) return {0, size};
    const double hidden = static_cast<double>(size) - octetsShown_;
    const double begin = hidden * horizontalScrollBar()->value() / kScrolled;
    const auto first = static_cast<std::uint64_t>(begin);
    return {first, first + static_cast<std::uint64_t>(std::ceil(octetsShown_))};
}

void StreamView::layOutAgain() {
    const auto size = static_cast<double>(story_.rows.octets.size());
    const bool whole = octetsShown_ <= 0 || octetsShown_ >= size;
    const double share = whole ? 1 : octetsShown_ / size;
    horizontalScrollBar()->setRange(0, whole ? 0 : kScrolled);
    horizontalScrollBar()->setPageStep(std::max(1, static_cast<int>(share * kScrolled)));
    horizontalScrollBar()->setSingleStep(std::max(1, static_cast<int>(share * kScrolled / 10)));
    layout_ = layOut(story_, shown(), metricsOf(viewport()->width()));
    const int page = std::max(1, viewport()->height());
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0,
                                  std::max(0, static_cast<int>(std::ceil(layout_.height)) - page));
    viewport()->update();
}

int StreamView::wholeHeight(int width) const {
    return static_cast<int>(std::ceil(layOut(story_, shown(), metricsOf(width)).height));
}

QPointF StreamView::toViewport(QPointF point) const {
    return point - QPointF(0, verticalScrollBar()->value());
}

QPointF StreamView::fromViewport(QPointF point) const {
    return point + QPointF(0, verticalScrollBar()->value());
}

void StreamView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& colors = paletteOf(*this);
    if (story_.rows.octets.empty()) {
        painter.setPen(colors.dim);
        painter.setFont(fonts::text(fonts::kReading));
        painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24),
                         Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Nothing was sent in this direction."));
        return;
    }
    painter.translate(toViewport({0, 0}));
    // What is chosen lies under everything else.
    for (const StreamLine& line : layout_.lines)
        if (line.broken && line.broken == chosen_)
            painter.fillRect(line.lead.united(line.area).adjusted(-6, -3, 6, 3), colors.selection);
    painter.setFont(fonts::text(fonts::kLabel));
    painter.setPen(colors.dim);
    for (const StreamRowName& name : layout_.names)
        painter.drawText(
            name.area, Qt::AlignLeft | Qt::AlignVCenter, nameOf(name.row, story_.rows.datagrams));
    paintBoxes(painter);
    paintKeys(painter);
    paintMarks(painter);
    paintTrials(painter);
    paintLines(painter);
    if (hasFocus()) {
        painter.resetTransform();
        painter.setPen(QPen(colors.link, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(viewport()->rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void StreamView::paintBoxes(QPainter& painter) const {
    const Palette& colors = paletteOf(*this);
    for (const StreamBox& box : layout_.boxes) {
        paintBox(painter, box, colors);
        const auto selected = document_.selected();
        const bool carries =
            selected && (box.packet == selected || std::ranges::count(box.copies, *selected) > 0);
        if (!carries) continue;
        painter.setPen(QPen(colors.link, 2));
        painter.drawRect(box.area);
    }
    painter.setPen(colors.dim);
    painter.setFont(fonts::mono(fonts::kLeast));
    const double line = QFontMetricsF(painter.font()).height();
    for (const StreamTick& tick : layout_.ticks) {
        const double bottom = layout_.axis.bottom();
        painter.drawLine(QPointF{tick.x, bottom}, QPointF{tick.x, bottom + 3});
        painter.drawText(
            QRectF(tick.x - 40, bottom + 3, 80, line), Qt::AlignHCenter | Qt::AlignTop, tick.label);
    }
}

void StreamView::paintMarks(QPainter& painter) const {
    const Palette& colors = paletteOf(*this);
    for (const StreamMark& mark : layout_.marks) {
        const bool chosen = chosen_ == mark.broken;
        QPen pen(colors.of(Role::Fault), chosen ? 2.4 : 1.2);
        if (!chosen) pen.setDashPattern({4, 3});
        painter.setPen(pen);
        for (const QLineF& line : mark.lines) painter.drawLine(line);
    }
}

void StreamView::paintKeys(QPainter& painter) const {
    const Palette& colors = paletteOf(*this);
    painter.setFont(fonts::text(fonts::kLabel));
    for (const StreamKey& key : layout_.keys) {
        paintBar(painter, key.swatch, colourOf(key.row, key.broken, colors));
        painter.setPen(colors.dim);
        painter.drawText(key.area, kProse, key.text);
    }
}

void StreamView::paintLines(QPainter& painter) const {
    const Palette& colors = paletteOf(*this);
    for (const StreamLine& line : layout_.lines) {
        painter.setFont(fonts::text(fonts::kLabel, true));
        painter.setPen(line.bad ? colors.faultText : colors.text);
        painter.drawText(line.lead, Qt::AlignLeft | Qt::AlignTop, line.head);
        painter.setFont(fonts::text(fonts::kLabel));
        painter.setPen(line.broken || line.bad ? colors.text : colors.dim);
        painter.drawText(line.area, kProse, line.text);
    }
}

void StreamView::paintTrials(QPainter& painter) const {
    const Palette& colors = paletteOf(*this);
    for (const StreamTrial& trial : layout_.trials) {
        const QStringList parts = trial.text.split(u'\n');
        painter.setFont(fonts::text(fonts::kLabel, !trial.holds));
        painter.setPen(trial.holds ? colors.text : colors.faultText);
        painter.drawText(trial.title, kProse, parts.first());
        for (const StreamBox& read : trial.reads) paintBox(painter, read, colors);
        if (parts.size() < 2 || trial.reads.empty()) continue;
        painter.setFont(fonts::text(fonts::kLabel));
        painter.setPen(colors.text);
        const QRectF below(layout_.axis.left(),
                           trial.reads.front().area.bottom() + 4,
                           layout_.axis.width(),
                           QFontMetricsF(painter.font()).height() + 2);
        painter.drawText(below,
                         Qt::AlignLeft | Qt::AlignTop,
                         QFontMetricsF(painter.font())
                             .elidedText(parts[1], Qt::ElideRight, layout_.axis.width()));
    }
}

void StreamView::choose(std::optional<std::size_t> broken) {
    chosen_ = broken;
    tellChosen();
    viewport()->update();
    const auto line = std::ranges::find(layout_.lines, broken, &StreamLine::broken);
    if (!broken || line == layout_.lines.end()) return;
    const int lowest = static_cast<int>(line->area.bottom()) + 8 - verticalScrollBar()->pageStep();
    if (verticalScrollBar()->value() < lowest) verticalScrollBar()->setValue(lowest);
}

void StreamView::tellChosen() {
    setAccessibleName(tr("Stream: sends, segments, receives and messages"));
    if (!chosen_) return setAccessibleDescription({});
    const StreamRows::Broken& broken = story_.rows.broken[*chosen_];
    const QString where = broken.glued ? tr("Glued at octet %1. %2") : tr("Split at octet %1. %2");
    setAccessibleDescription(
        where.arg(broken.offset).arg(reasonOf(story_, broken).replace(u'\n', u"; "_s)));
}

void StreamView::chooseNext(int step) {
    const auto count = static_cast<int>(story_.rows.broken.size());
    if (count == 0) return;
    const int now = chosen_ ? static_cast<int>(*chosen_) : (step > 0 ? -1 : count);
    const auto next = static_cast<std::size_t>(std::clamp(now + step, 0, count - 1));
    // What is chosen is seen.
    const std::uint64_t at = story_.rows.broken[next].offset;
    const StreamRange range = shown();
    if (at < range.begin || at > range.end) {
        const double hidden = static_cast<double>(story_.rows.octets.size()) - octetsShown_;
        const double begin = static_cast<double>(at) - octetsShown_ / 2;
        horizontalScrollBar()->setValue(
            static_cast<int>(std::clamp(begin / std::max(1.0, hidden), 0.0, 1.0) * kScrolled));
    }
    choose(next);
}

void StreamView::zoom(double factor) {
    constexpr double kFewest = 8;
    const auto size = static_cast<double>(story_.rows.octets.size());
    const StreamRange before = shown();
    const double middle = static_cast<double>(before.begin + before.end) / 2;
    const double now = octetsShown_ > 0 ? octetsShown_ : size;
    octetsShown_ = std::clamp(now / factor, std::min(kFewest, size), size);
    layOutAgain();
    const double hidden = size - octetsShown_;
    if (hidden > 0)
        horizontalScrollBar()->setValue(static_cast<int>(
            std::clamp((middle - octetsShown_ / 2) / hidden, 0.0, 1.0) * kScrolled));
    layOutAgain();
}

void StreamView::mousePressEvent(QMouseEvent* event) {
    const QPointF point = fromViewport(event->position());
    if (const auto broken = layout_.brokenAt(point)) return choose(broken);
    const StreamBox* box = layout_.boxAt(point);
    if (box == nullptr || !box->packet || box->count > 1) return;
    // A second click selects the copy.
    std::vector<PacketId> packets{*box->packet};
    packets.insert(packets.end(), box->copies.begin(), box->copies.end());
    const auto selected = document_.selected();
    const auto now = selected ? std::ranges::find(packets, *selected) : packets.end();
    const bool isLast = now == packets.end() || std::next(now) == packets.end();
    document_.select(isLast ? packets.front() : *std::next(now));
}

void StreamView::wheelEvent(QWheelEvent* event) {
    if ((event->modifiers() & Qt::ControlModifier) == 0)
        return QAbstractScrollArea::wheelEvent(event);
    zoom(event->angleDelta().y() > 0 ? kZoom : 1 / kZoom);
    event->accept();
}

void StreamView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Up: return chooseNext(-1);
        case Qt::Key_Down: return chooseNext(1);
        case Qt::Key_Plus:
        case Qt::Key_Equal: return zoom(kZoom);
        case Qt::Key_Minus: return zoom(1 / kZoom);
        default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void StreamView::scrollContentsBy(int dx, int /*dy*/) {
    if (dx != 0) return layOutAgain();
    viewport()->update();
}

void StreamView::resizeEvent(QResizeEvent*) {
    layOutAgain();
}

bool StreamView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const StreamBox* box = layout_.boxAt(fromViewport(help->pos()));
        QToolTip::showText(help->globalPos(), box == nullptr ? QString() : box->title, this);
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void StreamView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() != QEvent::LanguageChange && event->type() != QEvent::FontChange) return;
    layOutAgain();
    tellChosen();
}

}  // namespace tcplab::gui
