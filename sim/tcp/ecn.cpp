// RFC 3168 6.1: explicit congestion notification.

#include "sim/tcp/step.h"

namespace tcplab::tcp {

// 6.1.1: a SYN asks with both flags; the SYN that answers it says yes with ECE alone.
void Step::offerEcn(Segment& syn, bool answers) {
    if (answers) {
        syn.ctl.ece = tcb_.ecn.agreed;
        return;
    }
    tcb_.ecn.offered = config_.ecn == Config::EcnUse::Offered &&
                       (!config_.ecnTries || tcb_.retransmissions <= *config_.ecnTries);
    syn.ctl.ece = syn.ctl.cwr = tcb_.ecn.offered;
}

void Step::agreeOnEcn(const Segment& syn) {
    const bool asks = syn.ctl.ece && syn.ctl.cwr;
    const bool saysYes = syn.ctl.ece && !syn.ctl.cwr;
    tcb_.ecn.agreed =
        syn.ctl.ack ? tcb_.ecn.offered && saysYes : config_.ecn != Config::EcnUse::Off && asks;
}

// 6.1.3, as receiver of octets: CWR ends the echo, and another mark begins it anew.
void Step::takeCongestionMark(const Segment& seg, wire::Ecn ecn) {
    if (!tcb_.ecn.agreed) return;
    if (seg.ctl.cwr) tcb_.ecn.echoing = false;
    if (ecn == wire::Ecn::Ce && !seg.payload.empty()) tcb_.ecn.echoing = true;
}

// 6.1.2, as sender: the peer has seen a mark on octets of this window.
void Step::takeCongestionEcho(const Segment& seg) {
    if (!tcb_.ecn.agreed || !seg.ctl.ece || seg.ctl.syn || !controlsCongestion()) return;
    if (tcb_.ecn.reducedAt && seg.ack <= *tcb_.ecn.reducedAt) return;
    tcb_.congestion.congestionMet(flight());
    tcb_.ecn.reducedAt = tcb_.snd.nxt;
    tcb_.ecn.reduced = true;
}

// 6.1.4 - 6.1.6: new octets are ECN-capable; what is sent again, probes and bare ACKs are not.
wire::Ecn Step::markEcn(Segment& segment, bool isNew) {
    if (!tcb_.ecn.agreed || segment.ctl.syn || segment.ctl.rst) return wire::Ecn::NotEct;
    segment.ctl.ece = segment.ctl.ack && tcb_.ecn.echoing;
    if (!isNew || segment.payload.empty()) return wire::Ecn::NotEct;
    segment.ctl.cwr = tcb_.ecn.reduced;
    tcb_.ecn.reduced = false;
    return wire::Ecn::Ect0;
}

}  // namespace tcplab::tcp
