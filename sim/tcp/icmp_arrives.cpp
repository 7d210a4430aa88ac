// RFC 9293 3.9.2.2: ICMP errors about our own segments.

#include "sim/tcp/step.h"

#include <algorithm>

namespace tcplab::tcp {

void Step::icmpArrives(const IcmpArrives& icmp) {
    if (icmp.error == IcmpError::SourceQuench) return discard(clause::kSourceQuench);
    bool opening = false;
    switch (tcb_.state) {
        case State::SynSent:
        case State::SynReceived: opening = true; break;
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck: break;
        case State::Closed:
        case State::Listen:
        case State::TimeWait: return discard(clause::kIcmpOfNothing);
    }
    // RFC 5927 4.1: it has to be about something that is in flight.
    if (icmp.seq < tcb_.snd.una || tcb_.snd.nxt <= icmp.seq) return discard(clause::kIcmpOfNothing);
    if (icmp.error == IcmpError::TooBig && opening && !config_.tooBigWhileOpening)
        return discard(clause::kIcmpOfNothing);
    if (icmp.error == IcmpError::TooBig) return pathMtuShrinks(icmp.mtu);
    if ((opening ? config_.hardWhenOpening : config_.hard).contains(icmp.error)) {
        signal(Notice::Unreachable, clause::kIcmpHard);
        return deleteTcb(clause::kIcmpHard);
    }
    signal(Notice::SoftError, clause::kIcmpSoft);
}

// RFC 1191 3, 6.4: smaller segments from now on, and what was too big goes at once.
void Step::pathMtuShrinks(std::uint32_t mtu) {
    constexpr std::uint32_t kLeast = 68;     // RFC 791: what every link carries.
    constexpr std::uint32_t kUnknown = 576;  // Where the router does not say.
    const std::uint32_t before = tcb_.pathMtu == 0 ? config_.mtu : tcb_.pathMtu;
    const std::uint32_t told = std::max(mtu == 0 ? kUnknown : mtu, kLeast);
    if (told >= before) return discard(clause::kIcmpOfNothing);
    tcb_.pathMtu = static_cast<std::uint16_t>(told);
    if (tcb_.peerMss == 0) return;
    const std::uint16_t sendMss = tcb_.sendMss;
    fitSegments();
    if (tcb_.sendMss >= sendMss || flight() == 0) return;
    tcb_.congestion.segmentsAreNow(tcb_.sendMss);
    if (detectsByTime() && tcb_.snd.iss < tcb_.snd.una) return recutSegments();
    retransmitAll(clause::kPathMtu);
}

}  // namespace tcplab::tcp
