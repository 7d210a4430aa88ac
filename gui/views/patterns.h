#pragma once

#include "gui/palette.h"
#include "sim/base/side.h"

#include <QPainter>
#include <QRectF>

// The marks that stand for states and ends wherever they are drawn.
namespace tcplab::gui {

/// Fills a rectangle with the colour of a state's role, and the pattern that tells it from the
/// other states of that role.
void fillState(QPainter& painter, const QRectF& area, tcp::State state, const Palette& colors);

/// A circle for the client, a square for the server.
void drawToken(QPainter& painter, QPointF center, double size, Side side, const Palette& colors);

}  // namespace tcplab::gui
