#include "gui/views/hints.h"

#include "gui/look.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace tcplab::gui {

using namespace Qt::StringLiterals;

Hints::Hints(QWidget* parent) : QWidget(parent), text_{new QLabel(this)} {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(20, 14, 20, 14);
    layout->addWidget(text_);
    text_->setTextFormat(Qt::RichText);
    parent->installEventFilter(this);
    retranslate();
}

void Hints::retranslate() {
    const auto line = [](const QString& key, const QString& what) {
        return u"<tr><td style='padding-right:18px'><b>%1</b></td><td>%2</td></tr>"_s.arg(key,
                                                                                          what);
    };
    text_->setText(u"<table cellspacing='4'>"_s + line(tr("Space"), tr("next step")) +
                   line(u"←"_s, tr("back")) +
                   line(u"Ctrl+O"_s, tr("open a capture, or drop it here")) +
                   line(u"Ctrl+L"_s, tr("all scenarios")) +
                   line(u"Ctrl+Shift+L"_s, u"English / 中文"_s) + u"</table>"_s);
    place();
}

void Hints::place() {
    adjustSize();
    const QWidget* around = parentWidget();
    move((around->width() - width()) / 2, around->height() - height() - 40);
}

void Hints::paintEvent(QPaintEvent*) {
    const Palette& colors = paletteOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.line, 1));
    painter.setBrush(colors.pane);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void Hints::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        retranslate();
}

bool Hints::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(watched, event);
}

}  // namespace tcplab::gui
