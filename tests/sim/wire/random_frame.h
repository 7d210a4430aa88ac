#pragma once

#include "sim/base/rng.h"
#include "sim/wire/frame.h"

#include <cstddef>
#include <cstdint>

namespace tcplab::test {

struct RandomFrame {
    wire::FrameAddresses addresses{};
    Segment segment{};
};

/// A number below `limit`, which is small beside 2^64.
inline std::size_t below(Rng& rng, std::size_t limit) {
    return rng.next() % limit;
}

template <class Number>
Number any(Rng& rng) {
    return static_cast<Number>(rng.next());
}

/// Well formed: any flags, any options up to 40 octets, 0 to 1460 octets of payload. A segment
/// without ACK has no acknowledgement number, and without URG no urgent pointer.
RandomFrame randomFrame(Rng& rng);

}  // namespace tcplab::test
