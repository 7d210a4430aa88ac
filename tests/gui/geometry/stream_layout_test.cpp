#include "gui/geometry/stream_layout.h"

#include "sim/framing/parse_framing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

net::Scenario scenario(std::string_view name) {
    auto made = net::scenarioNamed(name);
    EXPECT_TRUE(made);
    return made ? *made : net::Scenario{};
}

StreamMetrics metrics(double width = 800) {
    StreamMetrics all;
    all.width = width;
    all.label = [](const QString& text) { return 7.0 * static_cast<double>(text.size()); };
    all.sentence = [](const QString& text, double room) {
        return 16 * std::ceil(7.0 * static_cast<double>(text.size()) / room);
    };
    return all;
}

StreamStory playedAs(const net::Scenario& scenario) {
    return {.rows = streamRows(scenario)[Side::Client]};
}

StreamLayout laidOut(const StreamStory& story, double width = 800) {
    return layOut(story, {0, story.rows.octets.size()}, metrics(width));
}

/// The kinds of causes, in order.
std::vector<Cause::Kind> causesOf(const StreamRows& rows) {
    std::vector<Cause::Kind> all;
    for (const StreamRows::Broken& broken : rows.broken)
        for (const Cause& cause : broken.causes) all.push_back(cause.kind);
    return all;
}

TEST(StreamLayout, FourRowsShareOneAxis) {
    const StreamStory story = playedAs(scenario("glued"));

    const StreamLayout layout = laidOut(story);

    ASSERT_EQ(layout.names.size(), 4U);
    for (const StreamBox& box : layout.boxes) {
        EXPECT_NEAR(box.area.left(), layout.x(box.octets.begin), 1);
        EXPECT_NEAR(box.area.right(), layout.x(box.octets.end), 1);
        EXPECT_LE(7.0 * static_cast<double>(box.label.size()), box.area.width());
    }
    EXPECT_EQ(layout.marks.size(), story.rows.broken.size());
    ASSERT_EQ(layout.lines.size(), story.rows.broken.size());
    EXPECT_FALSE(layout.lines.front().text.isEmpty());
}

TEST(StreamLayout, NothingLiesOverAnythingElse) {
    for (const char* name : {"glued", "halves", "glued-and-halved", "slow-reader", "small-cwnd"}) {
        for (const double width : {300.0, 800.0}) {
            const StreamLayout layout = laidOut(playedAs(scenario(name)), width);
            double top = layout.axis.bottom();
            for (const StreamLine& line : layout.lines) {
                EXPECT_GE(line.area.top(), top) << name;
                top = line.area.bottom();
            }
            EXPECT_LE(top, layout.height);
            for (std::size_t i = 1; i < layout.boxes.size(); ++i) {
                const StreamBox& box = layout.boxes[i];
                const StreamBox& before = layout.boxes[i - 1];
                if (box.row != before.row || box.octets.begin < before.octets.end) continue;
                EXPECT_LE(before.area.right(), box.area.left() + 2.5) << name;
            }
        }
    }
}

TEST(StreamLayout, AMarkIsFoundWhereItIsDrawn) {
    const StreamStory story = playedAs(scenario("glued"));
    const StreamLayout layout = laidOut(story);

    for (const StreamMark& mark : layout.marks)
        EXPECT_EQ(layout.brokenAt({mark.x + 2, layout.axis.center().y()}), mark.broken);
    EXPECT_EQ(layout.brokenAt(layout.lines.back().area.center()), layout.lines.back().broken);
    const StreamBox* box = layout.boxAt(layout.boxes.front().area.center());
    ASSERT_NE(box, nullptr);
    EXPECT_EQ(box->row, StreamRow::Sends);
}

TEST(StreamLayout, WhatIsTooNarrowIsDrawnTogether) {
    StreamStory story{.captured = true};
    story.rows.octets = Bytes{std::vector<std::uint8_t>(100'000, 'x')};
    for (std::uint64_t at = 0; at < 100'000; at += 10)
        story.rows.segments.push_back({.octets = {at, at + 10}});

    const StreamLayout whole = laidOut(story);
    const StreamLayout part = layOut(story, {0, 200}, metrics());

    EXPECT_LT(whole.boxes.size(), 10U);
    EXPECT_EQ(whole.boxes.front().count + (whole.boxes.size() > 1 ? whole.boxes[1].count : 0),
              10'000);
    EXPECT_EQ(part.boxes.size(), 20U);
    EXPECT_EQ(part.boxes.front().count, 1);
}

TEST(StreamStory, ASwitchThatIsTurnedTakesItsCauseAway) {
    const auto turned = [](std::string_view name, auto turn) {
        const net::Scenario made = scenario(name);
        const StreamSwitches were = switchesOf(made, Side::Client);
        StreamSwitches are = were;
        turn(are);
        const auto changed = withSwitches(made, Side::Client, were, are);
        EXPECT_TRUE(changed) << name;
        return causesOf(streamRows(*changed)[Side::Client]);
    };
    using Kind = Cause::Kind;
    EXPECT_TRUE(turned("nagle-on", [](StreamSwitches& s) { s.noDelay = true; }).empty());
    EXPECT_TRUE(turned("corked", [](StreamSwitches& s) { s.cork = false; }).empty());
    EXPECT_TRUE(turned("glued", [](StreamSwitches& s) {
                    s.readPace = {};
                    s.sendPace = std::chrono::milliseconds{30};
                }).empty());
    EXPECT_EQ(std::ranges::count(turned("halves",
                                        [](StreamSwitches& s) {
                                            s.mss = 4000;
                                            s.readSize = 4096;
                                        }),
                                 Kind::MaximumSegmentSize),
              0);
    // TCP_NODELAY does not help against a late reader.
    EXPECT_FALSE(turned("glued", [](StreamSwitches& s) { s.noDelay = true; }).empty());
}

TEST(StreamStory, WithAFramingEachMessageIsWholeHoweverItCame) {
    const net::Scenario made = scenario("glued-and-halved");
    const StreamSwitches were = switchesOf(made, Side::Client);
    for (const char* framing : {"line", "length:width=4,strip=4", "header-json", "fixed:5"}) {
        StreamSwitches are = were;
        are.framing = *framing::parseFraming(framing);
        const auto changed = withSwitches(made, Side::Client, were, are);
        ASSERT_TRUE(changed) << framing;

        const StreamRows rows = streamRows(*changed)[Side::Client];

        ASSERT_EQ(rows.messages.size(), 2U) << framing;
        for (std::size_t i = 0; i < 2; ++i)
            EXPECT_EQ(rows.messages[i].octets, rows.sends[i].octets) << framing;
    }
    StreamSwitches are = were;
    are.framing = framing::Fixed{6};
    EXPECT_FALSE(withSwitches(made, Side::Client, were, are));
}

TEST(StreamStory, OfACaptureMessagesAreHeldAgainstSegments) {
    capture::Stream stream;
    const std::string text = "one\ntwo\nthree\n";
    stream.octets.assign(text.begin(), text.end());
    stream.parts = {{0, 6, 4}, {6, 8, 5}, {8, 14, 6}};

    const StreamRows rows = capturedRows(stream, Side::Client, framing::lines());

    ASSERT_EQ(rows.messages.size(), 3U);
    EXPECT_TRUE(rows.messages[0].glued && !rows.messages[0].parts);
    EXPECT_TRUE(rows.messages[1].glued && rows.messages[1].parts);
    EXPECT_TRUE(!rows.messages[2].glued && !rows.messages[2].parts);
    ASSERT_EQ(rows.broken.size(), 2U);
    EXPECT_TRUE(rows.broken[0].offset == 4 && rows.broken[0].glued);
    EXPECT_TRUE(rows.broken[1].offset == 6 && !rows.broken[1].glued);
    const StreamStory story{.rows = rows, .captured = true};
    EXPECT_TRUE(reasonOf(story, rows.broken[0]).contains(u"Packet 4"_s));
    EXPECT_TRUE(reasonOf(story, rows.broken[1]).contains(u"packet 4"_s));
}

TEST(StreamStory, EveryCutIsTriedAndTheSmallestThatBreaksIsKept) {
    const std::string text = "ab\ncd\n";
    const std::vector<std::uint8_t> octets{text.begin(), text.end()};

    const Trials trials = tryEveryCut(octets, framing::lines());

    ASSERT_FALSE(trials.all.empty());
    EXPECT_FALSE(trials.all.front().proof.cuts);
    EXPECT_TRUE(trials.all.front().proof.all);
    EXPECT_EQ(trials.all.front().proof.tried, 32U);
    EXPECT_TRUE(trials.all[1].proof.cuts);

    StreamStory story = playedAs(scenario("remedy-delimiter"));
    story.trials = trials;
    const StreamLayout layout = laidOut(story);
    ASSERT_EQ(layout.trials.size(), trials.all.size());
    EXPECT_TRUE(layout.trials[0].holds);
    EXPECT_EQ(layout.trials[1].reads.size(), trials.all[1].proof.cuts->size() + 1);
}

}  // namespace
}  // namespace tcplab::gui
