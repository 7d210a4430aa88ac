#include "gui/geometry/ladder_layout.h"
#include "sim/net/scenario.h"
#include "sim/trace/simulate.h"
#include "tests/gui/support.h"

#include <gtest/gtest.h>

#include <algorithm>

// Where a ladder is crowded: a sheaf of packets, and long addresses over a narrow one.
namespace tcplab::gui {
namespace {

constexpr double kCharacter = 7.2;

LadderLayout evenInTime(const Trace& trace, double width, double zoom) {
    const LadderMetrics metrics{.width = width,
                                .proportional = true,
                                .zoom = zoom,
                                .measure = [](const QString& text, bool) {
                                    return kCharacter * static_cast<double>(text.size());
                                }};
    return layOut(tellLadder(trace, 0), metrics);
}

double yAt(const QLineF& line, double x) {
    return line.y1() + line.dy() / line.dx() * (x - line.x1());
}

/// Whether the inside of a label lies over what is hatched between two lines.
bool isOver(const QRectF& label, const QLineF& first, const QLineF& last) {
    const QRectF inside = label.adjusted(2, 3, -2, -3);
    for (double x = inside.left(); x <= inside.right(); x += 2)
        if (yAt(first, x) < inside.bottom() && yAt(last, x) > inside.top()) return true;
    return false;
}

std::size_t labelsOver(const LadderLayout& layout, const LadderSheaf& sheaf) {
    const QLineF& first = layout.arrows[sheaf.first].line;
    const QLineF& last = layout.arrows[sheaf.first + sheaf.count - 1].line;
    return static_cast<std::size_t>(
        std::ranges::count_if(layout.arrows, [&](const LadderArrow& arrow) {
            return !arrow.label.isEmpty() && isOver(arrow.label, first, last);
        }));
}

std::size_t labelsInFlightOver(const LadderLayout& layout, const LadderSheaf& sheaf, Moment until) {
    const LadderArrow& first = layout.arrows[sheaf.first];
    const std::size_t left = layout.leftBy(first, until);
    if (left == 0) return 0;
    const auto drawn = [until](const LadderArrow& arrow) {
        QLineF line = arrow.line;
        if (arrow.ended && *arrow.ended > until) line.setP2(line.pointAt(kOnTheWay));
        return line;
    };
    const QLineF top = drawn(first);
    const QLineF bottom = drawn(layout.arrows[sheaf.first + left - 1]);
    std::size_t over = 0;
    for (const auto& [index, label] : layout.labelsInFlight(until)) {
        const double most = std::max({top.x1(), top.x2(), bottom.x2()});
        const double least = std::min({top.x1(), top.x2(), bottom.x2()});
        const QRectF within = label & QRectF(least, label.top(), most - least, label.height());
        if (within.width() > 4 && isOver(within, top, bottom)) ++over;
    }
    return over;
}

/// Over a slow link packets that leave at once arrive one after the other.
std::vector<net::Scenario> crowded() {
    std::vector<net::Scenario> all(net::builtInScenarios().begin(), net::builtInScenarios().end());
    for (const char* name : {"fast-retransmit", "transfer"}) {
        net::Scenario slow = *net::scenarioNamed(name);
        for (const Side side : kSides) slow.links[side].rate = 400'000;
        all.push_back(slow);
    }
    return all;
}

TEST(LadderCrowd, NoLabelLiesOnAHatchedSheaf) {
    std::size_t sheaves = 0;
    for (const net::Scenario& scenario : crowded()) {
        const Trace trace = simulate(scenario);
        for (const double width : {360.0, 628.0, 1000.0})
            for (const double zoom : {0.5, 1.0, 2.0}) {
                const LadderLayout layout = evenInTime(trace, width, zoom);
                for (const LadderSheaf& sheaf : layout.sheaves) {
                    ++sheaves;
                    EXPECT_EQ(labelsOver(layout, sheaf), 0U)
                        << scenario.name << " at " << width << " zoom " << zoom << ", packet "
                        << layout.arrows[sheaf.first].packet;
                }
            }
    }
    EXPECT_GT(sheaves, 20U);
}

TEST(LadderCrowd, NoLabelInFlightLiesOnOneEither) {
    for (const net::Scenario& scenario : crowded()) {
        const Trace trace = simulate(scenario);
        const LadderLayout layout = evenInTime(trace, 628, 1);
        const Moment moments = std::min<Moment>(trace.moments(), 120);
        for (Moment until = 1; until <= moments; ++until)
            for (const LadderSheaf& sheaf : layout.sheaves)
                EXPECT_EQ(labelsInFlightOver(layout, sheaf, until), 0U)
                    << scenario.name << " at " << until;
    }
}

TEST(LadderCrowd, TheLongestAddressesStandApartInTheNarrowestLadder) {
    const Trace trace = simulate(*net::scenarioNamed("handshake"));
    constexpr double kLongest = 6.6 * 47;  // "[2001:db8:1111:...:8888]:65535"
    for (const double width : {200.0, 360.0, 560.0, 628.0, 1000.0, 2000.0}) {
        const LadderLayout layout = evenInTime(trace, width, 1);
        for (const double wanted : {60.0, 160.0, kLongest}) {
            const QRectF client = layout.headingBox(Side::Client, wanted, 20);
            const QRectF server = layout.headingBox(Side::Server, kLongest, 20);
            EXPECT_GE(server.left() - client.right(), 15) << width;
            EXPECT_GE(client.left(), 0);
            EXPECT_LE(server.right(), width);
            // What has room is whole, over its lifeline.
            if (width < 1000) continue;
            EXPECT_DOUBLE_EQ(client.width(), wanted);
            EXPECT_DOUBLE_EQ(server.width(), kLongest);
        }
    }
}

}  // namespace
}  // namespace tcplab::gui
