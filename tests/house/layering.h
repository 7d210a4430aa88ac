#pragma once

#include "tests/house/source.h"

namespace tcplab::house {

// What a C++ file includes or names that its folder may not: who may know whom (ARCHITECTURE.md),
// Qt in gui only, libpcap in capture's .cpp files only, and no clock, dice, thread or file in sim.
Findings layeringOf(const Source& source);

}  // namespace tcplab::house
