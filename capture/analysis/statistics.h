#pragma once

#include "capture/analysis/finding.h"
#include "sim/trace/record.h"

#include <cstdint>
#include <optional>

namespace tcplab::capture {

/// What one end of a flow sent, in numbers.
struct SideStatistics {
    std::uint64_t dataPackets = 0;                  ///< With payload.
    std::uint64_t retransmittedPackets = 0;         ///< As tshark finds them.
    std::uint64_t retransmittedOctets = 0;          ///< That the capture held before.
    std::uint32_t largestSegment = 0;               ///< Octets of payload.
    std::optional<std::uint16_t> mss{};             ///< As its SYN offers.
    std::optional<std::uint8_t> windowScale{};      ///< The same.
    std::optional<std::uint32_t> smallestWindow{};  ///< Scaled, not of a SYN or RST.
    std::uint32_t largestWindow = 0;
    std::uint64_t mostInFlight = 0;  ///< Octets sent and not acknowledged, at most.
    Duration longestIdle{};          ///< Between two of its packets.
    Duration windowClosed{};         ///< How long its window stayed at zero.
};

/// Adds up the packets of a flow.
class Statistics {
public:
    void note(const Packet& packet,
              std::uint64_t captured,
              std::uint64_t fresh,
              const PacketFindings& found);

    PerSide<SideStatistics> sides{};

private:
    PerSide<std::optional<Instant>> last_{};
    PerSide<std::int64_t> next_{};
    PerSide<std::int64_t> acknowledged_{};  ///< By the other end.
};

}  // namespace tcplab::capture
