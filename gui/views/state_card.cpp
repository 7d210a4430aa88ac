#include "gui/views/state_card.h"

#include "gui/document.h"
#include "gui/glossary.h"
#include "sim/tcp/state_words.h"
#include "sim/tcp/transitions.h"
#include "sim/trace/simulate.h"

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using tcp::State;

constexpr Moment kStepsLooked = 60;

QString rowOf(const QString& name, const QString& value) {
    return u"<tr><td style='padding-right:14px'>%1</td><td>%2</td></tr>"_s.arg(name.toHtmlEscaped(),
                                                                               html::code(value));
}

}  // namespace

std::optional<WayThere> wayTo(State state) {
    std::optional<WayThere> best;
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const auto trace = simulate(scenario, Course{.steps = kStepsLooked});
        if (!trace) continue;
        for (const Entry& entry : trace->entries()) {
            const auto* entered = std::get_if<Entered>(&entry.what);
            if (entered == nullptr || entered->to != state) continue;
            if (!best || entry.moment < best->moment) best = WayThere{scenario.name, entry.moment};
            break;
        }
    }
    return best;
}

StateCard::StateCard(Document& document, QWidget* parent) : ProseView(parent), document_{document} {
    connect(this, &StateCard::anchorClicked, this, [this] { showARun(); });
    this->document()->setDocumentMargin(14);
}

void StateCard::show(State state) {
    state_ = state;
    setAccessibleName(nameWithGloss(state));
    refresh();
    ProseView::show();
}

void StateCard::showARun() {
    const auto way = wayTo(state_);
    if (!way || !document_.open(toQt(way->scenario))) return;
    document_.toStart();  // Some lessons open later than they begin.
    while (document_.moment() < way->moment &&
           document_.position() < static_cast<int>(document_.stops().size()))
        document_.next();
    close();
}

QString StateCard::prose() const {
    const tcp::StateWords& words = wordsOf(state_);
    QString text = u"<h3>%1</h3>"_s.arg(nameWithGloss(state_).toHtmlEscaped()) +
                   html::paragraph(meaning(state_).toHtmlEscaped(), 10);
    const auto ways = [&](const QString& heading, bool in) {
        QString rows;
        for (const tcp::Transition& edge : tcp::kTransitions) {
            if (!edge.inFigure5 || (in ? edge.to : edge.from) != state_) continue;
            rows += rowOf(toQt(edge.event),
                          (in ? u"← "_s : u"→ "_s) + toQt(toString(in ? edge.from : edge.to)));
        }
        if (!rows.isEmpty())
            text += html::paragraph(html::bold(heading), 2) + u"<table>%1</table>"_s.arg(rows) +
                    html::paragraph({}, 4);
    };
    ways(tr("Ways in"), true);
    ways(tr("Ways out"), false);
    text += html::paragraph(html::bold(tr("Its names")), 2) +
            u"<table>%1%2%3%4</table>"_s.arg(rowOf(u"RFC 9293"_s, toQt(toString(state_))),
                                             rowOf(u"ss"_s, toQt(words.ss)),
                                             rowOf(u"netstat"_s, toQt(words.netstat)),
                                             rowOf(u"中文"_s, toQt(words.gloss))) +
            html::paragraph({}, 4);
    text += html::paragraph(html::bold(tr("What goes wrong there")), 2) +
            html::paragraph(inCurrentLanguage(words.trouble).toHtmlEscaped(), 10);
    if (const auto way = wayTo(state_))
        text += html::paragraph(
            u"<a href='#run'>%1</a>"_s.arg(
                tr("Show a run that gets here: %1").arg(toQt(way->scenario)).toHtmlEscaped()),
            4);
    return text;
}

}  // namespace tcplab::gui
