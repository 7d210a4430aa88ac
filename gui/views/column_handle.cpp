#include "gui/views/column_handle.h"

#include "gui/look.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kWidth = 22;
constexpr int kIcon = 16;
constexpr int kAbove = 8;  ///< The chevron, as it is above the heading of a pane.
constexpr int kGap = 6;    ///< Between chevron and heading.

}  // namespace

ColumnHandle::ColumnHandle(Column column, const QKeySequence& key, QWidget* parent)
    : QAbstractButton(parent), column_{column}, key_{key} {
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Ignored);
    renew();
}

void ColumnHandle::setHeading(const QString& heading) {
    setText(heading);
    renew();
}

void ColumnHandle::renew() {
    const QString what = column_ == Column::Left ? tr("Show the left column: %1").arg(text())
                                                 : tr("Show the right column: %1").arg(text());
    setAccessibleName(what);
    setToolTip(u"%1  (%2)"_s.arg(what, key_.toString(QKeySequence::NativeText)));
    setIcon(gui::icon(column_ == Column::Left ? u"right"_s : u"left"_s, *this));
    // Of the same width in a splitter, however it is dragged.
    setFixedWidth(sizeHint().width());
    updateGeometry();
    update();
}

QFont ColumnHandle::headingFont() const {
    return fonts::text(fonts::kLabel, true);
}

/// Chinese is written from the top down; Latin is turned.
bool ColumnHandle::isUpright() const {
    return std::ranges::any_of(text(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

QSize ColumnHandle::sizeHint() const {
    const QFontMetrics metrics(headingFont());
    const auto characters = static_cast<int>(text().size());
    const int length =
        isUpright() ? metrics.height() * characters : metrics.horizontalAdvance(text());
    return {std::max(kWidth, metrics.height() + 4), kAbove + kIcon + kGap + length + kAbove};
}

bool ColumnHandle::event(QEvent* event) {
    // Elsewhere these keys step; here they are the button's.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept();
            return true;
        }
    }
    return QAbstractButton::event(event);
}

void ColumnHandle::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    QAbstractButton::keyPressEvent(event);
}

void ColumnHandle::changeEvent(QEvent* event) {
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::LanguageChange)
        renew();
}

void ColumnHandle::paintEvent(QPaintEvent*) {
    const Palette& colors = paletteOf(*this);
    QPainter painter(this);
    const bool hot = underMouse() || isDown();
    painter.fillRect(rect(), hot ? colors.selection : colors.pane);
    if (hasFocus()) {
        painter.setPen(colors.link);
        painter.drawRect(rect().adjusted(1, 1, -2, -2));
    }
    icon().paint(&painter, (width() - kIcon) / 2, kAbove, kIcon, kIcon);

    painter.setFont(headingFont());
    painter.setPen(hot || hasFocus() ? colors.text : colors.dim);
    const int top = kAbove + kIcon + kGap;
    const QFontMetrics metrics(headingFont());
    if (isUpright()) {
        QRect place(0, top, width(), metrics.height());
        for (const QChar character : text()) {
            painter.drawText(place, Qt::AlignCenter, character);
            place.translate(0, metrics.height());
        }
        return;
    }
    // Read towards the page: up along the left edge, down along the right one.
    const int length = metrics.horizontalAdvance(text());
    const bool isLeft = column_ == Column::Left;
    painter.translate(isLeft ? 0 : width(), isLeft ? top + length : top);
    painter.rotate(isLeft ? -90 : 90);
    painter.drawText(QRect(0, 0, length, width()), Qt::AlignCenter | Qt::TextDontClip, text());
}

}  // namespace tcplab::gui
