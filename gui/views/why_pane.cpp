#include "gui/views/why_pane.h"

#include "capture/verdict.h"
#include "gui/desk.h"
#include "gui/findings.h"
#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/wording.h"

#include <QRegularExpression>
#include <QScrollBar>
#include <QTextDocument>

#include <algorithm>
#include <cmath>
#include <memory>

namespace tcplab::gui {

using namespace Qt::StringLiterals;

WhyPane::WhyPane(Document& document, QWidget* parent) : ProseView(parent), document_{document} {
    const auto renew = [this] {
        refresh();
        verticalScrollBar()->setValue(0);
    };
    connect(this, &WhyPane::anchorClicked, this, [this](const QUrl& link) {
        document_.select(link.fragment().toUInt());
    });
    connect(&document_, &Document::opened, this, renew);
    connect(&document_, &Document::connectionChanged, this, renew);
    connect(&document_, &Document::moved, this, renew);
    refresh();
}

int WhyPane::heightWanted(int width) const {
    const std::unique_ptr<QTextDocument> copy(document()->clone());
    copy->setTextWidth(width);
    return static_cast<int>(std::ceil(copy->size().height()));
}

QString WhyPane::prose() const {
    if (document_.currentConnection() == nullptr) return {};
    const QString happened = whatHappened();
    return verdict() + foundHere() + (happened.isEmpty() ? whatIsWaitedFor() : happened) +
           whyNothingElse();
}

/// What happened, the packets that it cites as links.
QString WhyPane::verdictWithLinks(const capture::Flow& flow) {
    static const QRegularExpression cited(u"(packet |第 )(\\d+)"_s);
    return toQt(capture::verdict(flow, currentLanguage()))
        .toHtmlEscaped()
        .replace(cited, u"\\1<a href='#\\2'>\\2</a>"_s);
}

QString WhyPane::verdict() const {
    const capture::Flow* flow = document_.flow();
    if (flow == nullptr) return {};
    QString text = html::paragraph(verdictWithLinks(*flow), 6) + findings(*flow);
    if (flow->connection.clientGuessed)
        text += html::paragraph(
            html::colored(tr("The handshake is not in this capture: who is the client, and the "
                             "states, are guessed.")
                              .toHtmlEscaped(),
                          paletteOf(*this).dim));
    return text;
}

QString WhyPane::whatHappened() const {
    const Palette& colors = paletteOf(*this);
    QString text;
    std::vector<tcp::Clause> told;
    for (const Entry& entry : entriesAt(document_.trace(), document_.moment())) {
        if (entry.connection != document_.connection()) continue;
        const QString sentence = sentenceOf(document_.trace(), entry);
        if (sentence.isEmpty()) continue;
        text += html::paragraph(html::bold(sentence), 2) + values(entry);
        // One clause often asks for several things at once.
        const bool fresh = entry.why && std::ranges::find(told, entry.why) == told.end();
        if (!fresh) continue;
        told.push_back(entry.why);
        const QString citation = toQt(entry.why.citation());
        text += html::paragraph(inCurrentLanguage(entry.why->says).toHtmlEscaped() + u' ' +
                                    html::colored(html::code(citation), colors.dim),
                                8);
    }
    return text;
}

/// The numbers of a packet that leaves or comes: the clause decides by them.
QString WhyPane::values(const Entry& entry) const {
    const auto* sent = std::get_if<Sent>(&entry.what);
    const auto* arrived = std::get_if<Arrived>(&entry.what);
    if (sent == nullptr && arrived == nullptr) return {};
    const Packet* packet = document_.trace().find(sent != nullptr ? sent->packet : arrived->packet);
    if (packet == nullptr) return {};
    const QString numbers = numbersOf(packet->tcp).first() + u" win=%1"_s.arg(packet->tcp.window);
    return html::paragraph(html::colored(html::code(numbers), paletteOf(*this).dim), 2);
}

/// What each end has not done, and what it waits for: silence has reasons too.
QString WhyPane::whyNothingElse() const {
    const Desk& desk = document_.desk();
    const net::World* world = desk.world();
    if (world == nullptr) return {};
    const Palette& colors = paletteOf(*this);
    QString text;
    for (const Side side : kSides) {
        const QString name = html::colored(nameOf(side).toHtmlEscaped(), colors.dim) + u"&nbsp; "_s;
        for (const tcp::Silence& silence : desk.silencesOf(side))
            text += html::paragraph(
                name +
                    toQt(currentLanguage() == Language::Chinese ? silence.zh : silence.en)
                        .toHtmlEscaped() +
                    u' ' + html::colored(html::code(toQt(silence.why.citation())), colors.dim),
                3);
        const net::Host& host = world->hosts[side];
        if (!host.waiting) continue;
        const QString call = toQt(toString((*host.program)[host.nextCall]));
        text += html::paragraph(name + tr("The program waits in %1.").arg(html::code(call)), 3);
    }
    if (text.isEmpty()) return {};
    return html::paragraph(html::bold(tr("What is waited for")), 2) + text;
}

/// Never an empty pane: what the next thing to happen is waiting for.
QString WhyPane::whatIsWaitedFor() const {
    const bool lesson = document_.kind() == Document::Kind::Lesson;
    if (const QString turn = document_.desk().turnHere(); !turn.isEmpty())
        return html::paragraph(html::bold(tr("Here the run was changed: %1").arg(turn))) +
               html::paragraph(tr("What follows is another future. B leads back.").toHtmlEscaped());
    if (lesson && document_.stops().empty())
        return html::paragraph(
            tr("Nothing is planned. Call for a host: by the buttons, or in the menu.")
                .toHtmlEscaped());
    if (lesson && document_.position() == 0)
        return html::paragraph(
            tr("Nothing has happened yet. Press Space for the first step.").toHtmlEscaped());
    const Packet* packet = document_.selectedPacket();
    if (packet == nullptr)
        return html::paragraph(tr("Select a packet or press Space.").toHtmlEscaped());
    return html::paragraph(
               html::bold(
                   tr("Packet %1: %2").arg(packet->number).arg(flagsInWords(packet->tcp.flags))),
               2) +
           html::paragraph(carried(*packet).toHtmlEscaped());
}

/// What is wrong or odd in the connection, each with links to the first packets that show it.
QString WhyPane::findings(const capture::Flow& flow) const {
    QString text;
    for (const capture::FindingCounts::Count& count : flow.findings.counts()) {
        QString name = explained(count.finding);
        if (isTrouble(count.finding)) name = html::colored(name, paletteOf(*this).faultText);
        const QString times = count.times == 1 ? tr("%1, once: %2").arg(name)
                                               : tr("%1, %2 times: %3").arg(name).arg(count.times);
        const QString more = count.times > count.evidence().size() ? u" …"_s : QString();
        text += html::paragraph(times.arg(links(count.evidence())) + more, 1);
    }
    return text.isEmpty() ? text : text + html::paragraph({}, 2);
}

/// What was found of the selected packet, and the packets that prove it.
QString WhyPane::foundHere() const {
    const auto selected = document_.selected();
    const capture::PacketFindings* found = selected ? document_.findingsOf(*selected) : nullptr;
    if (found == nullptr) return {};
    QString text;
    for (const capture::Proof& proof : *found) {
        std::vector<PacketId> others;
        for (std::size_t i = 0; i < proof.count; ++i)
            if (proof.packets.at(i) != *selected) others.push_back(proof.packets.at(i));
        QString title = u"<b>%1</b>"_s.arg(explained(proof.finding));
        if (!others.empty()) title = tr("%1 (see %2)").arg(title, links(others));
        text +=
            html::paragraph(title, 1) +
            html::paragraph(inCurrentLanguage(capture::meaningOf(proof.finding)).toHtmlEscaped());
    }
    return text;
}

/// Its name; who points at it reads what it means, and under which name the command line has it.
QString WhyPane::explained(capture::Finding finding) {
    const QString hint =
        toQt(toString(finding)) + u'\n' + inCurrentLanguage(capture::meaningOf(finding));
    return u"<span title=\"%1\">%2</span>"_s.arg(hint.toHtmlEscaped(),
                                                 nameOf(finding).toHtmlEscaped());
}

QString WhyPane::links(std::span<const PacketId> packets) {
    QStringList all;
    for (const PacketId packet : packets) all << u"<a href='#%1'>%1</a>"_s.arg(packet);
    return all.join(currentLanguage() == Language::Chinese ? u"、"_s : u", "_s);
}

QString WhyPane::carried(const Packet& packet) const {
    QStringList sentences;
    const TcpNumbers& tcp = packet.tcp;
    if (packet.retransmissionOf)
        sentences << tr("It repeats packet %1.").arg(*packet.retransmissionOf);
    if (tcp.len > 0)
        sentences << tr("It carries octets %1 to %2.").arg(tcp.seq).arg(tcp.seq + tcp.len - 1);
    if (tcp.ack) sentences << tr("It acknowledges all octets before %1.").arg(*tcp.ack);
    sentences << tr("No state changes.");
    return joined(sentences);
}

}  // namespace tcplab::gui
