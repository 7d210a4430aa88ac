#pragma once

#include "gui/document.h"

#include <QAbstractTableModel>

namespace tcplab::gui {

/// The packets of the current connection that have been sent by the document's horizon and pass its
/// filter, one a row.
class PacketTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Number,
        Time,
        From,
        FlagNames,
        Seq,
        Ack,
        Length,
        Window,
        ClientState,
        ServerState
    };
    static constexpr int kColumns = ServerState + 1;

    explicit PacketTable(Document& document, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] PacketId packetAt(int row) const;
    /// -1 where it is not shown.
    [[nodiscard]] int rowOf(PacketId packet) const;
    /// After the language has changed.
    void retranslate();

private:
    void reload();
    void follow();
    [[nodiscard]] int rowsBy(Moment moment) const;
    [[nodiscard]] QVariant markOf(const Packet& packet) const;
    [[nodiscard]] QString textOf(const Packet& packet, Column column) const;

    Document& document_;
    std::vector<const Packet*> packets_{};
    Instant start_{};
    int shown_ = 0;
};

}  // namespace tcplab::gui
