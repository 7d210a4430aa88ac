#pragma once

#include <QHeaderView>
#include <QStyledItemDelegate>

class QFontMetrics;
class QTableView;

// How the rows of a calm table are drawn: text begins below its heading.
namespace tcplab::gui {

inline constexpr int kBeforeText = 10;  ///< Else text would begin where a number to its left ends.

/// "2001:db…::1:443": what does not fit is left out of the middle, and never of the port.
[[nodiscard]] QString elidedAddress(const QString& address, const QFontMetrics& metrics, int width);
/// "client → server": the shorter one keeps what it needs.
[[nodiscard]] QString elidedEnds(const QString& client,
                                 const QString& server,
                                 const QFontMetrics& metrics,
                                 int width);

class InsetHeader : public QHeaderView {
public:
    using QHeaderView::QHeaderView;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override;
};

class InsetDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

protected:
    virtual void paintMoved(QPainter& painter,
                            const QStyleOptionViewItem& option,
                            const QModelIndex& index) const;
};

/// An address that gives up its middle, and never its port.
class AddressDelegate : public InsetDelegate {
public:
    using InsetDelegate::InsetDelegate;

protected:
    void paintMoved(QPainter& painter,
                    const QStyleOptionViewItem& option,
                    const QModelIndex& index) const override;
};

/// Of the rows of connections. Those of two lines have the two ends in the second, below all
/// columns that are shown.
class FlowDelegate : public InsetDelegate {
public:
    using InsetDelegate::InsetDelegate;

    void setTwoLines(bool two) { twoLines_ = two; }
    [[nodiscard]] bool hasTwoLines() const { return twoLines_; }
    /// Of the text of a row, without what is free around it.
    [[nodiscard]] static int heightOfTwo();
    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    /// The second line of a row, and where it begins and ends.
    [[nodiscard]] static QString endsOf(const QTableView& table, int row);

private:
    bool twoLines_ = false;
};

/// Before the words, the states in which both ends were left: client's above server's.
class VerdictDelegate : public FlowDelegate {
public:
    using FlowDelegate::FlowDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

protected:
    void paintMoved(QPainter& painter,
                    const QStyleOptionViewItem& option,
                    const QModelIndex& index) const override;
};

}  // namespace tcplab::gui
