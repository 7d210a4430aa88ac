#pragma once

#include "sim/base/time.h"
#include "sim/wire/segment.h"

#include <cstdint>
#include <vector>

namespace tcplab::net {

/// Something that goes wrong on a link, once: it befalls the n-th packet that matches.
struct Fault {
    enum class Kind : std::uint8_t { Drop, Delay };
    /// What kind of segment. A segment with SYN, FIN or RST is no plain Ack, nor is one with
    /// octets.
    enum class Match : std::uint8_t { Any, Syn, SynAck, Ack, Data, Fin, Rst };

    Kind kind{};
    Match match{};
    std::uint32_t nth = 1;  ///< 1 is the first that matches.
    Duration extra{};       ///< Delay: so much longer.
    friend bool operator==(const Fault&, const Fault&) = default;
};

[[nodiscard]] bool matches(Fault::Match match, const Segment& segment);

/// One direction of a wire: how long a packet takes, and what goes wrong.
struct Link {
    Duration delay = std::chrono::milliseconds{10};
    std::vector<Fault> faults{};
    std::vector<std::uint32_t> matched{};  ///< For each fault: how many packets matched so far.

    friend bool operator==(const Link&, const Link&) = default;
};

}  // namespace tcplab::net
