#include "gui/geometry/state_diagram_layout.h"

#include "sim/tcp/transitions.h"

#include <QLineF>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using tcp::kStates;
using tcp::State;

TEST(StateDiagramLayout, NoTwoNodesOverlapAndAllLieInside) {
    const QRectF all({0, 0}, kDiagramSize);
    for (const State a : kStates) {
        EXPECT_TRUE(all.contains(nodeOf(a))) << toString(a);
        for (const State b : kStates)
            EXPECT_EQ(nodeOf(a).intersects(nodeOf(b)), a == b)
                << toString(a) << " and " << toString(b);
    }
}

TEST(StateDiagramLayout, EveryDeclaredTransitionHasItsEdge) {
    for (const tcp::Transition& transition : tcp::kTransitions) {
        const DiagramEdge* edge = edgeOf(transition.from, transition.to);
        ASSERT_NE(edge, nullptr) << toString(transition.from) << " to " << toString(transition.to);
        EXPECT_EQ(edge->inFigure5, transition.inFigure5);
    }
    EXPECT_EQ(diagramEdges().size(), tcp::kTransitions.size());
}

TEST(StateDiagramLayout, AnEdgeBeginsAndEndsAtItsNodes) {
    for (const DiagramEdge& edge : diagramEdges()) {
        EXPECT_TRUE(nodeOf(edge.from).adjusted(-1, -1, 1, 1).contains(edge.points.front()));
        EXPECT_TRUE(nodeOf(edge.to).adjusted(-1, -1, 1, 1).contains(edge.points.back()));
    }
}

TEST(StateDiagramLayout, NoEdgeOfTheFigureRunsThroughANode) {
    for (const DiagramEdge& edge : diagramEdges()) {
        if (!edge.inFigure5) continue;
        for (std::size_t i = 1; i < edge.points.size(); ++i) {
            const QRectF run = QRectF(edge.points[i - 1], edge.points[i]).normalized();
            for (const State state : kStates) {
                const QRectF inner = nodeOf(state).adjusted(1, 1, -1, -1);
                EXPECT_FALSE(run.adjusted(-0.1, -0.1, 0.1, 0.1).intersects(inner))
                    << toString(edge.from) << " to " << toString(edge.to) << " through "
                    << toString(state);
            }
        }
    }
}

}  // namespace
}  // namespace tcplab::gui
