#include "gui/views/row_delegates.h"

#include "gui/look.h"
#include "gui/models/flow_table.h"
#include "gui/views/patterns.h"

#include <QFontMetrics>
#include <QPainter>
#include <QTableView>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kSwatch = 10;
constexpr int kSwatchGap = 4;
constexpr int kFirstText = 14;    ///< With the style's own margin, below the heading of the pane.
constexpr int kHeadingsLess = 4;  ///< The style's margin beside a heading is smaller.
constexpr int kAfterEnds = 6;
constexpr int kBetweenLines = 2;
constexpr int kEdge = 4;  ///< Above and below the two lines.

/// What stays free to the left of a column: nothing where it ends in line.
int insetOf(const QAbstractItemModel& model, int column) {
    const auto alignment =
        model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>();
    if (!(alignment & Qt::AlignLeft)) return 0;
    return column == 0 ? kFirstText : kBeforeText;
}

int insetOfText(const QModelIndex& index) {
    return std::max(0, insetOf(*index.model(), index.column()) - kHeadingsLess);
}

int marginOf(const QStyleOptionViewItem& option) {
    const QWidget* widget = option.widget;
    return 1 + widget->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, widget);
}

QFont fontOfEnds() {
    return fonts::mono(fonts::kLeast);
}

/// From where the words of the verdict begin, below all columns.
int leftOfEnds(const QTableView& table) {
    return table.columnViewportPosition(FlowTable::Verdict) + kFirstText + kSwatch + kSwatchGap + 2;
}

}  // namespace

QString elidedAddress(const QString& address, const QFontMetrics& metrics, int width) {
    if (metrics.horizontalAdvance(address) <= width) return address;
    const qsizetype port = address.lastIndexOf(u':');
    if (port < 0) return metrics.elidedText(address, Qt::ElideMiddle, width);
    const QString end = address.sliced(port);
    const int left = width - metrics.horizontalAdvance(end);
    return metrics.elidedText(address.first(port), Qt::ElideMiddle, left) + end;
}

QString elidedEnds(const QString& client,
                   const QString& server,
                   const QFontMetrics& metrics,
                   int width) {
    const QString between = u" → "_s;
    const int room = width - metrics.horizontalAdvance(between);
    const int wanted = metrics.horizontalAdvance(client);
    const int others = metrics.horizontalAdvance(server);
    const int first = std::min(wanted, std::max(room / 2, room - others));
    return elidedAddress(client, metrics, first) + between +
           elidedAddress(server, metrics, room - first);
}

void InsetHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    QStyleOptionHeader option;
    initStyleOption(&option);
    option.rect = rect;
    style()->drawControl(QStyle::CE_HeaderEmptyArea, &option, painter, this);
    QHeaderView::paintSection(painter, rect.adjusted(insetOf(*model(), section), 0, 0, 0), section);
}

QSize InsetHeader::sectionSizeFromContents(int section) const {
    return QHeaderView::sectionSizeFromContents(section) + QSize(insetOf(*model(), section), 0);
}

void InsetDelegate::paint(QPainter* painter,
                          const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const bool chosen = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect,
                      option.palette.color(chosen ? QPalette::Highlight : QPalette::Base));
    QStyleOptionViewItem moved = option;
    moved.rect.adjust(insetOfText(index), 0, 0, 0);
    paintMoved(*painter, moved, index);
}

QSize InsetDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return QStyledItemDelegate::sizeHint(option, index) + QSize(insetOfText(index), 0);
}

void InsetDelegate::paintMoved(QPainter& painter,
                               const QStyleOptionViewItem& option,
                               const QModelIndex& index) const {
    QStyledItemDelegate::paint(&painter, option, index);
}

void AddressDelegate::paintMoved(QPainter& painter,
                                 const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    QStyleOptionViewItem shown = option;
    initStyleOption(&shown, index);
    const QStyle* style = shown.widget->style();
    shown.text =
        elidedAddress(shown.text, shown.fontMetrics, shown.rect.width() - 2 * marginOf(shown));
    style->drawControl(QStyle::CE_ItemViewItem, &shown, &painter, shown.widget);
}

int FlowDelegate::heightOfTwo() {
    return QFontMetrics(fonts::text(fonts::kLabel)).height() + QFontMetrics(fontOfEnds()).height() +
           kBetweenLines + 2 * kEdge;
}

QString FlowDelegate::endsOf(const QTableView& table, int row) {
    const auto end = [&](int column) {
        return table.model()->index(row, column).data().toString();
    };
    const int room = table.viewport()->width() - leftOfEnds(table) - kAfterEnds;
    return elidedEnds(
        end(FlowTable::Client), end(FlowTable::Server), QFontMetrics(fontOfEnds()), room);
}

void FlowDelegate::paint(QPainter* painter,
                         const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const auto* table = qobject_cast<const QTableView*>(option.widget);
    if (!twoLines_ || table == nullptr) return InsetDelegate::paint(painter, option, index);
    const bool chosen = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect,
                      option.palette.color(chosen ? QPalette::Highlight : QPalette::Base));
    QStyleOptionViewItem first = option;
    first.rect.setTop(option.rect.top() + kEdge);
    first.rect.setHeight(QFontMetrics(fonts::text(fonts::kLabel)).height());
    InsetDelegate::paint(painter, first, index);
    // Each column paints its part of the second line.
    painter->save();
    painter->setClipRect(option.rect);
    painter->setFont(fontOfEnds());
    painter->setPen(paletteOf(themeOf(option.palette)).dim);
    const QRect line(leftOfEnds(*table),
                     first.rect.bottom() + 1 + kBetweenLines,
                     table->viewport()->width(),
                     QFontMetrics(fontOfEnds()).height());
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, endsOf(*table, index.row()));
    painter->restore();
}

QSize VerdictDelegate::sizeHint(const QStyleOptionViewItem& option,
                                const QModelIndex& index) const {
    return FlowDelegate::sizeHint(option, index) + QSize(kSwatch + kSwatchGap, 0);
}

void VerdictDelegate::paint(QPainter* painter,
                            const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    FlowDelegate::paint(painter, option, index);
    const Palette& colors = paletteOf(themeOf(option.palette));
    const auto state = [&](int role) { return static_cast<tcp::State>(index.data(role).toInt()); };
    const QRectF swatch(option.rect.left() + insetOfText(index) + kHeadingsLess,
                        option.rect.top() + 4,
                        kSwatch,
                        option.rect.height() - 8);
    const double half = swatch.height() / 2 - 0.5;
    fillState(*painter,
              QRectF(swatch.topLeft(), QSizeF(kSwatch, half)),
              state(FlowTable::kClientStateRole),
              colors);
    fillState(*painter,
              QRectF(swatch.left(), swatch.bottom() - half, kSwatch, half),
              state(FlowTable::kServerStateRole),
              colors);
}

void VerdictDelegate::paintMoved(QPainter& painter,
                                 const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    QStyleOptionViewItem words = option;
    words.rect.adjust(kSwatch + kSwatchGap, 0, 0, 0);
    FlowDelegate::paintMoved(painter, words, index);
}

}  // namespace tcplab::gui
