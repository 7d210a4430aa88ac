#include "gui/main_window.h"

#include "gui/desk.h"
#include "gui/look.h"
#include "gui/views/ladder_view.h"
#include "gui/views/notice_bar.h"
#include "gui/views/question_strip.h"
#include "gui/views/transport_bar.h"
#include "gui/workspace.h"
#include "tests/gui/support.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

class MainWindowOf : public testing::Test {
protected:
    MainWindowOf() {
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
    }
    ~MainWindowOf() override {
        setLanguage(Language::English);
        setTheme(Theme::Light);
        setTextZoom(1);
    }

    void press(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&window, static_cast<Qt::Key>(key), modifiers);
    }
    [[nodiscard]] int last() const { return static_cast<int>(document.stops().size()); }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

TEST_F(MainWindowOf, SpaceAndArrowsStep) {
    window.open(u"handshake"_s);

    press(Qt::Key_Space);
    EXPECT_EQ(document.position(), 1);
    press(Qt::Key_Right);
    EXPECT_EQ(document.position(), 2);
    press(Qt::Key_Left);
    EXPECT_EQ(document.position(), 1);
}

TEST_F(MainWindowOf, HomeAndEndGoToTheEnds) {
    window.open(u"handshake"_s);

    press(Qt::Key_End);
    EXPECT_EQ(document.position(), last());
    press(Qt::Key_Home);
    EXPECT_EQ(document.position(), 0);
}

TEST_F(MainWindowOf, KeysStepWhicheverPaneHasTheFocus) {
    window.open(u"four-way-close"_s);
    int steps = 0;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        const bool isButton = qobject_cast<QAbstractButton*>(widget) != nullptr;
        const bool isWrittenIn = qobject_cast<QLineEdit*>(widget) != nullptr;
        if (isButton || isWrittenIn || widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
            continue;
        widget->setFocus();
        document.toStart();
        QTest::keyClick(widget, Qt::Key_Space);
        EXPECT_EQ(document.position(), 1) << widget->metaObject()->className();
        ++steps;
    }
    EXPECT_GT(steps, 3);
}

// Tab comes to all that takes keys, from the top left to the bottom right of each column, and back
// to where it began.
TEST_F(MainWindowOf, TabComesToEverythingAndAround) {
    for (const QString& what : {u"four-way-close"_s, tracePath("loss.pcap")}) {
        window.open(what);
        QApplication::processEvents();
        QSet<QWidget*> wanted;
        for (QWidget* widget : window.findChildren<QWidget*>()) {
            const bool takes = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() &&
                               widget->isEnabled() && widget->focusProxy() == nullptr;
            if (takes) wanted.insert(widget);
        }
        QSet<QWidget*> reached;
        for (qsizetype i = 0; i <= 20 * wanted.size(); ++i) {
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window,
                            Qt::Key_Tab);
            if (QApplication::focusWidget() != nullptr) reached.insert(QApplication::focusWidget());
        }
        for (QWidget* widget : wanted)
            EXPECT_TRUE(reached.contains(widget)) << widget->metaObject()->className() << ' '
                                                  << widget->accessibleName().toStdString();
    }
}

TEST_F(MainWindowOf, ShiftAndArrowsGoFromStateToState) {
    window.open(u"handshake"_s);

    press(Qt::Key_Right, Qt::ShiftModifier);
    const int first = document.position();
    press(Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_GT(document.position(), first);
    press(Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(document.position(), first);
}

// A fault, a call, another option: whatever begins another future.
TEST_F(MainWindowOf, WhatWasDoneIsUndoneAndDoneAgain) {
    window.open(u"four-way-close"_s);
    const auto futures = [this] { return document.desk().futures()->all().size(); };
    while (!document.desk().packetOnTheWay()) press(Qt::Key_Space);
    net::Scenario other = *document.scenario();
    other.hosts[Side::Client].config.nagle = !other.hosts[Side::Client].config.nagle;
    press(Qt::Key_X);
    document.desk().call(Side::Client, net::CallKind::Abort);
    document.desk().replay(other, u"client.nagle"_s);
    ASSERT_EQ(futures(), 4U);
    const Trace done = document.trace();

    for (std::size_t left = 3; left > 0; --left) {
        press(Qt::Key_Z, Qt::ControlModifier);
        EXPECT_EQ(futures(), left);
    }
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(futures(), 1U) << "there is nothing more";
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    press(Qt::Key_Y, Qt::ControlModifier);
    press(Qt::Key_Y, Qt::ControlModifier);
    EXPECT_EQ(futures(), 4U);
    EXPECT_EQ(document.trace().entries().size(), done.entries().size());
    EXPECT_EQ(document.scenario()->hosts[Side::Client].config.nagle,
              other.hosts[Side::Client].config.nagle);
}

// Large text needs room, in the window as well as in its picture.
TEST_F(MainWindowOf, TheProjectorsTextHasRoom) {
    window.resize(1280, 800);
    window.open(u"close"_s);
    while (document.desk().question() == nullptr) press(Qt::Key_Space);

    window.setProjecting(true);
    constexpr int kRounds = 5;  // A layout in a layout asks the one around it a round later.
    for (int round = 0; round < kRounds; ++round) QApplication::processEvents();

    const auto isWhole = [](const QWidget& one) {
        return one.width() >= one.minimumSizeHint().width() &&
               one.height() >= one.minimumSizeHint().height();
    };
    const auto* asked = window.findChild<QuestionStrip*>();
    EXPECT_GE(asked->height(), asked->heightForWidth(asked->width()));
    const auto* transport = window.findChild<TransportBar*>();
    QRect before;
    for (const QWidget* part : transport->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
        if (!part->isVisible()) continue;
        EXPECT_TRUE(isWhole(*part)) << part->metaObject()->className();
        EXPECT_TRUE(transport->rect().contains(part->geometry()));
        EXPECT_FALSE(part->geometry().intersects(before)) << part->metaObject()->className();
        before = part->geometry();
    }
}

TEST_F(MainWindowOf, AClickOnAnArrowSelectsItsPacket) {
    window.open(u"handshake"_s);
    press(Qt::Key_End);
    LadderView& ladder = window.workspace().ladder();
    const QPointF label = ladder.layout().arrowOf(1)->label.center();

    QTest::mouseClick(ladder.viewport(), Qt::LeftButton, {}, ladder.toViewport(label).toPoint());

    EXPECT_EQ(document.selected(), 1U);
}

/// Everything with words that the window shows, by its place among its siblings.
QStringList visibleTexts(const QWidget& window) {
    QStringList texts;
    for (const QLabel* label : window.findChildren<QLabel*>())
        if (label->isVisible()) texts << label->text();
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>())
        if (button->isVisible()) texts << button->text() + button->toolTip();
    for (const QAction* action : window.findChildren<QAction*>())
        if (!action->isSeparator()) texts << action->text();
    return texts;
}

TEST_F(MainWindowOf, TheLanguageIsSwitchedLiveInEveryText) {
    window.open(u"handshake"_s);
    press(Qt::Key_End);
    const QStringList english = visibleTexts(window);

    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QApplication::processEvents();
    const QStringList chinese = visibleTexts(window);

    ASSERT_EQ(english.size(), chinese.size());
    for (qsizetype i = 0; i < english.size(); ++i) {
        const bool hasWords = english[i].contains(QRegularExpression(u"[a-zA-Z]{3}"_s));
        // Names of scenarios, calls and profiles are never translated.
        static const QRegularExpression name(
            u"^(handshake|listen|accept|connect|send|recv|shutdown|close|abort|setsockopt|"
            u"rfc9293|textbook|linux|freebsd)$"_s);
        const bool isName = name.match(english[i]).hasMatch();
        if (!hasWords || isName) continue;
        EXPECT_NE(english[i], chinese[i]);
    }
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QApplication::processEvents();
    EXPECT_EQ(visibleTexts(window), english);
}

TEST_F(MainWindowOf, TheThemeIsSwitchedLive) {
    window.open(u"handshake"_s);

    setTheme(Theme::Dark);
    QApplication::processEvents();

    const QImage image = window.grab().toImage();
    EXPECT_EQ(image.pixelColor(image.width() / 2, image.height() * 3 / 4),
              paletteOf(Theme::Dark).page);
}

TEST_F(MainWindowOf, TextGrowsAndShrinks) {
    press(Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_GT(textZoom(), 1);
    press(Qt::Key_0, Qt::ControlModifier);
    EXPECT_DOUBLE_EQ(textZoom(), 1);
    press(Qt::Key_Minus, Qt::ControlModifier);
    EXPECT_LT(textZoom(), 1);
}

TEST_F(MainWindowOf, WhatCannotBeOpenedIsToldAndNothingIsLost) {
    window.open(u"handshake"_s);

    window.open(u"/no/such/file.pcap"_s);

    EXPECT_TRUE(window.notice().isVisible());
    EXPECT_TRUE(window.notice().text().contains(u"/no/such/file.pcap"_s));
    EXPECT_EQ(document.name(), u"handshake"_s);
}

TEST_F(MainWindowOf, AFileThatBreaksOffShowsWhatCameBefore) {
    QFile whole(tracePath("loss.pcap"));
    ASSERT_TRUE(whole.open(QIODevice::ReadOnly));
    const QTemporaryDir folder;
    QFile part(folder.filePath(u"part.pcap"_s));
    ASSERT_TRUE(part.open(QIODevice::WriteOnly));
    part.write(whole.read(5000));
    part.close();

    window.open(part.fileName());

    EXPECT_TRUE(window.notice().isVisible());
    EXPECT_FALSE(document.trace().packets().empty());
}

TEST_F(MainWindowOf, ACaptureWithoutTcpSaysSo) {
    QFile whole(tracePath("loss.pcap"));
    ASSERT_TRUE(whole.open(QIODevice::ReadOnly));
    const QTemporaryDir folder;
    QFile none(folder.filePath(u"none.pcap"_s));
    ASSERT_TRUE(none.open(QIODevice::WriteOnly));
    none.write(whole.read(24));
    none.close();

    window.open(none.fileName());

    EXPECT_EQ(document.kind(), Document::Kind::Capture);
    EXPECT_EQ(document.currentConnection(), nullptr);
    press(Qt::Key_Space);
    EXPECT_FALSE(window.grab().isNull());
}

TEST_F(MainWindowOf, ClosingLeavesAPageThatOffersWhatToDo) {
    window.open(u"handshake"_s);

    press(Qt::Key_W, Qt::ControlModifier);

    EXPECT_EQ(document.kind(), Document::Kind::None);
    EXPECT_FALSE(window.workspace().isVisible());
    press(Qt::Key_Space);
}

TEST_F(MainWindowOf, TheRightColumnIsHiddenAndShownByItsKey) {
    window.open(u"handshake"_s);
    auto* why = window.findChild<QWidget*>(u"why"_s);
    ASSERT_NE(why, nullptr);
    EXPECT_TRUE(why->isVisible());

    press(Qt::Key_F8);
    EXPECT_FALSE(why->isVisible());
    press(Qt::Key_F8);
    EXPECT_TRUE(why->isVisible());
}

TEST_F(MainWindowOf, ANarrowWindowKeepsTheLadder) {
    window.open(u"handshake"_s);

    window.resize(800, 600);
    QApplication::processEvents();

    EXPECT_FALSE(window.findChild<QWidget*>(u"notes"_s)->isVisible());
    EXPECT_FALSE(window.findChild<QWidget*>(u"why"_s)->isVisible());
    EXPECT_GT(window.workspace().ladder().width(), 700);
}

}  // namespace
}  // namespace tcplab::gui
