#pragma once

#include "sim/tcp/state.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <span>
#include <vector>

// Where the eleven states and their edges stand: fixed, so that only colour, weight and tokens
// change. Pure: no widget.
namespace tcplab::gui {

inline constexpr QSizeF kDiagramSize{348, 254};

/// The place of a state's node.
[[nodiscard]] QRectF nodeOf(tcp::State state);

struct DiagramEdge {
    tcp::State from{};
    tcp::State to{};
    std::vector<QPointF> points{};
    bool inFigure5 = true;  ///< The others, resets, are drawn only when they have been taken.
};

/// One for each of tcp::kTransitions, in no particular order.
[[nodiscard]] std::span<const DiagramEdge> diagramEdges();
/// Null where the change is not declared.
[[nodiscard]] const DiagramEdge* edgeOf(tcp::State from, tcp::State to);

}  // namespace tcplab::gui
