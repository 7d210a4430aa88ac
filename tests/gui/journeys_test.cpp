#include "gui/copies.h"
#include "gui/desk.h"
#include "gui/main_window.h"
#include "gui/menus.h"
#include "gui/views/desk_actions.h"
#include "gui/views/ladder_view.h"
#include "gui/views/lesson_list.h"
#include "gui/views/notes_pane.h"
#include "gui/views/why_pane.h"
#include "gui/workspace.h"
#include "tests/gui/support.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabBar>
#include <QTest>
#include <gtest/gtest.h>

// What a person does with the window, key by key and click by click.
namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;
using tcp::State;

class Journey : public testing::Test {
protected:
    Journey() {
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
    }

    void press(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&window, static_cast<Qt::Key>(key), modifiers);
    }

    void openLesson(const QString& words) {
        press(Qt::Key_L, Qt::ControlModifier);
        auto* lessons = window.findChild<LessonList*>();
        ASSERT_NE(lessons, nullptr);
        auto* field = lessons->findChild<QLineEdit*>();
        QTest::keyClicks(field, words);
        QTest::keyClick(field, Qt::Key_Return);
        // A desktop gives the window its keys back.
        window.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    }

    void clickArrow(PacketId packet) {
        LadderView& ladder = window.workspace().ladder();
        const LadderArrow* arrow = ladder.layout().arrowOf(packet);
        ASSERT_NE(arrow, nullptr);
        QTest::mouseClick(ladder.viewport(),
                          Qt::LeftButton,
                          {},
                          ladder.toViewport(arrow->label.center()).toPoint());
    }

    void clickButton(const QString& accessibleName) {
        for (auto* button : window.findChildren<QPushButton*>())
            if (button->accessibleName() == accessibleName)
                return QTest::mouseClick(button, Qt::LeftButton);
        FAIL() << accessibleName.toStdString();
    }

    [[nodiscard]] State stateOf(Side side) const {
        return stateAt(document.trace(), document.connection(), side, document.moment());
    }

    /// Space until a packet with a FIN is on its way; its number.
    PacketId stepToFin() {
        for (std::size_t step = 0; step < document.stops().size(); ++step) {
            for (const PacketId packet : onTheWay(document.trace(), document.moment()))
                if (document.trace().find(packet)->tcp.flags.fin) return packet;
            press(Qt::Key_Space);
        }
        return 0;
    }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

// 1. Learn the close: predict, step, then let the FIN come late, so that the FINs cross.
TEST_F(Journey, LearnTheClose) {
    openLesson(u"four-way"_s);
    ASSERT_EQ(document.name(), u"four-way-close"_s);

    press(Qt::Key_Q);
    press(Qt::Key_Space);
    press(Qt::Key_Space);
    const Prediction* question = document.desk().question();
    ASSERT_NE(question, nullptr);
    press(Qt::Key_1 + static_cast<int>(question->right));
    EXPECT_FALSE(document.desk().canPlayAnswer()) << "it is right";
    press(Qt::Key_Q);

    const PacketId fin = stepToFin();
    ASSERT_NE(fin, 0U);
    clickArrow(fin);
    press(Qt::Key_D);
    clickButton(u"server: close()"_s);
    for (int step = 0; step < 3 && stateOf(Side::Client) == State::FinWait1; ++step)
        press(Qt::Key_Space);

    EXPECT_EQ(stateOf(Side::Client), State::Closing);
    EXPECT_TRUE(window.workspace().ladder().accessibleDescription().contains(u"client, CLOSING"_s));
}

// 2. Who reset my connection? The worst flow is open; a citation leads to the packet.
TEST_F(Journey, WhoResetMyConnection) {
    window.open(tracePath("refused.pcap"));
    auto* why = window.findChild<WhyPane*>();
    ASSERT_NE(why, nullptr);
    const QRegularExpression cited(u"href=\"#(\\d+)\""_s);
    const QRegularExpressionMatch first = cited.match(why->toHtml());
    ASSERT_TRUE(first.hasMatch()) << "the verdict cites a packet";

    Q_EMIT why->anchorClicked(QUrl(u"#"_s + first.captured(1)));
    EXPECT_EQ(document.selected(), first.captured(1).toUInt());
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);

    EXPECT_EQ(QApplication::clipboard()->text(), toMarkdown(document));
    EXPECT_TRUE(QApplication::clipboard()->text().contains(u"RST"_s));
}

// 3. Show a class: with a remote control, to where a student asks what if that ACK is lost.
TEST_F(Journey, ShowAClass) {
    openLesson(u"four-way"_s);
    const PacketId fin = stepToFin();
    ASSERT_NE(fin, 0U);
    std::optional<PacketId> flying = fin;
    for (int step = 0; step < 4 && flying == fin; ++step) {
        press(Qt::Key_PageDown);
        flying = document.desk().packetOnTheWay();
    }
    ASSERT_TRUE(flying.has_value());
    ASSERT_FALSE(document.trace().find(*flying)->tcp.flags.fin) << "the ACK of the FIN";

    clickArrow(*flying);
    press(Qt::Key_X);
    const auto& lost = document.trace().find(*flying)->transit.lost;
    ASSERT_TRUE(lost.has_value());
    for (int step = 0; step < 9 && document.moment() < lost->moment; ++step)
        press(Qt::Key_PageDown);
    EXPECT_EQ(document.moment(), lost->moment);
    EXPECT_EQ(stateOf(Side::Client), State::FinWait1) << "it is not acknowledged";

    press(Qt::Key_B);
    EXPECT_EQ(document.desk().futures()->number(), 0U);
    bool found = false;
    for (const auto* tabs : window.findChildren<QTabBar*>())
        if (tabs->isVisible() && tabs->count() == 2) found = true;
    EXPECT_TRUE(found) << "both runs are tabs";
}

// Start from nothing: two hosts, and every call by a button.
TEST_F(Journey, TwoHostsByHand) {
    Q_EMIT window.findChild<Menus*>()->newRunAsked(u"linux"_s);
    ASSERT_EQ(document.name(), u"new-run"_s);

    clickButton(u"server: listen()"_s);
    clickButton(u"server: accept()"_s);
    clickButton(u"client: connect()"_s);
    press(Qt::Key_End);
    EXPECT_EQ(stateOf(Side::Client), State::Established);

    clickButton(u"client: send()"_s);
    press(Qt::Key_End);
    clickButton(u"client: close()"_s);
    press(Qt::Key_End);

    EXPECT_EQ(stateOf(Side::Server), State::CloseWait);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(stateOf(Side::Client), State::Established) << "undone";
}

}  // namespace
}  // namespace tcplab::gui
