#pragma once

#include "gui/geometry/state_diagram_layout.h"

class QColor;
class QPainter;

namespace tcplab::gui {

/// An arrow along the edge's points; its head grows with the width.
void drawEdge(QPainter& painter, const DiagramEdge& edge, const QColor& color, double width);

}  // namespace tcplab::gui
