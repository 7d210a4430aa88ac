#pragma once

#include "gui/geometry/ladder_layout.h"

#include <vector>

namespace tcplab::gui {

/// How far down each of LadderStory::events is. Of the layout, the metrics are zoomed, and scale,
/// sheaves, axis, points, gaps, reach and height are set.
[[nodiscard]] std::vector<double> placeRows(const LadderStory& story, LadderLayout& layout);

}  // namespace tcplab::gui
