#pragma once

#include "capture/analysis/finding.h"
#include "capture/analysis/round_trips.h"
#include "capture/analysis/statistics.h"
#include "capture/analysis/zeek_record.h"
#include "sim/trace/record.h"

#include <cstdint>
#include <optional>

namespace tcplab::capture {

/// What is known of one TCP connection of a capture once it has ended.
struct Flow {
    Connection connection{};  ///< Its initial states as they are known in hindsight.
    Instant first{};
    Instant last{};
    Instant until{};  ///< How far the capture had gone when it ended.
    PerSide<std::uint64_t> packets{};
    PerSide<std::uint64_t> bytes{};  ///< Distinct payload octets that were in the file.
    /// After everything seen has arrived, and before 2MSL runs out.
    PerSide<tcp::State> states{};
    bool certain = true;  ///< False where the states are a guess.
    enum class ClosedBy : std::uint8_t { Client, Server, Both };
    std::optional<ClosedBy> closedBy{};  ///< Both: neither FIN acknowledges the other.
    std::optional<Side> resetBy{};
    std::uint8_t completeness =
        0;  ///< tshark's number: SYN 1, SYN-ACK 2, ACK 4, DATA 8, FIN 16, RST 32.
    std::optional<Duration> handshakeRtt{};  ///< SYN to the ACK of the SYN-ACK.
    RoundTrips roundTrips{};                 ///< Of segments that were sent once.
    FindingCounts findings{};
    FindingCounts remarks{};  ///< See Remarks.
    /// Its windows stand as in the header: the capture lacks the SYN that tells by what to
    /// multiply.
    PerSide<bool> windowScaleUnknown{};
    PerSide<SideStatistics> statistics{};
    ZeekRecord zeek{};
    // The packets that made it: 0 where there is none.
    PerSide<PacketId> syn{};
    PerSide<PacketId> fin{};
    PacketId reset = 0;
};

}  // namespace tcplab::capture
