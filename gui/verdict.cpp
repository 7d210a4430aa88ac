#include "gui/verdict.h"

#include "gui/wording.h"
#include "sim/base/check.h"

#include <QCoreApplication>
#include <QLocale>

namespace tcplab::gui {

namespace {

using capture::Flow;

struct VerdictWords {
    Q_DECLARE_TR_FUNCTIONS(Verdict)
};

// Bits of tshark's completeness number.
constexpr unsigned kSynAck = 2;

bool sawSynAck(const Flow& flow) {
    return (flow.completeness & kSynAck) != 0;
}

bool isOpening(tcp::State state) {
    return state == tcp::State::SynSent || state == tcp::State::SynReceived;
}

bool isHalfClosed(const Flow& flow) {
    const auto waits = [&](Side side) {
        return flow.states[side] == tcp::State::CloseWait ||
               flow.states[side] == tcp::State::FinWait2 ||
               flow.states[side] == tcp::State::FinWait1;
    };
    return waits(Side::Client) || waits(Side::Server);
}

QString whoClosedFirst(const Flow& flow) {
    if (!flow.closedBy) return {};
    switch (*flow.closedBy) {
        case Flow::ClosedBy::Client: return VerdictWords::tr("The client closed first.");
        case Flow::ClosedBy::Server: return VerdictWords::tr("The server closed first.");
        case Flow::ClosedBy::Both: return VerdictWords::tr("Both closed at once.");
    }
    TCPLAB_UNREACHABLE();
}

QString whatHappened(const Flow& flow) {
    const bool client = flow.resetBy == Side::Client;
    switch (verdictOf(flow)) {
        case Verdict::Reset:
            return client ? VerdictWords::tr("The client reset the connection.")
                          : VerdictWords::tr("The server reset the connection.");
        case Verdict::Refused:
            return VerdictWords::tr("The connection was refused: a RST answered the SYN.");
        case Verdict::Unanswered: return VerdictWords::tr("Nobody answered the SYN.");
        case Verdict::HalfClosed: return VerdictWords::tr("One end has closed, the other has not.");
        case Verdict::Open: return VerdictWords::tr("Nobody has closed the connection.");
        case Verdict::Closed: return VerdictWords::tr("Both ends closed the connection.");
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace

Verdict verdictOf(const Flow& flow) {
    if (flow.resetBy) {
        const bool refused = *flow.resetBy == Side::Server && !sawSynAck(flow) &&
                             flow.bytes[Side::Client] + flow.bytes[Side::Server] == 0 &&
                             (flow.completeness & 1U) != 0;
        return refused ? Verdict::Refused : Verdict::Reset;
    }
    if (isOpening(flow.states[Side::Client]) && flow.packets[Side::Server] == 0)
        return Verdict::Unanswered;
    if (isHalfClosed(flow)) return Verdict::HalfClosed;
    return flow.closedBy ? Verdict::Closed : Verdict::Open;
}

int troubleOf(const Flow& flow) {
    switch (verdictOf(flow)) {
        case Verdict::Reset: return 5;
        case Verdict::Refused: return 4;
        case Verdict::Unanswered: return 3;
        case Verdict::HalfClosed: return 2;
        case Verdict::Open: return 1;
        case Verdict::Closed: return 0;
    }
    TCPLAB_UNREACHABLE();
}

QString shortVerdict(const Flow& flow) {
    switch (verdictOf(flow)) {
        case Verdict::Reset:
            return flow.resetBy == Side::Client ? VerdictWords::tr("reset by the client")
                                                : VerdictWords::tr("reset by the server");
        case Verdict::Refused: return VerdictWords::tr("refused");
        case Verdict::Unanswered: return VerdictWords::tr("no answer to SYN");
        case Verdict::HalfClosed: return VerdictWords::tr("half closed");
        case Verdict::Open: return VerdictWords::tr("still open");
        case Verdict::Closed: break;
    }
    switch (flow.closedBy.value_or(Flow::ClosedBy::Both)) {
        case Flow::ClosedBy::Client: return VerdictWords::tr("client closed first");
        case Flow::ClosedBy::Server: return VerdictWords::tr("server closed first");
        case Flow::ClosedBy::Both: return VerdictWords::tr("closed at once");
    }
    TCPLAB_UNREACHABLE();
}

QString longVerdict(const Flow& flow) {
    const QLocale locale;
    const auto number = [&](std::uint64_t value) {
        return locale.toString(static_cast<qulonglong>(value));
    };
    QStringList sentences{whatHappened(flow)};
    if (const QString who = whoClosedFirst(flow); !who.isEmpty() && !flow.resetBy) sentences << who;
    sentences << VerdictWords::tr(
                     "The client sent %1 packets with %2 octets, the server %3 with %4.")
                     .arg(number(flow.packets[Side::Client]),
                          number(flow.bytes[Side::Client]),
                          number(flow.packets[Side::Server]),
                          number(flow.bytes[Side::Server]));
    if (flow.handshakeRtt)
        sentences << VerdictWords::tr("The handshake took %1.").arg(lasting(*flow.handshakeRtt));
    return joined(sentences);
}

}  // namespace tcplab::gui
