#include "gui/views/tables.h"

#include "gui/look.h"
#include "gui/main_window.h"
#include "gui/models/flow_table.h"
#include "gui/models/packet_table.h"
#include "gui/views/why_pane.h"
#include "gui/views/windows_view.h"
#include "tests/gui/support.h"

#include <QApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

TEST(ElidedAddress, KeepsThePortAndBothEndsOfTheHost) {
    const QFontMetrics metrics(fonts::mono());
    const QString address = u"[2001:db8:1:2:3:4:5:6]:40000"_s;
    const int whole = metrics.horizontalAdvance(address);
    EXPECT_EQ(elidedAddress(address, metrics, whole), address);

    const QString less = elidedAddress(address, metrics, whole * 3 / 5);
    EXPECT_TRUE(less.startsWith(u"[2"_s)) << less.toStdString();
    EXPECT_TRUE(less.endsWith(u":40000"_s)) << less.toStdString();
    EXPECT_LE(metrics.horizontalAdvance(less), whole * 3 / 5);
}

class TablesOf : public testing::Test {
protected:
    void open(const QString& what, QSize size) {
        window.resize(size);
        window.show();
        window.open(what);
        QApplication::processEvents();
        QApplication::processEvents();
    }
    template <class View>
    [[nodiscard]] View& shown() const {
        return *window.findChild<View*>();
    }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

TEST_F(TablesOf, ConnectionsAreSeenWithBothEnds) {
    open(tracePath("close-wait.pcap"), {1280, 720});
    const auto& flows = shown<FlowList>();
    EXPECT_EQ(flows.horizontalScrollBar()->maximum(), 0);
    const QFontMetrics mono(fonts::mono());
    for (const int column : {FlowTable::Client, FlowTable::Server}) {
        const QString address = flows.model()->index(0, column).data().toString();
        EXPECT_GT(flows.columnWidth(column), mono.horizontalAdvance(address));
    }
}

TEST_F(TablesOf, LongAddressesLeaveNoColumnOutOfSight) {
    open(tracePath("ipv6.pcap"), {1280, 720});
    FlowList flows(document);
    flows.resize(300, 200);
    flows.show();
    QApplication::processEvents();
    EXPECT_EQ(flows.horizontalScrollBar()->maximum(), 0);
    EXPECT_GT(flows.columnWidth(FlowTable::Client), 50);
    EXPECT_GT(flows.columnWidth(FlowTable::Server), 50);
}

TEST_F(TablesOf, AllColumnsOfPacketsFitTheNarrowestWindow) {
    for (const Language language : {Language::English, Language::Chinese}) {
        setLanguage(language);
        open(tracePath("loss.pcap"), {1024, 700});
        EXPECT_EQ(shown<PacketList>().horizontalScrollBar()->maximum(), 0);
    }
    setLanguage(Language::English);
}

TEST_F(TablesOf, AHeadingKeepsItsDistanceFromANumbersHeading) {
    open(tracePath("loss.pcap"), {1280, 800});
    QHeaderView& header = *shown<PacketList>().horizontalHeader();
    const QImage picture = header.grab().toImage();
    for (const int column : {PacketTable::From, PacketTable::ClientState}) {
        const int edge = header.sectionViewportPosition(column);
        for (int x = edge - 2; x < edge + 10; ++x)
            for (int y = 1; y < picture.height() - 3; ++y)
                ASSERT_EQ(picture.pixelColor(x, y), picture.pixelColor(edge, 1))
                    << "column " << column << " at " << x - edge;
    }
}

TEST_F(TablesOf, WhatIsEmptySaysWhy) {
    open(u"small-cwnd"_s, {1280, 800});
    auto& variables = shown<VariableList>();
    document.toStart();
    EXPECT_EQ(variables.remark(), u"No variable changed."_s);
    variables.setWhole(true);
    EXPECT_EQ(variables.remark(), u"No TCB."_s);

    document.toEnd();
    const QString buffers = shown<WindowsView>().accessibleDescription();
    EXPECT_EQ(buffers, u"The client has no TCB.; The server has no TCB."_s);
}

TEST_F(TablesOf, AScriptHasNoPanesForWhatItDoesNotTell) {
    open(tracePath("scripts/active-open-freebsd.pkt"), {2560, 1440});
    document.toEnd();
    EXPECT_FALSE(shown<VariableList>().isVisible());
    EXPECT_FALSE(shown<WindowsView>().isVisible());
}

TEST_F(TablesOf, NothingScrollsBesideRoomThatNobodyUses) {
    open(tracePath("loss.pcap"), {2560, 1440});
    EXPECT_EQ(shown<WhyPane>().verticalScrollBar()->maximum(), 0) << "of a capture";

    open(u"handshake"_s, {2560, 1440});
    for (int step = 0; step < 4; ++step) {
        document.setPosition(step);
        QApplication::processEvents();
        EXPECT_EQ(shown<WhyPane>().verticalScrollBar()->maximum(), 0)
            << "at step " << step << ", height " << shown<WhyPane>().height() << " of "
            << shown<WhyPane>().heightWanted(shown<WhyPane>().viewport()->width());
    }
}

}  // namespace
}  // namespace tcplab::gui
