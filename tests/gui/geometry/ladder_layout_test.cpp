#include "gui/geometry/ladder_layout.h"

#include "sim/net/scenario.h"
#include "sim/trace/simulate.h"
#include "tests/gui/support.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tcplab::gui {
namespace {

struct Case {
    const net::Scenario* scenario = nullptr;
    double width = 0;
};

void PrintTo(const Case& tried, std::ostream* out) {
    *out << tried.scenario->name << " at " << tried.width;
}

std::vector<Case> allScenarios() {
    std::vector<Case> cases;
    for (const net::Scenario& scenario : net::builtInScenarios())
        for (const double width : {560.0, 628.0, 900.0}) cases.push_back({&scenario, width});
    return cases;
}

LadderMetrics metrics(double width) {
    return {.width = width, .measure = [](const QString& text, bool) {
                return 7.2 * static_cast<double>(text.size());
            }};
}

class LadderLayoutOf : public testing::TestWithParam<Case> {
protected:
    const Trace trace = simulate(*GetParam().scenario);
    const LadderStory story = tellLadder(trace, 0);
    const LadderLayout layout = layOut(story, metrics(GetParam().width));
};

bool crosses(const QLineF& line, const QRectF& box) {
    const QRectF inner = box.adjusted(1, 3, -1, -3);
    const QPointF corners[] = {
        inner.topLeft(), inner.topRight(), inner.bottomRight(), inner.bottomLeft()};
    for (int i = 0; i < 4; ++i) {
        const QLineF side(corners[i], corners[(i + 1) % 4]);
        if (line.intersects(side, nullptr) == QLineF::BoundedIntersection) return true;
    }
    return false;
}

TEST_P(LadderLayoutOf, ArrowsBeginAndEndAtTheLifelines) {
    ASSERT_FALSE(layout.arrows.empty());
    for (const LadderArrow& arrow : layout.arrows) {
        EXPECT_DOUBLE_EQ(arrow.line.x1(), layout.shore(arrow.from));
        EXPECT_DOUBLE_EQ(arrow.line.x2(), layout.shore(other(arrow.from)));
        EXPECT_GT(arrow.line.y2(), arrow.line.y1()) << "time runs downwards";
    }
}

TEST_P(LadderLayoutOf, NoTwoLabelsOverlap) {
    for (std::size_t i = 0; i < layout.arrows.size(); ++i)
        for (std::size_t j = i + 1; j < layout.arrows.size(); ++j)
            EXPECT_FALSE(layout.arrows[i].label.intersects(layout.arrows[j].label))
                << "packets " << layout.arrows[i].packet << " and " << layout.arrows[j].packet;
}

TEST_P(LadderLayoutOf, NoLineRunsThroughALabel) {
    for (const LadderArrow& labelled : layout.arrows) {
        if (labelled.label.isEmpty()) continue;
        for (const LadderArrow& arrow : layout.arrows)
            EXPECT_FALSE(crosses(arrow.line, labelled.label))
                << "packet " << arrow.packet << " through the label of " << labelled.packet;
    }
}

TEST_P(LadderLayoutOf, FewArrowsFindNoRoomForALabel) {
    const auto without = std::ranges::count_if(
        layout.arrows, [](const LadderArrow& arrow) { return arrow.label.isEmpty(); });
    EXPECT_LE(without * 4, static_cast<std::ptrdiff_t>(layout.arrows.size()));
}

TEST_P(LadderLayoutOf, LabelsStandBetweenTheLifelines) {
    for (const LadderArrow& arrow : layout.arrows) {
        if (arrow.label.isEmpty()) continue;
        EXPECT_GE(arrow.label.left(), layout.shore(Side::Client));
        EXPECT_LE(arrow.label.right(), layout.shore(Side::Server));
    }
}

TEST_P(LadderLayoutOf, NoTwoTextsBesideALifelineOverlap) {
    const auto boxes = [](const LadderText& text) { return text.box.united(text.glossBox); };
    for (std::size_t i = 0; i < layout.texts.size(); ++i)
        for (std::size_t j = i + 1; j < layout.texts.size(); ++j)
            EXPECT_FALSE(boxes(layout.texts[i]).intersects(boxes(layout.texts[j])))
                << layout.texts[i].note.text.toStdString() << " and "
                << layout.texts[j].note.text.toStdString();
}

TEST_P(LadderLayoutOf, ALabelIsPartOfItsArrow) {
    for (const LadderArrow& arrow : layout.arrows) {
        if (arrow.label.isEmpty()) continue;
        const LadderArrow* found = layout.arrowAt(arrow.label.center(), trace.moments());
        ASSERT_NE(found, nullptr);
        EXPECT_EQ(found->packet, arrow.packet);
    }
}

TEST_P(LadderLayoutOf, WhatHasNotDepartedCannotBeHit) {
    for (const LadderArrow& arrow : layout.arrows)
        EXPECT_EQ(layout.arrowAt(arrow.line.center(), 0), nullptr);
}

TEST_P(LadderLayoutOf, TheBandsOfALifelineFollowEachOther) {
    for (const Side side : kSides) {
        double bottom = 0;
        for (const LadderBand& band : layout.bands) {
            if (band.side != side) continue;
            EXPECT_DOUBLE_EQ(band.top, bottom);
            bottom = band.bottom;
        }
        EXPECT_DOUBLE_EQ(bottom, layout.height);
    }
}

TEST_P(LadderLayoutOf, LaterMomentsReachFurtherDown) {
    for (Moment moment = 1; moment <= trace.moments(); ++moment)
        EXPECT_GE(layout.reachOf(moment), layout.reachOf(moment - 1));
    EXPECT_LE(layout.reachOf(trace.moments()), layout.height);
}

INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         LadderLayoutOf,
                         testing::ValuesIn(allScenarios()),
                         [](const auto& tried) {
                             std::string name = tried.param.scenario->name;
                             std::erase(name, '-');
                             return name + std::to_string(static_cast<int>(tried.param.width));
                         });

TEST(LadderLayout, ALongSilenceIsFoldedAndSaysHowLong) {
    const auto scenario = net::scenarioNamed("simultaneous-close");
    const Trace trace = simulate(*scenario);

    const LadderLayout layout = layOut(tellLadder(trace, 0), metrics(628));

    ASSERT_FALSE(layout.gaps.empty());
    EXPECT_EQ(layout.gaps.back().text, QStringLiteral("4 min"));
}

TEST(LadderLayout, ALostPacketIsLostAndItsCopyPointsBackToIt) {
    const auto scenario = net::scenarioNamed("syn-lost");
    const Trace trace = simulate(*scenario);

    const LadderLayout layout = layOut(tellLadder(trace, 0), metrics(628));

    EXPECT_TRUE(layout.arrows.front().lost);
    ASSERT_FALSE(layout.hooks.empty());
    EXPECT_DOUBLE_EQ(layout.hooks.front().top, layout.arrows.front().line.y1());
}

}  // namespace
}  // namespace tcplab::gui
