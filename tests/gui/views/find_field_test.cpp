#include "gui/views/find_field.h"

#include "gui/main_window.h"
#include "gui/models/packet_table.h"
#include "gui/views/notice_bar.h"
#include "tests/gui/support.h"

#include <QCompleter>
#include <QTest>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

class FindFieldOf : public testing::Test {
protected:
    FindFieldOf() {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
        window.open(tracePath("loss.pcap"));
        QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
        field = window.findChild<FindField*>();
    }

    void type(const QString& text) const { QTest::keyClicks(field, text); }
    void press(Qt::Key key) const { QTest::keyClick(field, key); }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
    FindField* field = nullptr;
};

TEST_F(FindFieldOf, HasTheFocusAfterItsKey) {
    ASSERT_NE(field, nullptr);
    EXPECT_TRUE(field->hasFocus());
}

TEST_F(FindFieldOf, ANumberGoesToThatPacket) {
    type(u"7"_s);
    press(Qt::Key_Return);

    EXPECT_EQ(document.selected(), 7U);
    EXPECT_FALSE(document.filter().has_value());
}

TEST_F(FindFieldOf, AStateGoesToThePacketsThatHaveIt) {
    type(u"syn-received"_s);
    press(Qt::Key_Return);

    const auto& states = document.selectedPacket()->states.values;
    EXPECT_GT(std::ranges::count(states, tcp::State::SynReceived), 0);
}

TEST_F(FindFieldOf, AnExpressionFiltersTheTableAndEnterGoesFromMatchToMatch) {
    const PacketTable table(document);
    const int all = table.rowCount();

    type(u"syn or fin"_s);

    EXPECT_GT(table.rowCount(), 0);
    EXPECT_LT(table.rowCount(), all);
    document.select(table.packetAt(0));
    press(Qt::Key_Return);
    EXPECT_EQ(document.selected(), table.packetAt(1));
}

TEST_F(FindFieldOf, EscapeShowsAllAgain) {
    type(u"syn"_s);
    ASSERT_TRUE(document.filter().has_value());

    press(Qt::Key_Escape);
    press(Qt::Key_Escape);

    EXPECT_FALSE(document.filter().has_value());
    EXPECT_EQ(field->text(), QString());
}

TEST_F(FindFieldOf, AMistakeIsToldOnEnterWithTheNearestRightWord) {
    type(u"retransmision"_s);
    EXPECT_FALSE(field->problem().isEmpty());
    EXPECT_FALSE(window.notice().isVisible()) << "not while it is being written";

    press(Qt::Key_Return);

    EXPECT_TRUE(window.notice().isVisible());
    EXPECT_TRUE(window.notice().text().contains(u"retransmission"_s));
}

TEST_F(FindFieldOf, WhatNoPacketMeetsIsTold) {
    type(u"len > 999999"_s);
    press(Qt::Key_Return);

    EXPECT_TRUE(window.notice().isVisible());
}

TEST_F(FindFieldOf, TheWordThatIsBeingWrittenIsCompleted) {
    type(u"syn and retr"_s);

    EXPECT_EQ(field->completion().currentCompletion(), u"retransmission"_s);
    QTest::keyClick(field, Qt::Key_Escape);
}

}  // namespace
}  // namespace tcplab::gui
