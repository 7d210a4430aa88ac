#pragma once

#include "sim/base/bytes.h"
#include "sim/base/error.h"
#include "sim/base/time.h"
#include "sim/wire/link_type.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string_view>
#include <vector>

namespace tcplab::capture {

/// Writes a pcapng section with an interface for each link type and times in nanoseconds. The same
/// calls give the same octets on every machine: it writes no clock, host or program name.
class PcapngWriter {
public:
    static constexpr std::uint32_t kSnapLength = 262'144;

    /// `link` is that of the frames that come first.
    PcapngWriter(std::ostream& out, wire::LinkType link);

    /// From here on frames are of this link type.
    void switchTo(wire::LinkType link);

    /// `octets` are the beginning of a packet that had `originalLength`. A comment of more than
    /// 65,535 octets is cut.
    void frame(Instant at,
               Octets octets,
               std::uint32_t originalLength,
               std::string_view comment = {});

    /// Flushes. An error that names `name` where anything could not be written.
    [[nodiscard]] std::optional<Error> finish(std::string_view name);

private:
    void begin(std::uint32_t type);
    void end();

    std::ostream& out_;
    std::vector<wire::LinkType> interfaces_{};
    std::uint32_t interface_ = 0;        ///< Of the frames that come next.
    std::vector<std::uint8_t> block_{};  ///< The one being made.
    int errno_ = 0;                      ///< Of the first write that failed.
};

}  // namespace tcplab::capture
