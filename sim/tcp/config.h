#pragma once

#include "sim/base/time.h"

#include <cstdint>
#include <optional>

namespace tcplab::tcp {

/// What implementations may choose. The defaults are RFC 9293's and RFC 6298's own figures. Held by
/// the host and handed to each event, so that it may change in mid-run.
struct Config {
    std::uint16_t mss = 1460;             ///< What our SYN announces, in octets (RFC 9293 3.7.1).
    std::uint16_t defaultSendMss = 536;   ///< Where the peer's SYN announces none (3.7.1, IPv4).
    std::uint32_t receiveBuffer = 65535;  ///< In octets; above 65535 the header cannot say it.
    Duration msl = std::chrono::minutes{2};                    ///< 3.4.2
    Duration initialRto = std::chrono::seconds{1};             ///< RFC 6298 (2.1)
    Duration minimumRto = std::chrono::seconds{1};             ///< RFC 6298 (2.4)
    Duration maximumRto = std::chrono::seconds{60};            ///< RFC 6298 (2.5)
    Duration clockGranularity = std::chrono::milliseconds{1};  ///< G of RFC 6298 2
    Duration r2 = std::chrono::seconds{100};                   ///< RFC 9293 3.8.3: when to give up.
    Duration r2OfSyn = std::chrono::seconds{180};              ///< The same for a SYN.

    /// RFC 9293 3.8.6.3: how long an ACK may wait, for another segment or for octets to go with; at
    /// most 500 ms. 0: every segment is acknowledged at once.
    Duration delayedAck = std::chrono::milliseconds{200};
    bool nagle = true;  ///< RFC 9293 3.7.4: a small segment waits while anything is unacknowledged.
    enum class CongestionControl : std::uint8_t { None, NewReno };
    CongestionControl congestionControl = CongestionControl::NewReno;  ///< RFC 5681, RFC 6582
    /// RFC 5681 3.1: segments that may leave before the first ACK; empty: by its formula.
    std::optional<std::uint32_t> initialWindow{};

    friend bool operator==(const Config&, const Config&) = default;
};

/// Sets of choices that have a name.
enum class Profile : std::uint8_t {
    Rfc9293,   ///< What the standards recommend.
    Textbook,  ///< As course books draw it: each segment is acknowledged and sent at once, and the
               ///< congestion window starts with one segment.
};
[[nodiscard]] Config configOf(Profile profile);

}  // namespace tcplab::tcp
