#pragma once

#include "sim/base/bytes.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// Appends the two digits of an octet.
void appendHex(std::string& text, std::uint8_t octet);

/// "0x0800": the lowest `digits` digits.
[[nodiscard]] std::string hex(std::uint32_t value, unsigned digits);

/// "0xf989", without anything between the octets.
[[nodiscard]] std::string hex(Octets octets);

/// Letters, digits and signs as they are; anything else as a dot.
[[nodiscard]] std::string printable(Octets octets);

}  // namespace tcplab::wire
