#include "gui/views/patterns.h"

#include "sim/base/check.h"

namespace tcplab::gui {

namespace {

constexpr double kStep = 6;

void drawDiagonals(QPainter& painter, const QRectF& area, bool rising) {
    const double run = area.width();
    for (double y = area.top() - run; y < area.bottom() + run; y += kStep)
        painter.drawLine(QPointF{area.left(), rising ? y + run : y},
                         QPointF{area.right(), rising ? y : y + run});
}

void drawPattern(QPainter& painter, const QRectF& area, Pattern pattern) {
    switch (pattern) {
        case Pattern::Thin:
        case Pattern::Plain: return;
        case Pattern::Diagonal: drawDiagonals(painter, area, true); return;
        case Pattern::Bars:
            for (double y = area.top() + kStep / 2; y < area.bottom(); y += kStep)
                painter.drawLine(QPointF{area.left(), y}, QPointF{area.right(), y});
            return;
        case Pattern::Cross:
            drawDiagonals(painter, area, true);
            drawDiagonals(painter, area, false);
            return;
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace

void fillState(QPainter& painter, const QRectF& area, tcp::State state, const Palette& colors) {
    if (area.isEmpty()) return;
    const Pattern pattern = patternOf(state);
    painter.save();
    if (pattern == Pattern::Thin) {
        const double inset = area.width() / 2 - 1;
        painter.fillRect(area.adjusted(inset, 0, -inset, 0), colors.of(roleOf(state)));
    } else {
        painter.fillRect(area, colors.of(roleOf(state)));
        painter.setClipRect(area, Qt::IntersectClip);
        painter.setPen(QPen(colors.page, 1.4));
        drawPattern(painter, area, pattern);
    }
    painter.restore();
}

void drawToken(QPainter& painter, QPointF center, double size, Side side, const Palette& colors) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.page, 1.5));
    painter.setBrush(colors.text);
    const QRectF box{center.x() - size / 2, center.y() - size / 2, size, size};
    if (side == Side::Client)
        painter.drawEllipse(box);
    else
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.restore();
}

}  // namespace tcplab::gui
