#include "gui/geometry/ladder_sheaves.h"

#include <algorithm>

namespace tcplab::gui {

namespace {

constexpr double kRoom = 6;         ///< Packets that leave within so much are not told apart,
constexpr std::size_t kFewest = 3;  ///< if they are so many: two labels still find a place.

bool isPlain(const LadderStory& story, const LadderTrip& trip) {
    const bool told = !story.events[trip.departure].notes.empty() ||
                      (trip.arrival && !story.events[*trip.arrival].notes.empty());
    return !told && !trip.lost && !trip.repeats;
}

/// Whether nothing but other packets' arrivals at the far end lies between two departures.
bool follows(const LadderStory& story, const LadderTrip& before, const LadderTrip& trip) {
    if (before.packet == trip.packet || before.departure >= trip.departure) return false;
    const Side side = story.events[before.departure].side;
    for (std::size_t i = before.departure + 1; i < trip.departure; ++i)
        if (story.events[i].side == side || story.events[i].kind != LadderEvent::Kind::Arrival)
            return false;
    return story.events[trip.departure].side == side;
}

}  // namespace

std::vector<LadderSheaf> sheavesOf(const LadderStory& story, double perSecond) {
    std::vector<LadderSheaf> sheaves;
    const auto& trips = story.trips;
    const auto joins = [&](std::size_t trip) {
        const Duration time =
            story.events[trips[trip].departure].at - story.events[trips[trip - 1].departure].at;
        return isPlain(story, trips[trip]) && follows(story, trips[trip - 1], trips[trip]) &&
               std::chrono::duration<double>(time).count() * perSecond < kRoom;
    };
    for (std::size_t first = 0; first < trips.size();) {
        std::size_t end = first + 1;
        if (isPlain(story, trips[first]))
            while (end < trips.size() && joins(end)) ++end;
        if (end - first >= kFewest) sheaves.push_back({first, end - first});
        first = end;
    }
    return sheaves;
}

std::vector<const LadderSheaf*> sheafOfTrips(const LadderStory& story,
                                             const std::vector<LadderSheaf>& sheaves) {
    std::vector<const LadderSheaf*> all(story.trips.size());
    for (const LadderSheaf& sheaf : sheaves)
        for (std::size_t i = 0; i < sheaf.count; ++i) all[sheaf.first + i] = &sheaf;
    return all;
}

}  // namespace tcplab::gui
