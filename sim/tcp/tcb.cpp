#include "sim/tcp/tcb.h"

#include <algorithm>

namespace tcplab::tcp {

std::uint16_t segmentLimit(const Tcb& tcb, const Config& config) {
    constexpr int kHeader = 20;
    const int mtu = tcb.pathMtu == 0 ? config.mtu : std::min(tcb.pathMtu, config.mtu);
    const int carried = std::max(mtu - config.ipHeader - kHeader, 1);
    return static_cast<std::uint16_t>(std::min<int>(tcb.peerMss, carried));
}

std::uint32_t receiveBufferOf(const Tcb& tcb, const Config& config) {
    const std::uint32_t unit = segmentLimit(tcb, config);
    if (!config.roundReceiveBuffer || unit == 0) return config.receiveBuffer;
    return (config.receiveBuffer + unit - 1) / unit * unit;
}

std::uint32_t timestampAt(Instant now, const Config& config) {
    const auto run = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch());
    return config.timestampOffset + static_cast<std::uint32_t>(run.count());
}

}  // namespace tcplab::tcp
