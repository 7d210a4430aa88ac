#pragma once

#include "sim/base/time.h"
#include "sim/wire/address.h"
#include "sim/wire/segment.h"

#include <cstdint>

namespace tcplab::host {

/// RFC 9293 3.4.1 and RFC 6528 3: a clock of 4 microseconds plus a keyed hash of both ends.
[[nodiscard]] Seq initialNumber(std::uint64_t secret,
                                const wire::SocketAddress& local,
                                const wire::SocketAddress& remote,
                                Instant now);

/// RFC 4987 3.6: a number that holds what must be remembered of the SYN: that its sender got the
/// SYN-ACK, and its segment size in two bits.
[[nodiscard]] Seq cookieOf(std::uint64_t secret,
                           const wire::SocketAddress& local,
                           const wire::SocketAddress& remote,
                           const Segment& syn);
/// Whether the segment acknowledges such a number.
[[nodiscard]] bool isCookie(std::uint64_t secret,
                            const wire::SocketAddress& local,
                            const wire::SocketAddress& remote,
                            const Segment& segment);
/// The SYN that this acknowledgement of a cookie must have followed.
[[nodiscard]] Segment synOf(const Segment& acknowledgement);

}  // namespace tcplab::host
