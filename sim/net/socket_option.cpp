#include "sim/net/socket_option.h"

#include "sim/base/check.h"

#include <chrono>

namespace tcplab::net {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::int64_t valueOf(const tcp::Config& config, SocketOption option) {
    switch (option) {
        case SocketOption::NoDelay: return config.nagle ? 0 : 1;
        case SocketOption::Cork: return config.cork ? 1 : 0;
        case SocketOption::QuickAck: return config.quickAck ? 1 : 0;
        case SocketOption::KeepAlive: return config.keepAlive ? 1 : 0;
        case SocketOption::KeepIdle: return config.keepAliveIdle / seconds{1};
        case SocketOption::UserTimeout:
            return config.userTimeout.value_or(Duration{}) / milliseconds{1};
        case SocketOption::ReceiveBuffer: return config.receiveBuffer;
    }
    TCPLAB_UNREACHABLE();
}

void set(tcp::Config& config, SocketOption option, std::int64_t value) {
    TCPLAB_CHECK(nameOf(option).least <= value && value <= nameOf(option).most);
    switch (option) {
        case SocketOption::NoDelay: config.nagle = value == 0; return;
        case SocketOption::Cork: config.cork = value != 0; return;
        case SocketOption::QuickAck: config.quickAck = value != 0; return;
        case SocketOption::KeepAlive: config.keepAlive = value != 0; return;
        case SocketOption::KeepIdle: config.keepAliveIdle = seconds{value}; return;
        case SocketOption::UserTimeout:
            config.userTimeout.reset();
            if (value > 0) config.userTimeout = milliseconds{value};
            return;
        case SocketOption::ReceiveBuffer:
            config.receiveBuffer = static_cast<std::uint32_t>(value);
            return;
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::net
