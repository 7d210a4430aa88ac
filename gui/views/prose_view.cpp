#include "gui/views/prose_view.h"

#include "gui/look.h"

#include <QEvent>
#include <QScrollBar>
#include <QTextDocument>

namespace tcplab::gui {

using namespace Qt::StringLiterals;

ProseView::ProseView(QWidget* parent) : QTextBrowser(parent) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setOpenLinks(false);
    document()->setDocumentMargin(0);
}

void ProseView::refresh() {
    const int before = verticalScrollBar()->value();
    document()->setDefaultFont(fonts::text(fonts::kReading));
    setHtml(prose());
    verticalScrollBar()->setValue(before);
}

void ProseView::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    const auto type = event->type();
    if (type == QEvent::LanguageChange || type == QEvent::PaletteChange ||
        type == QEvent::FontChange)
        refresh();
}

QString html::paragraph(const QString& inner, int below) {
    return u"<p style='margin:0 0 %1px 0'>%2</p>"_s.arg(below).arg(inner);
}

QString html::bold(const QString& text) {
    return u"<b>%1</b>"_s.arg(text.toHtmlEscaped());
}

QString html::code(const QString& text) {
    const QFont font = fonts::mono();
    return u"<span style=\"font-family:'%1'; font-size:%2px\">%3</span>"_s
        .arg(font.families().join(u"','"_s))
        .arg(font.pixelSize())
        .arg(text.toHtmlEscaped());
}

QString html::colored(const QString& inner, const QColor& color) {
    return u"<span style='color:%1'>%2</span>"_s.arg(color.name(), inner);
}

}  // namespace tcplab::gui
