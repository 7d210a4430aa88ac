#include "gui/views/notes_pane.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/wording.h"

#include <algorithm>

namespace tcplab::gui {

using namespace Qt::StringLiterals;

NotesPane::NotesPane(Document& document, QWidget* parent) : ProseView(parent), document_{document} {
    connect(&document_, &Document::opened, this, [this] {
        answered_.clear();
        refresh();
    });
    connect(this, &NotesPane::anchorClicked, this, [this](const QUrl& link) {
        answered_.push_back(link.fragment().toUInt());
        refresh();
    });
    connect(&document_, &Document::moved, this, &NotesPane::refresh);
    refresh();
}

QString NotesPane::prose() const {
    const Language language = currentLanguage();
    QString text;
    const QString notes = toQt(document_.notes().in(language)).trimmed();
    for (const QString& paragraph : notes.split(u'\n', Qt::SkipEmptyParts))
        text += html::paragraph(paragraph.toHtmlEscaped(), 10);
    text += questionsSoFar();
    for (const Side side : kSides) text += programOf(side);
    return text;
}

/// At the first step of its time or later; one without a time when all has been played.
bool NotesPane::isDue(const net::Question& question) const {
    if (!question.at) return document_.position() == static_cast<int>(document_.stops().size());
    return std::ranges::any_of(document_.trace().entries(), [&](const Entry& entry) {
        return entry.moment <= document_.moment() && entry.at >= *question.at;
    });
}

QString NotesPane::questionsSoFar() const {
    const Language language = currentLanguage();
    QString text;
    for (std::size_t i = 0; i < document_.questions().size(); ++i) {
        const net::Question& question = document_.questions()[i];
        if (!isDue(question)) continue;
        text += html::paragraph(html::bold(toQt(question.ask.in(language))), 4);
        const bool answered = std::ranges::count(answered_, i) > 0;
        text += answered ? html::paragraph(toQt(question.answer.in(language)).toHtmlEscaped(), 12)
                         : html::paragraph(u"<a href='#%1'>%2</a>"_s.arg(i).arg(
                                               tr("Show the answer").toHtmlEscaped()),
                                           12);
    }
    return text;
}

/// Calls that have been made stand out; one that waits says so.
QString NotesPane::programOf(Side side) const {
    const net::Program& program = document_.program(side);
    if (program.empty()) return {};
    const Palette& colors = paletteOf(*this);
    const QString heading =
        side == Side::Client ? tr("The client's program") : tr("The server's program");
    QString text = html::paragraph(html::bold(heading), 2);
    const std::size_t made = callsMade(side);
    for (std::size_t i = 0; i < program.size(); ++i) {
        const QColor& color = i < made ? colors.link : colors.dim;
        text += html::paragraph(html::colored(html::code(toQt(toString(program[i]))), color),
                                i + 1 == program.size() ? 12 : 0);
    }
    return text;
}

std::size_t NotesPane::callsMade(Side side) const {
    std::size_t made = 0;
    for (const Entry& entry : document_.trace().entries()) {
        if (entry.moment > document_.moment()) break;
        if (entry.side == side && std::holds_alternative<Called>(entry.what)) ++made;
    }
    return made;
}

}  // namespace tcplab::gui
