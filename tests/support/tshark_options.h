#pragma once

#include "sim/base/bytes.h"
#include "tests/support/tshark.h"

#include <cstdint>

namespace tcplab::test {

/// The names that tshark has for TCP options: "tcp.options", as octets; "tcp.option_kind", one
/// after the other; and what the options say.
[[nodiscard]] const std::vector<std::string>& optionNames();

/// Adds the options as we read them. `sackBase` is subtracted from the numbers of SACK blocks.
void addOptions(Octets options, std::uint32_t sackBase, TsharkFields& fields);

}  // namespace tcplab::test
