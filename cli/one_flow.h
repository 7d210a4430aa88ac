#pragma once

#include "capture/session.h"

#include <optional>
#include <string>
#include <vector>

namespace tcplab::cli {

/// One connection of a capture file, kept.
struct OneFlow {
    Trace trace{Origin::Captured};
    capture::Flow flow{};
    std::vector<capture::PacketFindings> findings{};  ///< Of packets that have any, in order.
    std::optional<Error> stopped{};  ///< Why reading ended before the end of the file.
};

/// Reads the connection with this number, or the only one there is. Code::Usage where the file has
/// several and none was chosen, or not this one. `octets` of each packet are kept at most.
[[nodiscard]] Expected<OneFlow, Error> readFlow(const std::string& file,
                                                std::optional<ConnectionId> chosen,
                                                std::size_t octets);

}  // namespace tcplab::cli
