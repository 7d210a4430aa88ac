#pragma once

#include "cli/ladder.h"
#include "cli/rows.h"
#include "sim/trace/diff.h"

#include <ostream>
#include <string>

namespace tcplab::cli {

/// A run and what people call it.
struct NamedRun {
    const Trace& trace;
    std::string name{};
};

/// Prints how two runs differ, for people: where first, which packets, which states.
void printRunDiff(const NamedRun& a,
                  const NamedRun& b,
                  const LadderStyle& style,
                  std::ostream& out);

/// The same for programs: a row for the first difference (`what` is "first"), for each packet
/// ("packet") and for each end whose states differ ("states"); none where the runs are the same.
void printRunDiffRows(const Trace& a, const Trace& b, Format format, std::ostream& out);

}  // namespace tcplab::cli
