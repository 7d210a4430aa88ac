#pragma once

#include "capture/index.h"
#include "capture/session.h"

#include <vector>

namespace tcplab::gui {

/// What a tap in the middle of the wire would have recorded of a run, analysed.
[[nodiscard]] Expected<capture::Loaded, Error> recorded(const Trace& run);

/// The one of a recording that is this connection of the run; null where no packet of it was on the
/// wire.
[[nodiscard]] const capture::Flow* flowOf(const capture::Loaded& recording,
                                          const Connection& connection);

/// The connections of a run as those of a capture are listed.
[[nodiscard]] std::vector<capture::FlowRow> flowRowsOf(const Trace& run);

}  // namespace tcplab::gui
