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
    all.words = all.label;
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

/// One segment for each pair of ends, of packets that are numbered from 5.
StreamStory capturedAs(std::string_view text,
                       const std::vector<std::pair<std::uint64_t, std::uint64_t>>& segments) {
    StreamStory story{.captured = true};
    story.rows.octets = Bytes{std::string(text)};
    PacketId packet = 5;
    for (const auto& [begin, end] : segments)
        story.rows.segments.push_back({.octets = {begin, end}, .packet = packet++});
    return story;
}

// Two labels lay one over the other, and none could be read.
TEST(StreamLayout, WhatWasSentAgainIsOneBarWithBothNumbers) {
    StreamStory story = capturedAs("0123456789", {{0, 5}, {5, 10}, {0, 5}});
    story.rows.segments.back().again = true;

    const StreamLayout layout = laidOut(story);

    ASSERT_EQ(layout.boxes.size(), 2U);
    EXPECT_EQ(layout.boxes[0].label.toStdString(), "#5, #7");
    EXPECT_EQ(layout.boxes[0].packet, 5U);
    EXPECT_EQ(layout.boxes[0].copies, std::vector<PacketId>{7});
    EXPECT_TRUE(layout.boxes[0].broken);
    EXPECT_TRUE(layout.boxes[0].title.contains(u'\n')) << "each says which packet it is";
    EXPECT_EQ(layout.boxes[1].label.toStdString(), "#6");
}

TEST(StreamLayout, NoLabelLiesOverAnotherNorUnderAMark) {
    std::vector<StreamStory> stories;
    for (const char* name : {"halves", "still-glued", "glued-and-halved", "fast-retransmit"})
        stories.push_back(playedAs(scenario(name)));
    stories.push_back(capturedAs("0123456789", {{0, 6}, {6, 10}, {0, 10}, {4, 8}}));
    for (std::size_t i = 0; i < stories.size(); ++i) {
        const StreamLayout layout = laidOut(stories[i]);
        std::size_t labels = 0;
        for (const StreamBox& box : layout.boxes) {
            if (box.label.isEmpty()) continue;
            ++labels;
            EXPECT_TRUE(box.area.contains(box.words)) << box.label.toStdString();
            for (const StreamBox& one : layout.boxes)
                EXPECT_TRUE(&one == &box || !one.words.intersects(box.words))
                    << i << ": " << one.label.toStdString() << ", " << box.label.toStdString();
            for (const StreamMark& mark : layout.marks)
                for (const QLineF& line : mark.lines) {
                    const bool beside =
                        line.x1() < box.words.left() || line.x1() > box.words.right();
                    EXPECT_TRUE(beside || line.y2() <= box.words.top() ||
                                line.y1() >= box.words.bottom())
                        << i << ": through " << box.label.toStdString();
                }
        }
        EXPECT_GT(labels, 0U);
        for (const StreamMark& mark : layout.marks) EXPECT_FALSE(mark.lines.empty());
    }
}

TEST(StreamLayout, ALabelIsWholeOrSaysThatItGoesOn) {
    StreamStory story{.rows = {.octets = Bytes{std::string(2000, 'a')}}};
    story.rows.sends.push_back({.octets = {0, 2000}});
    story.rows.receives.push_back({.octets = {0, 200}, .asked = 4096});
    story.rows.receives.push_back({.octets = {200, 220}, .asked = 4096});
    story.rows.receives.push_back({.octets = {220, 2000}, .asked = 4096});

    const StreamLayout layout = laidOut(story, 1000);

    ASSERT_EQ(layout.boxes.size(), 4U);
    EXPECT_TRUE(layout.boxes[0].label.endsWith(u'…'));
    EXPECT_GT(layout.boxes[0].words.width(), layout.boxes[0].area.width() - 20) << "all the room";
    EXPECT_EQ(layout.boxes[1].label.toStdString(), "= 200") << "the result, not the call";
    EXPECT_EQ(layout.boxes[2].label.toStdString(), "");
    EXPECT_EQ(layout.boxes[3].label.toStdString(), "recv(4096) = 1780");
    EXPECT_EQ(laidOut(story, 125).boxes[0].label.toStdString(), "") << "no two letters of many";
    const StreamLayout wide = laidOut(story, 40'000);
    EXPECT_TRUE(wide.boxes[0].label.endsWith(u'…')) << "there are more than are written";
}

TEST(StreamLayout, EachColourThatIsSeenHasAKey) {
    const StreamLayout layout = laidOut(playedAs(scenario("glued-and-halved")));
    for (const StreamBox& box : layout.boxes) {
        if (box.row != StreamRow::Messages) continue;
        const auto keys = std::ranges::count_if(layout.keys, [&](const StreamKey& key) {
            return key.row == box.row && key.broken == box.broken;
        });
        EXPECT_EQ(keys, 1);
    }
    for (const double width : {300.0, 800.0}) {
        StreamStory story = capturedAs("0123456789", {{0, 5}, {5, 10}, {0, 5}});
        story.rows.segments.back().again = true;
        story.rows.messages = {{.octets = {0, 5}}, {.octets = {5, 9}, .glued = true}};
        const StreamLayout all = laidOut(story, width);
        ASSERT_EQ(all.keys.size(), 3U);
        for (std::size_t i = 0; i < all.keys.size(); ++i) {
            EXPECT_GT(all.keys[i].area.top(), all.axis.bottom());
            EXPECT_LE(all.keys[i].area.right(), width);
            EXPECT_LE(all.keys[i].area.bottom(), all.lines.front().area.top());
            for (std::size_t j = 0; j < i; ++j)
                EXPECT_FALSE(all.keys[j].area.intersects(all.keys[i].swatch | all.keys[i].area));
        }
    }
    StreamStory plain = capturedAs("0123456789", {{0, 5}, {5, 10}});
    EXPECT_TRUE(laidOut(plain).keys.empty());
}

TEST(StreamLayout, AnOffsetHasItsUnit) {
    const StreamStory story = playedAs(scenario("glued"));
    const StreamLayout layout = laidOut(story);

    EXPECT_EQ(layout.lines.front().head.toStdString(),
              "octet " + std::to_string(story.rows.broken.front().offset) + ": glued");
    for (const StreamLine& line : layout.lines) {
        const auto widest = std::ranges::max(headsOf(story), {}, &QString::size).size();
        EXPECT_LE(line.head.size(), widest);
    }
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

QString allText(const StreamLayout& layout) {
    QString all;
    for (const StreamLine& line : layout.lines) all += line.head + u": "_s + line.text + u'\n';
    return all;
}

// It was green, "in a receive of its own", and below it stood that all was well.
TEST(StreamLayout, WhatWasNeverReceivedHasALookALegendAndASentenceOfItsOwn) {
    const StreamLayout layout = laidOut(playedAs(scenario("pmtu-black-hole")));

    ASSERT_EQ(layout.boxes.back().row, StreamRow::Messages);
    EXPECT_TRUE(layout.boxes.back().missing);
    EXPECT_EQ(std::ranges::count_if(layout.boxes, &StreamBox::missing), 1) << "the first came";
    EXPECT_EQ(std::ranges::count_if(layout.keys, &StreamKey::missing), 1);
    EXPECT_TRUE(allText(layout).contains(u"Not received"_s)) << allText(layout).toStdString();
    EXPECT_FALSE(allText(layout).contains(u"Each receive"_s));
    for (const StreamBox& box : laidOut(playedAs(scenario("glued"))).boxes)
        EXPECT_FALSE(box.missing);
}

TEST(StreamLayout, OverUdpItIsPromisedThatBoundariesAreKept) {
    const StreamStory story{.rows = datagramRows(scenario("glued"))[Side::Client]};
    ASSERT_TRUE(story.rows.datagrams);

    EXPECT_TRUE(allText(laidOut(story)).contains(u"UDP promises"_s));
    EXPECT_FALSE(allText(laidOut(story)).contains(u"TCP"_s));
}

// A list said the same sentence fifty times, and the lines hid the bars.
TEST(StreamLayout, ManyMessagesInOneSegmentAreToldOnce) {
    StreamStory story = capturedAs(std::string(400, 'a'), {{0, 400}});
    for (std::uint64_t at = 0; at < 400; at += 10) {
        story.rows.messages.push_back({.octets = {at, at + 10}, .glued = true});
        if (at > 0) story.rows.broken.push_back({at, true, {}});
    }

    const StreamLayout layout = laidOut(story);

    ASSERT_EQ(layout.lines.size(), 1U);
    EXPECT_EQ(layout.lines[0].head.toStdString(), "packet 5");
    EXPECT_TRUE(layout.lines[0].text.startsWith(u"40 messages"_s));
    EXPECT_TRUE(layout.lines[0].isAbout(0U) && layout.lines[0].isAbout(38U));
    EXPECT_EQ(layout.marks.size(), 39U);
    for (const StreamMark& mark : layout.marks)
        for (const QLineF& line : mark.lines)
            for (const StreamBox& box : layout.boxes)
                EXPECT_TRUE(line.y2() <= box.area.top() || line.y1() >= box.area.bottom());
}

TEST(StreamLayout, SaysWhatOfACapturedStreamIsNotShown) {
    StreamStory story = capturedAs("0123456789", {{0, 10}});
    story.gap = {.missing = 500, .behind = 9, .beyond = 4321};

    const QString text = allText(laidOut(story));

    EXPECT_TRUE(text.contains(u"500 octets were not captured"_s)) << text.toStdString();
    EXPECT_TRUE(text.contains(u"packet 9"_s) && text.contains(u"4,321"_s)) << text.toStdString();
}

TEST(StreamLayout, WhatIsOutOfViewIsCounted) {
    StreamStory story = capturedAs(std::string(3000, 'a'), {{0, 1000}, {1000, 2000}, {2000, 3000}});
    story.rows.broken = {{1000, false, {}}, {2000, false, {}}};
    StreamMetrics small = metrics();
    small.scroller = 12;

    const StreamLayout part = layOut(story, {0, 1500}, small);

    EXPECT_TRUE(allText(part).contains(u"and 1 more"_s));
    EXPECT_FALSE(part.scroller.isEmpty());
    EXPECT_GE(part.scroller.top(), part.axis.bottom());
    EXPECT_LT(part.scroller.bottom(), part.lines.front().area.top());
    EXPECT_TRUE(layOut(story, {0, 3000}, small).scroller.isEmpty());
    EXPECT_EQ(octetsThatFit(story.rows, 600), 3000U) << "three segments have room";
    EXPECT_LT(octetsThatFit(story.rows, 60), 3000U);
}

TEST(StreamLayout, WhatComesAfterTheCursorIsMarked) {
    StreamStory story = playedAs(scenario("glued"));
    EXPECT_TRUE(std::ranges::none_of(laidOut(story).boxes, &StreamBox::later));
    story.soFar = StreamSoFar{.sends = 1};

    const StreamLayout layout = laidOut(story);

    for (const StreamBox& box : layout.boxes)
        EXPECT_EQ(box.later, box.row != StreamRow::Sends || box.octets.begin > 0);
    EXPECT_TRUE(std::ranges::all_of(layout.marks, &StreamMark::later));
    EXPECT_EQ(std::ranges::count_if(layout.keys, &StreamKey::later), 1);
}

}  // namespace
}  // namespace tcplab::gui
