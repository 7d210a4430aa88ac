#pragma once

#include "tests/sim/wire/samples.h"

#include <string_view>
#include <vector>

namespace tcplab::test {

/// A frame for every layer beside Ethernet, IP and TCP. tshark finds all of them well formed, and
/// their checksums right.
const std::vector<Sample>& layerSamples();
/// The one of this name.
const Sample& layerSample(std::string_view name);

}  // namespace tcplab::test
