#include "gui/findings.h"

#include "gui/glossary.h"
#include "sim/base/check.h"

#include <QCoreApplication>

#include <algorithm>

namespace tcplab::gui {

namespace {

using capture::Finding;

struct FindingWords {
    Q_DECLARE_TR_FUNCTIONS(Finding)
};

}  // namespace

QString nameOf(Finding finding) {
    switch (finding) {
        case Finding::Retransmission: return FindingWords::tr("Retransmission");
        case Finding::FastRetransmission: return FindingWords::tr("Fast retransmission");
        case Finding::SpuriousRetransmission: return FindingWords::tr("Spurious retransmission");
        case Finding::OutOfOrder: return FindingWords::tr("Out of order");
        case Finding::LostSegment: return FindingWords::tr("Segment not captured");
        case Finding::AckLostSegment: return FindingWords::tr("ACK of a segment not captured");
        case Finding::DuplicateAck: return FindingWords::tr("Duplicate ACK");
        case Finding::KeepAlive: return FindingWords::tr("Keep-alive");
        case Finding::KeepAliveAck: return FindingWords::tr("Keep-alive ACK");
        case Finding::ZeroWindow: return FindingWords::tr("Zero window");
        case Finding::ZeroWindowProbe: return FindingWords::tr("Zero window probe");
        case Finding::ZeroWindowProbeAck: return FindingWords::tr("Zero window probe ACK");
        case Finding::WindowUpdate: return FindingWords::tr("Window update");
        case Finding::WindowFull: return FindingWords::tr("Window full");
        case Finding::ReusedPorts: return FindingWords::tr("Ports used again");
    }
    TCPLAB_UNREACHABLE();
}

bool isTrouble(Finding finding) {
    switch (finding) {
        case Finding::Retransmission:
        case Finding::FastRetransmission:
        case Finding::SpuriousRetransmission:
        case Finding::OutOfOrder:
        case Finding::LostSegment:
        case Finding::AckLostSegment:
        case Finding::ZeroWindow:
        case Finding::WindowFull: return true;
        case Finding::DuplicateAck:
        case Finding::KeepAlive:
        case Finding::KeepAliveAck:
        case Finding::ZeroWindowProbe:
        case Finding::ZeroWindowProbeAck:
        case Finding::WindowUpdate:
        case Finding::ReusedPorts: return false;
    }
    TCPLAB_UNREACHABLE();
}

bool isTrouble(const capture::PacketFindings& found) {
    return std::any_of(found.begin(), found.end(), [](const capture::Proof& proof) {
        return isTrouble(proof.finding);
    });
}

QString findingsInWords(const capture::PacketFindings& found) {
    QStringList lines;
    for (const capture::Proof& proof : found)
        lines << QStringLiteral("%1: %2").arg(nameOf(proof.finding),
                                              inCurrentLanguage(capture::meaningOf(proof.finding)));
    return lines.join(QLatin1Char('\n'));
}

}  // namespace tcplab::gui
