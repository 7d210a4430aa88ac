#pragma once

#include "gui/geometry/ladder_story.h"

#include <cstddef>
#include <vector>

namespace tcplab::gui {

/// Packets that leave one end so soon after each other that a ladder has no room to tell them
/// apart: indexes of LadderStory::trips, one after the other.
struct LadderSheaf {
    std::size_t first = 0;
    std::size_t count = 0;
};

/// The sheaves of a ladder in which a second takes `perSecond`. Only packets of which nothing else
/// is to be told are in one: no state, call or loss, and no repetition.
[[nodiscard]] std::vector<LadderSheaf> sheavesOf(const LadderStory& story, double perSecond);

/// Of each trip the sheaf that it is in, or null.
[[nodiscard]] std::vector<const LadderSheaf*> sheafOfTrips(const LadderStory& story,
                                                           const std::vector<LadderSheaf>& sheaves);

}  // namespace tcplab::gui
