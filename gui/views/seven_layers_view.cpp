#include "gui/views/seven_layers_view.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/patterns.h"
#include "gui/wording.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr double kHeadSize = 8;
constexpr double kGone = 0.5;  ///< Opacity of a packet that is no more.
constexpr int kToTheLeft = Qt::AlignLeft | Qt::AlignVCenter;
constexpr int kToTheRight = Qt::AlignRight | Qt::AlignVCenter;
constexpr int kProse = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;

double widestOf(const QFontMetricsF& metrics, const QStringList& words) {
    double widest = 0;
    for (const QString& word : words) widest = std::max(widest, metrics.horizontalAdvance(word));
    return widest;
}

QString titleOf(const LayerRow& row) {
    return u"%1  %2"_s.arg(static_cast<int>(row.layer)).arg(inCurrentLanguage(titleOf(row.layer)));
}

void drawArrow(QPainter& painter, QPointF from, QPointF to, const QColor& color) {
    const QPointF way = to - from;
    const double length = std::hypot(way.x(), way.y());
    if (length == 0) return;
    const QPointF ahead = way / length;
    const QPointF beside{-ahead.y(), ahead.x()};
    const QPointF back = to - ahead * kHeadSize;
    painter.setPen(QPen(color, 1.6));
    painter.drawLine(from, back);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(
        QPolygonF{to, back + beside * kHeadSize / 2, back - beside * kHeadSize / 2});
}

}  // namespace

SevenLayersView::SevenLayersView(Document& document, QWidget* parent)
    : QAbstractScrollArea(parent), document_{document} {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalScrollBar()->setSingleStep(20);
    viewport()->setBackgroundRole(QPalette::Base);
    connect(&document_, &Document::opened, this, &SevenLayersView::reload);
    connect(&document_, &Document::moved, this, &SevenLayersView::reload);
    reload();
}

void SevenLayersView::reload() {
    const Packet* packet = shownPacket();
    works_.reset();
    if (packet != nullptr) {
        const Octets octets = document_.trace().octetsOf(*packet);
        works_ = wire::osiLayers(wire::dissect(packet->link, octets, packet->originalLength));
    }
    setAccessibleName(tr("Seven layers"));
    layOutAgain();
}

const Packet* SevenLayersView::shownPacket() const {
    if (const Packet* selected = document_.selectedPacket()) return selected;
    const Packet* last = nullptr;
    for (const Packet& packet : document_.trace().packets()) {
        const Sighting* first = firstSighting(packet.transit);
        if (packet.connection == document_.connection() && first != nullptr &&
            first->moment <= document_.moment())
            last = &packet;
    }
    return last;
}

QString SevenLayersView::noteOf(const Packet& packet) const {
    QStringList note{octetsInWords(
        packet.octets.length, packet.originalLength, document_.kind() == Document::Kind::Capture)};
    if (arrivedDamaged(document_.trace(), packet.number, document_.horizon()))
        note << tr("as it was sent: it was damaged on its way");
    if (document_.selectedPacket() == nullptr) note << tr("the last one, no packet in this step");
    return note.join(u"  \u00b7  "_s);
}

SevenLayersLayout SevenLayersView::layOutAt(double width) const {
    if (!works_) return {};
    const QFontMetricsF titles(fonts::text(fonts::kInterface, true));
    const QFontMetricsF prose(fonts::text(fonts::kLabel));
    const QFontMetricsF labels(fonts::mono(fonts::kLeast));
    SevenLayersMetrics metrics;
    metrics.width = width;
    metrics.line = std::max(titles.height(), labels.height());
    QStringList seven;
    QStringList four;
    for (const wire::LayerWork& work : *works_) {
        seven << u"7  "_s + inCurrentLanguage(wire::titleOf(work.layer));
        four << inCurrentLanguage(wire::titleOf(wire::internetLayerOf(work.layer)));
    }
    metrics.titles = widestOf(titles, seven) + 20;
    metrics.internet = widestOf(prose, four) + 24;
    metrics.lane = labels.horizontalAdvance(u"+00000"_s) + 16;
    metrics.label = [labels](const QString& text) { return labels.horizontalAdvance(text); };
    metrics.sentence = [prose](const QString& text, double room) {
        return std::ceil(prose.boundingRect(QRectF(0, 0, room, 10'000), kProse, text).height());
    };
    return layOut(*works_, metrics);
}

void SevenLayersView::layOutAgain() {
    layout_ = layOutAt(viewport()->width());
    const int page = std::max(1, viewport()->height() - static_cast<int>(headerHeight()));
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0,
                                  std::max(0, static_cast<int>(std::ceil(layout_.height)) - page));
    const LayerRow* row = chosenRow();
    setAccessibleDescription(row == nullptr ? QString() : titleOf(*row) + u": "_s + row->did);
    viewport()->update();
}

int SevenLayersView::wholeHeight(int width) const {
    return static_cast<int>(std::ceil(layOutAt(width).height + headerHeight()));
}

double SevenLayersView::headerHeight() const {
    return 2 * QFontMetricsF(fonts::text(fonts::kInterface, true)).height() + 20;
}

QPointF SevenLayersView::toViewport(QPointF point) const {
    return point - QPointF(0, verticalScrollBar()->value() - headerHeight());
}

QPointF SevenLayersView::fromViewport(QPointF point) const {
    return point + QPointF(0, verticalScrollBar()->value() - headerHeight());
}

const LayerRow* SevenLayersView::chosenRow() const {
    const auto found = std::ranges::find_if(
        layout_.rows, [this](const LayerRow& row) { return row.layer == chosen_; });
    return found == layout_.rows.end() ? nullptr : &*found;
}

void SevenLayersView::mark(std::size_t offset, std::size_t length) {
    markedFrom_ = offset;
    markedLength_ = length;
    const LayerRow* row = length == 0 ? nullptr : layout_.rowOf(offset);
    if (row != nullptr) chosen_ = row->layer;
    layOutAgain();
}

void SevenLayersView::choose(const LayerRow& row, const LayerBox* box) {
    chosen_ = row.layer;
    const QRectF area = row.area;
    if (box == nullptr) {
        const auto own = std::ranges::find(row.boxes, true, &LayerBox::own);
        if (own != row.boxes.end()) box = &*own;
    }
    // Who hears of the choice marks it here, which lays out again: row and box are gone after it.
    if (box != nullptr) {
        Q_EMIT chosen(box->offset);
    } else {
        markedLength_ = 0;
    }
    layOutAgain();
    const int lowest = static_cast<int>(area.bottom()) - verticalScrollBar()->pageStep();
    verticalScrollBar()->setValue(std::clamp(
        verticalScrollBar()->value(), lowest, std::max(lowest, static_cast<int>(area.top()))));
}

void SevenLayersView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& colors = paletteOf(*this);
    const Packet* packet = shownPacket();
    if (packet == nullptr || !works_) {
        painter.setPen(colors.dim);
        painter.setFont(fonts::text(fonts::kReading));
        painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24),
                         Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Select a packet or press Space: here you will see what each layer did "
                            "for it."));
        return;
    }
    painter.save();
    if (document_.selectedPacket() == nullptr) painter.setOpacity(kGone);
    painter.setClipRect(
        QRectF(0, headerHeight(), viewport()->width(), viewport()->height() - headerHeight()));
    painter.translate(toViewport({0, 0}));
    // What is chosen lies under everything else.
    if (const LayerRow* row = chosenRow()) painter.fillRect(row->area, colors.selection);
    paintInternet(painter);
    for (const LayerRow& row : layout_.rows) paintRow(painter, row, packet->from);
    painter.restore();
    paintHeader(painter, *packet);
}

void SevenLayersView::paintHeader(QPainter& painter, const Packet& packet) const {
    const Palette& colors = paletteOf(*this);
    const QFont bold = fonts::text(fonts::kInterface, true);
    const QFont plain = fonts::text(fonts::kLabel);
    const double line = QFontMetricsF(bold).height();
    painter.setPen(colors.text);
    painter.setFont(bold);
    const LayerRow& first = layout_.rows.front();
    const QString title =
        tr("Packet %1: %2").arg(packet.number).arg(flagsInWords(packet.tcp.flags));
    painter.drawText(QRectF(16, 8, width() - 32.0, line), Qt::AlignLeft | Qt::AlignVCenter, title);
    const double after = 16 + QFontMetricsF(bold).horizontalAdvance(title) + 16;
    painter.setFont(plain);
    painter.setPen(colors.dim);
    painter.drawText(
        QRectF(after, 8, width() - after, line), Qt::AlignLeft | Qt::AlignVCenter, noteOf(packet));
    const double top = line + 10;
    painter.drawText(QRectF(first.title.left(), top, first.title.width(), line),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     u"OSI"_s);
    if (!layout_.internet.empty())
        painter.drawText(QRectF(layout_.internet.front().area.left(), top, 90, line),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         u"TCP/IP"_s);
    for (const Side side : kSides) {
        const bool sends = side == packet.from;
        const QString words =
            sends ? tr("%1 sends").arg(nameOf(side)) : tr("%1 receives").arg(nameOf(side));
        const double room = QFontMetricsF(plain).horizontalAdvance(words) + 20;
        const double x = side == Side::Client ? first.lane[side].left() + 6
                                              : first.lane[side].right() - room - 6;
        drawToken(painter, {x + 5, top + line / 2}, 10, side, colors);
        painter.setPen(colors.text);
        painter.drawText(QRectF(x + 16, top, room, line), Qt::AlignLeft | Qt::AlignVCenter, words);
        painter.setPen(colors.dim);
    }
    painter.setPen(colors.line);
    const double bottom = std::floor(headerHeight()) - 0.5;
    painter.drawLine(QPointF{0, bottom}, QPointF(viewport()->width(), bottom));
}

void SevenLayersView::paintInternet(QPainter& painter) const {
    const Palette& colors = paletteOf(*this);
    painter.setFont(fonts::text(fonts::kLabel));
    for (const InternetBox& box : layout_.internet) {
        painter.setPen(QPen(colors.line, 1));
        painter.setBrush(colors.pane);
        painter.drawRoundedRect(box.area.adjusted(0.5, 3.5, -0.5, -3.5), 4, 4);
        painter.setPen(colors.text);
        painter.drawText(box.area, Qt::AlignCenter, inCurrentLanguage(wire::titleOf(box.layer)));
    }
}

void SevenLayersView::paintRow(QPainter& painter, const LayerRow& row, Side from) const {
    const Palette& colors = paletteOf(*this);
    const bool here = row.octets > 0 || row.layer == wire::OsiLayer::Physical;
    painter.setPen(here ? colors.text : colors.dim);
    painter.setFont(fonts::text(fonts::kInterface, here));
    painter.drawText(row.title, Qt::AlignLeft | Qt::AlignVCenter, titleOf(row));
    painter.setFont(fonts::text(fonts::kLabel));
    painter.setPen(here ? colors.text : colors.dim);
    painter.drawText(row.sentence, kProse, row.did);
    paintLanes(painter, row, from);
    paintBoxes(painter, row);
}

void SevenLayersView::paintBoxes(QPainter& painter, const LayerRow& row) const {
    const Palette& colors = paletteOf(*this);
    painter.setFont(fonts::mono(fonts::kLeast));
    const QFontMetricsF metrics(painter.font());
    for (const LayerBox& box : row.boxes) {
        const bool marked = box.own && markedLength_ > 0 && markedFrom_ >= box.offset &&
                            markedFrom_ < box.offset + box.length;
        painter.setPen(QPen(marked ? colors.link : colors.edge, marked ? 2 : 1));
        painter.setBrush(box.own ? colors.page : colors.pane);
        painter.drawRect(box.area.adjusted(0.5, 0.5, -0.5, -0.5));
        painter.setPen(box.own ? colors.text : colors.dim);
        painter.drawText(box.area,
                         Qt::AlignCenter,
                         metrics.elidedText(box.label, Qt::ElideMiddle, box.area.width() - 4));
    }
}

/// Down where the packet is made, up where it is taken apart.
void SevenLayersView::paintLanes(QPainter& painter, const LayerRow& row, Side from) const {
    const Palette& colors = paletteOf(*this);
    const bool last = row.layer == wire::OsiLayer::Physical;
    painter.setFont(fonts::mono(fonts::kLeast));
    for (const Side side : kSides) {
        const QRectF lane = row.lane[side];
        const bool down = side == from;
        // The line stands beside what is drawn between the lanes.
        const double x = side == Side::Client ? lane.right() - 8 : lane.left() + 8;
        const QPointF top{x, lane.top()};
        const QPointF bottom{x, lane.bottom() - (last ? 5 : 0)};
        painter.setPen(QPen(colors.edge, 1.6, Qt::SolidLine, Qt::FlatCap));
        if (row.layer == wire::OsiLayer::Application && !down)
            drawArrow(painter, bottom, top + QPointF(0, 6), colors.edge);
        else
            painter.drawLine(top, bottom);
        if (last && down) {
            const double other = side == Side::Client ? row.lane[Side::Server].left() + 8
                                                      : row.lane[Side::Client].right() - 8;
            drawArrow(painter, bottom, {other, bottom.y()}, colors.edge);
        }
        if (row.octets == 0) continue;
        painter.setPen(colors.text);
        const QRectF words(side == Side::Client ? lane.left() : x + 6,
                           row.title.top(),
                           lane.width() - 14,
                           row.title.height());
        painter.drawText(words,
                         side == Side::Client ? kToTheRight : kToTheLeft,
                         (down ? u"+"_s : u"\u2212"_s) + QString::number(row.octets));
    }
}

void SevenLayersView::resizeEvent(QResizeEvent*) {
    layOutAgain();
}

void SevenLayersView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || event->position().y() < headerHeight()) return;
    const QPointF point = fromViewport(event->position());
    const LayerRow* row = layout_.rowAt(point);
    if (row == nullptr) return;
    const auto box = std::ranges::find_if(
        row->boxes, [&](const LayerBox& one) { return one.own && one.area.contains(point); });
    choose(*row, box == row->boxes.end() ? nullptr : &*box);
}

void SevenLayersView::keyPressEvent(QKeyEvent* event) {
    const bool up = event->key() == Qt::Key_Up;
    if ((!up && event->key() != Qt::Key_Down) || layout_.rows.empty())
        return QAbstractScrollArea::keyPressEvent(event);
    const auto count = static_cast<int>(layout_.rows.size());
    const LayerRow* row = chosenRow();
    int at = row == nullptr ? (up ? count : -1) : static_cast<int>(row - layout_.rows.data());
    at = std::clamp(at + (up ? -1 : 1), 0, count - 1);
    choose(layout_.rows[static_cast<std::size_t>(at)], nullptr);
}

bool SevenLayersView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QPointF point = fromViewport(help->pos());
        QString text;
        if (const LayerRow* row = layout_.rowAt(point))
            for (const LayerBox& box : row->boxes)
                if (box.area.contains(point)) text = box.label;
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void SevenLayersView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::FontChange)
        reload();
}

}  // namespace tcplab::gui
