#include "gui/models/flow_table.h"
#include "gui/models/layer_tree.h"
#include "gui/models/packet_table.h"
#include "gui/models/variable_table.h"
#include "sim/wire/stack.h"
#include "tests/gui/support.h"

#include <QAbstractItemModelTester>
#include <gtest/gtest.h>

#include <set>
#include <utility>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;
using Mode = QAbstractItemModelTester::FailureReportingMode;

QString text(const QAbstractItemModel& model, int row, int column) {
    return model.index(row, column).data().toString();
}

TEST(PacketTable, ShowsWhatHasBeenSentSoFarAndObeysTheModelContract) {
    Opened document(u"handshake"_s);
    PacketTable model(document);
    const QAbstractItemModelTester contract(&model, Mode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);

    document.toEnd();

    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(text(model, 0, PacketTable::FlagNames), u"SYN"_s);
    EXPECT_EQ(text(model, 1, PacketTable::FlagNames), u"SYN, ACK"_s);
    EXPECT_EQ(text(model, 1, PacketTable::From), u"server"_s);
    EXPECT_EQ(text(model, 0, PacketTable::Ack), QString()) << "unknown is empty, not zero";

    document.toStart();
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(PacketTable, FindsTheRowOfAPacketAndBack) {
    Opened document(tracePath("handshake-data-close.pcap"));
    const PacketTable model(document);

    ASSERT_GT(model.rowCount(), 5);
    for (int row = 0; row < model.rowCount(); ++row)
        EXPECT_EQ(model.rowOf(model.packetAt(row)), row);
    EXPECT_EQ(model.rowOf(1'000'000), -1);
}

TEST(FlowTable, ShowsEveryConnectionWithItsVerdict) {
    Opened document(tracePath("refused.pcap"));
    FlowTable model(document);
    const QAbstractItemModelTester contract(&model, Mode::Fatal);

    ASSERT_EQ(model.rowCount(), static_cast<int>(document.flows().size()));
    EXPECT_EQ(text(model, 0, FlowTable::Verdict), u"refused"_s);
    EXPECT_EQ(model.rowOf(model.connectionAt(0)), 0);
}

TEST(VariableTable, ShowsWhatTheMomentChanged) {
    Opened document(u"handshake"_s);
    VariableTable model(document);
    const QAbstractItemModelTester contract(&model, Mode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);

    document.toEnd();

    ASSERT_GT(model.rowCount(), 0);
    EXPECT_EQ(text(model, 0, VariableTable::End), u"server"_s);
}

TEST(VariableTable, NoVariableOutlivesItsTcb) {
    Opened document(u"small-cwnd"_s);
    VariableTable model(document);
    document.toEnd();

    ASSERT_EQ(model.rowCount(), 1) << "the server's was deleted in an earlier step";
    EXPECT_EQ(text(model, 0, VariableTable::End), u"client"_s);
    EXPECT_EQ(text(model, 0, VariableTable::After), u"deleted"_s);

    model.setWhole(true);
    ASSERT_EQ(model.rowCount(), 2);
    for (int row = 0; row < 2; ++row) {
        EXPECT_EQ(text(model, row, VariableTable::Name), u"TCB"_s);
        EXPECT_EQ(text(model, row, VariableTable::After), u"deleted"_s);
    }
}

TEST(VariableTable, ATimerOfAStepIsOneRow) {
    Opened document(u"small-cwnd"_s);
    const VariableTable model(document);
    // An ACK stops the timer and another packet starts it again: the case there is.
    std::set<std::pair<Moment, Side>> stops;
    bool both = false;
    for (const Entry& entry : document.trace().entries()) {
        if (std::holds_alternative<Disarmed>(entry.what)) stops.emplace(entry.moment, entry.side);
        if (std::holds_alternative<Armed>(entry.what))
            both = both || stops.contains({entry.moment, entry.side});
    }
    ASSERT_TRUE(both);
    int timers = 0;
    const auto steps = static_cast<int>(document.stops().size());
    for (int step = 0; step <= steps; ++step) {
        document.setPosition(step);
        QSet<QString> seen;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QString now = text(model, row, VariableTable::After);
            if (!now.startsWith(u"due"_s) && now != u"stopped"_s) continue;
            const QString timer =
                text(model, row, VariableTable::End) + text(model, row, VariableTable::Name);
            EXPECT_FALSE(seen.contains(timer))
                << timer.toStdString() << " twice at step " << document.position();
            seen.insert(timer);
            ++timers;
        }
    }
    EXPECT_GT(timers, 0);
}

TEST(VariableTable, AThresholdBeyondEveryWindowIsNotSet) {
    Opened document(u"handshake"_s);
    VariableTable model(document);
    model.setWhole(true);
    document.toEnd();
    int thresholds = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (text(model, row, VariableTable::Name) != u"ssthresh"_s) continue;
        EXPECT_EQ(text(model, row, VariableTable::After), u"not set"_s);
        ++thresholds;
    }
    EXPECT_EQ(thresholds, 2);
}

TEST(LayerTree, ShowsLayersWithFieldsAndObeysTheModelContract) {
    Opened document(u"handshake"_s);
    document.toEnd();
    const Packet& packet = *document.selectedPacket();
    LayerTree model;
    const QAbstractItemModelTester contract(&model, Mode::Fatal);

    model.show(wire::fieldsOf(
        wire::dissect(packet.link, document.trace().octetsOf(packet), packet.originalLength)));

    ASSERT_EQ(model.rowCount(), 3);
    for (int row = 0; row < model.rowCount(); ++row)
        EXPECT_GT(model.rowCount(model.index(row, 0)), 0) << "layer " << row;
}

TEST(LayerTree, EveryOctetOfTheHeadersBelongsToAField) {
    Opened document(u"handshake"_s);
    document.toEnd();
    const Packet& packet = *document.selectedPacket();
    const Octets octets = document.trace().octetsOf(packet);
    LayerTree model;
    model.show(wire::fieldsOf(wire::dissect(packet.link, octets, packet.originalLength)));

    for (std::size_t i = 0; i < octets.size(); ++i) {
        const QModelIndex index = model.indexAt(i);
        ASSERT_TRUE(index.isValid()) << "octet " << i;
        const LayerTree::Range range = model.rangeOf(index);
        EXPECT_LE(range.offset, i);
        EXPECT_GT(range.offset + range.length, i);
    }
    EXPECT_FALSE(model.indexAt(octets.size()).isValid());
}

}  // namespace
}  // namespace tcplab::gui
