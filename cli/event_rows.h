#pragma once

#include "cli/rows.h"
#include "sim/trace/trace.h"

#include <ostream>

namespace tcplab::cli {

/// Prints every entry of a simulated record, a row each.
void printEvents(const Trace& trace, Format format, bool colour, std::ostream& out);

}  // namespace tcplab::cli
