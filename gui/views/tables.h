#pragma once

#include "gui/document.h"

#include <QTableView>

namespace tcplab::gui {

class FlowTable;
class PacketTable;
class VariableTable;

/// A calm table: rows of one height, no grid, no row numbers; whole rows are chosen.
class PlainTable : public QTableView {
    Q_OBJECT

public:
    explicit PlainTable(QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    /// The language or the size of text has changed.
    virtual void renew() = 0;
    void setRowHeight();
    void fitColumns();
};

class PacketList : public PlainTable {
    Q_OBJECT

public:
    explicit PacketList(Document& document, QWidget* parent = nullptr);

protected:
    void renew() override;
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

protected:
    void renew() override;

private:
    void follow();
    Document& document_;
    FlowTable* model_;
};

class VariableList : public PlainTable {
    Q_OBJECT

public:
    explicit VariableList(Document& document, QWidget* parent = nullptr);
    /// All variables, or those that changed.
    void setWhole(bool whole);

protected:
    void renew() override;
    [[nodiscard]] QSize sizeHint() const override { return {340, 110}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 60}; }

private:
    VariableTable* model_;
};

}  // namespace tcplab::gui
