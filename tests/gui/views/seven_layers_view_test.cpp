#include "gui/views/seven_layers_view.h"

#include "gui/main_window.h"
#include "gui/views/layers_pane.h"
#include "gui/workspace.h"
#include "tests/gui/support.h"

#include <QLabel>
#include <QTest>
#include <gtest/gtest.h>

#include <algorithm>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

class SevenLayersPage : public testing::Test {
protected:
    SevenLayersPage() {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
        window.open(tracePath("handshake-data-close.pcap"));
        QTest::keyClick(&window, Qt::Key_5, Qt::ControlModifier);
        QApplication::processEvents();
    }

    [[nodiscard]] const LayerRow& row(wire::OsiLayer layer) const {
        const auto& rows = view().layout().rows;
        return rows.at(rows.size() - static_cast<std::size_t>(layer));
    }
    [[nodiscard]] SevenLayersView& view() const { return window.workspace().sevenLayers(); }
    void click(const QRectF& area) const {
        QTest::mouseClick(
            view().viewport(), Qt::LeftButton, {}, view().toViewport(area.center()).toPoint());
    }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

TEST_F(SevenLayersPage, IsShownByItsKeyAndLeftByTheLaddersKey) {
    EXPECT_EQ(window.workspace().page(), Workspace::Page::Layers);
    EXPECT_TRUE(view().isVisible());

    QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);

    EXPECT_EQ(window.workspace().page(), Workspace::Page::Ladder);
    EXPECT_FALSE(view().isVisible());
}

TEST_F(SevenLayersPage, AClickOnAHeaderMarksItsOctets) {
    click(row(wire::OsiLayer::Network).boxes.front().area);

    EXPECT_EQ(window.workspace().layers().octets().markedFrom(), 14U);
    EXPECT_EQ(window.workspace().layers().octets().markedLength(), 20U);
    EXPECT_EQ(view().chosenLayer(), wire::OsiLayer::Network);
}

TEST_F(SevenLayersPage, AFieldLightsTheLayerThatWroteIt) {
    QTreeView& tree = window.workspace().layers().tree();
    const QModelIndex tcp = tree.model()->index(2, 0);

    tree.setCurrentIndex(tree.model()->index(0, 0, tcp));

    EXPECT_EQ(view().chosenLayer(), wire::OsiLayer::Transport);
}

TEST_F(SevenLayersPage, ArrowKeysGoFromLayerToLayer) {
    view().setFocus();

    QTest::keyClick(&view(), Qt::Key_Down);
    EXPECT_EQ(view().chosenLayer(), wire::OsiLayer::Application);
    QTest::keyClick(&view(), Qt::Key_Down);
    EXPECT_EQ(view().chosenLayer(), wire::OsiLayer::Presentation);
    EXPECT_TRUE(view().accessibleDescription().contains(u"None here"_s));
    QTest::keyClick(&view(), Qt::Key_Up);
    EXPECT_EQ(view().chosenLayer(), wire::OsiLayer::Application);
}

TEST_F(SevenLayersPage, FollowsTheCursor) {
    document.setPosition(1);
    EXPECT_EQ(row(wire::OsiLayer::Application).octets, 0U);

    document.setPosition(4);

    EXPECT_GT(row(wire::OsiLayer::Application).octets, 0U);
}

// The page became empty at each step that is no packet, and at the end of every lesson.
TEST_F(SevenLayersPage, KeepsTheLastPacketAtAStepWithoutOne) {
    window.open(u"zero-window"_s);
    EXPECT_EQ(view().shownPacket(), nullptr);

    document.toEnd();

    ASSERT_EQ(document.selectedPacket(), nullptr);
    ASSERT_NE(view().shownPacket(), nullptr);
    EXPECT_EQ(view().shownPacket()->number, document.trace().packets().back().number);
    EXPECT_TRUE(view().noteOf(*view().shownPacket()).contains(u"the last one"_s));
    EXPECT_EQ(view().layout().rows.size(), 7U);
}

TEST_F(SevenLayersPage, SaysThatAPacketWasDamagedOnItsWay) {
    window.open(u"corruption"_s);
    document.toEnd();
    const auto isDamaged = [&](const Packet& packet) {
        return view().noteOf(packet).contains(u"damaged"_s);
    };

    EXPECT_EQ(std::ranges::count_if(document.trace().packets(), isDamaged), 1);
    document.toStart();
    EXPECT_EQ(std::ranges::count_if(document.trace().packets(), isDamaged), 0) << "not yet";
}

TEST_F(SevenLayersPage, TheOctetsOfADamagedPacketAreToldToBeThoseThatWereSent) {
    window.open(u"corruption"_s);
    document.toEnd();
    const auto isTold = [&](const Packet& packet) {
        document.select(packet.number);
        const auto labels = window.workspace().findChildren<QLabel*>();
        return std::ranges::any_of(labels, [](const QLabel* label) {
            return label->text() == u"Layers and octets of the packet, as it was sent"_s;
        });
    };

    EXPECT_EQ(std::ranges::count_if(document.trace().packets(), isTold), 1);
}

}  // namespace
}  // namespace tcplab::gui
