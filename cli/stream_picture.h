#pragma once

#include "cli/rows.h"
#include "sim/base/text.h"
#include "sim/trace/stream_rows.h"

#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// Draws the four rows of a direction over one axis for a terminal, and says below why boundaries
/// are broken. `width` is the columns that the axis may take.
void printStreamRows(
    const StreamRows& rows, Language language, bool colour, std::size_t width, std::ostream& out);

/// The same as one JSON object. Times are seconds.
[[nodiscard]] std::string jsonOf(const StreamRows& rows, Language language);

}  // namespace tcplab::cli
