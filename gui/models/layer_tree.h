#pragma once

#include "sim/wire/field.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace tcplab::gui {

/// The layers of one frame with their fields, in the language of the window.
class LayerTree : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Name, Value };
    static constexpr int kColumns = Value + 1;

    /// Octets of the frame.
    struct Range {
        std::size_t offset = 0;
        std::size_t length = 0;
        friend bool operator==(const Range&, const Range&) = default;
    };

    explicit LayerTree(QObject* parent = nullptr);
    ~LayerTree() override;

    void show(std::vector<wire::LayerFields> layers);
    /// Layers as they are called, "TCP", where their titles have no room; the title is in the hint.
    void setShort(bool shortNames);

    [[nodiscard]] QModelIndex index(int row,
                                    int column,
                                    const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    using QAbstractItemModel::parent;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] Range rangeOf(const QModelIndex& index) const;
    /// The smallest field that this octet is part of; invalid where none is.
    [[nodiscard]] QModelIndex indexAt(std::size_t octet) const;

    struct Node;

private:
    [[nodiscard]] const Node& nodeOf(const QModelIndex& index) const;

    std::unique_ptr<Node> root_;
    bool short_ = false;
};

}  // namespace tcplab::gui
