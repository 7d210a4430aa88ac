#include "gui/copies.h"

#include "gui/models/packet_table.h"
#include "tests/gui/support.h"

#include <QStandardItemModel>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

TEST(Csv, HasHeadingsAndALineForEachRow) {
    Opened document(u"handshake"_s);
    document.toEnd();
    const PacketTable table(document);

    const QStringList lines = toCsv(table).split(u"\r\n"_s, Qt::SkipEmptyParts);

    ASSERT_EQ(lines.size(), 4);
    EXPECT_TRUE(lines[0].startsWith(u"No.,Time (s),From"_s));
    EXPECT_TRUE(lines[2].contains(u"\"SYN, ACK\""_s));
}

TEST(Csv, DoublesQuotes) {
    QStandardItemModel table(1, 1);
    table.setHorizontalHeaderLabels({u"a"_s});
    table.setItem(0, new QStandardItem(u"say \"hi\", you"_s));

    EXPECT_EQ(toCsv(table), u"a\r\n\"say \"\"hi\"\", you\"\r\n"_s);
}

TEST(Markdown, TellsWhoWhatAndEachPacket) {
    Opened document(tracePath("loss.pcap"));

    const QString text = toMarkdown(document);

    EXPECT_TRUE(text.startsWith(u"## loss.pcap\n"_s));
    EXPECT_TRUE(text.contains(u"The client sent"_s));
    EXPECT_TRUE(text.contains(u" × "_s));
    const PacketTable table(document);
    EXPECT_EQ(text.count(u"\n| "_s), table.rowCount() + 2);
}

}  // namespace
}  // namespace tcplab::gui
