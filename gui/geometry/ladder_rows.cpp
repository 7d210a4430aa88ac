#include "gui/geometry/ladder_rows.h"

#include "gui/wording.h"

#include <algorithm>

namespace tcplab::gui {

namespace {

using Kind = LadderEvent::Kind;
using namespace std::chrono_literals;

constexpr double kTop = 26;
constexpr double kBottom = 36;
constexpr double kNotePadding = 6;
constexpr double kLeastBetweenDepartures = 38;
constexpr double kUsualWay = 44;  ///< Of a proportional layout: how far a usual packet drops.
constexpr Duration kFoldedGap = 200ms;
constexpr double kInSheaf = 3;  ///< From one packet of a sheaf to the next.
constexpr double kLater = 8;    ///< From what happened at one end to what came later at the other.

class Rows {
public:
    Rows(const LadderStory& story, LadderLayout& layout) : story_{story}, layout_{layout} {
        tripOf_.resize(story.events.size());
        for (std::size_t i = 0; i < story.trips.size(); ++i) {
            tripOf_[story.trips[i].departure].push_back(i);
            if (story.trips[i].arrival) tripOf_[*story.trips[i].arrival].push_back(i);
        }
    }

    std::vector<double> place() && {
        zoom();
        if (layout_.metrics.proportional) {
            layout_.perSecond = scaleOf() * layout_.metrics.zoom;
            layout_.sheaves = sheavesOf(story_, layout_.perSecond);
        }
        sheafOf_ = sheafOfTrips(story_, layout_.sheaves);
        placeEvents();
        return std::move(y_);
    }

private:
    /// A label keeps its line above the next arrow.
    void zoom() {
        LadderMetrics& metrics = layout_.metrics;
        metrics.row = std::max(metrics.row * metrics.zoom, metrics.line + 8);
        metrics.drop *= std::min(metrics.zoom, 1.0);
    }

    /// So that the packet in the middle of all, by the time it takes, drops as usual. Where no
    /// journey is known, the time between two departures counts.
    [[nodiscard]] double scaleOf() const {
        std::vector<Duration> times;
        for (const LadderTrip& trip : story_.trips)
            if (trip.arrival)
                times.push_back(story_.events[*trip.arrival].at - story_.events[trip.departure].at);
        std::erase(times, Duration{});
        if (times.empty())
            for (std::size_t i = 1; i < story_.trips.size(); ++i)
                times.push_back(story_.events[story_.trips[i].departure].at -
                                story_.events[story_.trips[i - 1].departure].at);
        std::erase_if(times, [](Duration time) { return time <= Duration{}; });
        if (times.empty()) return 0;
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
        std::ranges::nth_element(times, middle);
        return kUsualWay / std::chrono::duration<double>(*middle).count();
    }

    /// Where an event is at the earliest because of the time since the one before it.
    [[nodiscard]] double byTime(std::size_t event) const {
        if (event == 0 || layout_.perSecond == 0) return kTop;
        const Duration time = story_.events[event].at - story_.events[event - 1].at;
        if (time > kFoldedGap) return kTop;
        return y_[event - 1] + layout_.perSecond * std::chrono::duration<double>(time).count();
    }

    /// How much room an event's lines of text take below its middle.
    [[nodiscard]] double textBelow(const LadderEvent& event) const {
        const double line = layout_.metrics.line;
        double lines = 0;
        for (const LadderNote& note : event.notes) lines += note.gloss.isEmpty() ? 1 : 1.9;
        return lines == 0 ? 0 : lines * line + kNotePadding;
    }

    /// Nothing is above what happened before it at either end, and an arrival is below its
    /// departure. Everything is as high as that allows.
    void placeEvents() {
        y_.assign(story_.events.size(), kTop);
        PerSide<std::optional<std::size_t>> above;
        std::optional<std::size_t> departure;  // The last point of the common order.
        double arrivals = 0;
        for (std::size_t i = 0; i < story_.events.size(); ++i) {
            const LadderEvent& event = story_.events[i];
            double y = belowEarlier(event, byTime(i));
            if (above[event.side]) y = std::max(y, belowOnLifeline(*above[event.side], i));
            if (event.kind == Kind::Arrival) {
                y = arrivalOf(i, y);
                arrivals = std::max(arrivals, y);
            } else {
                if (departure) y = std::max(y, belowCommon(*departure, i));
                if (event.kind == Kind::Departure && arrivals > 0 && layout_.perSecond == 0)
                    y = std::max(y, arrivals + layout_.metrics.row - layout_.metrics.drop - 18);
                y = foldGap(event, y);
                departure = i;
                layout_.axis.add({event.at, y});
            }
            y_[i] = y;
            layout_.points.push_back({{layout_.lifeline(event.side), y}, event.at, event.moment});
            above[event.side] = i;
            extendReach(event, y);
        }
        reachWhatIsUnderWay();
        layout_.height = (layout_.reach.empty() ? kTop : layout_.reach.back().second) + kBottom;
    }

    /// The sheaf that a packet which leaves or comes there is in, or null.
    [[nodiscard]] const LadderSheaf* sheafAt(std::size_t event) const {
        return tripOf_[event].empty() ? nullptr : sheafOf_[tripOf_[event].front()];
    }
    [[nodiscard]] bool inOneSheaf(std::size_t above, std::size_t event) const {
        return sheafAt(event) != nullptr && sheafAt(event) == sheafAt(above) &&
               story_.events[above].kind == story_.events[event].kind;
    }

    [[nodiscard]] double belowOnLifeline(std::size_t above, std::size_t index) const {
        if (inOneSheaf(above, index)) return y_[above] + kInSheaf;
        const LadderEvent& event = story_.events[index];
        const LadderMetrics& metrics = layout_.metrics;
        const LadderEvent& last = story_.events[above];
        const double text = textBelow(last);
        double room = 24;
        if (event.kind == Kind::Departure && layout_.perSecond == 0) {
            if (last.kind == Kind::Departure) room = metrics.row;
            if (last.kind == Kind::Arrival) room = metrics.row - metrics.drop;
        }
        return y_[above] + std::max(room, text);
    }

    /// Where time runs evenly, byTime() sees to it.
    [[nodiscard]] double belowEarlier(const LadderEvent& event, double y) const {
        if (layout_.perSecond != 0 || layout_.points.empty()) return y;
        return std::max(y, lowest_ + (event.at > lowestAt_ ? kLater : 0));
    }

    /// How far below the last of departures and happenings without a packet the next one is.
    [[nodiscard]] double belowCommon(std::size_t before, std::size_t index) const {
        if (inOneSheaf(before, index)) return y_[before] + kInSheaf;
        const LadderEvent& event = story_.events[index];
        const LadderEvent& last = story_.events[before];
        if (event.kind != Kind::Departure || last.kind != Kind::Departure)
            return y_[before] + (event.at > last.at ? layout_.metrics.line + 4 : 0);
        const bool crossing = last.side != event.side && !hasEnded(before, event.moment);
        return y_[before] + (crossing ? kLeastBetweenDepartures : layout_.metrics.row);
    }

    /// Whether the packet that departed there came to its end before `moment`.
    [[nodiscard]] bool hasEnded(std::size_t departure, Moment moment) const {
        for (const std::size_t trip : tripOf_[departure]) {
            const auto& arrival = story_.trips[trip].arrival;
            if (!arrival || story_.events[*arrival].moment <= moment) return true;
        }
        return false;
    }

    [[nodiscard]] double arrivalOf(std::size_t event, double y) {
        const LadderTrip& trip = story_.trips[tripOf_[event].front()];
        y = std::max(y, y_[trip.departure] + layout_.metrics.drop);
        for (std::size_t i = trip.departure + 1; i < event; ++i) {
            const LadderEvent& later = story_.events[i];
            if (later.kind != Kind::Departure) continue;
            // An original that comes after its copy has left is drawn so.
            if (story_.trips[tripOf_[i].front()].repeats == trip.packet->number)
                y = std::max(y, y_[i] + layout_.metrics.drop);
        }
        return y;
    }

    double foldGap(const LadderEvent& event, double y) {
        if (lastAt_ && event.at - *lastAt_ > kFoldedGap) {
            const double from = layout_.reach.empty() ? kTop : layout_.reach.back().second;
            const double free = event.kind == Kind::Departure ? layout_.metrics.line + 6 : 10;
            y = std::max(y, from + layout_.metrics.line + 4 + free);
            layout_.gaps.push_back(
                {(from + y - free) / 2, lasting(event.at - *lastAt_), event.moment});
        }
        lastAt_ = event.at;
        return y;
    }

    /// The trips that begin at the last event so far.
    [[nodiscard]] std::vector<std::size_t> tripsOf(const LadderEvent& event) const {
        if (event.kind != Kind::Departure) return {};
        return tripOf_[static_cast<std::size_t>(&event - story_.events.data())];
    }

    /// Of a packet under way a part of its line is drawn.
    void reachWhatIsUnderWay() {
        auto& reach = layout_.reach;
        for (const LadderTrip& trip : story_.trips) {
            if (!trip.arrival) continue;
            const auto begin = std::ranges::lower_bound(
                reach, story_.events[trip.departure].moment, {}, &std::pair<Moment, double>::first);
            if (begin->first == story_.events[*trip.arrival].moment) continue;
            const double top = y_[trip.departure];
            begin->second =
                std::max(begin->second, top + kOnTheWay * (y_[*trip.arrival] - top) + 6);
        }
        for (std::size_t i = 1; i < reach.size(); ++i)
            reach[i].second = std::max(reach[i].second, reach[i - 1].second);
    }

    void extendReach(const LadderEvent& event, double y) {
        lastAt_ = std::max(lastAt_.value_or(event.at), event.at);
        if (y >= lowest_) {
            lowest_ = y;
            lowestAt_ = event.at;
        }
        double bottom = y + std::max(textBelow(event), 8.0);
        for (const std::size_t trip : tripsOf(event))
            if (!story_.trips[trip].arrival)
                bottom = std::max(bottom, y + layout_.metrics.drop + layout_.metrics.line);
        const double so =
            layout_.reach.empty() ? bottom : std::max(bottom, layout_.reach.back().second);
        if (!layout_.reach.empty() && layout_.reach.back().first >= event.moment)
            layout_.reach.back().second = so;
        else
            layout_.reach.emplace_back(event.moment, so);
    }

    const LadderStory& story_;
    LadderLayout& layout_;
    std::vector<double> y_{};
    std::vector<std::vector<std::size_t>>
        tripOf_{};                               ///< Of each event: the trips it begins or ends.
    std::vector<const LadderSheaf*> sheafOf_{};  ///< Of each trip, or null.
    std::optional<Instant> lastAt_{};
    double lowest_ = 0;   ///< How far down anything is so far,
    Instant lowestAt_{};  ///< and when that happened.
};

}  // namespace

std::vector<double> placeRows(const LadderStory& story, LadderLayout& layout) {
    return Rows{story, layout}.place();
}

}  // namespace tcplab::gui
