#include "gui/views/stream_view.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/stream_painter.h"

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

}  // namespace

StreamView::StreamView(Document& document, QWidget* parent)
    : QAbstractScrollArea(parent),
      document_{document},
      scroller_{new QScrollBar(Qt::Horizontal, viewport())} {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    verticalScrollBar()->setSingleStep(20);
    viewport()->setBackgroundRole(QPalette::Base);
    connect(&document_, &Document::moved, viewport(), qOverload<>(&QWidget::update));
    // The bar stands at the rows, not at the bottom of a page that may be much higher.
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroller_->hide();
    connect(scroller_, &QScrollBar::valueChanged, horizontalScrollBar(), &QScrollBar::setValue);
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, scroller_, &QScrollBar::setValue);
    tellChosen();
}

void StreamView::setStory(StreamStory story) {
    const bool same = story.rows.octets.size() == story_.rows.octets.size();
    const auto chosen = chosen_ ? std::optional{story_.rows.broken[*chosen_].offset}
                                : std::optional<std::uint64_t>{};
    story_ = std::move(story);
    if (!same) {
        isZoomed_ = false;
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
    metrics.scroller = scroller_->sizeHint().height();
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
    const StreamMetrics metrics = metricsOf(viewport()->width());
    if (!isZoomed_)
        octetsShown_ =
            static_cast<double>(octetsThatFit(story_.rows, metrics.width - metrics.names));
    const bool whole = octetsShown_ <= 0 || octetsShown_ >= size;
    const double share = whole ? 1 : octetsShown_ / size;
    for (QScrollBar* bar : {horizontalScrollBar(), scroller_}) {
        bar->setRange(0, whole ? 0 : kScrolled);
        bar->setPageStep(std::max(1, static_cast<int>(share * kScrolled)));
        bar->setSingleStep(std::max(1, static_cast<int>(share * kScrolled / 10)));
    }
    layout_ = layOut(story_, shown(), metrics);
    const int page = std::max(1, viewport()->height());
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0,
                                  std::max(0, static_cast<int>(std::ceil(layout_.height)) - page));
    placeScroller();
    viewport()->update();
}

void StreamView::placeScroller() {
    const QRectF area = layout_.scroller.translated(toViewport({0, 0}));
    scroller_->setGeometry(area.toAlignedRect());
    scroller_->setVisible(!layout_.scroller.isEmpty());
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
                         document_.currentConnection() == nullptr
                             ? tr("There is no TCP connection here, and so no stream.")
                             : tr("Nothing was sent in this direction."));
        return;
    }
    painter.translate(toViewport({0, 0}));
    // What is chosen lies under everything else.
    for (const StreamLine& line : layout_.lines)
        if (line.isAbout(chosen_))
            painter.fillRect(line.lead.united(line.area).adjusted(-6, -3, 6, 3), colors.selection);
    painter.setFont(fonts::text(fonts::kLabel));
    painter.setPen(colors.dim);
    for (const StreamRowName& name : layout_.names)
        painter.drawText(
            name.area, Qt::AlignLeft | Qt::AlignVCenter, nameOf(name.row, story_.rows.datagrams));
    paintStream(
        painter, layout_, {.chosen = chosen_, .selected = document_.selected(), .colors = colors});
    if (hasFocus()) {
        painter.resetTransform();
        painter.setPen(QPen(colors.link, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(viewport()->rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void StreamView::choose(std::optional<std::size_t> broken) {
    chosen_ = broken;
    tellChosen();
    viewport()->update();
    const auto line = std::ranges::find_if(
        layout_.lines, [broken](const StreamLine& one) { return one.isAbout(broken); });
    if (line == layout_.lines.end()) return;
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
    isZoomed_ = true;
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
    placeScroller();
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
