#include "gui/printing.h"

#include "gui/export.h"
#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/ladder_view.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr double kPixels = 96;  ///< Of the window, to an inch of paper.
constexpr double kHeading = 30;
constexpr double kLargest = 1.6;  ///< A small view is not blown up further.

struct Printing {
    Q_DECLARE_TR_FUNCTIONS(Printing)
};

/// Pages of a device, measured in pixels of the window.
class Pages {
public:
    Pages(const Document& document, QPagedPaintDevice& device)
        : document_{document}, device_{device}, painter_{&device} {
        scale_ = device.logicalDpiX() / kPixels;
        painter_.scale(scale_, scale_);
        const QRectF all = device.pageLayout().paintRectPixels(device.logicalDpiX());
        room_ = QSizeF(all.width() / scale_, all.height() / scale_ - kHeading);
    }

    [[nodiscard]] QSizeF room() const { return room_; }

    /// `of` is how many there will be.
    void draw(QWidget& view, double scale, int of) {
        if (number_ > 0) device_.newPage();
        paintHeading(++number_, of);
        painter_.save();
        painter_.translate((room_.width() - view.width() * scale) / 2, kHeading);
        painter_.scale(scale, scale);
        view.render(&painter_, {}, {}, QWidget::DrawWindowBackground | QWidget::DrawChildren);
        painter_.restore();
    }

private:
    void paintHeading(int number, int of) {
        const Palette& colors = paletteOf(Theme::Light);
        const double line = kHeading - 10;
        const QString page = of > 1 ? Printing::tr("page %1 of %2").arg(number).arg(of) : QString();
        const QFont small = fonts::text(fonts::kLabel);
        const double right = QFontMetricsF(small).horizontalAdvance(page);
        QString title = toQt(document_.title().in(currentLanguage()));
        if (title.isEmpty()) title = document_.name();
        if (document_.kind() == Document::Kind::Lesson)
            title += u"   "_s + Printing::tr("step %1 of %2")
                                    .arg(document_.position())
                                    .arg(document_.stops().size());
        const QFont bold = fonts::text(fonts::kInterface, true);
        painter_.setPen(colors.text);
        painter_.setFont(bold);
        painter_.drawText(
            QRectF(0, 0, room_.width() - right - 16, line),
            Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(bold).elidedText(title, Qt::ElideMiddle, room_.width() - right - 16));
        painter_.setFont(small);
        painter_.setPen(colors.dim);
        painter_.drawText(
            QRectF(0, 0, room_.width(), line), Qt::AlignRight | Qt::AlignVCenter, page);
        painter_.setPen(QPen(colors.line, 1));
        painter_.drawLine(QPointF(0, line + 2), QPointF(room_.width(), line + 2));
    }

    const Document& document_;
    QPagedPaintDevice& device_;
    QPainter painter_;
    double scale_ = 1;
    QSizeF room_{};
    int number_ = 0;
};

/// Where each page of the ladder begins; the last number is its end. No packet is cut in two,
/// unless it takes more than a page.
std::vector<double> breaksOf(const LadderLayout& layout, double end, double page) {
    std::vector<double> breaks{0};
    while (end - breaks.back() > page) {
        const double limit = breaks.back() + page;
        double next = limit;
        for (const LadderArrow& arrow : layout.arrows)
            if (arrow.strip.top() < limit && arrow.strip.bottom() > limit)
                next = std::min(next, arrow.strip.top());
        breaks.push_back(next > breaks.back() + page / 4 ? std::floor(next) : limit);
    }
    breaks.push_back(end);
    return breaks;
}

int printLadder(LadderView& ladder, Pages& pages) {
    const QSize room = pages.room().toSize();
    ladder.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    ladder.resize(room);
    QCoreApplication::processEvents();
    const int header = ladder.viewport()->height() - ladder.verticalScrollBar()->pageStep();
    const double end = ladder.wholeHeight(room.width()) - header;
    const auto breaks = breaksOf(ladder.layout(), end, room.height() - header);
    const int count = static_cast<int>(breaks.size()) - 1;
    for (std::size_t i = 0; i + 1 < breaks.size(); ++i) {
        ladder.resize(room.width(), header + static_cast<int>(breaks[i + 1] - breaks[i]));
        ladder.verticalScrollBar()->setValue(static_cast<int>(breaks[i]));
        pages.draw(ladder, 1, count);
    }
    return count;
}

}  // namespace

int print(Document& document, const QString& view, QPagedPaintDevice& device) {
    const std::unique_ptr<QWidget> widget = makeView({.view = view}, document);
    widget->setPalette(toQPalette(paletteOf(Theme::Light)));
    widget->setAttribute(Qt::WA_DontShowOnScreen);
    widget->show();
    QCoreApplication::processEvents();
    Pages pages(document, device);
    if (auto* ladder = qobject_cast<LadderView*>(widget.get())) return printLadder(*ladder, pages);
    const QSizeF room = pages.room();
    const double scale =
        std::min({room.width() / widget->width(), room.height() / widget->height(), kLargest});
    pages.draw(*widget, scale, 1);
    return 1;
}

}  // namespace tcplab::gui
