#include "gui/wording.h"

#include "gui/glossary.h"
#include "sim/base/check.h"
#include "sim/base/overloaded.h"
#include "sim/tcp/transfer_clauses.h"
#include "sim/trace/fork.h"
#include "sim/trace/label.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

struct Wording {
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

double inSeconds(Duration time) {
    return std::chrono::duration<double>(time).count();
}

/// "38.2", "240", "4"
QString threeDigits(double value) {
    QString digits = QString::number(value, 'f', value < 10 ? 2 : value < 100 ? 1 : 0);
    if (!digits.contains(u'.')) return digits;
    while (digits.endsWith(u'0')) digits.chop(1);
    if (digits.endsWith(u'.')) digits.chop(1);
    return digits;
}

}  // namespace

QString flagsInWords(const Flags& flags) {
    const std::array<std::pair<bool, const char*>, 8> bits{{{flags.syn, "SYN"},
                                                            {flags.fin, "FIN"},
                                                            {flags.rst, "RST"},
                                                            {flags.psh, "PSH"},
                                                            {flags.urg, "URG"},
                                                            {flags.ack, "ACK"},
                                                            {flags.ece, "ECE"},
                                                            {flags.cwr, "CWR"}}};
    QStringList words;
    for (const auto& [set, name] : bits)
        if (set) words << QString::fromLatin1(name);
    return words.isEmpty() ? Wording::tr("no flag") : words.join(u", "_s);
}

QStringList numbersOf(const TcpNumbers& tcp) {
    const QString seq = u"seq=%1"_s.arg(tcp.seq);
    const QString ack = tcp.ack ? u"ack=%1"_s.arg(*tcp.ack) : QString();
    const QString len = tcp.len > 0 ? u"len=%1"_s.arg(tcp.len) : QString();
    const bool onlyAcknowledges =
        tcp.ack && tcp.len == 0 && !tcp.flags.syn && !tcp.flags.fin && !tcp.flags.rst;

    QStringList forms;
    const auto add = [&](const QStringList& words) {
        const QString form = QStringList(words).filter(u"="_s).join(u' ');
        if (forms.isEmpty() || forms.last() != form) forms << form;
    };
    if (onlyAcknowledges) {
        add({ack});
    } else {
        add({seq, ack, len});
        add({seq, tcp.len > 0 ? len : ack});
        add({seq});
    }
    forms << QString();
    return forms;
}

LabelForms labelForms(const Packet& packet, Notation notation) {
    const QString whole = toQt(labelOf(packet, notation));
    switch (notation) {
        case Notation::Names: return {flagsInWords(packet.tcp.flags), numbersOf(packet.tcp)};
        case Notation::Tcpdump:
            return {whole.section(u' ', 0, 0), {whole.section(u' ', 1), QString()}};
        case Notation::Textbook: {
            QStringList flags;
            QStringList numbers;
            for (const QString& part : whole.split(u", "_s))
                (part.front().isUpper() ? flags : numbers) << part;
            return {flags.join(u", "_s),
                    {numbers.join(u", "_s), numbers.isEmpty() ? QString() : numbers.first(), {}}};
        }
    }
    TCPLAB_UNREACHABLE();
}

LabelForms rawLabelForms(const Packet& packet) {
    TcpNumbers raw = packet.tcp;
    raw.seq = raw.seqRaw;
    if (raw.ack) raw.ack = raw.ackRaw;
    return {flagsInWords(raw.flags), numbersOf(raw)};
}

QString seconds(Duration time) {
    const double value = inSeconds(time);
    const double size = std::abs(value);
    const int decimals = size < 100 ? 3 : size < 1000 ? 2 : size < 10000 ? 1 : 0;
    return QString::number(value, 'f', decimals);
}

QString lasting(Duration time) {
    const double value = inSeconds(time);
    if (value < 1) return u"%1 ms"_s.arg(threeDigits(value * 1000));
    if (value < 60) return u"%1 s"_s.arg(threeDigits(value));
    if (value < 3600) return u"%1 min"_s.arg(threeDigits(value / 60));
    return u"%1 h"_s.arg(threeDigits(value / 3600));
}

QString nameOf(Side side) {
    return side == Side::Client ? Wording::tr("client") : Wording::tr("server");
}

QString joined(const QStringList& sentences) {
    return sentences.join(currentLanguage() == Language::Chinese ? QString() : u" "_s);
}

QString timerName(std::string_view timer) {
    return Wording::tr("%1 timer").arg(inCurrentLanguage(nameOfTimer(timer)));
}

QString timerSymbol(std::string_view timer) {
    if (timer == "retransmission") return u"RTO"_s;
    if (timer == "time-wait") return u"2MSL"_s;
    // In Chinese the name alone is an adjective that reads as a state.
    if (currentLanguage() == Language::Chinese) return timerName(timer);
    return toQt(nameOfTimer(timer).en).trimmed();
}

QString returned(const Returned& call) {
    if (call.result.empty()) return toQt(call.text);
    return u"%1 = %2"_s.arg(toQt(call.text), toQt(call.result));
}

const Sighting* firstSighting(const Transit& transit) {
    for (const auto* sighting : {&transit.departed, &transit.seen, &transit.arrived, &transit.lost})
        if (*sighting) return &**sighting;
    return nullptr;
}

std::span<const Entry> entriesAt(const Trace& trace, Moment moment) {
    const auto& all = trace.entries();
    const auto first = std::ranges::lower_bound(all, moment, {}, &Entry::moment);
    const auto end = std::ranges::upper_bound(all, moment, {}, &Entry::moment);
    return {first, end};
}

QString causeOf(const Trace& trace, const Entry& change) {
    if (change.cause) {
        if (const Packet* packet = trace.find(*change.cause))
            return flagsInWords(packet->tcp.flags);
    }
    for (const Entry& entry : entriesAt(trace, change.moment)) {
        if (entry.connection != change.connection || entry.side != change.side) continue;
        if (const auto* call = std::get_if<Called>(&entry.what)) return toQt(call->text);
        if (const auto* fired = std::get_if<Fired>(&entry.what)) return timerName(fired->timer);
    }
    return {};
}

QString sentenceOf(const Trace& trace, const Entry& entry) {
    const bool client = entry.side == Side::Client;
    const auto flags = [&](PacketId number) {
        const Packet* packet = trace.find(number);
        return packet == nullptr ? QString() : flagsInWords(packet->tcp.flags);
    };
    const auto by = [client](const QString& ofClient, const QString& ofServer) {
        return client ? ofClient : ofServer;
    };
    const auto none = [](const auto&) { return QString(); };
    return std::visit(Overloaded{[&](const Sent& e) {
                                     return by(Wording::tr("The client sends %1."),
                                               Wording::tr("The server sends %1."))
                                         .arg(flags(e.packet));
                                 },
                                 [&](const Arrived& e) {
                                     return by(Wording::tr("%1 arrives at the client."),
                                               Wording::tr("%1 arrives at the server."))
                                         .arg(flags(e.packet));
                                 },
                                 [&](const Lost& e) {
                                     return by(Wording::tr("%1 of the client is lost on the way."),
                                               Wording::tr("%1 of the server is lost on the way."))
                                         .arg(flags(e.packet));
                                 },
                                 [&](const Discarded& e) {
                                     return by(Wording::tr("The client does not take %1."),
                                               Wording::tr("The server does not take %1."))
                                         .arg(flags(e.packet));
                                 },
                                 [&](const Entered& e) {
                                     return by(Wording::tr("Client: %1 → %2"),
                                               Wording::tr("Server: %1 → %2"))
                                         .arg(toQt(toString(e.from)), toQt(toString(e.to)));
                                 },
                                 [&](const Called& e) {
                                     return by(Wording::tr("The client's program calls %1."),
                                               Wording::tr("The server's program calls %1."))
                                         .arg(toQt(e.text));
                                 },
                                 [&](const Returned& e) {
                                     return by(Wording::tr("At the client, %1 returns."),
                                               Wording::tr("At the server, %1 returns."))
                                         .arg(returned(e));
                                 },
                                 [&](const Fired& e) {
                                     return by(Wording::tr("The client's %1 runs out."),
                                               Wording::tr("The server's %1 runs out."))
                                         .arg(timerName(e.timer));
                                 },
                                 [&](const Armed& e) { return none(e); },
                                 [&](const Disarmed& e) { return none(e); },
                                 [&](const VariableChanged& e) { return none(e); }},
                      entry.what);
}

bool arrivedDamaged(const Trace& trace, PacketId packet, Moment by) {
    return std::ranges::any_of(trace.entries(), [&](const Entry& entry) {
        const auto* discarded = std::get_if<Discarded>(&entry.what);
        return discarded != nullptr && discarded->packet == packet && entry.moment <= by &&
               entry.why == tcp::Clause{tcp::clause::kChecksumWrong};
    });
}

QString nameOf(const net::Choice& choice) {
    if (const auto* call = std::get_if<net::Interject>(&choice))
        return u"%1: %2"_s.arg(nameOf(call->side), toQt(toString(call->call)));
    const auto* fault = std::get_if<net::Befall>(&choice);
    if (fault == nullptr) return toQt(toString(choice));
    const auto of = [fault](const QString& text) { return text.arg(fault->packet); };
    switch (fault->kind) {
        case net::Fault::Kind::Drop: return of(Wording::tr("Packet %1 dropped"));
        case net::Fault::Kind::Delay: return of(Wording::tr("Packet %1 delayed"));
        case net::Fault::Kind::Duplicate: return of(Wording::tr("Packet %1 duplicated"));
        case net::Fault::Kind::Corrupt: return of(Wording::tr("Packet %1 corrupted"));
    }
    TCPLAB_UNREACHABLE();
}

QString outlookOf(const Trace& trace, Moment step) {
    if (step == 0) return Wording::tr("Nothing more happens.");
    QStringList sentences;
    for (const Entry& entry : entriesAt(trace, step)) {
        if (const auto* sent = std::get_if<Sent>(&entry.what)) {
            const Packet& packet = *trace.find(sent->packet);
            const QString label =
                flagsInWords(packet.tcp.flags) + u' ' + numbersOf(packet.tcp).first();
            sentences << (entry.side == Side::Client ? Wording::tr("The client sends %1.")
                                                     : Wording::tr("The server sends %1."))
                             .arg(label);
        } else if (std::holds_alternative<Entered>(entry.what)) {
            const bool chinese = currentLanguage() == Language::Chinese;
            sentences << sentenceOf(trace, entry) + (chinese ? u'。' : u'.');
        }
    }
    return joined(sentences);
}

}  // namespace tcplab::gui
