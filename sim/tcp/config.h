#pragma once

#include "sim/base/time.h"

#include <cstdint>

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

    friend bool operator==(const Config&, const Config&) = default;
};

}  // namespace tcplab::tcp
