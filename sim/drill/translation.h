#pragma once

#include "sim/drill/script.h"
#include "sim/host/datagram.h"

#include <cstdint>
#include <map>
#include <optional>

namespace tcplab::drill {

/// Between the numbers of a script and those of a run, for one connection. Scripts write the host's
/// sequence numbers and timestamps as if its first ones were those that the script expects.
struct Translation {
    std::uint16_t scriptLocalPort = 0;  ///< As written; 0: none.
    std::uint16_t scriptRemotePort = 0;
    wire::SocketAddress local{};
    wire::SocketAddress remote{};
    std::uint32_t shift = 0;  ///< The host's live number is the script's plus this.
    struct FirstTimestamp {
        std::uint32_t script = 0;
        std::uint32_t live = 0;
    };
    std::optional<FirstTimestamp> firstTimestamp{};
    std::map<std::uint32_t, std::uint32_t> timestamps{};  ///< Script to live, as they were sent.

    /// The segment that the peer sends where the script writes this.
    [[nodiscard]] Segment inbound(const TcpPattern& pattern) const;
    /// The host's segment in the numbers of the script.
    [[nodiscard]] Segment outbound(Segment segment) const;
    /// The host has sent what this pattern expects: learns its initial number and timestamps.
    void learn(const TcpPattern& pattern, const Segment& live);
    [[nodiscard]] Seq liveNumber(std::uint32_t script) const { return Seq{script + shift}; }
};

}  // namespace tcplab::drill
