#include "capture/rules.h"

#include "sim/base/check.h"

namespace tcplab::capture {

std::string_view toString(Ender ender) {
    switch (ender) {
        case Ender::Client: return "client";
        case Ender::Server: return "server";
        case Ender::Both: return "both";
        case Ender::Nobody: return "nobody";
    }
    TCPLAB_UNREACHABLE();
}

Ender closerOf(const Flow& flow) {
    if (!flow.closedBy) return Ender::Nobody;
    switch (*flow.closedBy) {
        case Flow::ClosedBy::Client: return Ender::Client;
        case Flow::ClosedBy::Server: return Ender::Server;
        case Flow::ClosedBy::Both: return Ender::Both;
    }
    TCPLAB_UNREACHABLE();
}

Ender resetterOf(const Flow& flow) {
    if (!flow.resetBy) return Ender::Nobody;
    return *flow.resetBy == Side::Client ? Ender::Client : Ender::Server;
}

bool EndPattern::matches(const wire::SocketAddress& end) const {
    return (!ip || *ip == end.ip) && (!port || *port == end.port);
}

}  // namespace tcplab::capture
