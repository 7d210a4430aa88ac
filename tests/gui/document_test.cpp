#include "gui/document.h"

#include "tests/gui/support.h"

#include <QSignalSpy>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

TEST(Document, AScenarioBeginsBeforeItsFirstStep) {
    const Opened document(u"handshake"_s);

    EXPECT_EQ(document.kind(), Document::Kind::Lesson);
    EXPECT_EQ(document.position(), 0);
    EXPECT_EQ(document.horizon(), 0U);
    EXPECT_FALSE(document.stops().empty());
}

TEST(Document, AScriptIsOpenedLikeAScenario) {
    const Opened document(tracePath("scripts/refused.pkt"));

    EXPECT_EQ(document.kind(), Document::Kind::Lesson);
    EXPECT_EQ(document.position(), 0);
    EXPECT_FALSE(document.stops().empty());
    EXPECT_NE(document.notes().en.find("All came as the script expects."), std::string::npos);
}

TEST(Document, ACaptureBeginsAtItsFirstPacketAndHidesNothing) {
    const Opened document(tracePath("handshake-data-close.pcap"));

    EXPECT_EQ(document.kind(), Document::Kind::Capture);
    EXPECT_EQ(document.position(), 1);
    EXPECT_TRUE(document.selected().has_value());
    EXPECT_EQ(document.horizon(), document.trace().moments());
}

TEST(Document, StepsGoToTheEndAndBackToTheStart) {
    Opened document(u"four-way-close"_s);
    const int last = static_cast<int>(document.stops().size());

    for (int i = 1; i <= last; ++i) {
        document.next();
        EXPECT_EQ(document.position(), i);
    }
    document.next();
    EXPECT_EQ(document.position(), last);

    for (int i = last; i-- > 0;) {
        document.back();
        EXPECT_EQ(document.position(), i);
    }
    document.back();
    EXPECT_EQ(document.position(), 0);
}

TEST(Document, JumpsGoToTheNextChangeOfState) {
    Opened document(u"handshake"_s);
    const auto states = [&] {
        PerSide<tcp::State> now;
        for (const Side side : kSides)
            now[side] = stateAt(document.trace(), 0, side, document.moment());
        return now;
    };
    const auto before = states();

    document.toNextStateChange();
    const auto after = states();
    EXPECT_NE(before, after);

    document.toPreviousStateChange();
    EXPECT_EQ(states(), before);
}

TEST(Document, ItSaysThatItMovedOnlyWhenItDid) {
    Opened document(u"handshake"_s);
    const QSignalSpy moved(&document, &Document::moved);

    document.toStart();
    EXPECT_EQ(moved.count(), 0);
    document.toEnd();
    EXPECT_EQ(moved.count(), 1);
}

TEST(Document, SelectingAPacketOfACaptureGoesToIt) {
    Opened document(tracePath("handshake-data-close.pcap"));
    const PacketId last = document.trace().packets().back().number;

    document.select(last);

    EXPECT_EQ(document.selected(), last);
    EXPECT_EQ(document.position(), static_cast<int>(document.stops().size()));
}

TEST(Document, WhatIsNotThereIsToldByKind) {
    Document document;

    const auto file = document.open(u"no/such/file.pcap"_s);
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().code, Error::Code::NotFound);

    const auto scenario = document.open(u"hanshake"_s);
    ASSERT_FALSE(scenario.has_value());
    EXPECT_EQ(scenario.error().code, Error::Code::Usage);
    EXPECT_NE(scenario.error().what.find("handshake"), std::string::npos);
    EXPECT_EQ(document.kind(), Document::Kind::None);
}

// Five clients knock at one server: each is a connection to look at.
TEST(Document, AScriptsConnectionsAreListedAndChosen) {
    Opened document(tracePath("scripts/syn-flood.pkt"));
    ASSERT_EQ(document.flows().size(), document.trace().connections().size());
    ASSERT_GT(document.flows().size(), 1U);
    document.toEnd();
    const Moment moment = document.moment();

    for (const capture::FlowRow& flow : document.flows()) {
        document.setConnection(flow.connection.id);
        EXPECT_EQ(document.currentConnection()->ends, flow.connection.ends);
        EXPECT_EQ(document.moment(), moment) << "time stands still";
        EXPECT_GT(flow.packets[Side::Client] + flow.packets[Side::Server], 0U);
        EXPECT_TRUE(flow.outcome.has_value());
    }
    EXPECT_TRUE(Opened(u"handshake"_s).flows().empty());
}

}  // namespace
}  // namespace tcplab::gui
