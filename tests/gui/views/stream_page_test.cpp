#include "gui/views/stream_page.h"

#include "gui/desk.h"
#include "gui/main_window.h"
#include "gui/views/stream_view.h"
#include "gui/workspace.h"
#include "tests/gui/support.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <gtest/gtest.h>

#include <algorithm>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

class StreamPageOf : public testing::Test {
protected:
    void open(const QString& what) {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
        window.open(what);
        QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
        QApplication::processEvents();
    }
    [[nodiscard]] StreamPage& page() const { return window.workspace().stream(); }
    [[nodiscard]] StreamView& view() const { return page().view(); }
    [[nodiscard]] const StreamRows& rows() const { return view().story().rows; }
    [[nodiscard]] QCheckBox* box(const QString& text) const {
        for (QCheckBox* one : page().findChildren<QCheckBox*>())
            if (one->text().remove(u'&') == text) return one;
        return nullptr;
    }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

// The journey of a person whose messages are glued: find the cause, try what does not help, cure
// it.
TEST_F(StreamPageOf, GluedMessagesAreCured) {
    open(u"glued"_s);
    ASSERT_TRUE(page().isVisible());
    ASSERT_EQ(rows().broken.size(), 2U);
    QTest::mouseClick(
        view().viewport(),
        Qt::LeftButton,
        {},
        view()
            .toViewport({view().layout().marks[1].x, view().layout().axis.center().y()})
            .toPoint());
    EXPECT_EQ(view().chosen(), 1U);
    EXPECT_TRUE(view().accessibleDescription().contains(u"Glued at octet 10."_s));

    box(u"TCP_NODELAY"_s)->click();  // Off: worse, or the same.
    EXPECT_FALSE(rows().broken.empty());
    box(u"TCP_NODELAY"_s)->click();
    EXPECT_EQ(rows().broken.size(), 2U);

    page().setFraming(u"length:width=4,strip=4"_s);
    EXPECT_EQ(page().problem(), QString());
    ASSERT_EQ(rows().messages.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(rows().messages[i].octets, rows().sends[i].octets);

    page().tryCuts();
    ASSERT_TRUE(view().story().trials);
    EXPECT_FALSE(view().story().trials->all.front().proof.cuts);
    EXPECT_TRUE(view().story().trials->all[1].proof.cuts);
}

TEST_F(StreamPageOf, OverUdpNothingIsGlued) {
    open(u"glued"_s);

    box(u"UDP"_s)->click();

    EXPECT_TRUE(rows().datagrams);
    EXPECT_TRUE(rows().broken.empty());
    EXPECT_EQ(rows().receives.size(), 3U);
}

TEST_F(StreamPageOf, ASpaceTurnsASwitchAndDoesNotStep) {
    open(u"nagle-on"_s);
    const int before = document.position();
    QCheckBox* noDelay = box(u"TCP_NODELAY"_s);
    noDelay->setFocus();

    QTest::keyClick(noDelay, Qt::Key_Space);

    EXPECT_TRUE(noDelay->isChecked());
    EXPECT_TRUE(rows().broken.empty());
    EXPECT_EQ(document.position(), before);
}

TEST_F(StreamPageOf, TheArrowsGoFromBoundaryToBoundary) {
    open(u"glued"_s);
    view().setFocus();
    EXPECT_EQ(view().chosen(), 0U);

    QTest::keyClick(&view(), Qt::Key_Down);
    EXPECT_EQ(view().chosen(), 1U);
    QTest::keyClick(&view(), Qt::Key_Down);
    EXPECT_EQ(view().chosen(), 1U);
    QTest::keyClick(&view(), Qt::Key_Up);
    EXPECT_EQ(view().chosen(), 0U);
}

TEST_F(StreamPageOf, ACaptureIsReadWithTheFramingThatIsInferredOrChosen) {
    open(tracePath("redis.pcap"));
    page().setSender(Side::Client);

    EXPECT_TRUE(view().story().captured);
    EXPECT_TRUE(rows().sends.empty());
    EXPECT_EQ(rows().messages.size(), 17U);
    EXPECT_EQ(rows().broken.size(), 0U);

    page().setFraming(u"line"_s);
    EXPECT_GT(rows().messages.size(), 50U);
    EXPECT_FALSE(rows().broken.empty());

    page().setFraming(u"none"_s);
    EXPECT_TRUE(rows().messages.empty());
    page().tryCuts();
    EXPECT_FALSE(page().problem().isEmpty());

    page().setFraming(u"lne"_s);
    EXPECT_TRUE(page().problem().contains(u"line"_s));
}

TEST_F(StreamPageOf, ASegmentLeadsToItsPacket) {
    open(tracePath("redis.pcap"));
    const auto& boxes = view().layout().boxes;
    const auto segment = std::ranges::find_if(
        boxes, [](const StreamBox& one) { return one.packet && one.area.width() > 6; });
    ASSERT_NE(segment, boxes.end());
    const PacketId packet = *segment->packet;

    QTest::mouseClick(
        view().viewport(), Qt::LeftButton, {}, view().toViewport(segment->area.center()).toPoint());

    EXPECT_EQ(document.selected(), packet);
}

TEST_F(StreamPageOf, ZoomShowsFewerOctetsAndBackAll) {
    open(tracePath("loss.pcap"));
    const auto before = view().layout().shown;
    view().setFocus();

    QTest::keyClick(&view(), Qt::Key_Plus);
    EXPECT_LT(view().layout().shown.size(), before.size());
    for (int i = 0; i < 30; ++i) QTest::keyClick(&view(), Qt::Key_Minus);
    EXPECT_EQ(view().layout().shown.size(), rows().octets.size());
}

TEST_F(StreamPageOf, EveryControlIsReachedAndNamed) {
    open(u"glued"_s);
    for (QWidget* control : page().findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<QAbstractButton*>(control) != nullptr ||
                               qobject_cast<QSpinBox*>(control) != nullptr ||
                               qobject_cast<QComboBox*>(control) != nullptr;
        if (!isControl || !control->isVisible()) continue;
        EXPECT_NE(control->focusPolicy() & Qt::TabFocus, 0) << control->metaObject()->className();
    }
    EXPECT_FALSE(view().accessibleName().isEmpty());
}

// Whoever says what comes next is not shown it a page further on.
TEST_F(StreamPageOf, WhileSomebodyPredictsNothingIsShownAheadOfTheCursor) {
    open(u"glued"_s);
    const std::size_t sends = rows().sends.size();
    const std::size_t octets = rows().octets.size();
    ASSERT_GT(sends, 1U);

    QTest::keyClick(&window, Qt::Key_Q);
    ASSERT_TRUE(document.desk().predicts());
    EXPECT_TRUE(rows().octets.empty());
    EXPECT_TRUE(rows().segments.empty());
    EXPECT_TRUE(rows().broken.empty());
    std::size_t before = 0;
    for (std::size_t step = 0; step < document.stops().size(); ++step) {
        document.next();
        for (const auto& segment : rows().segments)
            EXPECT_LE(document.trace().find(segment.packet)->transit.departed->moment,
                      document.moment());
        EXPECT_GE(rows().sends.size(), before);
        EXPECT_LE(rows().sends.size(), before + 1) << "one call a step";
        before = rows().sends.size();
        EXPECT_LE(rows().receives.empty() ? 0 : rows().receives.back().octets.end,
                  rows().octets.size());
    }
    EXPECT_EQ(rows().sends.size(), sends);
    EXPECT_EQ(rows().octets.size(), octets);
    EXPECT_EQ(rows().broken.size(), 2U);

    document.toStart();
    QTest::keyClick(&window, Qt::Key_Q);
    EXPECT_EQ(rows().sends.size(), sends) << "without a question the page is whole";
}

// It showed the command line's words, and of them only the end.
TEST_F(StreamPageOf, TheFramingIsInWordsFromTheirBeginning) {
    open(tracePath("postgresql.pcap"));
    QComboBox* framings = page().findChild<QComboBox*>();

    EXPECT_TRUE(framings->currentText().startsWith(u"inferred: length field"_s))
        << framings->currentText().toStdString();
    EXPECT_EQ(framings->lineEdit()->cursorPosition(), 0);
    EXPECT_TRUE(framings->toolTip().contains(u"length:"_s)) << framings->toolTip().toStdString();
}

TEST_F(StreamPageOf, SwitchesThatChangeNothingAreNotOffered) {
    open(u"glued"_s);
    EXPECT_TRUE(box(u"TCP_NODELAY"_s)->isEnabled());

    box(u"UDP"_s)->click();
    EXPECT_FALSE(box(u"TCP_NODELAY"_s)->isEnabled());
    EXPECT_FALSE(box(u"TCP_CORK"_s)->isEnabled());
    box(u"UDP"_s)->click();
    EXPECT_TRUE(box(u"TCP_NODELAY"_s)->isEnabled());

    window.open(u"syn-lost"_s);
    QApplication::processEvents();
    EXPECT_FALSE(box(u"UDP"_s)->isVisible()) << "nothing is sent";
}

TEST_F(StreamPageOf, WhatIsStillToComeIsDim) {
    open(u"glued"_s);
    ASSERT_EQ(document.position(), 0);
    EXPECT_TRUE(std::ranges::all_of(view().layout().boxes, &StreamBox::later));

    document.toEnd();

    EXPECT_TRUE(std::ranges::none_of(view().layout().boxes, &StreamBox::later));
}

}  // namespace
}  // namespace tcplab::gui
