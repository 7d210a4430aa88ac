#include "gui/models/flow_table.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/verdict.h"

#include <QLocale>

#include <algorithm>
#include <functional>

namespace tcplab::gui {

FlowTable::FlowTable(Document& document, QObject* parent)
    : QAbstractTableModel(parent), document_{document} {
    connect(&document_, &Document::opened, this, &FlowTable::reload);
    reload();
}

int FlowTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(flows_.size());
}

int FlowTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

void FlowTable::reload() {
    beginResetModel();
    flows_.clear();
    for (const capture::Flow& flow : document_.flows()) flows_.push_back(&flow);
    std::ranges::stable_sort(
        flows_, std::greater{}, [](const capture::Flow* flow) { return troubleOf(*flow); });
    endResetModel();
}

ConnectionId FlowTable::connectionAt(int row) const {
    return flows_[static_cast<std::size_t>(row)]->connection.id;
}

int FlowTable::rowOf(ConnectionId connection) const {
    const auto found = std::ranges::find(
        flows_, connection, [](const capture::Flow* flow) { return flow->connection.id; });
    return found == flows_.end() ? -1 : static_cast<int>(found - flows_.begin());
}

QVariant FlowTable::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const capture::Flow& flow = *flows_[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    const auto address = [&](Side side) {
        return toQt(wire::toString(flow.connection.ends[side]));
    };
    const auto text = [&]() -> QString {
        switch (column) {
            case Verdict: return shortVerdict(flow);
            case Client: return address(Side::Client);
            case Server: return address(Side::Server);
            case Packets:
                return QLocale().toString(static_cast<qulonglong>(flow.packets[Side::Client] +
                                                                  flow.packets[Side::Server]));
        }
        return {};
    };
    switch (role) {
        case Qt::DisplayRole: return text();
        case Qt::FontRole: return column == Verdict ? fonts::text(fonts::kLabel) : fonts::mono();
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::AlignVCenter |
                                       (column == Packets ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::ToolTipRole: return longVerdict(flow);
        case kClientStateRole: return static_cast<int>(flow.states[Side::Client]);
        case kServerStateRole: return static_cast<int>(flow.states[Side::Server]);
        default: return {};
    }
}

QVariant FlowTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (column == Packets ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole) return {};
    switch (column) {
        case Verdict: return tr("What happened");
        case Client: return tr("Client");
        case Server: return tr("Server");
        case Packets: return tr("Packets");
    }
    return {};
}

void FlowTable::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
    if (!flows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

}  // namespace tcplab::gui
