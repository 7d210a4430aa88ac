#pragma once

#include "capture/input.h"

#include <string_view>

namespace tcplab::fuzz {

/// These octets, as if they were a file. They outlive it.
[[nodiscard]] capture::Input inputOf(Octets octets);

[[nodiscard]] std::string_view textOf(Octets octets);

}  // namespace tcplab::fuzz
