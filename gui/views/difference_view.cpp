#include "gui/views/difference_view.h"

#include "gui/document.h"
#include "gui/glossary.h"
#include "gui/views/future_bar.h"
#include "gui/wording.h"

#include <QCoreApplication>
#include <QScrollBar>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kMostPackets = 12;  ///< A person reads no more of them.

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Difference)
};

QString happeningAt(const Trace& trace, const std::optional<std::size_t>& index) {
    if (!index) return Words::tr("nothing more happens");
    const Entry& entry = trace.entries()[*index];
    QString sentence = sentenceOf(trace, entry);
    if (sentence.isEmpty())
        sentence = Words::tr("a variable or a timer of the %1 changes").arg(nameOf(entry.side));
    return u"%1 s  %2"_s.arg(seconds(entry.at.time_since_epoch()), sentence);
}

QString journeyOf(const Trace& trace, const std::optional<PacketId>& number) {
    if (!number) return u"–"_s;
    const Transit& transit = trace.find(*number)->transit;
    const auto at = [](const std::optional<Sighting>& sighting) {
        return seconds(sighting->at.time_since_epoch());
    };
    const QString left = at(transit.departed);
    if (transit.arrived)
        return Words::tr("%1: left %2, arrived %3").arg(*number).arg(left, at(transit.arrived));
    if (transit.lost)
        return Words::tr("%1: left %2, lost %3").arg(*number).arg(left, at(transit.lost));
    return Words::tr("%1: left %2").arg(*number).arg(left);
}

QString namesOf(const std::vector<tcp::State>& states) {
    QStringList names;
    for (const tcp::State state : states) names << toQt(toString(state));
    return names.join(u" → "_s);
}

QString row(const QStringList& cells) {
    QString text;
    for (const QString& cell : cells)
        text += u"<td style='padding:1px 14px 1px 0; vertical-align:middle'>%1</td>"_s.arg(cell);
    return u"<tr>%1</tr>"_s.arg(text);
}

}  // namespace

DifferenceView::DifferenceView(Document& document, QWidget* parent)
    : ProseView(parent), document_{document} {
    connect(this, &DifferenceView::anchorClicked, this, [this](const QUrl& link) {
        document_.setPosition(link.fragment().toInt());
    });
    connect(&document_.desk(), &Desk::changed, this, [this] {
        if (isVisible()) refresh();
        verticalScrollBar()->setValue(0);
        Q_EMIT renewed();
    });
}

void DifferenceView::showEvent(QShowEvent* event) {
    ProseView::showEvent(event);
    refresh();
}

QString DifferenceView::heading() const {
    const Desk& desk = document_.desk();
    const auto other = desk.comparedWith();
    return other ? tr("\"%1\" compared with \"%2\"")
                       .arg(futureName(*desk.futures(), desk.futures()->number()),
                            futureName(*desk.futures(), *other))
                 : QString();
}

const Trace& DifferenceView::otherTrace() const {
    const Desk& desk = document_.desk();
    return desk.futures()->all()[*desk.comparedWith()].trace;
}

QString DifferenceView::prose() const {
    const auto found = document_.desk().differences();
    if (!found) return {};
    if (found->same()) return html::paragraph(tr("The two runs are the same."));
    return first(*found) + states(*found) + packets(*found);
}

QString DifferenceView::first(const RunDiff& found) const {
    if (!found.first) return {};
    return html::paragraph(html::bold(tr("First difference")), 2) +
           html::paragraph(tr("Here: %1").arg(happeningAt(document_.trace(), found.first->a)), 1) +
           html::paragraph(tr("There: %1").arg(happeningAt(otherTrace(), found.first->b)), 8);
}

QString DifferenceView::states(const RunDiff& found) const {
    QString text;
    for (const Side side : kSides) {
        if (!found.states[side]) continue;
        const QString heading =
            side == Side::Client ? tr("States of the client") : tr("States of the server");
        text +=
            html::paragraph(html::bold(heading), 2) +
            html::paragraph(tr("Here: %1").arg(html::code(namesOf(*found.states[side]->a))), 1) +
            html::paragraph(tr("There: %1").arg(html::code(namesOf(*found.states[side]->b))), 8);
    }
    return text;
}

QString DifferenceView::packets(const RunDiff& found) const {
    if (found.packets.empty()) return {};
    QString rows =
        row({QString(), html::bold(tr("Packet")), html::bold(tr("Here")), html::bold(tr("There"))});
    for (std::size_t i = 0; i < std::min(kMostPackets, found.packets.size()); ++i) {
        const InBoth<PacketId>& both = found.packets[i].packet;
        const Packet& packet =
            both.a ? *document_.trace().find(*both.a) : *otherTrace().find(*both.b);
        rows +=
            row({nameOf(packet.from),
                 html::code(flagsInWords(packet.tcp.flags) + u' ' + numbersOf(packet.tcp).first()),
                 html::code(journeyOf(document_.trace(), both.a)),
                 html::code(journeyOf(otherTrace(), both.b))});
    }
    QString text = u"<table>%1</table>"_s.arg(rows);
    if (found.packets.size() > kMostPackets)
        text +=
            html::paragraph(tr("and %1 packets more").arg(found.packets.size() - kMostPackets), 4);
    return text;
}

}  // namespace tcplab::gui
