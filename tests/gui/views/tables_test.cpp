#include "gui/views/tables.h"

#include "capture/verdict.h"
#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/main_window.h"
#include "gui/models/flow_table.h"
#include "gui/models/packet_table.h"
#include "gui/views/layers_pane.h"
#include "gui/views/row_delegates.h"
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
        EXPECT_TRUE(flows.hasTwoLines()
                        ? FlowDelegate::endsOf(flows, 0).contains(address)
                        : flows.columnWidth(column) > mono.horizontalAdvance(address));
    }
}

TEST_F(TablesOf, LongAddressesGoBelowTheVerdictAndKeepTheirPorts) {
    open(tracePath("ipv6.pcap"), {1280, 720});
    FlowList flows(document);
    flows.resize(300, 200);
    flows.show();
    QApplication::processEvents();
    EXPECT_EQ(flows.horizontalScrollBar()->maximum(), 0);
    ASSERT_TRUE(flows.hasTwoLines());
    const QString ends = FlowDelegate::endsOf(flows, 0);
    for (const int column : {FlowTable::Client, FlowTable::Server}) {
        const QString address = flows.model()->index(0, column).data().toString();
        EXPECT_TRUE(ends.contains(address.sliced(address.lastIndexOf(u':'))));
        const QString hint = flows.model()->index(0, 0).data(Qt::ToolTipRole).toString();
        EXPECT_TRUE(hint.contains(address)) << "the whole of it is told";
    }
}

TEST(ElidedEnds, AnyTwoOfIpv4AreWholeInTheNarrowestList) {
    constexpr int kNarrowest = 340 - 10 - 30 - 6;  // Without scroll bar, swatch and margin.
    const QString longest = u"192.168.200.100:50000"_s;
    const QString ends =
        elidedEnds(longest, longest, QFontMetrics(fonts::mono(fonts::kLeast)), kNarrowest + 4);
    EXPECT_EQ(ends, longest + u" → "_s + longest);
}

TEST(ElidedEnds, TheShorterOneKeepsWhatItNeeds) {
    const QFontMetrics metrics(fonts::mono(fonts::kLeast));
    const QString longer = u"[2001:db8:1111:2222:3333:4444:5555:6666]:50000"_s;
    const QString ends = elidedEnds(longer, u"[::1]:80"_s, metrics, 280);
    EXPECT_TRUE(ends.endsWith(u" → [::1]:80"_s)) << ends.toStdString();
    EXPECT_TRUE(ends.contains(u"]:50000"_s) || ends.contains(u":50000"_s)) << ends.toStdString();
    EXPECT_LE(metrics.horizontalAdvance(ends), 280);
}

// WINDOW.md: a verdict in six words. Where a column has no room for it, it has a line.
TEST_F(TablesOf, AVerdictIsReadWhole) {
    for (const Language language : {Language::English, Language::Chinese}) {
        setLanguage(language);
        for (const QSize size : {QSize{1280, 800}, QSize{1024, 700}}) {
            open(tracePath("backlog-full.pcap"), size);
            const auto& flows = shown<FlowList>();
            ASSERT_TRUE(flows.isVisible());
            const QFontMetrics words(fonts::text(fonts::kLabel));
            const int around =
                flows.sizeHintForIndex(flows.model()->index(0, 0)).width() -
                words.horizontalAdvance(flows.model()->index(0, 0).data().toString());
            for (int by = 0; by < 2; ++by)
                for (int kind = 0; kind <= static_cast<int>(capture::Outcome::Kind::Open); ++kind) {
                    const capture::Outcome outcome{
                        .kind = static_cast<capture::Outcome::Kind>(kind),
                        .by = static_cast<Side>(by)};
                    const QString verdict = inCurrentLanguage(capture::shortVerdict(outcome));
                    if (!flows.hasTwoLines()) continue;
                    EXPECT_LE(around + words.horizontalAdvance(verdict),
                              flows.columnWidth(FlowTable::Verdict))
                        << verdict.toStdString();
                }
            for (int row = 0; row < flows.model()->rowCount(); ++row)
                EXPECT_LE(flows.sizeHintForIndex(flows.model()->index(row, 0)).width(),
                          flows.columnWidth(FlowTable::Verdict));
        }
    }
    setLanguage(Language::English);
}

TEST_F(TablesOf, TheListOfConnectionsIsTallEnoughForBothLines) {
    open(tracePath("backlog-full.pcap"), {1024, 700});
    const auto& flows = shown<FlowList>();
    ASSERT_TRUE(flows.hasTwoLines());
    EXPECT_GE(flows.rowHeight(0),
              QFontMetrics(fonts::text(fonts::kLabel)).height() +
                  QFontMetrics(fonts::mono(fonts::kLeast)).height());
    window.resize(2000, 1000);
    QApplication::processEvents();
    EXPECT_FALSE(flows.hasTwoLines());
    EXPECT_FALSE(flows.isColumnHidden(FlowTable::Client));
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

// What is below gives the reasons the room that it does not use.
TEST_F(TablesOf, TheReasonsScrollOnlyWhereNothingBelowHasRoomToSpare) {
    for (const QString& what : {u"four-way-close"_s, tracePath("loss.pcap")}) {
        open(what, {1280, 800});
        const auto& why = shown<WhyPane>();
        const auto& layers = shown<LayersPane>();
        const int steps = static_cast<int>(document.stops().size());
        for (int step = 0; step <= std::min(steps, 14); ++step) {
            document.setPosition(step);
            QApplication::processEvents();
            if (why.verticalScrollBar()->maximum() == 0) continue;
            const int spare = layers.height() - layers.heightWanted();
            EXPECT_LE(spare, 12) << what.toStdString() << " at step " << step;
        }
    }
}

}  // namespace
}  // namespace tcplab::gui
