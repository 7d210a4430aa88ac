#pragma once

#include "picture/figure.h"
#include "picture/palette.h"
#include <QPainter>

namespace tcplab::gui {

/// Draws the shapes of a figure, those that are clipped within `plot`.
void paintFigure(QPainter& painter,
                 const picture::Figure& figure,
                 const picture::Palette& palette,
                 const QRectF& plot);

}  // namespace tcplab::gui
