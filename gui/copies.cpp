#include "gui/copies.h"

#include "capture/verdict.h"
#include "gui/findings.h"
#include "gui/glossary.h"
#include "gui/models/flow_table.h"
#include "gui/models/packet_table.h"
#include "gui/wording.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

struct Copies {
    Q_DECLARE_TR_FUNCTIONS(Copies)
};

QStringList headings(const QAbstractItemModel& table) {
    QStringList all;
    for (int column = 0; column < table.columnCount(); ++column)
        all << table.headerData(column, Qt::Horizontal).toString();
    return all;
}

QStringList rowOf(const QAbstractItemModel& table, int row) {
    QStringList all;
    for (int column = 0; column < table.columnCount(); ++column)
        all << table.index(row, column).data().toString();
    return all;
}

QString quoted(QString cell) {
    if (!cell.contains(u',') && !cell.contains(u'"') && !cell.contains(u'\n')) return cell;
    return u'"' + cell.replace(u"\""_s, u"\"\""_s) + u'"';
}

QString csvRow(QStringList cells) {
    for (QString& cell : cells) cell = quoted(cell);
    return cells.join(u","_s) + u"\r\n"_s;
}

QString markdownRow(QStringList cells) {
    for (QString& cell : cells) cell.replace(u"|"_s, u"\\|"_s);
    return u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
}

/// What the two ends sent, in numbers.
QString amountsOf(const capture::Flow& flow) {
    const QLocale locale;
    const auto number = [&](std::uint64_t value) {
        return locale.toString(static_cast<qulonglong>(value));
    };
    return Copies::tr("The client sent %1 packets with %2 octets, the server %3 with %4.")
        .arg(number(flow.packets[Side::Client]),
             number(flow.bytes[Side::Client]),
             number(flow.packets[Side::Server]),
             number(flow.bytes[Side::Server]));
}

QString verdictOf(const Document& document) {
    const capture::Flow* flow = document.flow();
    if (flow == nullptr) return {};
    QString text =
        joined({toQt(capture::verdict(*flow, currentLanguage())), amountsOf(*flow)}) + u"\n\n"_s;
    for (const auto& count : flow->findings.counts()) {
        QStringList packets;
        for (const PacketId packet : count.evidence()) packets << QString::number(packet);
        text += u"- %1 × %2 (%3)\n"_s.arg(nameOf(count.finding))
                    .arg(count.times)
                    .arg(packets.join(u", "_s));
    }
    return flow->findings.counts().empty() ? text : text + u'\n';
}

}  // namespace

QString connectionsToCsv(Document& document) {
    const FlowTable table(document);
    QString text = csvRow({Copies::tr("No."),
                           Copies::tr("Client"),
                           Copies::tr("Server"),
                           Copies::tr("Packets of the client"),
                           Copies::tr("Packets of the server"),
                           Copies::tr("Client's state"),
                           Copies::tr("Server's state"),
                           Copies::tr("What happened")});
    for (int row = 0; row < table.rowCount(); ++row) {
        const capture::FlowRow& flow = document.flows()[table.connectionAt(row)];
        const auto end = [&](Side side) {
            return toQt(wire::toString(flow.connection.ends[side]));
        };
        text += csvRow({QString::number(flow.connection.id),
                        end(Side::Client),
                        end(Side::Server),
                        QString::number(flow.packets[Side::Client]),
                        QString::number(flow.packets[Side::Server]),
                        toQt(toString(flow.states[Side::Client])),
                        toQt(toString(flow.states[Side::Server])),
                        table.index(row, FlowTable::Verdict).data().toString()});
    }
    return text;
}

QString toCsv(const QAbstractItemModel& table) {
    QString text = csvRow(headings(table));
    for (int row = 0; row < table.rowCount(); ++row) text += csvRow(rowOf(table, row));
    return text;
}

QString toMarkdown(Document& document) {
    const Connection* connection = document.currentConnection();
    if (connection == nullptr) return {};
    QString text = u"## %1\n\n"_s.arg(toQt(document.title().in(currentLanguage())));
    text += Copies::tr("Client %1, server %2")
                .arg(toQt(wire::toString(connection->ends[Side::Client])),
                     toQt(wire::toString(connection->ends[Side::Server]))) +
            u"\n\n"_s + verdictOf(document);
    const PacketTable table(document);
    text += markdownRow(headings(table));
    text += markdownRow(QStringList(table.columnCount(), u"---"_s));
    for (int row = 0; row < table.rowCount(); ++row) text += markdownRow(rowOf(table, row));
    return text;
}

}  // namespace tcplab::gui
