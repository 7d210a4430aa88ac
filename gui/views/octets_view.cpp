#include "gui/views/octets_view.h"

#include "gui/look.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr double kDigits = 2.75;  ///< Columns from one octet's digits to the next.

QFont octetFont() {
    return fonts::mono(fonts::kLeast);
}

bool isPrintable(std::uint8_t octet) {
    return octet >= 0x20 && octet < 0x7F;
}

}  // namespace

OctetsView::OctetsView(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Base);
    verticalScrollBar()->setSingleStep(16);
}

void OctetsView::show(Octets octets) {
    octets_.assign(octets.begin(), octets.end());
    from_ = length_ = 0;
    updateScrollBar();
    viewport()->update();
}

void OctetsView::mark(std::size_t offset, std::size_t length) {
    from_ = offset;
    length_ = length;
    if (length > 0) {
        const QRectF first = boxOf(offset);
        int value = verticalScrollBar()->value();
        if (first.bottom() > viewport()->height())
            value += static_cast<int>(std::ceil(first.bottom() - viewport()->height()));
        if (first.top() < 0) value += static_cast<int>(std::floor(first.top()));
        verticalScrollBar()->setValue(value);
    }
    viewport()->update();
}

double OctetsView::advance() const {
    return QFontMetricsF(octetFont()).horizontalAdvance(u'0');
}

double OctetsView::lineHeight() const {
    return QFontMetricsF(octetFont()).height() + 2;
}

std::size_t OctetsView::perRow() const {
    const double whole = hexLeft() + (16 * kDigits + 1.5 + 16) * advance();
    return whole <= viewport()->width() ? 16 : 8;
}

double OctetsView::textLeft() const {
    return hexLeft() + (static_cast<double>(perRow()) * kDigits + 1) * advance();
}

QRectF OctetsView::boxOf(std::size_t octet) const {
    const auto row = static_cast<double>(octet / perRow());
    const auto column = static_cast<double>(octet % perRow());
    return {hexLeft() + column * kDigits * advance(),
            row * lineHeight() - verticalScrollBar()->value(),
            2 * advance(),
            lineHeight()};
}

QRectF OctetsView::textBoxOf(std::size_t octet) const {
    QRectF box = boxOf(octet);
    box.moveLeft(textLeft() + static_cast<double>(octet % perRow()) * advance());
    box.setWidth(advance());
    return box;
}

void OctetsView::updateScrollBar() {
    const std::size_t rows = (octets_.size() + perRow() - 1) / perRow();
    const int height = static_cast<int>(std::ceil(static_cast<double>(rows) * lineHeight()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
}

void OctetsView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    const Palette& colors = paletteOf(*this);
    painter.setFont(octetFont());
    for (std::size_t i = 0; i < octets_.size(); ++i) {
        const QRectF box = boxOf(i);
        if (box.bottom() < event->rect().top() || box.top() > event->rect().bottom()) continue;
        if (i % perRow() == 0) {
            painter.setPen(colors.dim);
            painter.drawText(QRectF{0, box.top(), hexLeft(), box.height()},
                             Qt::AlignLeft | Qt::AlignVCenter,
                             u"%1"_s.arg(qulonglong{i}, 4, 16, QChar(u'0')));
        }
        const bool marked = i >= from_ && i < from_ + length_;
        if (marked) {
            const bool joins = i + 1 < from_ + length_ && (i + 1) % perRow() != 0;
            const double right = joins ? (kDigits - 2) * advance() + 1 : 2;
            painter.fillRect(box.adjusted(-2, 1, right, -1), colors.link);
            painter.fillRect(textBoxOf(i).adjusted(0, 1, 0.5, -1), colors.link);
        }
        painter.setPen(marked ? colors.page : colors.text);
        painter.drawText(box,
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                         u"%1"_s.arg(uint{octets_[i]}, 2, 16, QChar(u'0')));
        painter.setPen(marked ? colors.page : colors.dim);
        painter.drawText(
            textBoxOf(i),
            Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
            isPrintable(octets_[i]) ? QString(QLatin1Char(static_cast<char>(octets_[i]))) : u"·"_s);
    }
}

void OctetsView::resizeEvent(QResizeEvent*) {
    updateScrollBar();
}

void OctetsView::mousePressEvent(QMouseEvent* event) {
    for (std::size_t i = 0; i < octets_.size(); ++i) {
        const QRectF digits = boxOf(i).adjusted(-2, 0, 4, 0);
        if (digits.contains(event->position()) || textBoxOf(i).contains(event->position())) {
            Q_EMIT chosen(i);
            return;
        }
    }
}

void OctetsView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) updateScrollBar();
}

}  // namespace tcplab::gui
