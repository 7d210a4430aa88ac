#pragma once

#include "sim/drill/script.h"
#include "sim/drill/translation.h"
#include "sim/host/datagram.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tcplab::drill {

/// How far a segment is that is gathered out of several.
struct Gathering {
    std::uint32_t octets = 0;  ///< Of payload, in the segments before.
    bool last = true;          ///< FIN, PSH and CWR count in the last one only.
};

/// What a segment has that the pattern does not expect, in the numbers of the script: "win 65535";
/// nothing where it fits. A sequence number or timestamp that the script leaves open fits always.
[[nodiscard]] std::optional<std::string> unexpectedIn(const TcpPattern& pattern,
                                                      const Segment& segment,
                                                      Seq liveSequence,
                                                      Gathering gathering,
                                                      std::uint32_t timestampTolerance);

/// The same for the IP header.
[[nodiscard]] std::optional<std::string> unexpectedIn(const IpPattern& pattern,
                                                      const host::Datagram& datagram);

}  // namespace tcplab::drill
