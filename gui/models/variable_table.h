#pragma once

#include "gui/document.h"

#include <QAbstractTableModel>

namespace tcplab::gui {

/// The variables of both ends that the moment at the cursor changed, and the timers it set. On
/// request all variables follow, and all timers that run, with what is left of them.
class VariableTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { End, Name, Before, After };
    static constexpr int kColumns = After + 1;

    explicit VariableTable(Document& document, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool isWhole() const { return whole_; }
    void setWhole(bool whole);
    void reload();

private:
    /// When an end has deleted the TCB that it had: then no variable is left to show. Empty where
    /// it has one, or never had.
    [[nodiscard]] std::optional<Moment> deletedAt(Side side) const;
    struct Row {
        Side side{};
        QString name{};
        QString before{};
        QString after{};
        friend bool operator==(const Row&, const Row&) = default;
    };
    void addChanges();
    void addTimersSet();
    void addVariable(Side side, const VariableChanged& change, bool changed);
    void addUnchanged(Side side);
    void addTimers(Side side);
    [[nodiscard]] std::optional<std::uint32_t> baseOf(Side side, std::string_view name) const;

    Document& document_;
    std::vector<Row> rows_{};
    bool whole_ = false;
};

}  // namespace tcplab::gui
