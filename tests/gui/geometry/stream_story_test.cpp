#include "gui/geometry/stream_words.h"
#include "sim/framing/parse_framing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

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

// 234 octets were called full where the SYN offers 1460.
TEST(StreamStory, ASegmentIsFullOnlyIfTheMssLeavesNoMore) {
    StreamStory story{.captured = true};
    story.rows.octets = Bytes{std::string(300, 'a')};
    story.rows.segments = {{.octets = {0, 234}, .packet = 5}, {.octets = {234, 300}, .packet = 6}};
    const StreamRows::Broken split{234, false, {}};

    story.fullSegment = 1460;
    EXPECT_TRUE(reasonOf(story, split).contains(u"not full (234 of 1460 octets)"_s));
    story.fullSegment = 234;
    EXPECT_TRUE(reasonOf(story, split).contains(u"which is full"_s));
    story.fullSegment.reset();
    EXPECT_FALSE(reasonOf(story, split).contains(u"full"_s)) << "nobody knows";
}

TEST(StreamStory, WhatTheWindowHeldBackIsNotBlamedOnTheSize) {
    const StreamRows rows = streamRows(*net::scenarioNamed("zero-window"))[Side::Client];

    ASSERT_FALSE(rows.broken.empty());
    EXPECT_TRUE(std::ranges::any_of(rows.broken, [](const StreamRows::Broken& broken) {
        return std::ranges::find(broken.causes, Cause::Kind::WindowEdge, &Cause::kind) !=
               broken.causes.end();
    }));
}

// A length of 10 looked like the end of a line.
TEST(StreamStory, ALengthIsWrittenAsANumber) {
    const Bytes octets{std::string("\x0awide world", 11)};

    EXPECT_EQ(textOf(octets.view(), framing::LengthField{.width = 1}).toStdString(),
              "[10]wide world");
    EXPECT_EQ(textOf(octets.view(), std::nullopt), textOf(octets.view()));
}

TEST(StreamStory, AFramingIsToldInWords) {
    EXPECT_EQ(wordsOf(*framing::parseFraming("length:offset=1,width=4,adjust=-4")).toStdString(),
              "length field of 4 octets at 1");
    EXPECT_EQ(wordsOf(*framing::parseFraming("line")).toStdString(), "lines");
    EXPECT_EQ(wordsOf(*framing::parseFraming("delimiter:7c7c")).toStdString(), "delimiter ||");
}

}  // namespace
}  // namespace tcplab::gui
