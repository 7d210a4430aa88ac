#include "gui/models/flow_table.h"

#include "gui/glossary.h"
#include "gui/look.h"

#include <QLocale>

#include <algorithm>
#include <functional>

namespace tcplab::gui {

FlowTable::FlowTable(Document& document, QObject* parent)
    : QAbstractTableModel(parent), document_{document} {
    connect(&document_, &Document::opened, this, &FlowTable::reload);
    connect(&document_, &Document::filtered, this, &FlowTable::filter);
    connect(&document_, &Document::grew, this, &FlowTable::grow);
    connect(&document_, &Document::loaded, this, &FlowTable::sort);
    reload();
}

int FlowTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(order_.size());
}

int FlowTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

void FlowTable::reload() {
    beginResetModel();
    passage_ = document_.passage();
    order();
    endResetModel();
}

/// Every flow that is wanted, once; those in trouble first when that is known of all.
void FlowTable::order() {
    const auto& flows = document_.flows();
    order_.clear();
    for (ConnectionId id = 0; id < flows.size(); ++id)
        if (!passage_ || capture::wentThrough(flows[id], *passage_)) order_.push_back(id);
    if (!document_.isLoading())
        std::ranges::stable_sort(
            order_, std::greater{}, [&](ConnectionId id) { return flows[id].trouble; });
    rows_.assign(flows.size(), -1);
    for (std::size_t row = 0; row < order_.size(); ++row)
        rows_[order_[row]] = static_cast<int>(row);
}

void FlowTable::filter() {
    if (passage_ == document_.passage()) return;
    passage_ = document_.passage();
    reload();
}

void FlowTable::grow() {
    if (passage_) return reload();
    const int before = rowCount();
    const int now = static_cast<int>(document_.flows().size());
    if (now > before) {
        beginInsertRows({}, before, now - 1);
        for (int row = before; row < now; ++row) {
            order_.push_back(static_cast<ConnectionId>(row));
            rows_.push_back(row);
        }
        endInsertRows();
    }
    if (before > 0) Q_EMIT dataChanged(index(0, 0), index(before - 1, kColumns - 1));
}

void FlowTable::sort() {
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<ConnectionId> ids;
    for (const QModelIndex& index : before) ids.push_back(connectionAt(index.row()));
    order();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << index(rowOf(ids[static_cast<std::size_t>(i)]), before[i].column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

const capture::FlowRow& FlowTable::flowAt(int row) const {
    return document_.flows()[connectionAt(row)];
}

ConnectionId FlowTable::connectionAt(int row) const {
    return order_[static_cast<std::size_t>(row)];
}

int FlowTable::rowOf(ConnectionId connection) const {
    return connection < rows_.size() ? rows_[connection] : -1;
}

QVariant FlowTable::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const capture::FlowRow& flow = flowAt(index.row());
    const auto column = static_cast<Column>(index.column());
    const auto address = [&](Side side) {
        return toQt(wire::toString(flow.connection.ends[side]));
    };
    const auto text = [&]() -> QString {
        switch (column) {
            case Verdict:
                return flow.outcome ? inCurrentLanguage(capture::shortVerdict(*flow.outcome))
                                    : tr("being read");
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
        case Qt::ToolTipRole:
            // Where it is narrow, the two ends stand below the verdict.
            return (column == Verdict ? text() + u'\n' : QString()) +
                   tr("%1 to %2").arg(address(Side::Client), address(Side::Server));
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
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

}  // namespace tcplab::gui
