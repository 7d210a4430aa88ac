#include "gui/views/windows_view.h"

#include "gui/desk.h"
#include "gui/look.h"
#include "gui/wording.h"
#include "sim/base/check.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr double kMargin = 2;
constexpr double kBetweenRows = 8;
constexpr int kRows = 4;
constexpr double kSwatch = 9;
constexpr std::array kKinds{SpanKind::Acknowledged,
                            SpanKind::InFlight,
                            SpanKind::Waiting,
                            SpanKind::Unread,
                            SpanKind::Free};

double lineHeight() {
    return std::ceil(QFontMetricsF(fonts::mono(fonts::kLeast)).height());
}

double widthOf(const QString& text) {
    return QFontMetricsF(fonts::mono(fonts::kLeast)).horizontalAdvance(text);
}

double rowHeight() {
    return 2 * lineHeight() + 22 + kBetweenRows;
}

void fill(QPainter& painter, const QRectF& area, SpanKind kind, const Palette& colors) {
    switch (kind) {
        case SpanKind::Acknowledged: painter.fillRect(area, colors.line); break;
        case SpanKind::InFlight: painter.fillRect(area, colors.of(Role::Open)); break;
        case SpanKind::Waiting:
            painter.fillRect(area, QBrush(colors.of(Role::Opening), Qt::BDiagPattern));
            break;
        case SpanKind::Unread: painter.fillRect(area, colors.of(Role::ClosingSecond)); break;
        case SpanKind::Free: painter.fillRect(area, colors.page); break;
    }
    painter.setPen(QPen(colors.edge, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5));
}

}  // namespace

QString nameOf(SpanKind kind) {
    switch (kind) {
        case SpanKind::Acknowledged: return WindowsView::tr("done");
        case SpanKind::InFlight: return WindowsView::tr("in flight");
        case SpanKind::Waiting: return WindowsView::tr("not sent");
        case SpanKind::Unread: return WindowsView::tr("not read");
        case SpanKind::Free: return WindowsView::tr("room");
    }
    TCPLAB_UNREACHABLE();
}

WindowsView::WindowsView(Document& document, QWidget* parent)
    : QWidget(parent), document_{document} {
    connect(&document_.desk(), &Desk::changed, this, &WindowsView::follow);
    follow();
}

int WindowsView::heightWanted() const {
    return static_cast<int>(std::ceil(kRows * rowHeight() + lineHeight() + 12));
}

void WindowsView::follow() {
    QStringList words;
    for (const Row& row : rows()) {
        QStringList labels;
        for (const WindowLayout::Label& label : row.layout.labels) labels << label.text;
        words << (labels.isEmpty() ? row.title : u"%1: %2"_s.arg(row.title, labels.join(u", "_s)));
    }
    setAccessibleDescription(words.join(u"; "_s));
    update();
}

std::vector<WindowsView::Row> WindowsView::rows() const {
    const net::World* world = document_.desk().world();
    if (world == nullptr) return {};
    std::vector<Row> rows;
    const double width = this->width() - 2 * kMargin;
    const auto add = [&](const QString& title, const WindowAxis& axis) {
        QString words = title;
        if (axis.heldAhead > 0) words += tr("; %1 octets held beyond a gap").arg(axis.heldAhead);
        rows.push_back({words,
                        layOut(axis, width, lineHeight(), widthOf),
                        kMargin + rowHeight() * static_cast<double>(rows.size())});
    };
    for (const Side side : kSides) {
        const tcp::Endpoint& endpoint = world->hosts[side].endpoint;
        const tcp::Tcb& tcb = endpoint.tcb();
        const bool client = side == Side::Client;
        if (endpoint.state() == tcp::State::Closed) {
            rows.push_back({client ? tr("The client has no TCB.") : tr("The server has no TCB."),
                            {},
                            kMargin + rowHeight() * static_cast<double>(rows.size())});
            continue;
        }
        add(client ? tr("The client sends") : tr("The server sends"), sendAxisOf(tcb));
        add(client ? tr("The client receives") : tr("The server receives"), receiveAxisOf(tcb));
    }
    return rows;
}

void WindowsView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    for (const Row& row : rows()) paintRow(painter, row);
    paintLegend(painter);
}

void WindowsView::paintRow(QPainter& painter, const Row& row) const {
    const Palette& colors = paletteOf(*this);
    const double line = lineHeight();
    painter.setFont(fonts::text(fonts::kLeast));
    painter.setPen(colors.dim);
    painter.drawText(QRectF{kMargin, row.top, width() - 2 * kMargin, line},
                     Qt::AlignLeft | Qt::AlignVCenter,
                     row.title);
    painter.save();
    painter.translate(kMargin, row.top + line);
    for (const WindowLayout::Box& box : row.layout.boxes) fill(painter, box.area, box.kind, colors);
    painter.setBrush(Qt::NoBrush);
    if (!row.layout.boxes.empty()) {
        painter.setPen(QPen(colors.text, 1.6));
        painter.drawRect(row.layout.window);
    }
    painter.setFont(fonts::mono(fonts::kLeast));
    painter.setPen(colors.text);
    for (const WindowLayout::Label& label : row.layout.labels) {
        painter.drawText(label.area, Qt::AlignLeft | Qt::AlignVCenter, label.text);
        painter.drawLine(QPointF{label.at, label.area.bottom()},
                         QPointF{label.at, label.area.bottom() + 4});
    }
    painter.restore();
}

void WindowsView::paintLegend(QPainter& painter) const {
    const Palette& colors = paletteOf(*this);
    const QFont font = fonts::text(fonts::kLeast);
    const QFontMetricsF metrics(font);
    const double middle = kMargin + kRows * rowHeight() + lineHeight() / 2 + 2;
    double x = kMargin;
    painter.setFont(font);
    for (const SpanKind kind : kKinds) {
        fill(painter, {x, middle - kSwatch / 2, kSwatch, kSwatch}, kind, colors);
        const QString words = nameOf(kind);
        painter.setPen(colors.dim);
        painter.drawText(QRectF{x + kSwatch + 4, middle - 10, width() - x, 20},
                         Qt::AlignLeft | Qt::AlignVCenter,
                         words);
        x += kSwatch + 4 + metrics.horizontalAdvance(words) + 12;
    }
}

bool WindowsView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QString text;
        for (const Row& row : rows())
            for (const WindowLayout::Box& box : row.layout.boxes)
                if (box.area.translated(kMargin, row.top + lineHeight()).contains(help->pos()))
                    text = u"%1: %2"_s.arg(row.title, nameOf(box.kind));
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    if (event->type() == QEvent::LanguageChange) follow();
    if (event->type() == QEvent::FontChange) updateGeometry();
    return QWidget::event(event);
}

}  // namespace tcplab::gui
