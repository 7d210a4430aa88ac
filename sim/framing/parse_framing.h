#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/framing/framing.h"

#include <string>
#include <string_view>

namespace tcplab::framing {

/// Reads a framing as it is written on a command line (docs/framing.md): "fixed:16", "line",
/// "delimiter:0d0a", "delimiter:||,keep", "length:offset=1,width=4,adjust=-4", "varint", "json",
/// "header-json", "tls", "http", "resp", "ber", "websocket". Code::Usage with the part that is
/// wrong, what was expected and the nearest right word.
[[nodiscard]] Expected<Framing, Error> parseFraming(std::string_view text);

/// As parseFraming reads it; what has its usual value is left out.
[[nodiscard]] std::string toString(const Framing& framing);

}  // namespace tcplab::framing
