#include "gui/geometry/ladder_layout.h"

#include "gui/palette.h"
#include "gui/views/ladder_painter.h"
#include "sim/net/scenario.h"
#include "sim/trace/simulate.h"
#include "tests/gui/support.h"

#include <QDir>
#include <QImage>
#include <QPainter>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

namespace tcplab::gui {
namespace {

struct Case {
    const net::Scenario* scenario = nullptr;
    double width = 0;
    Notation notation = Notation::Names;
    bool proportional = false;
};

void PrintTo(const Case& tried, std::ostream* out) {
    *out << tried.scenario->name << " at " << tried.width << " in " << toString(tried.notation)
         << (tried.proportional ? ", proportional" : "");
}

std::vector<Case> allScenarios() {
    std::vector<Case> cases;
    for (const net::Scenario& scenario : net::builtInScenarios())
        for (const Case& tried : {Case{&scenario, 560},
                                  Case{&scenario, 628},
                                  Case{&scenario, 900},
                                  Case{&scenario, 628, Notation::Tcpdump},
                                  Case{&scenario, 628, Notation::Textbook},
                                  Case{&scenario, 628, Notation::Names, true}})
            cases.push_back(tried);
    return cases;
}

LadderMetrics metrics(double width) {
    return {.width = width, .measure = [](const QString& text, bool) {
                return 7.2 * static_cast<double>(text.size());
            }};
}

LadderMetrics metricsOf(const Case& tried) {
    LadderMetrics wanted = metrics(tried.width);
    wanted.notation = tried.notation;
    wanted.proportional = tried.proportional;
    return wanted;
}

class LadderLayoutOf : public testing::TestWithParam<Case> {
protected:
    const Trace trace = simulate(*GetParam().scenario);
    const LadderStory story = tellLadder(trace, 0);
    const LadderLayout layout = layOut(story, metricsOf(GetParam()));
};

bool crosses(const QLineF& line, const QPolygonF& label) {
    return overlap(QPolygonF{{line.p1(), line.p2()}}, label);
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
            EXPECT_FALSE(overlap(layout.arrows[i].labelShape(), layout.arrows[j].labelShape()))
                << "packets " << layout.arrows[i].packet << " and " << layout.arrows[j].packet;
}

TEST_P(LadderLayoutOf, NoLineRunsThroughALabel) {
    for (const LadderArrow& labelled : layout.arrows) {
        if (labelled.label.isEmpty()) continue;
        for (const LadderArrow& arrow : layout.arrows)
            EXPECT_FALSE(crosses(arrow.line, labelled.labelShape(3)))
                << "packet " << arrow.packet << " through the label of " << labelled.packet;
    }
}

TEST_P(LadderLayoutOf, FewArrowsFindNoRoomForALabel) {
    // A sheaf has one for all of its packets.
    const auto without = std::ranges::count_if(layout.arrows, [](const LadderArrow& arrow) {
        return arrow.label.isEmpty() && (!arrow.inSheaf || arrow.sheaf > 0);
    });
    const auto numbered = std::ranges::count_if(layout.arrows, [](const LadderArrow& arrow) {
        return arrow.flags.startsWith(QLatin1Char('#'));
    });
    EXPECT_LE(without * 8, static_cast<std::ptrdiff_t>(layout.arrows.size()));
    EXPECT_LE(numbered * 3, static_cast<std::ptrdiff_t>(layout.arrows.size()));
}

TEST_P(LadderLayoutOf, ASheafIsOfPacketsThatLeaveOneEndTogether) {
    for (const LadderSheaf& sheaf : layout.sheaves) {
        ASSERT_LE(sheaf.first + sheaf.count, layout.arrows.size());
        const LadderArrow& first = layout.arrows[sheaf.first];
        EXPECT_EQ(first.sheaf, sheaf.count);
        EXPECT_FALSE(first.label.isEmpty()) << "packet " << first.packet;
        EXPECT_EQ(layout.leftBy(first, trace.moments()), sheaf.count);
        for (Moment moment = 0; moment <= trace.moments(); ++moment) {
            std::size_t left = 0;
            for (std::size_t i = 0; i < sheaf.count; ++i)
                if (layout.arrows[sheaf.first + i].departed <= moment) ++left;
            EXPECT_EQ(layout.leftBy(first, moment), left) << "the rest is still to come";
        }
        for (std::size_t i = 1; i < sheaf.count; ++i) {
            const LadderArrow& arrow = layout.arrows[sheaf.first + i];
            EXPECT_TRUE(arrow.inSheaf);
            EXPECT_EQ(arrow.from, first.from);
            EXPECT_EQ(arrow.sheaf, 0U);
            EXPECT_LT(arrow.line.y1() - layout.arrows[sheaf.first + i - 1].line.y1(), 6);
        }
    }
    EXPECT_TRUE(GetParam().proportional || layout.sheaves.empty());
}

TEST_P(LadderLayoutOf, LabelsStandBetweenTheLifelines) {
    for (const LadderArrow& arrow : layout.arrows) {
        if (arrow.label.isEmpty()) continue;
        const QRectF around = arrow.labelShape().boundingRect();
        EXPECT_GE(around.left(), layout.shore(Side::Client));
        EXPECT_LE(around.right(), layout.shore(Side::Server));
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
                             name += std::to_string(static_cast<int>(tried.param.width));
                             name += toString(tried.param.notation);
                             return name + (tried.param.proportional ? "proportional" : "");
                         });

TEST_P(LadderLayoutOf, AProportionalWayIsAsLongAsItsTime) {
    for (const LadderTrip& trip : story.trips) {
        if (!trip.arrival || layout.perSecond == 0) continue;
        const Duration time = story.events[*trip.arrival].at - story.events[trip.departure].at;
        if (time > std::chrono::milliseconds{200}) continue;  // Folded.
        const LadderArrow& arrow =
            layout.arrows[static_cast<std::size_t>(&trip - story.trips.data())];
        const double least = layout.perSecond * std::chrono::duration<double>(time).count();
        EXPECT_GE(arrow.line.dy(), least - 0.01) << "packet " << arrow.packet;
    }
}

TEST_P(LadderLayoutOf, MoreRoomStretchesIt) {
    LadderMetrics wide = metricsOf(GetParam());
    wide.zoom = 2;
    LadderMetrics narrow = metricsOf(GetParam());
    narrow.zoom = 0.5;

    EXPECT_GE(layOut(story, wide).height, layout.height);
    EXPECT_LE(layOut(story, narrow).height, layout.height);
}

TEST(LadderLayout, APacketHasTheRoomThatIsAskedFor) {
    const Trace trace = simulate(*net::scenarioNamed("transfer"));
    const LadderStory story = tellLadder(trace, 0);
    LadderMetrics wide = metrics(628);
    wide.zoom = 2;

    // What stands between packets grows less.
    EXPECT_GT(layOut(story, wide).height, 1.4 * layOut(story, metrics(628)).height);
}

LadderLayout evenInTime(const Trace& trace) {
    LadderMetrics wanted = metrics(628);
    wanted.proportional = true;
    return layOut(tellLadder(trace, 0), wanted);
}

TEST(LadderLayout, AFlightThatLeavesAtOnceIsASheafWhereTimeRunsEvenly) {
    const Trace trace = simulate(*net::scenarioNamed("fast-retransmit"));
    const LadderLayout layout = evenInTime(trace);
    ASSERT_FALSE(layout.sheaves.empty());
    EXPECT_GE(layout.sheaves.front().count, 3U);
}

TEST(LadderLayout, ASheafIsPaintedAsAHatchedBand) {
    const Trace trace = simulate(*net::scenarioNamed("fast-retransmit"));
    const LadderLayout layout = evenInTime(trace);
    ASSERT_FALSE(layout.sheaves.empty());
    const LadderArrow& first = layout.arrows[layout.sheaves.front().first];
    const LadderArrow& last = layout.arrows[layout.sheaves.front().first + first.sheaf - 1];
    const Palette& colors = paletteOf(Theme::Light);
    QImage image(628, static_cast<int>(layout.height), QImage::Format_RGB32);
    const LadderScene scene{
        .colors = &colors, .horizon = trace.moments(), .clip = QRectF(image.rect())};
    image.fill(colors.page);
    QPainter painter(&image);
    paintLadder(painter, layout, scene);
    painter.end();

    // Between the two outermost lines, away from other lines and heads.
    int painted = 0, dark = 0, all = 0;
    const QPointF top = first.line.pointAt(0.2);
    const QPointF bottom = last.line.pointAt(0.2);
    for (int x = static_cast<int>(top.x()) - 6; x < top.x() + 6; ++x)
        for (int y = static_cast<int>(top.y()) + 6; y < bottom.y() - 6; ++y) {
            ++all;
            if (image.pixelColor(x, y) != colors.page) ++painted;
            if (image.pixelColor(x, y).lightness() < colors.dim.lightness() - 10) ++dark;
        }
    EXPECT_GT(painted * 10, all) << "hatched";
    EXPECT_LT(painted * 2, all) << "not filled";
    EXPECT_EQ(dark, 0) << "no line for each";
}

/// What is drawn at a moment: the labels, and how far each line goes.
struct DrawnAt {
    DrawnAt(const LadderLayout& layout, Moment moment) {
        const auto moved = layout.labelsInFlight(moment);
        for (std::size_t i = 0; i < layout.arrows.size(); ++i) {
            const LadderArrow& arrow = layout.arrows[i];
            if (arrow.departed > moment) continue;
            const auto found = moved.find(i);
            const bool flies = arrow.ended && *arrow.ended > moment;
            const bool stays = found == moved.end();
            labels.push_back(stays ? arrow.labelShape() : QPolygonF(found->second));
            const auto inner = [](const QRectF& box) { return box.adjusted(0, 3, 0, -3); };
            cores.push_back(stays ? arrow.labelShape(3) : QPolygonF(inner(found->second)));
            lines.emplace_back(arrow.line.p1(), arrow.line.pointAt(flies ? kOnTheWay : 1));
            inFlight.push_back(flies && !arrow.inSheaf && !arrow.label.isEmpty());
        }
    }
    std::vector<QPolygonF> labels{};
    std::vector<QPolygonF> cores{};
    std::vector<QLineF> lines{};
    std::vector<bool> inFlight{};
};

// The label of a packet in flight stood where its line was not yet.
TEST(LadderLayout, ALabelInFlightIsWhereItsLineIsAndOverNothingElse) {
    std::size_t all = 0;
    std::size_t beyond = 0;
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const Trace trace = simulate(scenario);
        const LadderLayout layout = layOut(tellLadder(trace, 0), metrics(1000));
        const std::size_t moments = std::min<std::size_t>(trace.moments(), 120);
        for (Moment moment = 1; moment <= moments; ++moment) {
            const DrawnAt drawn(layout, moment);
            for (std::size_t i = 0; i < drawn.labels.size(); ++i) {
                if (!drawn.inFlight[i]) continue;
                const QRectF label = drawn.labels[i].boundingRect();
                const QLineF& line = drawn.lines[i];
                ++all;
                if (label.left() < std::min(line.x1(), line.x2()) - 1 ||
                    label.right() > std::max(line.x1(), line.x2()) + 1)
                    ++beyond;
                for (std::size_t j = 0; j < drawn.labels.size(); ++j) {
                    if (i == j) continue;
                    EXPECT_FALSE(overlap(drawn.labels[i], drawn.labels[j]))
                        << scenario.name << moment;
                    EXPECT_FALSE(crosses(drawn.lines[j], drawn.cores[i]))
                        << scenario.name << moment;
                }
            }
        }
    }
    EXPECT_GT(all, 100U);
    EXPECT_LE(beyond * 10, all) << beyond << " of " << all;
}

TEST(LadderLayout, RawNumbersAreThoseOfTheHeader) {
    const Trace trace = simulate(*net::scenarioNamed("handshake"));
    LadderMetrics wanted = metrics(900);
    wanted.raw = true;

    const LadderLayout layout = layOut(tellLadder(trace, 0), wanted);

    EXPECT_EQ(layout.arrows[1].numbers.toStdString(), " seq=300 ack=101");
    EXPECT_EQ(layOut(tellLadder(trace, 0), metrics(900)).arrows[1].numbers.toStdString(),
              " seq=0 ack=1");
}

TEST(LadderLayout, ADragMeasuresFromEndToEnd) {
    const Trace trace = simulate(*net::scenarioNamed("handshake"));
    const LadderLayout layout = layOut(tellLadder(trace, 0), metrics(628));
    const LadderArrow& syn = layout.arrows[0];
    const LadderArrow& synAck = layout.arrows[1];

    const LadderPoint* sent = layout.pointAt(syn.line.p1(), trace.moments());
    const LadderPoint* answered = layout.pointAt(synAck.line.p2(), trace.moments());

    ASSERT_NE(sent, nullptr);
    ASSERT_NE(answered, nullptr);
    EXPECT_EQ(answered->time - sent->time, Duration{std::chrono::milliseconds{20}});
    EXPECT_EQ(layout.pointAt(syn.line.p1(), 0)->moment, 0U) << "nothing that is still to come";
}

// Every connection of every recording: what is measured in a test of scenarios holds of the world.
TEST(LadderLayout, NoTwoLabelsOverlapInAnyRecording) {
    const QDir recordings(QStringLiteral(TCPLAB_SOURCE_DIR "/traces"));
    const QStringList names = recordings.entryList({QStringLiteral("*.pcap*")});
    ASSERT_FALSE(names.isEmpty());
    for (const QString& name : names) {
        Opened document(recordings.filePath(name));
        for (const capture::FlowRow& flow : document.flows()) {
            document.setConnection(flow.connection.id);
            const LadderStory story = tellLadder(document.trace(), flow.connection.id);
            for (const bool proportional : {false, true}) {
                LadderMetrics wanted = metrics(628);
                wanted.proportional = proportional;
                std::vector<LadderArrow> arrows = layOut(story, wanted).arrows;
                std::erase_if(arrows,
                              [](const LadderArrow& arrow) { return arrow.label.isEmpty(); });
                std::ranges::sort(
                    arrows, {}, [](const LadderArrow& arrow) { return arrow.label.top(); });
                for (std::size_t i = 0; i < arrows.size(); ++i)
                    for (std::size_t j = i + 1;
                         j < arrows.size() && arrows[j].label.top() < arrows[i].label.bottom();
                         ++j)
                        EXPECT_FALSE(arrows[i].label.intersects(arrows[j].label))
                            << name.toStdString() << ": packets " << arrows[i].packet << " and "
                            << arrows[j].packet;
            }
        }
    }
}

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
