#pragma once

#include "sim/base/rng.h"
#include "sim/base/time.h"
#include "sim/wire/segment.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace tcplab::net {

/// Something that goes wrong on a link, once: it befalls the n-th packet that matches.
struct Fault {
    enum class Kind : std::uint8_t { Drop, Delay, Duplicate, Corrupt };
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

/// How often something happens by chance.
struct Chance {
    static constexpr std::uint32_t kAlways = 1'000'000;
    std::uint32_t perMillion = 0;
    friend bool operator==(const Chance&, const Chance&) = default;
};

/// One direction of a wire: how long a packet takes, and what goes wrong. A value, with its state.
struct Link {
    Duration delay = std::chrono::milliseconds{10};
    Duration jitter{};        ///< Up to so much longer, by chance. It never changes the order.
    std::uint64_t rate = 0;   ///< Bits a second; 0: no limit.
    std::uint32_t queue = 0;  ///< Packets that may wait for the rate; 0: no limit.
    std::uint32_t mtu = 0;    ///< Octets of an IP packet; a longer one is lost. 0: no limit.
    Chance loss{};
    Chance duplication{};
    Chance corruption{};
    Chance reordering{};  ///< A packet is held for `reorderingDelay`, so that others pass it.
    Duration reorderingDelay = std::chrono::milliseconds{5};
    std::vector<Fault> faults{};

    std::vector<std::uint32_t> matched{};  ///< For each fault: how many packets matched so far.
    std::deque<Instant> waiting{};  ///< When each packet that waits for the rate begins to leave.
    Instant freeAt{};               ///< When the last octet so far has left.
    Instant lastDue{};              ///< When the last packet so far that keeps the order arrives.

    friend bool operator==(const Link&, const Link&) = default;
};

/// What becomes of a packet.
struct Journey {
    Instant due{};      ///< When it reaches the far end, or is lost.
    bool lost = false;  ///< At the far end of the wire, but for `onEntry`.
    bool onEntry =
        false;  ///< The queue is full, or the packet longer than the MTU: it never leaves.
    bool corrupt = false;  ///< Octets change, so that its checksum is wrong.
    bool twice = false;    ///< It arrives twice.
};

/// Sends a packet of `ipOctets` on its way. Chance is drawn here, and only where the link has any.
[[nodiscard]] Journey depart(
    Link& link, const Segment& segment, std::size_t ipOctets, Instant now, Rng& rng);

}  // namespace tcplab::net
