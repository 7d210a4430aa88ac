#include "gui/findings.h"

#include "gui/glossary.h"

#include <QStringList>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using enum capture::Finding;

constexpr capture::Findings kUsual{DuplicateAck,
                                   KeepAlive,
                                   KeepAliveAck,
                                   ZeroWindowProbe,
                                   ZeroWindowProbeAck,
                                   WindowProbe,
                                   WindowUpdate,
                                   ReusedPorts,
                                   GapFilled,
                                   SimultaneousOpen,
                                   SimultaneousClose};

}  // namespace

QString nameOf(capture::Finding finding) {
    return toQt(toString(finding)).replace(u'_', u' ');
}

bool isTrouble(capture::Finding finding) {
    return !kUsual.has(finding);
}

bool isTrouble(const capture::PacketFindings& found) {
    return std::any_of(found.begin(), found.end(), [](const capture::Proof& proof) {
        return isTrouble(proof.finding);
    });
}

QString findingsInWords(const capture::PacketFindings& found) {
    QStringList lines;
    for (const capture::Proof& proof : found)
        lines << u"%1: %2"_s.arg(nameOf(proof.finding),
                                 inCurrentLanguage(capture::meaningOf(proof.finding)));
    return lines.join(u'\n');
}

}  // namespace tcplab::gui
