#include "gui/views/diagram_edge.h"

#include "gui/look.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tcplab::gui {

namespace {

void drawHead(QPainter& painter, QPointF before, QPointF tip, const QColor& color, double size) {
    const double length = std::hypot(tip.x() - before.x(), tip.y() - before.y());
    if (length == 0) return;
    const QPointF ahead = (tip - before) / length;
    const QPointF beside{-ahead.y(), ahead.x()};
    const QPointF back = tip - ahead * size;
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF{tip, back + beside * size / 2, back - beside * size / 2});
}

}  // namespace

void drawEdge(QPainter& painter, const DiagramEdge& edge, const QColor& color, double width) {
    const QPointF tip = edge.points.back();
    const QPointF before = edge.points[edge.points.size() - 2];
    const double scale = std::max(1.0, (1 + textZoom()) / 2);  // Larger beside larger names.
    const double size = scale * (4 + width);
    QPolygonF line(QList<QPointF>(edge.points.begin(), edge.points.end()));
    const double length = std::hypot(tip.x() - before.x(), tip.y() - before.y());
    if (length > size) line.back() = tip - (tip - before) * (size - 1) / length;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, scale * width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    drawHead(painter, before, tip, color, size);
}

}  // namespace tcplab::gui
