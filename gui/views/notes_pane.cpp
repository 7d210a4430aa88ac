#include "gui/views/notes_pane.h"

#include "gui/desk.h"
#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/wording.h"
#include "sim/net/python_program.h"
#include "sim/trace/question.h"

#include <algorithm>

namespace tcplab::gui {

using namespace Qt::StringLiterals;

NotesPane::NotesPane(Document& document, QWidget* parent) : ProseView(parent), document_{document} {
    connect(&document_, &Document::opened, this, [this] {
        answered_.clear();
        refresh();
    });
    connect(this, &NotesPane::anchorClicked, this, [this](const QUrl& link) {
        follow(link.fragment());
    });
    connect(&document_.desk(), &Desk::changed, this, &NotesPane::refresh);
    refresh();
}

/// "0": the answer to the first question; "answer-0": what the reader predicts; "play": a wrong
/// answer; "program": all of its lines.
void NotesPane::follow(const QString& link) {
    const QString number = link.section(u'-', -1);
    if (link == u"play"_s) return document_.desk().playAnswer();
    if (link.startsWith(u"answer-"_s)) return document_.desk().answer(number.toUInt());
    if (link == u"program"_s)
        unfolded_ = true;
    else
        answered_.push_back(number.toUInt());
    refresh();
}

QString NotesPane::prose() const {
    const Language language = currentLanguage();
    QString text = prediction();
    const QString notes = toQt(document_.notes().in(language)).trimmed();
    for (const QString& paragraph : notes.split(u'\n', Qt::SkipEmptyParts))
        text += html::paragraph(paragraph.toHtmlEscaped(), 10);
    text += questionsSoFar();
    for (const Side side : kSides) text += programOf(side);
    return text;
}

bool NotesPane::isDue(const net::Question& question) const {
    const Desk& desk = document_.desk();
    // What the reader is to predict stands above, until it has been seen.
    if (question.predict && desk.question() != nullptr && desk.lessonQuestion() != nullptr &&
        askedAt(document_.trace(), question) == document_.moment())
        return false;
    if (const auto at = askedAt(document_.trace(), question)) return *at <= document_.moment();
    return document_.position() == static_cast<int>(document_.stops().size());
}

QString NotesPane::questionsSoFar() const {
    const Language language = currentLanguage();
    QString text;
    for (std::size_t i = 0; i < document_.questions().size(); ++i) {
        const net::Question& question = document_.questions()[i];
        if (!isDue(question)) continue;
        text += html::paragraph(html::bold(toQt(question.ask.in(language))), 4);
        const auto end = reachedBy(document_.trace(), question, document_.moment());
        if (end)
            text += html::paragraph(
                html::bold(tr("Found: the %1 is in %2.")
                               .arg(nameOf(*end), toQt(tcp::toString(*question.reach)))),
                4);
        const auto asked = askedAt(document_.trace(), question);
        const bool seen = question.predict && asked && *asked < document_.moment();
        const bool answered = end || seen || std::ranges::count(answered_, i) > 0;
        text += answered ? html::paragraph(toQt(question.answer.in(language)).toHtmlEscaped(), 12)
                         : html::paragraph(u"<a href='#%1'>%2</a>"_s.arg(i).arg(
                                               tr("Show the answer").toHtmlEscaped()),
                                           12);
    }
    return text;
}

/// What comes next, in the words of several futures; only one of them is this one.
QString NotesPane::prediction() const {
    const Desk& desk = document_.desk();
    const Prediction* asked = desk.question();
    if (asked == nullptr) return {};
    const auto given = desk.given();
    const Palette& colors = paletteOf(*this);
    const net::Question* lesson = desk.lessonQuestion();
    const QString ask =
        lesson == nullptr ? tr("What happens next?") : toQt(lesson->ask.in(currentLanguage()));
    QString text = html::paragraph(html::bold(ask), 4);
    for (std::size_t i = 0; i < asked->outlooks.size(); ++i) {
        const Outlook& outlook = asked->outlooks[i];
        const QString words = outlookOf(outlook.trace, outlook.moment).toHtmlEscaped();
        const QString answer = given == i ? u"<b>%1</b>"_s.arg(words)
                                          : u"<a href='#answer-%1'>%2</a>"_s.arg(i).arg(words);
        text += html::paragraph(html::code(QString::number(i + 1)) + u"&nbsp; "_s + answer, 4);
    }
    if (!given) return text + html::paragraph({}, 6);
    if (*given == asked->right)
        return text + html::paragraph(tr("Right. Press Space to see it.").toHtmlEscaped(), 14);
    const QString turn = html::code(toQt(toString(*asked->outlooks[*given].turn)));
    const QString verdict = html::colored(tr("Not here."), colors.faultText) + u' ' +
                            tr("That is what comes after %1.").arg(turn);
    return text + html::paragraph(verdict, 2) +
           html::paragraph(
               u"<a href='#play'>%1</a>"_s.arg(tr("See it happen in a branch (B)").toHtmlEscaped()),
               14);
}

/// In Python. What has been called stands out; the line that waits is marked.
QString NotesPane::programOf(Side side) const {
    const net::World* world = document_.desk().world();
    if (world == nullptr || world->hosts[side].program->empty()) return {};
    const net::Host& host = world->hosts[side];
    const auto& hosts = document_.desk().futures()->current().scenario.hosts;
    const auto lines =
        net::pythonOf(*host.program, hosts[side].address, hosts[other(side)].address);
    const Palette& colors = paletteOf(*this);
    const QString heading =
        side == Side::Client ? tr("The client's program") : tr("The server's program");
    QString text = html::paragraph(html::bold(heading), 2);
    const auto before = std::ranges::find_if(
        lines, [](const net::PythonLine& line) { return line.call.has_value(); });
    const auto folded = unfolded_ ? 0 : static_cast<std::size_t>(before - lines.begin());
    if (folded > 0)
        text += html::paragraph(
            u"<a href='#program'>%1</a>"_s.arg(tr("… %1 lines before").arg(folded)), 0);
    for (std::size_t i = folded; i < lines.size(); ++i) {
        const auto& [words, call] = lines[i];
        const bool last = i + 1 == lines.size() || lines[i + 1].call != call;
        const bool here = call == host.nextCall && host.waiting && last;
        const QColor& color = !call || *call < host.nextCall ? colors.text
                              : here                         ? colors.link
                                                             : colors.dim;
        const auto indent =
            static_cast<qsizetype>(std::min(words.find_first_not_of(' '), words.size()));
        const QString shown = QString(indent, QChar::Nbsp) + toQt(words).mid(indent);
        QString line = html::colored(html::code(shown), color);
        if (here)
            line = u"<span style='background-color:%1'>%2</span> "_s.arg(colors.selection.name(),
                                                                         line) +
                   html::colored(tr("waits").toHtmlEscaped(), colors.link);
        text += html::paragraph(line, i + 1 == lines.size() ? 14 : 0);
    }
    return text;
}

}  // namespace tcplab::gui
