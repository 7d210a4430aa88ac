#include "gui/views/state_diagram_view.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/diagram_edge.h"
#include "gui/views/patterns.h"
#include "gui/views/state_card.h"
#include "gui/wording.h"
#include "sim/tcp/transitions.h"

#include <QEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using tcp::State;

constexpr double kMargin = 8;
constexpr double kCorner = 4;
constexpr double kSwatch = 6;
constexpr double kToken = 13;

}  // namespace

StateDiagramView::StateDiagramView(Document& document, QWidget* parent)
    : QWidget(parent), document_{document} {
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setFocusPolicy(Qt::StrongFocus);
    const auto refresh = [this] {
        updateAccessibleName();
        update();
    };
    setMouseTracking(true);
    connect(&document_, &Document::opened, this, &StateDiagramView::renewHeat);
    connect(&document_, &Document::grew, this, &StateDiagramView::renewHeat);
    connect(&document_, &Document::filtered, this, refresh);
    connect(&document_, &Document::opened, this, refresh);
    connect(&document_, &Document::connectionChanged, this, refresh);
    connect(&document_, &Document::moved, this, refresh);
    refresh();
}

/// One line for both ends, or one for each where the names of states need the width.
int StateDiagramView::legendLines() const {
    if (only_) return 1;
    if (heat_) return 3;  // Two of words, and the scale.
    const QFontMetrics metrics(fonts::text(fonts::kLabel));
    const int longest =
        metrics.horizontalAdvance(nameOf(Side::Server) + u": SYN-RECEIVED (SYN, ACK)  "_s);
    return 2 * (longest + 34) > width() ? 2 : 1;
}

double StateDiagramView::legendHeight() const {
    return 4 + legendLines() * (QFontMetrics(fonts::text(fonts::kLabel)).height() + 6);
}

QTransform StateDiagramView::placement() const {
    const double width = this->width() - 2 * kMargin;
    const double height = this->height() - kMargin - legendHeight();
    const double scale =
        std::min({width / kDiagramSize.width(), height / kDiagramSize.height(), 2.4});
    QTransform transform;
    transform.translate((this->width() - kDiagramSize.width() * scale) / 2,
                        std::max(kMargin / 2, (height - kDiagramSize.height() * scale) / 2));
    transform.scale(scale, scale);
    return transform;
}

std::optional<State> StateDiagramView::stateOf(Side side) const {
    if (document_.currentConnection() == nullptr || (only_ && *only_ != side)) return {};
    return stateAt(document_.trace(), document_.connection(), side, document_.moment());
}

std::vector<StateDiagramView::Taken> StateDiagramView::takenSoFar() const {
    std::vector<Taken> taken;
    for (const Entry& entry : document_.trace().entries()) {
        if (entry.moment > document_.moment()) break;
        const auto* entered = std::get_if<Entered>(&entry.what);
        if (entered == nullptr || entry.connection != document_.connection()) continue;
        if (only_ && *only_ != entry.side) continue;
        taken.push_back({entered->from,
                         entered->to,
                         entry.side,
                         entry.moment,
                         causeOf(document_.trace(), entry)});
    }
    return taken;
}

void StateDiagramView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    painter.setTransform(placement(), true);
    if (heat_) {
        paintHeat(painter);
        painter.restore();
        return paintLegend(painter);
    }
    const auto taken = takenSoFar();
    paintEdges(painter, taken);
    for (const State state : tcp::kStates) {
        const bool visited = std::ranges::any_of(
            taken, [state](const Taken& way) { return way.from == state || way.to == state; });
        paintNode(painter, state, visited);
    }
    painter.restore();
    paintLegend(painter);
}

void StateDiagramView::paintEdges(QPainter& painter, const std::vector<Taken>& taken) const {
    const Palette& colors = paletteOf(*this);
    for (const DiagramEdge& edge : diagramEdges())
        if (edge.inFigure5) drawEdge(painter, edge, colors.edge, 1);
    for (const Taken& way : taken)
        if (const DiagramEdge* edge = edgeOf(way.from, way.to))
            drawEdge(painter, *edge, colors.text, 1.6);
    for (const Taken& way : taken) {
        if (way.moment != document_.moment()) continue;
        // The colour of CLOSED is that of the ways that nobody took.
        const Role role = roleOf(way.to);
        if (const DiagramEdge* edge = edgeOf(way.from, way.to))
            drawEdge(painter, *edge, role == Role::None ? colors.text : colors.of(role), 2.6);
    }
}

void StateDiagramView::paintNode(QPainter& painter, State state, bool visited) const {
    const Palette& colors = paletteOf(*this);
    const QRectF box = nodeOf(state);
    const bool client = stateOf(Side::Client) == state;
    const bool server = stateOf(Side::Server) == state;
    const bool here = client || server;

    QPainterPath shape;
    shape.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), kCorner, kCorner);
    painter.fillPath(shape, here ? colors.selection : colors.page);
    if (here) {
        painter.save();
        painter.setClipPath(shape);
        QRectF swatch = box;
        swatch.setWidth(kSwatch);
        painter.fillRect(swatch, colors.page);
        fillState(painter, swatch, state, colors);
        painter.restore();
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(here ? QPen(colors.of(roleOf(state)), 2) : QPen(colors.edge, 1));
    painter.drawPath(shape);

    QFont font = fonts::mono(fonts::kLeast, here);
    font.setPixelSize(qRound(std::min(fonts::kLeast * textZoom(), 12.5)));
    painter.setFont(font);
    painter.setPen(here || visited ? colors.text : colors.dim);
    painter.drawText(
        box.adjusted(here ? kSwatch : 0, 0, 0, 0), Qt::AlignCenter, toQt(toString(state)));
    if (hasFocus() && state == chosen_) {
        painter.setPen(QPen(colors.link, 1.5, Qt::DashLine));
        painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), kCorner, kCorner);
    }
    if (client) drawToken(painter, box.topLeft() + QPointF{2, 0}, kToken, Side::Client, colors);
    if (server) drawToken(painter, box.topRight() - QPointF{2, 0}, kToken, Side::Server, colors);
}

/// What moved an end at the cursor: "close()", "FIN, ACK"; empty where it did not move.
QString StateDiagramView::causeHere(Side side) const {
    for (const Entry& entry : entriesAt(document_.trace(), document_.moment()))
        if (entry.connection == document_.connection() && entry.side == side &&
            std::holds_alternative<Entered>(entry.what))
            return causeOf(document_.trace(), entry);
    return {};
}

/// "server: ESTABLISHED (ACK)": the state, and what has just brought the end there.
QString StateDiagramView::legendOf(Side side) const {
    const auto state = stateOf(side);
    if (!state) return nameOf(side);
    const QString cause = causeHere(side);
    if (currentLanguage() == Language::Chinese)
        return u"%1：%2 %3"_s.arg(nameOf(side), toQt(toString(*state)), gloss(*state)) +
               (cause.isEmpty() ? cause : u"（%1）"_s.arg(cause));
    return u"%1: %2"_s.arg(nameOf(side), toQt(toString(*state))) +
           (cause.isEmpty() ? cause : u" (%1)"_s.arg(cause));
}

/// Which token is whose, the state it stands for, and what has just moved it.
void StateDiagramView::paintLegend(QPainter& painter) const {
    if (heat_) return paintHeatLegend(painter);
    const Palette& colors = paletteOf(*this);
    const QFont font = fonts::text(fonts::kLabel);
    const QFontMetricsF metrics(font);
    const int lines = legendLines();
    const double line = (legendHeight() - 4) / lines;
    double middle = height() - legendHeight() + line / 2;
    double x = kMargin + 6;
    for (const Side side : kSides) {
        if (only_ && *only_ != side) continue;
        const QString words = legendOf(side);
        drawToken(painter, {x, middle}, 10, side, colors);
        painter.setFont(font);
        painter.setPen(colors.dim);
        painter.drawText(
            QRectF{x + 10, middle - line / 2, width() - x - 10, line},
            Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(words, Qt::ElideRight, static_cast<int>(width() - x - 10)));
        if (lines > 1)
            middle += line;
        else
            x += metrics.horizontalAdvance(words) + 34;
    }
}

QString StateDiagramView::toolTipAt(State state) const {
    QStringList lines{nameWithGloss(state), meaning(state)};
    for (const tcp::Transition& edge : tcp::kTransitions) {
        if (edge.from != state || !edge.inFigure5) continue;
        lines << u"→ %1: %2"_s.arg(toQt(toString(edge.to)), toQt(edge.event));
    }
    return lines.join(u'\n');
}

std::optional<State> StateDiagramView::stateAtPoint(QPointF point) const {
    const QPointF inDiagram = placement().inverted().map(point);
    for (const State state : tcp::kStates)
        if (nodeOf(state).contains(inDiagram)) return state;
    return {};
}

StateCard& StateDiagramView::showCard(State state) {
    if (card_ == nullptr) {
        card_ = new StateCard(document_, this);
        card_->setWindowFlags(Qt::Popup);
    }
    chosen_ = state;
    const QRectF node = placement().mapRect(nodeOf(state));
    card_->resize(380, 400);
    const QPoint below = mapToGlobal(QPointF(node.left(), node.bottom() + 4).toPoint());
    // To the left of what is on the right of the window, so that nothing is cut off.
    card_->move(below - QPoint(std::max(0, card_->width() - width() / 2), 0));
    card_->show(state);
    return *card_;
}

void StateDiagramView::mousePressEvent(QMouseEvent* event) {
    if (heat_) return choosePassage(passageAt(event->position()));
    if (const auto state = stateAtPoint(event->position())) showCard(*state);
}

void StateDiagramView::keyPressEvent(QKeyEvent* event) {
    const auto count = static_cast<int>(tcp::kStates.size());
    const int here =
        static_cast<int>(std::ranges::find(tcp::kStates, chosen_) - tcp::kStates.begin());
    const auto choose = [&](int index) {
        chosen_ = tcp::kStates.at(static_cast<std::size_t>((index + count) % count));
        update();
    };
    if (heat_) {
        switch (event->key()) {
            case Qt::Key_Up: return stepPassage(-1);
            case Qt::Key_Down: return stepPassage(1);
            case Qt::Key_Return:
            case Qt::Key_Enter: return choosePassage(pointed_);
            default: return QWidget::keyPressEvent(event);
        }
    }
    switch (event->key()) {
        case Qt::Key_Up: return choose(here - 1);
        case Qt::Key_Down: return choose(here + 1);
        case Qt::Key_Return:
        case Qt::Key_Enter: showCard(chosen_); return;
        default: QWidget::keyPressEvent(event);
    }
}

void StateDiagramView::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void StateDiagramView::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

bool StateDiagramView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto found = stateAtPoint(help->pos());
        QToolTip::showText(help->globalPos(), found ? toolTipAt(*found) : QString(), this);
        return true;
    }
    if (event->type() == QEvent::LanguageChange) updateAccessibleName();
    return QWidget::event(event);
}

void StateDiagramView::updateAccessibleName() {
    if (heat_) {
        setAccessibleDescription({});
        return setAccessibleName(heatWords());
    }
    QStringList words;
    QStringList legend;
    for (const Side side : kSides) {
        const auto state = stateOf(side);
        if (!state) continue;
        words << u"%1: %2"_s.arg(nameOf(side), nameWithGloss(*state));
        legend << legendOf(side);
    }
    setAccessibleName(words.join(u", "_s));
    setAccessibleDescription(
        legend.join(currentLanguage() == Language::Chinese ? u"；"_s : u"; "_s));
}

}  // namespace tcplab::gui
