#pragma once

#include "sim/base/error.h"
#include "sim/trace/trace.h"

#include <optional>
#include <string>

namespace tcplab::capture {

/// Writes the packets of a simulated record to a pcapng file, as a tap at `position` hears them
/// (see observe()), each with a comment on the states that it leaves the ends in. An error where
/// the file could not be written whole.
[[nodiscard]] std::optional<Error> writeTap(const Trace& trace,
                                            double position,
                                            const std::string& path);

}  // namespace tcplab::capture
