#pragma once

#include "sim/framing/framing.h"

#include <optional>
#include <vector>

namespace tcplab::framing {

/// Appends `message` to `out` so that a Decoder of the same framing takes it out again, or says why
/// that cannot be, and then appends nothing. What is stripped and not the length field itself is
/// written as zeros. Where the length field is not stripped, or with JSON, HTTP and RESP, the
/// message is the whole frame; the length is then written into its place.
[[nodiscard]] std::optional<FramingError> encode(const Framing& framing,
                                                 Octets message,
                                                 std::vector<std::uint8_t>& out);

}  // namespace tcplab::framing
