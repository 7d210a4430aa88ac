#include "gui/views/ladder_view.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/patterns.h"
#include "gui/views/row_delegates.h"
#include "gui/wording.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QEvent>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineF>
#include <QLocale>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr double kHeaderPadding = 8;
constexpr int kMarginBelow = 48;  ///< Kept free below the cursor while following it.
constexpr double kNarrowLane = 190;
constexpr double kZoomStep = 1.15;
constexpr double kLeastZoom = 0.4;
constexpr double kMostZoom = 4;

/// The widest of the texts that stand beside a lifeline, or of their brief forms.
double gutterFor(const LadderStory& story, Side side, bool brief) {
    double widest = 90;
    for (const LadderEvent& event : story.events) {
        if (event.side != side) continue;
        for (const LadderNote& note : event.notes) {
            const QString& text = brief && !note.brief.isEmpty() ? note.brief : note.text;
            widest = std::max(widest, ladderTextWidth(text, note.kind == LadderNote::Kind::State));
        }
    }
    return widest + 24;
}

/// What client and server need; where that is more than `room`, what their brief forms need, and
/// what is left over to whichever is still short of it.
std::pair<double, double> guttersFor(const LadderStory& story, double room) {
    const double client = gutterFor(story, Side::Client, false);
    const double server = gutterFor(story, Side::Server, false);
    if (client + server <= room) return {client, server};
    const double least = gutterFor(story, Side::Client, true);
    const double leastOfServer = gutterFor(story, Side::Server, true);
    const double both = least + leastOfServer;
    if (both >= room) return {least * room / both, leastOfServer * room / both};
    const double share = (room - both) / (client + server - both);
    return {least + share * (client - least), leastOfServer + share * (server - leastOfServer)};
}

double timeColumnFor(const LadderStory& story) {
    const QFontMetricsF metrics(fonts::mono(fonts::kLeast));
    const QString widest = story.microseconds ? u"000.000000"_s : u"0000.000"_s;
    return std::max(52.0, metrics.horizontalAdvance(widest) + (story.microseconds ? 8 : 0));
}

}  // namespace

LadderView::LadderView(Document& document, QWidget* parent)
    : QAbstractScrollArea(parent), document_{document} {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalScrollBar()->setSingleStep(20);
    viewport()->setBackgroundRole(QPalette::Base);
    connect(&document_, &Document::opened, this, &LadderView::tellAgain);
    connect(&document_, &Document::connectionChanged, this, &LadderView::tellAgain);
    connect(&document_, &Document::moved, this, [this] {
        follow();
        describe();
        viewport()->update();
    });
    connect(&document_, &Document::bookmarked, viewport(), qOverload<>(&QWidget::update));
    tellAgain();
}

void LadderView::tellAgain() {
    measured_.reset();
    story_ = tellLadder(document_.trace(), document_.connection());
    setAccessibleName(tr("Ladder"));
    describe();
    layOutAgain();
}

/// For who hears the window: the states of both ends, and the packet that is selected.
void LadderView::describe() {
    if (document_.currentConnection() == nullptr) return setAccessibleDescription({});
    QStringList words;
    for (const Side side : kSides)
        words << u"%1, %2"_s.arg(
            nameOf(side),
            nameWithGloss(
                stateAt(document_.trace(), document_.connection(), side, document_.moment())));
    if (const Packet* packet = document_.selectedPacket())
        words << tr("Packet %1: %2").arg(packet->number).arg(flagsInWords(packet->tcp.flags));
    setAccessibleDescription(words.join(u"; "_s));
}

LadderLayout LadderView::layOutAt(double width) const {
    LadderMetrics metrics;
    metrics.width = width;
    metrics.line = ladderLineHeight();
    metrics.measure = ladderTextWidth;
    metrics.notation = notation_;
    metrics.proportional = proportional_;
    metrics.zoom = zoom_;
    metrics.raw = raw_;
    metrics.scale = std::max(1.0, textZoom());
    metrics.band *= metrics.scale;
    metrics.timeColumn = timeColumnFor(story_);
    // Names are elided only where the lane between the lifelines would become too narrow.
    const double forGutters =
        std::max(200.0, width - metrics.timeColumn - 2 * metrics.band - kNarrowLane);
    std::tie(metrics.clientGutter, metrics.serverGutter) = guttersFor(story_, forGutters);
    metrics.row = std::max(60.0, 2 * metrics.line + 26);
    return layOut(story_, metrics);
}

void LadderView::layOutAgain() {
    layout_ = layOutAt(viewport()->width());
    const int page = std::max(1, viewport()->height() - static_cast<int>(headerHeight()));
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(layout_.height) - page));
    follow();
    viewport()->update();
}

int LadderView::wholeHeight(int width) const {
    const LadderLayout whole = layOutAt(width);
    const double drawn = std::min(whole.height, whole.reachOf(document_.horizon()) + 40);
    return static_cast<int>(std::ceil(drawn + headerHeight()));
}

/// Scrolls no more than needed to show what the cursor is at.
void LadderView::follow() {
    double top = layout_.reachOf(document_.moment());
    double bottom = top;
    const auto selected = document_.selected();
    const LadderArrow* arrow = selected ? layout_.arrowOf(*selected) : nullptr;
    if (arrow != nullptr && arrow->departed <= document_.horizon()) {
        top = arrow->strip.top();
        bottom = std::max(arrow->strip.bottom(),
                          document_.kind() == Document::Kind::Lesson ? bottom : 0);
    }
    const int page = verticalScrollBar()->pageStep();
    const int lowest = static_cast<int>(bottom) + kMarginBelow - page;
    const int highest = std::max(0, static_cast<int>(top) - kMarginBelow);
    const int value = verticalScrollBar()->value();
    verticalScrollBar()->setValue(std::min(std::max(value, lowest), std::max(highest, lowest)));
}

double LadderView::headerHeight() const {
    return QFontMetricsF(fonts::text(fonts::kInterface, true)).height() +
           QFontMetricsF(fonts::mono(fonts::kLeast)).height() + 2 * kHeaderPadding;
}

QPointF LadderView::toLadder(QPointF inViewport) const {
    return inViewport + QPointF(0, verticalScrollBar()->value() - headerHeight());
}

QPointF LadderView::toViewport(QPointF point) const {
    return point - QPointF(0, verticalScrollBar()->value() - headerHeight());
}

void LadderView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const Palette& colors = paletteOf(*this);
    if (document_.currentConnection() == nullptr) {
        paintNothing(painter, colors);
        return;
    }
    const QRectF area(
        0, headerHeight(), viewport()->width(), viewport()->height() - headerHeight());
    painter.save();
    painter.setClipRect(area);
    painter.translate(toViewport({0, 0}));
    LadderScene scene{.colors = &colors,
                      .now = document_.moment(),
                      .horizon = document_.horizon(),
                      .selected = document_.selected(),
                      .bookmarks = &document_.bookmarks(),
                      .measure = measured_,
                      .clip = area.translated(-toViewport({0, 0}))};
    paintLadder(painter, layout_, scene);
    painter.restore();
    paintHeader(painter, colors);
}

void LadderView::paintHeader(QPainter& painter, const Palette& colors) const {
    const Connection& connection = *document_.currentConnection();
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont names = fonts::text(fonts::kInterface, true);
    const QFont addresses = fonts::mono(fonts::kLeast);
    const double line = QFontMetricsF(names).height();
    for (const Side side : kSides) {
        const double x = layout_.lifeline(side);
        const QString address = toQt(wire::toString(connection.ends[side]));
        const QString name = nameOf(side);
        const double scale = layout_.metrics.scale;
        const double nameWidth = QFontMetricsF(names).horizontalAdvance(name) + 18 * scale;
        drawToken(painter,
                  {x - nameWidth / 2 + 5 * scale, kHeaderPadding + line / 2},
                  11 * scale,
                  side,
                  colors);
        painter.setPen(colors.text);
        painter.setFont(names);
        painter.drawText(QRectF{x - nameWidth / 2 + 16 * scale, kHeaderPadding, nameWidth, line},
                         Qt::AlignLeft | Qt::AlignVCenter,
                         name);
        painter.setPen(colors.dim);
        painter.setFont(addresses);
        const QFontMetrics metrics(addresses);
        const QRectF box =
            layout_.headingBox(side, metrics.horizontalAdvance(address) + 2, kHeaderPadding + line);
        painter.drawText(box,
                         Qt::AlignHCenter | Qt::AlignTop | Qt::TextDontClip,
                         elidedAddress(address, metrics, static_cast<int>(box.width())));
    }
    // Over the column of times.
    painter.setPen(colors.dim);
    painter.setFont(addresses);
    painter.drawText(QRectF{0, kHeaderPadding, layout_.metrics.timeColumn - 6, line},
                     Qt::AlignRight | Qt::AlignVCenter,
                     u"s"_s);
    painter.setPen(colors.line);
    const double bottom = std::floor(headerHeight()) - 0.5;
    painter.drawLine(QPointF{0, bottom}, QPointF(viewport()->width(), bottom));
}

void LadderView::paintNothing(QPainter& painter, const Palette& colors) const {
    if (document_.kind() != Document::Kind::Capture) return;
    const auto& summary = document_.summary();
    const QLocale locale;
    const QString count = locale.toString(static_cast<qulonglong>(summary.packets));
    painter.setPen(colors.dim);
    painter.setFont(fonts::text(fonts::kReading));
    painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24),
                     Qt::AlignCenter | Qt::TextWordWrap,
                     summary.packets == 0 ? tr("This capture holds no packets.")
                                          : tr("%1 packets, none of them TCP.").arg(count));
}

void LadderView::resizeEvent(QResizeEvent*) {
    layOutAgain();
}

void LadderView::setNotation(Notation notation) {
    notation_ = notation;
    layOutAgain();
}

void LadderView::setProportional(bool proportional) {
    proportional_ = proportional;
    layOutAgain();
}

void LadderView::setZoom(double zoom) {
    zoom_ = std::clamp(zoom, kLeastZoom, kMostZoom);
    measured_.reset();
    layOutAgain();
}

/// What is under the pointer stays there.
void LadderView::wheelEvent(QWheelEvent* event) {
    const int turned = event->angleDelta().y();
    if (!event->modifiers().testFlag(Qt::ControlModifier) || turned == 0)
        return QAbstractScrollArea::wheelEvent(event);
    const QPointF pointer = event->position();
    const double share = toLadder(pointer).y() / std::max(1.0, layout_.height);
    setZoom(turned > 0 ? zoom_ * kZoomStep : zoom_ / kZoomStep);
    verticalScrollBar()->setValue(
        static_cast<int>(share * layout_.height - (pointer.y() - headerHeight())));
    event->accept();
}

void LadderView::setRaw(bool raw) {
    if (raw == raw_) return;
    raw_ = raw;
    layOutAgain();
}

/// Whoever has the focus: while Alt is held the numbers are those of the header.
bool LadderView::eventFilter(QObject* watched, QEvent* event) {
    const auto type = event->type();
    if (type == QEvent::KeyPress || type == QEvent::KeyRelease) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Alt) setRaw(type == QEvent::KeyPress);
    } else if (type == QEvent::ApplicationDeactivate) {
        setRaw(false);
    }
    return QAbstractScrollArea::eventFilter(watched, event);
}

void LadderView::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    qApp->installEventFilter(this);
}

void LadderView::hideEvent(QHideEvent* event) {
    QAbstractScrollArea::hideEvent(event);
    qApp->removeEventFilter(this);
    setRaw(false);
}

void LadderView::mousePressEvent(QMouseEvent* event) {
    measured_.reset();
    pressed_.reset();
    viewport()->update();
    if (event->position().y() < headerHeight()) return;
    const QPointF point = toLadder(event->position());
    if (event->button() == Qt::LeftButton) pressed_ = point;
    const LadderArrow* arrow = layout_.arrowAt(point, document_.horizon());
    if (arrow != nullptr) document_.select(arrow->packet);
}

/// Measures the time between what the drag began at and what it has come to.
void LadderView::mouseMoveEvent(QMouseEvent* event) {
    constexpr double kDrag = 8;
    if (!pressed_ || !event->buttons().testFlag(Qt::LeftButton)) return;
    const QPointF point = toLadder(event->position());
    if (QLineF(*pressed_, point).length() < kDrag) return;
    const LadderPoint* from = layout_.pointAt(*pressed_, document_.horizon());
    const LadderPoint* to = layout_.pointAt(point, document_.horizon());
    if (from == nullptr || to == nullptr) return;
    measured_ = LadderMeasure{*from, *to};
    viewport()->update();
}

void LadderView::contextMenuEvent(QContextMenuEvent* event) {
    QList<QAction*> possible = actions();
    possible.removeIf([](const QAction* action) { return !action->isEnabled(); });
    if (!possible.isEmpty()) QMenu::exec(possible, event->globalPos(), nullptr, this);
}

QString LadderView::toolTipAt(QPointF point) const {
    for (const Side side : kSides) {
        if (std::abs(point.x() - layout_.lifeline(side)) > layout_.metrics.band) continue;
        for (const LadderBand& band : layout_.bands)
            if (band.side == side && point.y() >= band.top && point.y() < band.bottom &&
                band.from <= document_.horizon())
                return u"%1: %2"_s.arg(nameWithGloss(band.state), meaning(band.state));
    }
    const LadderArrow* arrow = layout_.arrowAt(point, document_.horizon());
    const Packet* packet = arrow == nullptr ? nullptr : document_.trace().find(arrow->packet);
    if (packet == nullptr) return {};
    QStringList lines{tr("Packet %1: %2").arg(packet->number).arg(flagsInWords(packet->tcp.flags))};
    lines << numbersOf(packet->tcp).first() + u" win=%1"_s.arg(packet->tcp.window);
    if (arrow->repeats) lines << tr("repeats packet %1").arg(*arrow->repeats);
    return lines.join(u'\n');
}

/// Where there is no room for the whole address.
QString LadderView::toolTipOver(double x) const {
    const Connection* connection = document_.currentConnection();
    if (connection == nullptr) return {};
    const auto far = [&](Side side) { return std::abs(x - layout_.lifeline(side)); };
    const Side side = far(Side::Client) < far(Side::Server) ? Side::Client : Side::Server;
    return toQt(wire::toString(connection->ends[side]));
}

bool LadderView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const bool over = help->pos().y() < headerHeight();
        const QString text = over ? toolTipOver(help->pos().x()) : toolTipAt(toLadder(help->pos()));
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void LadderView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) tellAgain();
    if (event->type() == QEvent::FontChange) layOutAgain();
}

}  // namespace tcplab::gui
