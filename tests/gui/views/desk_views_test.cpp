#include "gui/desk.h"
#include "gui/look.h"
#include "gui/models/variable_table.h"
#include "gui/views/desk_actions.h"
#include "gui/views/desk_pane.h"
#include "gui/views/difference_view.h"
#include "gui/views/future_bar.h"
#include "gui/views/notes_pane.h"
#include "gui/views/state_card.h"
#include "gui/views/state_diagram_view.h"
#include "gui/views/why_pane.h"
#include "gui/views/windows_view.h"
#include "tests/gui/support.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QTest>
#include <gtest/gtest.h>

#include <algorithm>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;
using net::Fault;

class DeskViewsOf : public testing::Test {
protected:
    void SetUp() override {
        while (!desk.packetOnTheWay()) document.next();
    }

    Opened document{u"handshake"_s};
    Desk& desk = document.desk();
    DeskActions actions{desk};
};

TEST_F(DeskViewsOf, WhatCannotBeDoneIsDisabled) {
    EXPECT_TRUE(actions.faults()[0]->isEnabled());
    EXPECT_FALSE(actions.undo()->isEnabled());

    document.toEnd();

    EXPECT_FALSE(actions.faults()[0]->isEnabled());
}

TEST_F(DeskViewsOf, AnActionDoesWhatItSays) {
    actions.faults()[1]->trigger();

    EXPECT_EQ(desk.turnHere(), u"Packet 1 delayed"_s);
    EXPECT_TRUE(actions.undo()->isEnabled());
    actions.undo()->trigger();
    EXPECT_EQ(desk.futures()->all().size(), 1U);
}

TEST_F(DeskViewsOf, EveryOptionBeginsAFuture) {
    QMenu menu;
    actions.fill(menu);
    QMenu* options = nullptr;
    for (QAction* action : menu.actions())
        if (action->menu() != nullptr && action->text().contains(u"options"_s))
            options = action->menu();
    ASSERT_NE(options, nullptr);

    Q_EMIT options->aboutToShow();
    std::size_t futures = 1;
    std::size_t menus = 0;
    const auto count = options->actions().size();
    for (qsizetype i = 0; i < count; ++i) {
        // Made anew each time that it is shown.
        Q_EMIT options->aboutToShow();
        QMenu* inner = options->actions()[i]->menu();
        ASSERT_NE(inner, nullptr);
        ASSERT_FALSE(inner->actions().isEmpty());
        inner->actions().first()->trigger();
        EXPECT_EQ(desk.futures()->all().size(), ++futures);
        ++menus;
    }
    EXPECT_EQ(menus, 5U);
}

TEST_F(DeskViewsOf, SocketOptionsAreListedAsTheyAreAndSet) {
    const auto listed = [&](QMenu& menu, Side side, const QString& name) {
        actions.fillSocketOptions(menu, side);
        for (QAction* action : menu.actions())
            if (action->text() == name) return action;
        return menu.actions().first();
    };
    QMenu menu;
    ASSERT_FALSE(listed(menu, Side::Client, u"TCP_CORK"_s)->isChecked());

    listed(menu, Side::Client, u"TCP_CORK"_s)->trigger();

    EXPECT_EQ(desk.turnHere(), u"client: setsockopt(TCP_CORK, 1)"_s);
    EXPECT_TRUE(listed(menu, Side::Client, u"TCP_CORK"_s)->isChecked());
    EXPECT_FALSE(listed(menu, Side::Server, u"TCP_CORK"_s)->isChecked());

    listed(menu, Side::Client, u"SO_RCVBUF"_s)->menu()->actions().first()->trigger();

    EXPECT_EQ(desk.turnHere(), u"client: setsockopt(SO_RCVBUF, 1000)"_s);
    QStringList texts;
    for (QAction* value : listed(menu, Side::Client, u"SO_RCVBUF"_s)->menu()->actions())
        texts << value->text() + (value->isChecked() ? u"*"_s : QString());
    EXPECT_EQ(texts, (QStringList{u"1000*"_s, u"10000"_s, u"65535"_s}));
}

TEST_F(DeskViewsOf, FuturesAreTabs) {
    FutureBar bar(actions);
    auto* tabs = bar.findChild<QTabBar*>();
    EXPECT_FALSE(bar.isVisibleTo(nullptr));

    desk.befall(Fault::Kind::Drop);

    ASSERT_EQ(tabs->count(), 2);
    EXPECT_EQ(tabs->tabText(0), u"As written"_s);
    EXPECT_EQ(tabs->tabText(1), u"Packet 1 dropped"_s);
    EXPECT_EQ(tabs->currentIndex(), 1);
    tabs->setCurrentIndex(0);
    EXPECT_EQ(desk.futures()->number(), 0U);
}

TEST_F(DeskViewsOf, DifferencesAreTold) {
    DifferenceView view(document);
    view.show();
    desk.befall(Fault::Kind::Drop);

    const QString text = view.toPlainText();

    EXPECT_TRUE(text.contains(u"First difference"_s));
    EXPECT_TRUE(text.contains(u"SYN seq=0"_s)) << text.toStdString();
    EXPECT_EQ(view.heading(), u"\"Packet 1 dropped\" compared with \"As written\""_s);
}

TEST_F(DeskViewsOf, NoButtonCutsItsWordInTheNarrowColumn) {
    constexpr int kColumn = 288 - 2 * 16;
    for (const Language language : {Language::English, Language::Chinese}) {
        setLanguage(language);
        DeskActions translated(desk);
        DeskPane pane(document, translated);
        pane.resize(kColumn, 260);
        pane.show();
        const auto buttons = pane.findChildren<QPushButton*>();
        EXPECT_EQ(buttons.size(), 4 + 2 * (8 + 1));
        for (const QPushButton* button : buttons) {
            const int words = button->fontMetrics().horizontalAdvance(button->text());
            EXPECT_LE(words, button->width()) << button->text().toStdString();
            EXPECT_FALSE(button->accessibleName().isEmpty());
        }
    }
    setLanguage(Language::English);
}

TEST_F(DeskViewsOf, TheNotesMarkTheLineThatWaits) {
    const NotesPane notes(document);

    const QString text = notes.toPlainText();

    EXPECT_TRUE(text.contains(u"s.connect((\"192.0.2.2\", 7777)) waits"_s)) << text.toStdString();
    EXPECT_TRUE(text.contains(u"l.accept() waits"_s));
}

TEST_F(DeskViewsOf, TheNotesUnfoldAProgram) {
    NotesPane notes(document);
    EXPECT_FALSE(notes.toPlainText().contains(u"from socket import"_s));

    Q_EMIT notes.anchorClicked(QUrl(u"#program"_s));

    EXPECT_TRUE(notes.toPlainText().contains(u"from socket import"_s));
}

TEST_F(DeskViewsOf, TheNotesAskAndJudge) {
    NotesPane notes(document);
    desk.setPredicts(true);
    ASSERT_NE(desk.question(), nullptr);
    EXPECT_TRUE(notes.toPlainText().contains(u"What happens next?"_s));

    const std::size_t wrong = desk.question()->right == 0 ? 1 : 0;
    Q_EMIT notes.anchorClicked(QUrl(u"#answer-%1"_s.arg(wrong)));
    EXPECT_TRUE(notes.toPlainText().contains(u"Not here."_s));

    Q_EMIT notes.anchorClicked(QUrl(u"#play"_s));
    EXPECT_EQ(desk.futures()->all().size(), 2U);
}

TEST_F(DeskViewsOf, WhySaysWhatIsWaitedForAndWhatWasChanged) {
    const WhyPane why(document);
    EXPECT_TRUE(why.toPlainText().contains(u"The program waits in connect()"_s));

    desk.befall(Fault::Kind::Drop);

    EXPECT_TRUE(why.toPlainText().contains(u"Here the run was changed: Packet 1 dropped"_s));
}

TEST(WhyPane, NamesNagleWithItsNumbers) {
    Opened document(u"nagle-on"_s);
    const WhyPane why(document);
    bool told = false;
    for (int i = 0; i < static_cast<int>(document.stops().size()) && !told; ++i) {
        document.next();
        told = why.toPlainText().contains(u"Nagle: "_s);
    }
    EXPECT_TRUE(told);
}

TEST(VariableTable, TellsAllOnRequestAndTheChangesFirst) {
    Opened document(u"handshake"_s);
    VariableTable model(document);
    const QAbstractItemModelTester contract(&model,
                                            QAbstractItemModelTester::FailureReportingMode::Fatal);
    document.setPosition(4);
    const int changed = model.rowCount();
    QStringList names;
    for (int row = 0; row < changed; ++row)
        names << model.index(row, VariableTable::Name).data().toString();

    model.setWhole(true);

    EXPECT_GT(model.rowCount(), changed);
    EXPECT_TRUE(names.contains(model.index(0, VariableTable::Name).data().toString()));
    bool countsDown = false;
    for (int row = 0; row < model.rowCount(); ++row)
        countsDown |= model.index(row, VariableTable::After).data().toString().endsWith(u"left"_s);
    EXPECT_TRUE(countsDown) << "the client's retransmission timer runs";
}

TEST(WindowsView, SaysWhereTheVariablesStand) {
    Opened document(u"transfer"_s);
    document.setPosition(static_cast<int>(document.stops().size()) / 2);
    WindowsView view(document);
    view.resize(340, 300);

    EXPECT_TRUE(view.accessibleDescription().contains(u"SND.UNA"_s));
    EXPECT_FALSE(view.grab().isNull());
}

TEST(StateCard, TellsNamesWaysAndTrouble) {
    Document document;
    StateCard card(document);

    card.show(tcp::State::SynReceived);

    const QString text = card.toPlainText();
    EXPECT_TRUE(text.contains(u"SYN-RECV"_s));
    EXPECT_TRUE(text.contains(u"SYN_RECV"_s));
    EXPECT_TRUE(text.contains(u"← LISTEN"_s)) << text.toStdString();
    EXPECT_TRUE(text.contains(u"→ ESTABLISHED"_s));
}

TEST(StateCard, LeadsToARunThatGetsThere) {
    for (const tcp::State state : tcp::kStates) {
        Document document;
        StateCard card(document);
        card.show(state);

        card.showARun();

        ASSERT_EQ(document.kind(), Document::Kind::Lesson) << toString(state);
        const bool there = std::ranges::any_of(kSides, [&](Side side) {
            return stateAt(document.trace(), 0, side, document.moment()) == state;
        });
        EXPECT_TRUE(there) << toString(state);
    }
}

TEST(StateDiagramView, OpensACardByKey) {
    Opened document(u"handshake"_s);
    StateDiagramView view(document);
    view.resize(364, 300);

    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Return);

    const auto* card = view.findChild<StateCard*>();
    ASSERT_NE(card, nullptr);
    EXPECT_EQ(card->state(), tcp::State::FinWait1);
}

}  // namespace
}  // namespace tcplab::gui
