#include "gui/views/progress_line.h"

#include "gui/palette.h"

#include <QPainter>

#include <algorithm>

namespace tcplab::gui {

ProgressLine::ProgressLine(Document& document, QWidget* parent)
    : QWidget(parent), document_{document} {
    connect(&document_, &Document::opened, this, &ProgressLine::follow);
    connect(&document_, &Document::grew, this, &ProgressLine::follow);
    connect(&document_, &Document::loaded, this, &ProgressLine::follow);
    follow();
}

void ProgressLine::follow() {
    setFixedHeight(document_.isLoading() ? 2 : 1);
    update();
}

void ProgressLine::paintEvent(QPaintEvent*) {
    const Palette& colors = paletteOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), colors.line);
    if (!document_.isLoading()) return;
    const double done = std::clamp(document_.progress(), 0.0, 1.0);
    painter.fillRect(QRectF(0, 0, width() * done, height()), colors.link);
}

}  // namespace tcplab::gui
