#pragma once

#include "sim/trace/record.h"

#include <cstdint>

namespace tcplab::capture {

/// The octets of sequence space that a packet occupies.
[[nodiscard]] inline std::int64_t lengthOf(const TcpNumbers& tcp) {
    return std::int64_t{tcp.len} + (tcp.flags.syn ? 1 : 0) + (tcp.flags.fin ? 1 : 0);
}

/// The number after the last one that it takes.
[[nodiscard]] inline std::int64_t endOf(const TcpNumbers& tcp) {
    return tcp.seq + lengthOf(tcp);
}

}  // namespace tcplab::capture
