#include "gui/views/states_pane.h"

#include "gui/look.h"
#include "gui/main_window.h"
#include "gui/views/state_diagram_view.h"
#include "gui/views/tables.h"
#include "gui/workspace.h"
#include "tests/gui/support.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QTest>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;
using tcp::State;

class StatesPaneOf : public testing::Test {
protected:
    void open(const QString& what, QSize size) {
        window.resize(size);
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
        window.open(what);
        QApplication::processEvents();
    }
    [[nodiscard]] QList<StateDiagramView*> diagrams() const {
        QList<StateDiagramView*> shown;
        for (auto* one : window.findChildren<StateDiagramView*>())
            if (one->isVisible()) shown << one;
        return shown;
    }
    [[nodiscard]] const QAbstractItemModel& connections() const {
        return *window.findChild<FlowList*>()->model();
    }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

TEST_F(StatesPaneOf, HasADiagramForEachEndFrom1600Pixels) {
    open(u"four-way-close"_s, {1600, 900});
    EXPECT_EQ(diagrams().size(), 2);
    document.toEnd();
    for (const StateDiagramView* one : diagrams())
        EXPECT_EQ(one->accessibleName().count(u':'), 1) << one->accessibleName().toStdString();

    window.resize(1280, 800);
    QApplication::processEvents();
    ASSERT_EQ(diagrams().size(), 1);
    EXPECT_EQ(diagrams()[0]->accessibleName().count(u':'), 2);
}

TEST_F(StatesPaneOf, ItsLegendSaysTheStateAndThenTheCause) {
    open(u"handshake"_s, {1280, 800});
    document.toEnd();
    ASSERT_EQ(diagrams().size(), 1);
    EXPECT_EQ(diagrams()[0]->accessibleDescription(),
              u"client: ESTABLISHED; server: ESTABLISHED (ACK)"_s);

    setLanguage(Language::Chinese);
    QApplication::processEvents();
    const QString chinese = diagrams()[0]->accessibleDescription();
    setLanguage(Language::English);
    EXPECT_EQ(chinese,
              u"客户端：ESTABLISHED 已建立连接；"
              "服务器：ESTABLISHED 已建立连接（ACK）"_s);
}

/// The colours along the channel above the nodes by which LAST-ACK and TIME-WAIT come to CLOSED.
class ChannelHome : public testing::Test {
protected:
    /// Of each column of pixels, those of a colour.
    [[nodiscard]] static std::vector<std::vector<int>> columns(StateDiagramView& view,
                                                               const QColor& color) {
        view.resize(364, 312);
        const QImage picture = view.grab().toImage();
        std::vector<std::vector<int>> found;
        for (int x = 240; x < 310; ++x) {
            found.emplace_back();
            for (int y = 0; y < 12; ++y)
                if (picture.pixelColor(x, y) == color) found.back().push_back(y);
        }
        return found;
    }
};

TEST_F(ChannelHome, AWayToClosedIsNotAsGreyAsThoseThatNobodyTook) {
    Opened document(u"four-way-close"_s);
    document.toEnd();
    StateDiagramView view(document);
    for (const auto& column : columns(view, paletteOf(view).text)) EXPECT_FALSE(column.empty());
}

TEST_F(ChannelHome, InTheHeatNoColdEdgeCoversAWarmOne) {
    Opened document(tracePath("handshake-data-close.pcap"));
    const capture::Heat heat = capture::heatOf(document.flows());
    ASSERT_GT(heat.of({State::LastAck, State::Closed}), 0U);
    ASSERT_EQ(heat.of({State::TimeWait, State::Closed}), 0U);
    StateDiagramView view(document);
    view.setHeat(true);
    for (const auto& column : columns(view, paletteOf(view).link)) {
        ASSERT_FALSE(column.empty());
        EXPECT_EQ(column.back() - column.front() + 1, static_cast<int>(column.size()));
    }
}

TEST_F(StatesPaneOf, AWideWindowShowsAllVariablesAndOctets) {
    open(u"four-way-close"_s, {1600, 900});
    document.setPosition(9);
    const auto* variables = window.findChild<VariableList*>();
    EXPECT_TRUE(variables->isVisible());
    const int all = variables->model()->rowCount();

    window.resize(1280, 800);
    QApplication::processEvents();
    EXPECT_LT(variables->model()->rowCount(), all);
    QTest::keyClick(&window, Qt::Key_V);
    EXPECT_EQ(variables->model()->rowCount(), all);
}

// Sixteen connections of every kind, one after the other between the same ends.
TEST_F(StatesPaneOf, ShowsWhereAllConnectionsWentAndListsThoseOfAPlace) {
    open(tracePath("close-wait.pcap"), {1280, 800});
    const auto flows = static_cast<int>(document.flows().size());
    ASSERT_GT(flows, 1);
    EXPECT_EQ(connections().rowCount(), flows);

    QTest::keyClick(&window, Qt::Key_H);
    StateDiagramView& diagram = window.workspace().states().diagram();
    EXPECT_TRUE(diagram.accessibleName().contains(QString::number(flows)));
    const capture::Heat heat = capture::heatOf(document.flows());

    diagram.setFocus();
    const auto place = [&]() { return document.passage(); };
    QSet<QString> seen;
    for (int i = 0; i < 40; ++i) {
        QTest::keyClick(&diagram, Qt::Key_Down);
        QTest::keyClick(&diagram, Qt::Key_Return);
        ASSERT_TRUE(place()) << "an edge or a state";
        EXPECT_EQ(connections().rowCount(), static_cast<int>(heat.of(*place())));
        seen.insert(diagram.accessibleName());
        QTest::keyClick(&diagram, Qt::Key_Return);
        EXPECT_FALSE(place()) << "once more: all of them";
        EXPECT_EQ(connections().rowCount(), flows);
    }
    EXPECT_GT(seen.size(), 5);
}

TEST_F(StatesPaneOf, AClickOnAnEdgeOrAStateMeansIt) {
    open(tracePath("close-wait.pcap"), {1280, 800});
    window.workspace().states().heat()->setChecked(true);
    StateDiagramView& diagram = window.workspace().states().diagram();
    std::optional<capture::Passage> edge;
    QPoint where;
    for (int y = 0; y < diagram.height() && !edge; ++y)
        for (int x = 0; x < diagram.width() && !edge; ++x) {
            const auto there = diagram.passageAt(QPointF(x, y));
            if (!there || !there->from || capture::heatOf(document.flows()).of(*there) == 0)
                continue;
            edge = there;
            where = {x, y};
        }
    ASSERT_TRUE(edge);

    QTest::mouseClick(&diagram, Qt::LeftButton, {}, where);
    EXPECT_EQ(document.passage(), edge);
    window.workspace().states().heat()->setChecked(false);
    EXPECT_FALSE(document.passage()) << "leaving it shows all connections again";
}

}  // namespace
}  // namespace tcplab::gui
