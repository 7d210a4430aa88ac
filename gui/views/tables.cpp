#include "gui/views/tables.h"

#include "gui/look.h"
#include "gui/models/flow_table.h"
#include "gui/models/packet_table.h"
#include "gui/models/variable_table.h"
#include "gui/views/row_delegates.h"

#include <QFontMetrics>
#include <QHeaderView>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>
#include <numeric>
#include <utility>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr QSize kMark{4, 12};  ///< Where something was found.
constexpr int kColumnGap = 14;
constexpr int kMostMeasured = 1000;

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
    setHorizontalHeader(new InsetHeader(Qt::Horizontal, this));
    setItemDelegate(new InsetDelegate(this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(36);
    setRowHeight();
}

void PlainTable::setRowHeight() {
    const QFont small = fonts::text(fonts::kLabel);
    horizontalHeader()->setFont(small);
    verticalHeader()->setDefaultSectionSize(wantedRowHeight());
}

int PlainTable::wantedRowHeight() const {
    return QFontMetrics(fonts::text(fonts::kLabel)).height() + 7;
}

void PlainTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() != QEvent::LanguageChange && event->type() != QEvent::FontChange) return;
    setRowHeight();
    renew();
}

void PlainTable::fitColumns() {
    wanted_.clear();
    for (int column = 0; column < model()->columnCount(); ++column)
        wanted_.push_back(
            std::max(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column)));
    placeColumns();
}

/// As wide as heading and text need it; what there is in excess comes between columns.
void PlainTable::placeColumns() {
    if (wanted_.empty()) return;
    const int spare = viewport()->width() - std::accumulate(wanted_.begin(), wanted_.end(), 0);
    const int columns = static_cast<int>(wanted_.size());
    const int gap = std::clamp(spare / columns, 0, kColumnGap);
    for (int column = 0; column < columns; ++column)
        setColumnWidth(column, wanted_[static_cast<std::size_t>(column)] + gap);
}

void PlainTable::fitToRows() {
    const auto fit = [this] {
        if (model()->rowCount() <= kMostMeasured) fitColumns();
    };
    connect(model(), &QAbstractItemModel::modelReset, this, &PlainTable::fitColumns);
    connect(model(), &QAbstractItemModel::rowsInserted, this, fit);
}

void PlainTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    // The event's old size is the new one where a scroll bar came up in between.
    if (std::exchange(placedFor_, viewport()->width()) != viewport()->width()) placeColumns();
}

PacketList::PacketList(Document& document, QWidget* parent)
    : PlainTable(parent), document_{document}, model_{new PacketTable(document, this)} {
    setModel(model_);
    setIconSize(kMark);
    horizontalHeader()->setStretchLastSection(true);
    fitToRows();
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

/// Where it is narrow, three flags in one packet are elided before a column is out of sight.
void PacketList::placeColumns() {
    PlainTable::placeColumns();
    const std::vector<int>& widths = columnsWanted();
    if (widths.empty()) return;
    const int excess = std::accumulate(widths.begin(), widths.end(), 0) - viewport()->width();
    if (excess <= 0) return;
    const int flags = widths[PacketTable::FlagNames];
    const int two = QFontMetrics(fonts::mono()).horizontalAdvance(u"PSH, ACK"_s) + kBeforeText + 6;
    setColumnWidth(PacketTable::FlagNames, std::max(std::min(two, flags), flags - excess));
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
    : PlainTable(parent),
      document_{document},
      model_{new FlowTable(document, this)},
      verdicts_{new VerdictDelegate(this)},
      packets_{new FlowDelegate(this)} {
    setModel(model_);
    setItemDelegateForColumn(FlowTable::Verdict, verdicts_);
    setItemDelegateForColumn(FlowTable::Packets, packets_);
    for (const int column : {FlowTable::Client, FlowTable::Server})
        setItemDelegateForColumn(column, new AddressDelegate(this));
    horizontalHeader()->setStretchLastSection(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    fitToRows();
    connect(&document_, &Document::loaded, this, &FlowList::fitColumns);
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

/// Where all does not fit beside each other, the two ends stand below the verdict.
void FlowList::placeColumns() {
    const std::vector<int>& widths = columnsWanted();
    if (widths.empty()) return;
    // As if it scrolled: higher rows need the bar sooner, and would take themselves back.
    const int room = width() - verticalScrollBar()->sizeHint().width();
    setTwoLines(std::accumulate(widths.begin(), widths.end(), 0) > room);
    if (!hasTwoLines()) return PlainTable::placeColumns();
    const int packets = widths[FlowTable::Packets];
    setColumnWidth(FlowTable::Verdict, std::max(1, viewport()->width() - packets));
    setColumnWidth(FlowTable::Packets, packets);
}

bool FlowList::hasTwoLines() const {
    return verdicts_->hasTwoLines();
}

void FlowList::setTwoLines(bool two) {
    for (FlowDelegate* delegate : {static_cast<FlowDelegate*>(verdicts_), packets_})
        delegate->setTwoLines(two);
    for (const int column : {FlowTable::Client, FlowTable::Server}) setColumnHidden(column, two);
    setRowHeight();
}

int FlowList::wantedRowHeight() const {
    return hasTwoLines() ? FlowDelegate::heightOfTwo() : PlainTable::wantedRowHeight();
}

void FlowList::follow() {
    const int row = model_->rowOf(document_.connection());
    if (row >= 0 && row != currentIndex().row()) setCurrentIndex(model_->index(row, 0));
}

VariableList::VariableList(Document& document, QWidget* parent)
    : PlainTable(parent), model_{new VariableTable(document, this)} {
    setModel(model_);
    setItemDelegate(new QStyledItemDelegate(this));  // No headings to stand below.
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

/// Never an empty pane.
void VariableList::paintEvent(QPaintEvent* event) {
    PlainTable::paintEvent(event);
    if (model_->rowCount() > 0) return;
    QPainter painter(viewport());
    painter.setFont(fonts::text(fonts::kLabel));
    painter.setPen(paletteOf(*this).dim);
    painter.drawText(viewport()->rect().adjusted(4, 2, -4, 0),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     remark());
}

int VariableList::heightWanted() const {
    return verticalHeader()->length() + 4;
}

QString VariableList::remark() const {
    if (model_->rowCount() > 0) return {};
    return model_->isWhole() ? tr("No TCB.") : tr("No variable changed.");
}

}  // namespace tcplab::gui
