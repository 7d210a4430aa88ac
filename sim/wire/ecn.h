#pragma once

#include <cstdint>

namespace tcplab::wire {

/// The ECN field of an IP header (RFC 3168 5).
enum class Ecn : std::uint8_t {
    NotEct,  ///< The transport does not take part.
    Ect1,
    Ect0,
    Ce,  ///< A router met congestion.
};

}  // namespace tcplab::wire
