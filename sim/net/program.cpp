#include "sim/net/program.h"

namespace tcplab::net {

std::string toString(const Call& call) {
    switch (call.kind) {
        case CallKind::Listen: return "listen()";
        case CallKind::Accept: return "accept()";
        case CallKind::Connect: return "connect()";
        case CallKind::Send: return "send(" + std::to_string(call.octets.size()) + ")";
        case CallKind::Recv: return "recv(" + std::to_string(call.count) + ")";
        case CallKind::Shutdown: return "shutdown(SHUT_WR)";
        case CallKind::Close: return "close()";
        case CallKind::Abort: return "close(), linger 0";
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::net
