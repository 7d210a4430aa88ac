#include "gui/views/notes_pane.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/wording.h"

namespace tcplab::gui {

using namespace Qt::StringLiterals;

NotesPane::NotesPane(Document& document, QWidget* parent) : ProseView(parent), document_{document} {
    connect(&document_, &Document::opened, this, &NotesPane::refresh);
    connect(&document_, &Document::moved, this, &NotesPane::refresh);
    refresh();
}

QString NotesPane::prose() const {
    const Language language = currentLanguage();
    QString text;
    const QString notes = toQt(document_.notes().in(language)).trimmed();
    for (const QString& paragraph : notes.split(u'\n', Qt::SkipEmptyParts))
        text += html::paragraph(paragraph.toHtmlEscaped(), 10);
    for (const Side side : kSides) text += programOf(side);
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
