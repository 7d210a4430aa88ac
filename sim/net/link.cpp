#include "sim/net/link.h"

#include "sim/base/check.h"

namespace tcplab::net {

bool matches(Fault::Match match, const Segment& segment) {
    const Flags& ctl = segment.ctl;
    switch (match) {
        case Fault::Match::Any: return true;
        case Fault::Match::Syn: return ctl.syn && !ctl.ack;
        case Fault::Match::SynAck: return ctl.syn && ctl.ack;
        case Fault::Match::Ack: return ctl.ack && segment.len() == 0 && !ctl.rst;
        case Fault::Match::Data: return !segment.payload.empty();
        case Fault::Match::Fin: return ctl.fin;
        case Fault::Match::Rst: return ctl.rst;
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::net
