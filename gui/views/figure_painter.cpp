#include "gui/views/figure_painter.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "sim/base/overloaded.h"

#include <QFontMetricsF>
#include <QPolygonF>

namespace tcplab::gui {

namespace {

QPointF toQt(const picture::Point& point) {
    return {point.x, point.y};
}

QPolygonF polygon(const std::vector<picture::Point>& points) {
    QPolygonF all;
    all.reserve(static_cast<qsizetype>(points.size()));
    for (const picture::Point& point : points) all << toQt(point);
    return all;
}

void paintMark(QPainter& painter, const picture::Mark& mark, const QColor& color) {
    const QPointF at = toQt(mark.at);
    const double r = mark.radius;
    painter.setPen(QPen(color, 1.6));
    painter.setBrush(Qt::NoBrush);
    switch (mark.form) {
        case picture::Mark::Form::Disc:
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawEllipse(at, r, r);
            return;
        case picture::Mark::Form::Ring: painter.drawEllipse(at, r, r); return;
        case picture::Mark::Form::Cross:
            painter.drawLine(at - QPointF{r, r}, at + QPointF{r, r});
            painter.drawLine(at - QPointF{r, -r}, at + QPointF{r, -r});
            return;
        case picture::Mark::Form::Diamond:
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawPolygon(QPolygonF{
                at - QPointF{0, r}, at + QPointF{r, 0}, at + QPointF{0, r}, at - QPointF{r, 0}});
            return;
    }
}

void paintWords(QPainter& painter, const picture::Words& words, const QColor& color) {
    painter.setFont(fonts::text(words.size, words.bold));
    painter.setPen(color);
    const QString text = gui::toQt(words.text);
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text);
    double left = words.at.x;
    if (words.anchor == picture::Words::Anchor::Middle) left -= width / 2;
    if (words.anchor == picture::Words::Anchor::End) left -= width;
    painter.drawText(QPointF{left, words.at.y}, text);
}

}  // namespace

void paintFigure(QPainter& painter,
                 const picture::Figure& figure,
                 const picture::Palette& palette,
                 const QRectF& plot) {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const picture::Shape& shape : figure.shapes) {
        QColor color = QColor::fromRgb(colourOf(shape.ink, palette));
        painter.save();
        if (shape.clipped) painter.setClipRect(plot);
        std::visit(Overloaded{
                       [&](const picture::Path& path) {
                           QPen pen(color, path.width);
                           if (path.dashed) pen.setDashPattern({5 / path.width, 4 / path.width});
                           painter.setPen(pen);
                           painter.setBrush(Qt::NoBrush);
                           painter.drawPolyline(polygon(path.points));
                       },
                       [&](const picture::Area& area) {
                           color.setAlphaF(static_cast<float>(area.opacity));
                           painter.setPen(Qt::NoPen);
                           painter.setBrush(color);
                           painter.drawPolygon(polygon(area.points));
                       },
                       [&](const picture::Mark& mark) { paintMark(painter, mark, color); },
                       [&](const picture::Words& words) { paintWords(painter, words, color); },
                   },
                   shape.what);
        painter.restore();
    }
}

}  // namespace tcplab::gui
