#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/diagram_edge.h"
#include "gui/views/state_diagram_view.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <utility>

// The diagram of all connections of a capture: what many went through is wide and full.
namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using capture::Passage;
using tcp::State;

constexpr double kReach = 6;  ///< From an edge, in the diagram.
constexpr double kWidest = 6;
constexpr double kFullest = 0.45;
constexpr double kCorner = 4;

double distanceTo(const DiagramEdge& edge, QPointF point) {
    double nearest = kReach + 1;
    for (std::size_t i = 1; i < edge.points.size(); ++i) {
        const QPointF from = edge.points[i - 1];
        const QPointF along = edge.points[i] - from;
        const double length = QPointF::dotProduct(along, along);
        if (length == 0) continue;
        const double share =
            std::clamp(QPointF::dotProduct(point - from, along) / length, 0.0, 1.0);
        const QPointF away = point - (from + along * share);
        nearest = std::min(nearest, std::hypot(away.x(), away.y()));
    }
    return nearest;
}

/// How warm a place is, 0 to 1: what one in a thousand went through is to be seen beside the rest.
double warmth(std::uint32_t flows, std::uint32_t went) {
    if (flows == 0) return 0;
    return std::log1p(went) / std::log1p(flows);
}

double widthOf(double warm) {
    return 1 + (kWidest - 1) * warm * warm;
}

QString placeName(const Passage& passage) {
    const QString to = toQt(toString(passage.to));
    return passage.from ? toQt(toString(*passage.from)) + u" → "_s + to : to;
}

}  // namespace

void StateDiagramView::setOnly(std::optional<Side> side) {
    only_ = side;
    updateAccessibleName();
    update();
}

void StateDiagramView::setHeat(bool heat) {
    if (heat == heat_.has_value()) return;
    heat_.reset();
    pointed_.reset();
    if (heat) heat_.emplace();
    renewHeat();
}

void StateDiagramView::renewHeat() {
    if (heat_) heat_ = capture::heatOf(document_.flows());
    updateAccessibleName();
    update();
}

void StateDiagramView::paintHeat(QPainter& painter) const {
    const Palette& colors = paletteOf(*this);
    const auto marked = [this](const Passage& passage) {
        return passage == document_.passage() || passage == pointed_;
    };
    // Edges share their channels: the warmest is drawn after the others, and last what is marked.
    std::vector<const DiagramEdge*> edges;
    for (const DiagramEdge& edge : diagramEdges()) edges.push_back(&edge);
    std::ranges::stable_sort(edges, {}, [&](const DiagramEdge* edge) {
        const Passage passage{edge->from, edge->to};
        return std::pair{marked(passage), heat_->of(passage)};
    });
    for (const DiagramEdge* edge : edges) {
        const Passage passage{edge->from, edge->to};
        const double warm = warmth(heat_->flows, heat_->of(passage));
        const bool now = marked(passage);
        if (warm == 0 && !edge->inFigure5) continue;
        const QColor& color = now ? colors.text : warm > 0 ? colors.link : colors.edge;
        drawEdge(painter, *edge, color, widthOf(warm));
    }
    for (const State state : tcp::kStates) {
        const Passage passage{{}, state};
        const double warm = warmth(heat_->flows, heat_->of(passage));
        const QRectF box = nodeOf(state);
        QPainterPath shape;
        shape.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), kCorner, kCorner);
        painter.fillPath(shape, colors.page);
        QColor fill = colors.link;
        fill.setAlphaF(static_cast<float>(kFullest * warm));
        painter.fillPath(shape, fill);
        painter.setPen(marked(passage) ? QPen(colors.text, 2)
                       : warm > 0      ? QPen(colors.link, 1)
                                       : QPen(colors.edge, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(shape);
        QFont font = fonts::mono(fonts::kLeast, warm > 0);
        font.setPixelSize(qRound(std::min(fonts::kLeast * textZoom(), 12.5)));
        painter.setFont(font);
        painter.setPen(warm > 0 ? colors.text : colors.dim);
        painter.drawText(box, Qt::AlignCenter, toQt(toString(state)));
    }
}

void StateDiagramView::paintHeatLegend(QPainter& painter) const {
    const QRectF all(14, height() - legendHeight(), width() - 28, legendHeight() - 4);
    const double scale = all.height() / legendLines();
    painter.setFont(fonts::text(fonts::kLabel));
    painter.setPen(paletteOf(*this).dim);
    painter.drawText(all.adjusted(0, scale, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap,
                     heatWords());
    paintScale(painter, {all.topLeft(), QSizeF(all.width(), scale)});
}

/// What a width means: a stroke as wide as that of one connection, and one as that of the most.
void StateDiagramView::paintScale(QPainter& painter, const QRectF& box) const {
    constexpr double kStroke = 34;
    std::uint32_t most = 0;
    for (const DiagramEdge& edge : diagramEdges())
        most = std::max(most, heat_->of({edge.from, edge.to}));
    const Palette& colors = paletteOf(*this);
    const QFontMetricsF metrics(painter.font());
    double x = box.left();
    const auto say = [&](const QString& words) {
        painter.setPen(colors.dim);
        painter.drawText(QRectF(x, box.top(), box.right() - x, box.height()),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         words);
        x += metrics.horizontalAdvance(words) + 12;
    };
    say(tr("Connections:"));
    std::uint32_t shown = 0;
    for (const std::uint32_t went : {std::min(most, 1U), most}) {
        if (went == shown) continue;
        shown = went;
        painter.setPen(QPen(colors.link,
                            placement().m11() * widthOf(warmth(heat_->flows, went)),
                            Qt::SolidLine,
                            Qt::FlatCap));
        painter.drawLine(QPointF(x, box.center().y()), QPointF(x + kStroke, box.center().y()));
        x += kStroke + 6;
        say(QLocale().toString(static_cast<qulonglong>(went)));
    }
}

/// Of the place that is pointed at, else of the one that is chosen, else what can be done.
QString StateDiagramView::heatWords() const {
    const QLocale locale;
    const auto number = [&](std::uint32_t value) {
        return locale.toString(static_cast<qulonglong>(value));
    };
    const auto& passage = pointed_ ? pointed_ : document_.passage();
    if (!passage)
        return tr("All %1 connections. Click a state or a change to list those that went there.")
            .arg(number(heat_->flows));
    return tr("%1: %2 of %3 connections")
        .arg(placeName(*passage), number(heat_->of(*passage)), number(heat_->flows));
}

std::optional<Passage> StateDiagramView::passageAt(QPointF point) const {
    const QPointF inDiagram = placement().inverted().map(point);
    for (const State state : tcp::kStates)
        if (nodeOf(state).contains(inDiagram)) return Passage{{}, state};
    std::optional<Passage> nearest;
    double reach = kReach;
    for (const DiagramEdge& edge : diagramEdges()) {
        const Passage passage{edge.from, edge.to};
        // A reset that nobody sent is not drawn.
        if (!edge.inFigure5 && (!heat_ || heat_->of(passage) == 0)) continue;
        const double distance = distanceTo(edge, inDiagram);
        if (distance >= reach) continue;
        reach = distance;
        nearest = passage;
    }
    return nearest;
}

/// Once more, or beside everything: all connections again.
void StateDiagramView::choosePassage(std::optional<Passage> passage) {
    if (passage == document_.passage()) passage.reset();
    document_.setPassage(passage);
}

std::vector<Passage> StateDiagramView::hotPassages() const {
    std::vector<Passage> all;
    for (const State state : tcp::kStates) all.push_back({{}, state});
    for (const DiagramEdge& edge : diagramEdges()) all.push_back({edge.from, edge.to});
    std::erase_if(all, [this](const Passage& passage) { return heat_->of(passage) == 0; });
    return all;
}

void StateDiagramView::stepPassage(int step) {
    const auto all = hotPassages();
    if (all.empty()) return;
    const auto count = static_cast<int>(all.size());
    const auto now = pointed_ ? std::ranges::find(all, *pointed_) : all.end();
    const int here = now == all.end() ? (step > 0 ? -1 : 0) : static_cast<int>(now - all.begin());
    pointed_ = all[static_cast<std::size_t>((here + step + count) % count)];
    updateAccessibleName();
    update();
}

void StateDiagramView::mouseMoveEvent(QMouseEvent* event) {
    if (!heat_) return;
    const auto pointed = passageAt(event->position());
    if (pointed == pointed_) return;
    pointed_ = pointed;
    update();
}

void StateDiagramView::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    pointed_.reset();
    update();
}

}  // namespace tcplab::gui
