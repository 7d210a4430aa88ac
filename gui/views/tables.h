#pragma once

#include "gui/document.h"

#include <QTableView>

#include <vector>

namespace tcplab::gui {

class FlowDelegate;
class FlowTable;
class PacketTable;
class VariableTable;
class VerdictDelegate;

/// A calm table: rows of one height, no grid, no row numbers; whole rows are chosen.
class PlainTable : public QTableView {
    Q_OBJECT

public:
    explicit PlainTable(QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    /// The language or the size of text has changed.
    virtual void renew() = 0;
    /// In the width that there is.
    virtual void placeColumns();
    void setRowHeight();
    [[nodiscard]] virtual int wantedRowHeight() const;
    void fitColumns();
    /// What heading and text need, column by column; empty before anything was measured.
    [[nodiscard]] const std::vector<int>& columnsWanted() const { return wanted_; }
    /// From now on, other rows make other widths.
    void fitToRows();

private:
    std::vector<int> wanted_{};
    int placedFor_ = -1;  ///< The width of the viewport.
};

class PacketList : public PlainTable {
    Q_OBJECT

public:
    explicit PacketList(Document& document, QWidget* parent = nullptr);

protected:
    void renew() override;
    void placeColumns() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void follow();
    Document& document_;
    PacketTable* model_;
};

class FlowList : public PlainTable {
    Q_OBJECT

public:
    explicit FlowList(Document& document, QWidget* parent = nullptr);
    /// The verdict in a line of its own, the two ends below it: where one line has no room.
    [[nodiscard]] bool hasTwoLines() const;

protected:
    void renew() override;
    void placeColumns() override;

private:
    [[nodiscard]] int wantedRowHeight() const override;
    void follow();
    void setTwoLines(bool two);
    Document& document_;
    FlowTable* model_;
    VerdictDelegate* verdicts_;
    FlowDelegate* packets_;
};

class VariableList : public PlainTable {
    Q_OBJECT

public:
    explicit VariableList(Document& document, QWidget* parent = nullptr);
    /// All variables, or those that changed.
    void setWhole(bool whole);
    /// What stands where no variable does.
    [[nodiscard]] QString remark() const;
    /// In which all rows are seen.
    [[nodiscard]] int heightWanted() const;

protected:
    void renew() override;
    void placeColumns() override {}  // The header does.
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] QSize sizeHint() const override { return {340, 110}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 60}; }

private:
    VariableTable* model_;
};

}  // namespace tcplab::gui
