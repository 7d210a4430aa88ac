#include "gui/views/column_handle.h"
#include "gui/views/pane.h"
#include "gui/workspace.h"

#include <QLayout>

// The columns beside the page, and how the reader's layout is kept.
namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

/// The first that Tab comes to in there.
QWidget* firstWithin(const QWidget& column) {
    QWidget* widget = column.nextInFocusChain();
    while (widget != &column) {
        const bool takes = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() &&
                           widget->isEnabled();
        if (takes && column.isAncestorOf(widget)) return widget;
        widget = widget->nextInFocusChain();
    }
    return nullptr;
}

QString toText(const Columns& columns) {
    return columns.left ? u"left"_s : columns.right ? u"right"_s : u"none"_s;
}

std::optional<Columns> columnsFrom(const QString& text) {
    for (const Columns columns : {Columns{.left = true}, Columns{.right = true}, Columns{}})
        if (text == toText(columns)) return columns;
    return {};
}

void keep(QVariantMap& layout, const QString& key, const std::optional<bool>& wanted) {
    if (wanted) layout[key] = *wanted;
}

std::optional<bool> kept(const QVariantMap& layout, const QString& key) {
    if (!layout.contains(key)) return {};
    return layout[key].toBool();
}

/// A splitter gives no pane less than it needs: what has just changed must have said so.
void settle(QWidget& around) {
    const QList<QWidget*> widgets = around.findChildren<QWidget*>();
    for (QWidget* widget : widgets) widget->updateGeometry();
    // From the innermost on: what is outside asks them how large they are.
    for (auto widget = widgets.rbegin(); widget != widgets.rend(); ++widget)
        if (QLayout* inside = (*widget)->layout()) inside->activate();
}

}  // namespace

void Workspace::buildHandles() {
    leftHandle_ = new ColumnHandle(Column::Left, Qt::Key_F7);
    rightHandle_ = new ColumnHandle(Column::Right, Qt::Key_F8);
    leftHandle_->setObjectName(u"leftHandle"_s);
    rightHandle_->setObjectName(u"rightHandle"_s);
    for (const Column column : {Column::Left, Column::Right})
        connect(column == Column::Left ? leftHandle_ : rightHandle_,
                &ColumnHandle::clicked,
                this,
                [this, column] { openFromHandle(column); });
}

void Workspace::nameHandles() {
    const bool capture = document_.kind() == Document::Kind::Capture;
    leftHandle_->setHeading(capture ? tr("Connections") : tr("Notes"));
    rightHandle_->setHeading(page() == Page::Layers ? tr("Layers") : tr("Why"));
}

ColumnRoom Workspace::columnRoom() const {
    const bool capture = document_.kind() == Document::Kind::Capture;
    return {.width = width(),
            .hasLeft = !capture || document_.flows().size() > 1,
            // The seven layers are read with their fields beside them.
            .first = page() == Page::Layers ? Column::Right : Column::Left};
}

void Workspace::showHandles(Columns shown) {
    leftHandle_->setVisible(columnRoom().hasLeft && !shown.left);
    rightHandle_->setVisible(!shown.right);
    // Beside a handle there is nothing to be dragged.
    const auto fix = [](QSplitterHandle* line, bool fixed) {
        line->setAttribute(Qt::WA_TransparentForMouseEvents, fixed);
    };
    fix(columns_->handle(columns_->count() - 1), !shown.left);
    fix(handle(count() - 1), !shown.right);
}

void Workspace::toggle(Column column) {
    if (projects_) return;
    columnWishes_ = toggled(column, columnRoom(), columnWishes_);
    applyVisibility();
    applyUsualSizes();
}

/// Whoever has come by the keys goes on in the column.
void Workspace::openFromHandle(Column column) {
    const bool byKey = (column == Column::Left ? leftHandle_ : rightHandle_)->hasFocus();
    toggle(column);
    if (!byKey) return;
    const bool capture = document_.kind() == Document::Kind::Capture;
    const QWidget* opened = column == Column::Right ? right_
                            : capture               ? static_cast<QWidget*>(flows_)
                                                    : left_;
    if (QWidget* first = firstWithin(*opened)) first->setFocus(Qt::TabFocusReason);
}

void Workspace::restoreSizes(const QVariantList& sizes) {
    const auto all = splitters();
    ownSizes_ = static_cast<std::size_t>(sizes.size()) == all.size();
    if (!ownSizes_) return applySizes();
    settle(*this);
    for (std::size_t i = 0; i < all.size(); ++i)
        all.at(i)->restoreState(sizes[static_cast<qsizetype>(i)].toByteArray());
}

QVariantMap Workspace::saveLayout() const {
    if (!beforeProjecting_.isEmpty()) return beforeProjecting_;
    QVariantMap layout{{u"hidesLeft"_s, columnWishes_.hidesLeft},
                       {u"hidesRight"_s, columnWishes_.hidesRight}};
    if (columnWishes_.narrow) layout[u"narrow"_s] = toText(*columnWishes_.narrow);
    keep(layout, u"packets"_s, wantsPackets_);
    keep(layout, u"octets"_s, wantsOctets_);
    keep(layout, u"variables"_s, wantsVariables_);
    if (!ownSizes_) return layout;
    QVariantList sizes;
    for (const QSplitter* splitter : splitters()) sizes << splitter->saveState();
    layout[u"sizes"_s] = sizes;
    return layout;
}

void Workspace::restoreLayout(const QVariantMap& layout) {
    if (layout.isEmpty()) return;
    if (projects_) {
        beforeProjecting_ = layout;
        return;
    }
    columnWishes_ = {.hidesLeft = layout[u"hidesLeft"_s].toBool(),
                     .hidesRight = layout[u"hidesRight"_s].toBool(),
                     .narrow = columnsFrom(layout[u"narrow"_s].toString())};
    wantsPackets_ = kept(layout, u"packets"_s);
    wantsOctets_ = kept(layout, u"octets"_s);
    wantsVariables_ = kept(layout, u"variables"_s);
    applyVisibility();
    restoreSizes(layout[u"sizes"_s].toList());
}

}  // namespace tcplab::gui
