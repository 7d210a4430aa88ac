#include "gui/views/tables.h"

#include "gui/look.h"
#include "gui/models/flow_table.h"
#include "gui/models/packet_table.h"
#include "gui/models/variable_table.h"
#include "gui/views/patterns.h"

#include <QEvent>
#include <QFontMetrics>
#include <QHeaderView>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

namespace tcplab::gui {

namespace {

constexpr int kSwatch = 10;
constexpr QSize kMark{4, 12};  ///< Where something was found.
constexpr int kColumnGap = 14;

/// Before the words, the states in which both ends were left: client's above server's.
class VerdictDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyleOptionViewItem moved = option;
        painter->fillRect(
            option.rect,
            option.palette.color(option.state & QStyle::State_Selected ? QPalette::Highlight
                                                                       : QPalette::Base));
        const Palette& colors = paletteOf(themeOf(option.palette));
        const auto state = [&](int role) {
            return static_cast<tcp::State>(index.data(role).toInt());
        };
        const QRectF swatch(
            option.rect.left() + 8, option.rect.top() + 4, kSwatch, option.rect.height() - 8);
        const double half = swatch.height() / 2 - 0.5;
        fillState(*painter,
                  QRectF(swatch.topLeft(), QSizeF(kSwatch, half)),
                  state(FlowTable::kClientStateRole),
                  colors);
        fillState(*painter,
                  QRectF(swatch.left(), swatch.bottom() - half, kSwatch, half),
                  state(FlowTable::kServerStateRole),
                  colors);
        moved.rect.adjust(8 + kSwatch + 2, 0, 0, 0);
        QStyledItemDelegate::paint(painter, moved, index);
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(8 + kSwatch + 2, 0);
    }
};

}  // namespace

PlainTable::PlainTable(QWidget* parent) : QTableView(parent) {
    setTabKeyNavigation(false);  // To the next pane: the arrows go from row to row.
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(36);
    setRowHeight();
}

void PlainTable::setRowHeight() {
    const QFont small = fonts::text(fonts::kLabel);
    horizontalHeader()->setFont(small);
    verticalHeader()->setDefaultSectionSize(QFontMetrics(small).height() + 7);
}

void PlainTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() != QEvent::LanguageChange && event->type() != QEvent::FontChange) return;
    setRowHeight();
    renew();
}

void PlainTable::fitColumns() {
    resizeColumnsToContents();
    for (int column = 0; column < model()->columnCount(); ++column)
        setColumnWidth(column, columnWidth(column) + kColumnGap);
}

PacketList::PacketList(Document& document, QWidget* parent)
    : PlainTable(parent), document_{document}, model_{new PacketTable(document, this)} {
    setModel(model_);
    setIconSize(kMark);
    horizontalHeader()->setStretchLastSection(true);
    connect(selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex& current) {
                if (!current.isValid()) return;
                const PacketId packet = model_->packetAt(current.row());
                if (document_.selected() != packet) document_.select(packet);
            });
    connect(&document_, &Document::opened, this, [this] {
        renew();
        follow();
    });
    connect(&document_, &Document::filtered, this, &PacketList::follow);
    connect(&document_, &Document::moved, this, &PacketList::follow);
    renew();
    follow();
}

void PacketList::renew() {
    model_->retranslate();
    fitColumns();
}

void PacketList::resizeEvent(QResizeEvent* event) {
    PlainTable::resizeEvent(event);
    if (currentIndex().isValid()) scrollTo(currentIndex());
}

void PacketList::follow() {
    const int row = document_.selected() ? model_->rowOf(*document_.selected()) : -1;
    if (row < 0) return clearSelection();
    if (row == currentIndex().row() && selectionModel()->isRowSelected(row)) return;
    setCurrentIndex(model_->index(row, 0));
}

FlowList::FlowList(Document& document, QWidget* parent)
    : PlainTable(parent), document_{document}, model_{new FlowTable(document, this)} {
    setModel(model_);
    setItemDelegateForColumn(FlowTable::Verdict, new VerdictDelegate(this));
    horizontalHeader()->setStretchLastSection(true);
    connect(selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex& current) {
                if (current.isValid()) document_.setConnection(model_->connectionAt(current.row()));
            });
    connect(&document_, &Document::opened, this, [this] {
        renew();
        follow();
    });
    connect(&document_, &Document::connectionChanged, this, &FlowList::follow);
    connect(&document_, &Document::filtered, this, [this] {
        follow();
        if (!currentIndex().isValid() && model_->rowCount() > 0)
            setCurrentIndex(model_->index(0, 0));
    });
    renew();
    follow();
}

void FlowList::renew() {
    model_->retranslate();
    fitColumns();
}

void FlowList::follow() {
    const int row = model_->rowOf(document_.connection());
    if (row >= 0 && row != currentIndex().row()) setCurrentIndex(model_->index(row, 0));
}

VariableList::VariableList(Document& document, QWidget* parent)
    : PlainTable(parent), model_{new VariableTable(document, this)} {
    setModel(model_);
    setSelectionMode(NoSelection);
    setFocusPolicy(Qt::NoFocus);
    horizontalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(VariableTable::Name, QHeaderView::Stretch);
}

void VariableList::setWhole(bool whole) {
    model_->setWhole(whole);
}

void VariableList::renew() {
    model_->reload();
}

}  // namespace tcplab::gui
