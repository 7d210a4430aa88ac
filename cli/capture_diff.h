#pragma once

#include "capture/diff.h"
#include "cli/ladder.h"
#include "cli/rows.h"

#include <ostream>

namespace tcplab::cli {

/// Prints how two captures of one conversation differ, for people.
void printCaptureDiff(const capture::Loaded& a,
                      const capture::Loaded& b,
                      const capture::CaptureDiff& found,
                      const LadderStyle& style,
                      std::ostream& out);

/// The same for programs: a row for each thing that differs, those of packets in order of time.
void printCaptureDiffRows(const capture::Loaded& a,
                          const capture::Loaded& b,
                          const capture::CaptureDiff& found,
                          Format format,
                          std::ostream& out);

}  // namespace tcplab::cli
