#pragma once

#include "capture/analysis/finding.h"
#include "sim/trace/record.h"

#include <array>
#include <cstddef>
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
    Duration windowClosed{};         ///< How long its window stayed at zero,
    PacketId windowClosedSince = 0;  ///< first since this packet; 0 where it never did.

    /// What a sender of new octets was waiting for since it sent the last ones.
    enum class Wait : std::uint8_t {
        Window,       ///< Less than a full segment had room in the window that the peer offered.
        Congestion,   ///< An ACK, although the window had room.
        Application,  ///< Nothing: all was acknowledged, or the last segment was not full.
    };
    struct Waited {
        std::array<Duration, 3> times{};
        [[nodiscard]] Duration& operator[](Wait wait) {
            return times.at(static_cast<std::size_t>(wait));
        }
        [[nodiscard]] Duration operator[](Wait wait) const {
            return times.at(static_cast<std::size_t>(wait));
        }
    };
    Waited waited{};  ///< Added up over its segments with new octets.
};

/// Adds up the packets of a flow.
class Statistics {
public:
    /// `captured` octets of its payload are in the file, `fresh` of them for the first time, and
    /// `segment` is the largest segment that its sender may send. Adds to `sums`.
    void note(const Packet& packet,
              std::uint64_t captured,
              std::uint64_t fresh,
              std::uint32_t segment,
              const PacketFindings& found,
              PerSide<SideStatistics>& sums);

private:
    /// What an end is waiting for, as its last segment with new octets left it.
    struct Pause {
        std::optional<Instant> since{};
        bool windowFull = false;
        bool full = false;                    ///< The segment was as large as one may be.
        std::optional<Instant> emptySince{};  ///< All was acknowledged then.
    };
    void noteWaiting(const Packet& packet, std::uint32_t segment, SideStatistics::Waited& waited);

    PerSide<Pause> pauses_{};
    PerSide<std::optional<std::uint32_t>> window_{};  ///< That it offered last.
    PerSide<std::optional<Instant>> last_{};
    PerSide<std::int64_t> next_{};
    PerSide<std::int64_t> acknowledged_{};  ///< By the other end.
};

}  // namespace tcplab::capture
