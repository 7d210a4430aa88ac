#include "gui/views/question_strip.h"

#include "gui/desk.h"
#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/prose_view.h"
#include "gui/wording.h"

#include <QEvent>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kMargin = 24;

}  // namespace

QuestionStrip::QuestionStrip(Document& document, QWidget* parent)
    : QLabel(parent), document_{document} {
    setTextFormat(Qt::RichText);
    setWordWrap(true);
    setContentsMargins(kMargin, 12, kMargin, 12);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    connect(&document_.desk(), &Desk::changed, this, &QuestionStrip::follow);
    follow();
}

void QuestionStrip::setAsking(bool asking) {
    asking_ = asking;
    follow();
}

void QuestionStrip::follow() {
    const Prediction* asked = asking_ ? document_.desk().question() : nullptr;
    setVisible(asked != nullptr);
    if (asked == nullptr) return;
    const net::Question* lesson = document_.desk().lessonQuestion();
    QString text =
        html::paragraph(html::bold(lesson == nullptr ? tr("What happens next?")
                                                     : toQt(lesson->ask.in(currentLanguage()))),
                        6);
    for (std::size_t i = 0; i < asked->outlooks.size(); ++i) {
        const Outlook& outlook = asked->outlooks[i];
        text += html::paragraph(html::code(QString::number(i + 1)) + u"&nbsp; "_s +
                                    outlookOf(outlook.trace, outlook.moment).toHtmlEscaped(),
                                2);
    }
    setText(text);
}

void QuestionStrip::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) follow();
}

}  // namespace tcplab::gui
