#include "gui/geometry/state_diagram_layout.h"

#include "sim/base/check.h"

#include <algorithm>

namespace tcplab::gui {

namespace {

using tcp::State;

constexpr QSizeF kNode{100, 26};
constexpr double kPitch = 50;
constexpr double kFirstRow = 10;
constexpr double kLeftColumn = 8;
constexpr double kColumns = 116;

constexpr QRectF cell(int column, int row) {
    return {QPointF{kLeftColumn + kColumns * column, kFirstRow + kPitch * row}, kNode};
}

// The channels around the nodes, and the middles of rows and of the space between rows.
constexpr double kOuterLeft = 2;
constexpr double kOuterRight = 346;
constexpr double kAbove = 4;
constexpr double kBelow = 247;
constexpr double kRow[] = {23, 73, 123, 173, 223};
constexpr double kUnderRow[] = {48, 98, 148, 198};

std::vector<DiagramEdge> makeEdges() {
    const auto top = [](State state) { return nodeOf(state).top(); };
    const auto bottom = [](State state) { return nodeOf(state).bottom(); };
    const auto left = [](State state) { return nodeOf(state).left(); };
    const auto right = [](State state) { return nodeOf(state).right(); };
    using enum State;

    std::vector<DiagramEdge> edges;
    const auto add = [&](State from, State to, std::vector<QPointF> points) {
        edges.push_back({from, to, std::move(points), true});
    };
    // Between two nodes of one column, and between neighbours in one row.
    const auto vertical = [&](State from, State to, double x) {
        const bool down = top(from) < top(to);
        add(from, to, {{x, down ? bottom(from) : top(from)}, {x, down ? top(to) : bottom(to)}});
    };
    const auto horizontal = [&](State from, State to, double y) {
        const bool east = left(from) < left(to);
        add(from, to, {{east ? right(from) : left(from), y}, {east ? left(to) : right(to), y}});
    };

    horizontal(Closed, Listen, 22);
    horizontal(Listen, Closed, 31);
    add(Closed, SynSent, {{right(Closed), 29}, {276, 29}, {276, top(SynSent)}});
    add(SynSent, Closed, {{296, top(SynSent)}, {296, 18}, {right(Closed), 18}});
    vertical(Listen, SynReceived, 46);
    vertical(SynReceived, Listen, 62);
    add(Listen,
        SynSent,
        {{92, bottom(Listen)}, {92, kUnderRow[0]}, {256, kUnderRow[0]}, {256, top(SynSent)}});
    horizontal(SynSent, SynReceived, kRow[1]);
    add(SynSent,
        Established,
        {{290, bottom(SynSent)}, {290, kRow[2]}, {right(Established), kRow[2]}});
    add(SynReceived,
        Established,
        {{74, bottom(SynReceived)}, {74, kRow[2]}, {left(Established), kRow[2]}});
    vertical(SynReceived, FinWait1, 34);

    add(Established,
        FinWait1,
        {{150, bottom(Established)}, {150, kUnderRow[2]}, {74, kUnderRow[2]}, {74, top(FinWait1)}});
    add(Established,
        CloseWait,
        {{198, bottom(Established)},
         {198, kUnderRow[2]},
         {290, kUnderRow[2]},
         {290, top(CloseWait)}});
    vertical(FinWait1, FinWait2, 44);
    horizontal(FinWait1, Closing, kRow[3]);
    add(FinWait1,
        TimeWait,
        {{84, bottom(FinWait1)}, {84, kUnderRow[3]}, {150, kUnderRow[3]}, {150, top(TimeWait)}});
    horizontal(FinWait2, TimeWait, kRow[4]);
    vertical(Closing, TimeWait, 190);
    vertical(CloseWait, LastAck, 290);

    const std::vector<QPointF> home{{kOuterRight, kAbove}, {190, kAbove}, {190, top(Closed)}};
    const auto goHome = [&](State from, std::vector<QPointF> points) {
        points.insert(points.end(), home.begin(), home.end());
        add(from, Closed, std::move(points));
    };
    goHome(LastAck, {{right(LastAck), kRow[4]}, {kOuterRight, kRow[4]}});
    goHome(TimeWait, {{174, bottom(TimeWait)}, {174, kBelow}, {kOuterRight, kBelow}});
    return edges;
}

std::vector<DiagramEdge> makeResets() {
    using enum State;
    const double closed = nodeOf(Closed).top();
    const auto byTheLeft = [&](State from) {
        const double y = nodeOf(from).center().y();
        return std::vector<QPointF>{{nodeOf(from).left(), y},
                                    {kOuterLeft, y},
                                    {kOuterLeft, kAbove},
                                    {158, kAbove},
                                    {158, closed}};
    };
    const double closeWait = nodeOf(CloseWait).center().y();
    return {{SynReceived, Closed, byTheLeft(SynReceived), false},
            {FinWait1, Closed, byTheLeft(FinWait1), false},
            {FinWait2, Closed, byTheLeft(FinWait2), false},
            {Established,
             Closed,
             {{174, nodeOf(Established).top()}, {174, nodeOf(Closed).bottom()}},
             false},
            {CloseWait,
             Closed,
             {{nodeOf(CloseWait).right(), closeWait},
              {kOuterRight, closeWait},
              {kOuterRight, kAbove},
              {190, kAbove},
              {190, closed}},
             false},
            {Closing,
             Closed,
             {{nodeOf(Closing).right(), kRow[3]},
              {232, kRow[3]},
              {232, kUnderRow[1]},
              {174, kUnderRow[1]},
              {174, nodeOf(Closed).bottom()}},
             false}};
}

}  // namespace

QRectF nodeOf(State state) {
    switch (state) {
        case State::Listen: return cell(0, 0);
        case State::Closed: return cell(1, 0);
        case State::SynReceived: return cell(0, 1);
        case State::SynSent: return cell(2, 1);
        case State::Established: return cell(1, 2);
        case State::FinWait1: return cell(0, 3);
        case State::Closing: return cell(1, 3);
        case State::CloseWait: return cell(2, 3);
        case State::FinWait2: return cell(0, 4);
        case State::TimeWait: return cell(1, 4);
        case State::LastAck: return cell(2, 4);
    }
    TCPLAB_UNREACHABLE();
}

std::span<const DiagramEdge> diagramEdges() {
    static const std::vector<DiagramEdge> edges = [] {
        std::vector<DiagramEdge> all = makeEdges();
        std::ranges::move(makeResets(), std::back_inserter(all));
        return all;
    }();
    return edges;
}

const DiagramEdge* edgeOf(State from, State to) {
    const auto found = std::ranges::find_if(diagramEdges(), [=](const DiagramEdge& edge) {
        return edge.from == from && edge.to == to;
    });
    return found == diagramEdges().end() ? nullptr : &*found;
}

}  // namespace tcplab::gui
