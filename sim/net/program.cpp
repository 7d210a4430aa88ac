#include "sim/net/program.h"

namespace tcplab::net {

Bytes alphabet(std::size_t size) {
    std::vector<std::uint8_t> octets(size);
    for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<std::uint8_t>('a' + i % 26);
    return Bytes{std::move(octets)};
}

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
        case CallKind::SetOption:
            return "setsockopt(" + std::string{nameOf(call.option).name} + ", " +
                   std::to_string(call.value) + ")";
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::net
