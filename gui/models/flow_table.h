#pragma once

#include "gui/document.h"

#include <QAbstractTableModel>

namespace tcplab::gui {

/// The connections of a capture, those in trouble first; while it is read, as they come. Where the
/// document says so, only those that went through a place of the state diagram.
class FlowTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Verdict, Client, Server, Packets };
    static constexpr int kColumns = Packets + 1;
    /// The states in which both ends were left, as tcp::State numbers: client's, server's.
    static constexpr int kClientStateRole = Qt::UserRole;
    static constexpr int kServerStateRole = Qt::UserRole + 1;

    explicit FlowTable(Document& document, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] ConnectionId connectionAt(int row) const;
    [[nodiscard]] int rowOf(ConnectionId connection) const;
    void retranslate();

private:
    void reload();
    void filter();
    void grow();
    void sort();
    void order();
    [[nodiscard]] const capture::FlowRow& flowAt(int row) const;

    Document& document_;
    std::vector<ConnectionId> order_{};  ///< The connection of each row,
    std::vector<int> rows_{};            ///< and the row of each connection; -1: none.
    std::optional<capture::Passage> passage_{};
};

}  // namespace tcplab::gui
