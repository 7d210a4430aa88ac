#include "gui/views/tables.h"

#include "gui/look.h"
#include "gui/models/flow_table.h"
#include "gui/models/packet_table.h"
#include "gui/models/variable_table.h"
#include "gui/views/patterns.h"

#include <QFontMetrics>
#include <QHeaderView>
#include <QPainter>
#include <QResizeEvent>
#include <QStyledItemDelegate>

#include <algorithm>
#include <numeric>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kSwatch = 10;
constexpr QSize kMark{4, 12};  ///< Where something was found.
constexpr int kColumnGap = 14;
constexpr int kBeforeText = 10;   ///< Else text would begin where a number to its left ends.
constexpr int kFirstText = 14;    ///< With the style's own margin, below the heading of the pane.
constexpr int kHeadingsLess = 4;  ///< The style's margin beside a heading is smaller.
constexpr int kVerdictAtLeast = 96;
constexpr int kMostMeasured = 1000;

/// What stays free to the left of a column: nothing where it ends in line.
int insetOf(const QAbstractItemModel& model, int column) {
    const auto alignment =
        model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>();
    if (!(alignment & Qt::AlignLeft)) return 0;
    return column == 0 ? kFirstText : kBeforeText;
}

class InsetHeader : public QHeaderView {
public:
    using QHeaderView::QHeaderView;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override {
        QStyleOptionHeader option;
        initStyleOption(&option);
        option.rect = rect;
        style()->drawControl(QStyle::CE_HeaderEmptyArea, &option, painter, this);
        QHeaderView::paintSection(
            painter, rect.adjusted(insetOf(*model(), section), 0, 0, 0), section);
    }
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override {
        return QHeaderView::sectionSizeFromContents(section) + QSize(insetOf(*model(), section), 0);
    }
};

int insetOfText(const QModelIndex& index) {
    return std::max(0, insetOf(*index.model(), index.column()) - kHeadingsLess);
}

/// Text begins where its heading does.
class InsetDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const bool chosen = option.state & QStyle::State_Selected;
        painter->fillRect(option.rect,
                          option.palette.color(chosen ? QPalette::Highlight : QPalette::Base));
        QStyleOptionViewItem moved = option;
        moved.rect.adjust(insetOfText(index), 0, 0, 0);
        paintMoved(*painter, moved, index);
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(insetOfText(index), 0);
    }

protected:
    virtual void paintMoved(QPainter& painter,
                            const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
        QStyledItemDelegate::paint(&painter, option, index);
    }
};

/// An address that gives up its middle, and never its port.
class AddressDelegate : public InsetDelegate {
public:
    using InsetDelegate::InsetDelegate;

protected:
    void paintMoved(QPainter& painter,
                    const QStyleOptionViewItem& option,
                    const QModelIndex& index) const override {
        QStyleOptionViewItem shown = option;
        initStyleOption(&shown, index);
        const QStyle* style = shown.widget->style();
        const int margin =
            1 + style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, shown.widget);
        shown.text = elidedAddress(shown.text, shown.fontMetrics, shown.rect.width() - 2 * margin);
        style->drawControl(QStyle::CE_ItemViewItem, &shown, &painter, shown.widget);
    }
};

/// Before the words, the states in which both ends were left: client's above server's.
class VerdictDelegate : public InsetDelegate {
public:
    using InsetDelegate::InsetDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        return InsetDelegate::sizeHint(option, index) + QSize(kSwatch + 4, 0);
    }

protected:
    void paintMoved(QPainter& painter,
                    const QStyleOptionViewItem& option,
                    const QModelIndex& index) const override {
        const Palette& colors = paletteOf(themeOf(option.palette));
        const auto state = [&](int role) {
            return static_cast<tcp::State>(index.data(role).toInt());
        };
        const QRectF swatch(option.rect.left() + kHeadingsLess,
                            option.rect.top() + 4,
                            kSwatch,
                            option.rect.height() - 8);
        const double half = swatch.height() / 2 - 0.5;
        fillState(painter,
                  QRectF(swatch.topLeft(), QSizeF(kSwatch, half)),
                  state(FlowTable::kClientStateRole),
                  colors);
        fillState(painter,
                  QRectF(swatch.left(), swatch.bottom() - half, kSwatch, half),
                  state(FlowTable::kServerStateRole),
                  colors);
        QStyleOptionViewItem words = option;
        words.rect.adjust(kSwatch + 4, 0, 0, 0);
        InsetDelegate::paintMoved(painter, words, index);
    }
};

}  // namespace

QString elidedAddress(const QString& address, const QFontMetrics& metrics, int width) {
    if (metrics.horizontalAdvance(address) <= width) return address;
    const qsizetype port = address.lastIndexOf(u':');
    if (port < 0) return metrics.elidedText(address, Qt::ElideMiddle, width);
    const QString end = address.sliced(port);
    const int left = width - metrics.horizontalAdvance(end);
    return metrics.elidedText(address.first(port), Qt::ElideMiddle, left) + end;
}

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
    verticalHeader()->setDefaultSectionSize(QFontMetrics(small).height() + 7);
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
    if (event->oldSize().width() != event->size().width()) placeColumns();
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
    : PlainTable(parent), document_{document}, model_{new FlowTable(document, this)} {
    setModel(model_);
    setItemDelegateForColumn(FlowTable::Verdict, new VerdictDelegate(this));
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

/// Where the pane is narrow the two addresses share what the others leave, and are elided.
void FlowList::placeColumns() {
    std::vector<int> widths = columnsWanted();
    if (widths.empty()) return;
    int& verdict = widths[FlowTable::Verdict];
    int& client = widths[FlowTable::Client];
    int& server = widths[FlowTable::Server];
    const int room = viewport()->width() - widths[FlowTable::Packets];
    if (verdict + client + server <= room) return PlainTable::placeColumns();
    if (room - client - server >= kVerdictAtLeast) {
        verdict = room - client - server;
    } else {
        verdict = std::min(verdict, room * 2 / 5);
        // The shorter one keeps what it needs.
        client = std::min(client, std::max((room - verdict) / 2, room - verdict - server));
        server = room - verdict - client;
    }
    for (int column = 0; column < FlowTable::kColumns; ++column)
        setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
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
