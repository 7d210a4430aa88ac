#include "gui/models/packet_table.h"

#include "gui/findings.h"
#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/wording.h"
#include "sim/base/check.h"

#include <QApplication>

#include <algorithm>

namespace tcplab::gui {

PacketTable::PacketTable(Document& document, QObject* parent)
    : QAbstractTableModel(parent), document_{document} {
    connect(&document_, &Document::opened, this, &PacketTable::reload);
    connect(&document_, &Document::connectionChanged, this, &PacketTable::reload);
    connect(&document_, &Document::filtered, this, &PacketTable::reload);
    connect(&document_, &Document::moved, this, &PacketTable::follow);
    reload();
}

int PacketTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : shown_;
}

int PacketTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

void PacketTable::reload() {
    beginResetModel();
    packets_.clear();
    for (const Packet& packet : document_.trace().packets())
        if (packet.connection == document_.connection() &&
            (!document_.filter() || document_.filter()->matches(packet)))
            packets_.push_back(&packet);
    start_ = startOf(document_.trace(), document_.connection());
    shown_ = rowsBy(document_.horizon());
    endResetModel();
}

void PacketTable::follow() {
    const int wanted = rowsBy(document_.horizon());
    if (wanted > shown_) {
        beginInsertRows({}, shown_, wanted - 1);
        shown_ = wanted;
        endInsertRows();
    } else if (wanted < shown_) {
        beginRemoveRows({}, wanted, shown_ - 1);
        shown_ = wanted;
        endRemoveRows();
    }
}

int PacketTable::rowsBy(Moment moment) const {
    const auto later = std::ranges::partition_point(packets_, [moment](const Packet* packet) {
        const Sighting* first = firstSighting(packet->transit);
        return first == nullptr || first->moment <= moment;
    });
    return static_cast<int>(later - packets_.begin());
}

PacketId PacketTable::packetAt(int row) const {
    return packets_[static_cast<std::size_t>(row)]->number;
}

int PacketTable::rowOf(PacketId packet) const {
    const auto found = std::ranges::lower_bound(
        packets_, packet, {}, [](const Packet* item) { return item->number; });
    if (found == packets_.end() || (*found)->number != packet) return -1;
    const int row = static_cast<int>(found - packets_.begin());
    return row < shown_ ? row : -1;
}

/// A mark where something was found; in the colour of a fault where it is one.
QVariant PacketTable::markOf(const Packet& packet) const {
    const capture::PacketFindings* found = document_.findingsOf(packet.number);
    const Palette& colors = paletteOf(themeOf(QApplication::palette()));
    // One that has none keeps the room, so that numbers stand below each other.
    if (found == nullptr) return QColor(Qt::transparent);
    return isTrouble(*found) ? colors.of(Role::Fault) : colors.of(Role::None);
}

QString PacketTable::textOf(const Packet& packet, Column column) const {
    const auto number = [](auto value) { return QString::number(value); };
    switch (column) {
        case Number: return number(packet.number);
        case Time: {
            const Sighting* first = firstSighting(packet.transit);
            return first == nullptr ? QString() : seconds(first->at - start_);
        }
        case From: return nameOf(packet.from);
        case FlagNames: return flagsInWords(packet.tcp.flags);
        case Seq: return number(packet.tcp.seq);
        case Ack: return packet.tcp.ack ? number(*packet.tcp.ack) : QString();
        case Length: return number(packet.tcp.len);
        case Window: return number(packet.tcp.window);
        case ClientState: return toQt(toString(packet.states[Side::Client]));
        case ServerState: return toQt(toString(packet.states[Side::Server]));
    }
    TCPLAB_UNREACHABLE();
}

QVariant PacketTable::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Packet& packet = *packets_[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    const bool isText = column == From;
    const bool isName = column == FlagNames || column == ClientState || column == ServerState;
    switch (role) {
        case Qt::DisplayRole: return textOf(packet, column);
        case Qt::FontRole: return isText ? fonts::text(fonts::kLabel) : fonts::mono();
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::AlignVCenter |
                                       (isText || isName ? Qt::AlignLeft : Qt::AlignRight));
        case Qt::DecorationRole: return column == Number ? markOf(packet) : QVariant();
        case Qt::ToolTipRole:
            if (const auto* found = document_.findingsOf(packet.number); found && column == Number)
                return findingsInWords(*found);
            if (column == ClientState) return nameWithGloss(packet.states[Side::Client]);
            if (column == ServerState) return nameWithGloss(packet.states[Side::Server]);
            return {};
        default: return {};
    }
}

QVariant PacketTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole) {
        const bool right =
            column == Number || column == Time || (column >= Seq && column <= Window);
        return QVariant::fromValue(Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) return {};
    switch (column) {
        case Number: return tr("No.");
        case Time: return tr("Time (s)");
        case From: return tr("From");
        case FlagNames: return tr("Flags");
        case Seq: return tr("Seq");
        case Ack: return tr("Ack");
        case Length: return tr("Length");
        case Window: return tr("Window");
        case ClientState: return tr("Client's state");
        case ServerState: return tr("Server's state");
    }
    return {};
}

void PacketTable::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
    if (shown_ > 0) Q_EMIT dataChanged(index(0, 0), index(shown_ - 1, kColumns - 1));
}

}  // namespace tcplab::gui
