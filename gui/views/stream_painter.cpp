#include "gui/views/stream_painter.h"

#include "gui/look.h"
#include "sim/base/check.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace tcplab::gui {

namespace {

constexpr int kProse = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
constexpr double kLater = 0.4;       ///< Opacity of what comes after the cursor,
constexpr double kLaterWords = 0.7;  ///< which can still be read.

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

/// Nothing is in it: that is how it differs for those who see no colours.
void paintMissingBar(QPainter& painter, const QRectF& area, const Palette& colors) {
    painter.setPen(QPen(colors.of(Role::Fault), 1, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(area);
}

void paintBox(QPainter& painter, const StreamBox& box, const Palette& colors) {
    const QColor color = colourOf(box.row, box.broken, colors);
    if (box.count > 1) painter.fillRect(box.area, QBrush(color, Qt::BDiagPattern));
    if (box.missing)
        paintMissingBar(painter, box.area, colors);
    else
        paintBar(painter, box.area, color);
    if (box.label.isEmpty()) return;
    painter.setPen(colors.text);
    painter.setFont(fonts::mono(fonts::kLeast));
    painter.drawText(box.area, Qt::AlignCenter, box.label);
}

void paintBoxes(QPainter& painter, const StreamLayout& layout, const StreamLook& look) {
    const Palette& colors = look.colors;
    for (const StreamBox& box : layout.boxes) {
        painter.setOpacity(box.later ? kLater : 1);
        paintBox(painter, box, colors);
        painter.setOpacity(1);
        const auto& selected = look.selected;
        const bool carries =
            selected && (box.packet == selected || std::ranges::count(box.copies, *selected) > 0);
        if (!carries) continue;
        painter.setPen(QPen(colors.link, 2));
        painter.drawRect(box.area);
    }
    painter.setPen(colors.dim);
    painter.setFont(fonts::mono(fonts::kLeast));
    const double line = QFontMetricsF(painter.font()).height();
    for (const StreamTick& tick : layout.ticks) {
        const double bottom = layout.axis.bottom();
        painter.drawLine(QPointF{tick.x, bottom}, QPointF{tick.x, bottom + 3});
        painter.drawText(
            QRectF(tick.x - 40, bottom + 3, 80, line), Qt::AlignHCenter | Qt::AlignTop, tick.label);
    }
}

void paintMarks(QPainter& painter, const StreamLayout& layout, const StreamLook& look) {
    const Palette& colors = look.colors;
    for (const StreamMark& mark : layout.marks) {
        const bool chosen = look.chosen == mark.broken;
        QPen pen(colors.of(Role::Fault), chosen ? 2.4 : 1.2);
        if (!chosen) pen.setDashPattern({4, 3});
        painter.setPen(pen);
        painter.setOpacity(mark.later ? kLater : 1);
        for (const QLineF& line : mark.lines) painter.drawLine(line);
    }
    painter.setOpacity(1);
}

void paintKeys(QPainter& painter, const StreamLayout& layout, const StreamLook& look) {
    const Palette& colors = look.colors;
    painter.setFont(fonts::text(fonts::kLabel));
    for (const StreamKey& key : layout.keys) {
        painter.setOpacity(key.later ? kLater : 1);
        if (key.missing)
            paintMissingBar(painter, key.swatch, colors);
        else
            paintBar(painter, key.swatch, colourOf(key.row, key.broken, colors));
        painter.setOpacity(1);
        painter.setPen(colors.dim);
        painter.drawText(key.area, kProse, key.text);
    }
}

void paintLines(QPainter& painter, const StreamLayout& layout, const StreamLook& look) {
    const Palette& colors = look.colors;
    for (const StreamLine& line : layout.lines) {
        painter.setOpacity(line.later ? kLaterWords : 1);
        painter.setFont(fonts::text(fonts::kLabel, true));
        painter.setPen(line.bad ? colors.faultText : colors.text);
        painter.drawText(line.lead, Qt::AlignLeft | Qt::AlignTop, line.head);
        painter.setFont(fonts::text(fonts::kLabel));
        painter.setPen(line.broken || line.bad ? colors.text : colors.dim);
        painter.drawText(line.area, kProse, line.text);
    }
    painter.setOpacity(1);
}

void paintTrials(QPainter& painter, const StreamLayout& layout, const StreamLook& look) {
    const Palette& colors = look.colors;
    for (const StreamTrial& trial : layout.trials) {
        const QStringList parts = trial.text.split(u'\n');
        painter.setFont(fonts::text(fonts::kLabel, !trial.holds));
        painter.setPen(trial.holds ? colors.text : colors.faultText);
        painter.drawText(trial.title, kProse, parts.first());
        for (const StreamBox& read : trial.reads) paintBox(painter, read, colors);
        if (parts.size() < 2 || trial.reads.empty()) continue;
        painter.setFont(fonts::text(fonts::kLabel));
        painter.setPen(colors.text);
        const QRectF below(layout.axis.left(),
                           trial.reads.front().area.bottom() + 4,
                           layout.axis.width(),
                           QFontMetricsF(painter.font()).height() + 2);
        painter.drawText(below,
                         Qt::AlignLeft | Qt::AlignTop,
                         QFontMetricsF(painter.font())
                             .elidedText(parts[1], Qt::ElideRight, layout.axis.width()));
    }
}

}  // namespace

void paintStream(QPainter& painter, const StreamLayout& layout, const StreamLook& look) {
    paintBoxes(painter, layout, look);
    paintKeys(painter, layout, look);
    paintMarks(painter, layout, look);
    paintTrials(painter, layout, look);
    paintLines(painter, layout, look);
}

}  // namespace tcplab::gui
