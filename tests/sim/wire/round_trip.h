#pragma once

#include "sim/wire/stack.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tcplab::test {

/// How many headers of each protocol were written.
using Written = std::map<wire::Protocol, std::size_t>;

/// Reads each header that is whole and well formed, and writes it. Tells which do not become the
/// octets that they were.
[[nodiscard]] std::vector<std::string> changedByWriting(const wire::Layers& layers,
                                                        Written& written);

/// The same of one header of this protocol at the beginning of any octets.
[[nodiscard]] std::optional<std::string> changedByWriting(wire::Protocol protocol, Octets octets);

}  // namespace tcplab::test
