#include "gui/geometry/ladder_layout.h"

#include "gui/wording.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace tcplab::gui {

namespace {

using Kind = LadderEvent::Kind;
using namespace std::chrono_literals;

constexpr double kTop = 26;
constexpr double kBottom = 36;
constexpr double kNotePadding = 6;
constexpr double kLabelMargin = 8;  ///< Between a label and the lifelines.
constexpr double kLabelLift = 3;    ///< Between a label and its line.
constexpr double kGapRoom = 34;
constexpr double kTextToBand = 16;  ///< Room for brackets and hooks.
constexpr double kLeastBetweenDepartures = 38;
constexpr double kUsualWay = 44;  ///< Of a proportional layout: how far a usual packet drops.
constexpr double kFlat = 30;  ///< A line that drops no more than this has its label in the middle.
constexpr Duration kFoldedGap = 200ms;
constexpr std::size_t kNeighbours = 64;  ///< Packets further away are not under way together.

class Builder {
public:
    Builder(const LadderStory& story, const LadderMetrics& metrics) : story_{story} {
        layout_.metrics = metrics;
        tripOf_.resize(story.events.size());
        for (std::size_t i = 0; i < story.trips.size(); ++i) {
            tripOf_[story.trips[i].departure].push_back(i);
            if (story.trips[i].arrival) tripOf_[*story.trips[i].arrival].push_back(i);
            departureOf_.emplace(story.trips[i].packet->number, story.trips[i].departure);
        }
    }

    LadderLayout build() && {
        if (layout_.metrics.proportional) layout_.perSecond = scaleOf();
        for (const LadderTrip& trip : story_.trips) labels_.push_back(labelOf(trip, mostLabel()));
        placeEvents();
        for (std::size_t i = 0; i < story_.trips.size(); ++i) addArrow(i);
        for (std::size_t i = 0; i < story_.events.size(); ++i) addTexts(i);
        addBands();
        addBrackets();
        addTimes();
        return std::move(layout_);
    }

private:
    struct Label {
        QString flags{};
        QString numbers{};
        double width = 0;
    };

    [[nodiscard]] double lane() const {
        return layout_.shore(Side::Server) - layout_.shore(Side::Client);
    }

    [[nodiscard]] double mostLabel() const { return lane() - 2 * kLabelMargin; }

    /// The longest form that is no wider than `most`.
    [[nodiscard]] Label labelOf(const LadderTrip& trip, double most) const {
        const LadderMetrics& metrics = layout_.metrics;
        const LabelForms forms = labelForms(*trip.packet, metrics.notation);
        Label label{.flags = forms.flags};
        for (const QString& numbers : forms.numbers) {
            label.numbers = numbers.isEmpty() ? QString() : u' ' + numbers;
            label.width =
                metrics.measure(label.flags, true) + metrics.measure(label.numbers, false);
            if (label.width <= most) break;
        }
        return label;
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

    /// Events keep their order on each lifeline, and departures keep theirs between both; an
    /// arrival is below its departure. Everything is as high as that allows.
    void placeEvents() {
        y_.assign(story_.events.size(), kTop);
        PerSide<std::optional<std::size_t>> above;
        std::optional<std::size_t> departure;  // The last point of the common order.
        double arrivals = 0;
        for (std::size_t i = 0; i < story_.events.size(); ++i) {
            const LadderEvent& event = story_.events[i];
            double y = byTime(i);
            if (above[event.side]) y = std::max(y, belowOnLifeline(*above[event.side], event));
            if (event.kind == Kind::Arrival) {
                y = arrivalOf(i, y);
                arrivals = std::max(arrivals, y);
            } else {
                if (departure) y = std::max(y, belowCommon(*departure, event));
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
        layout_.height = (layout_.reach.empty() ? kTop : layout_.reach.back().second) + kBottom;
    }

    [[nodiscard]] double belowOnLifeline(std::size_t above, const LadderEvent& event) const {
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

    /// What is not an arrival comes below all that happened before it at either end.
    [[nodiscard]] double belowCommon(std::size_t before, const LadderEvent& event) const {
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
            const Packet& packet = *story_.trips[tripOf_[i].front()].packet;
            // An original that comes after its copy has left is drawn so.
            if (packet.retransmissionOf == trip.packet->number)
                y = std::max(y, y_[i] + layout_.metrics.drop);
        }
        return y;
    }

    double foldGap(const LadderEvent& event, double y) {
        if (lastAt_ && event.at - *lastAt_ > kFoldedGap) {
            const double from = layout_.reach.empty() ? kTop : layout_.reach.back().second;
            y = std::max(y, from + kGapRoom);
            const double free = event.kind == Kind::Departure ? layout_.metrics.line + 6 : 10;
            layout_.gaps.push_back(
                {(from + y - free) / 2, lasting(event.at - *lastAt_), event.moment});
        }
        lastAt_ = event.at;
        return y;
    }

    void extendReach(const LadderEvent& event, double y) {
        lastAt_ = std::max(lastAt_.value_or(event.at), event.at);
        const double bottom = y + std::max(textBelow(event), 8.0);
        const double so =
            layout_.reach.empty() ? bottom : std::max(bottom, layout_.reach.back().second);
        if (!layout_.reach.empty() && layout_.reach.back().first >= event.moment)
            layout_.reach.back().second = so;
        else
            layout_.reach.emplace_back(event.moment, so);
    }

    void addArrow(std::size_t index) {
        const LadderTrip& trip = story_.trips[index];
        const LadderEvent& departure = story_.events[trip.departure];
        const double top = y_[trip.departure];
        const double bottom = trip.arrival ? y_[*trip.arrival] : top + layout_.metrics.drop;
        LadderArrow arrow{.packet = trip.packet->number,
                          .from = departure.side,
                          .line = {layout_.shore(departure.side),
                                   top,
                                   layout_.shore(other(departure.side)),
                                   bottom},
                          .departed = departure.moment,
                          .lost = trip.lost && !trip.arrival,
                          .known = trip.known};
        if (trip.arrival)
            arrow.ended = story_.events[*trip.arrival].moment;
        else
            arrow.ended = trip.lost;
        arrow.label = placeLabel(arrow, index);
        arrow.flags = labels_[index].flags;
        arrow.numbers = labels_[index].numbers;
        const double above = (arrow.label.isEmpty() ? top : std::min(arrow.label.top(), top)) - 3;
        arrow.strip = {0, above, layout_.metrics.width, bottom + 9 - above};
        layout_.arrows.push_back(arrow);
        addHook(trip, top);
    }

    /// Where the line is on the client's and on the server's side.
    [[nodiscard]] std::pair<double, double> endsOf(const LadderTrip& trip) const {
        const double top = y_[trip.departure];
        const double bottom = trip.arrival ? y_[*trip.arrival] : top + layout_.metrics.drop;
        const bool client = story_.events[trip.departure].side == Side::Client;
        return client ? std::pair{top, bottom} : std::pair{bottom, top};
    }

    /// Above its line, where no other line or label is in the way. Shorter where it must be, and
    /// none at all in a crowd: the table of packets has it.
    [[nodiscard]] QRectF placeLabel(const LadderArrow& arrow, std::size_t index) {
        const double usual = arrow.line.dy() > kFlat ? 0 : 0.5;
        Label& label = labels_[index];
        for (double most = mostLabel(); most > 0; most = label.width - 1) {
            label = labelOf(story_.trips[index], most);
            for (const double share : {usual, 0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0}) {
                const QRectF box = labelAt(arrow, label.width, share);
                if (isFree(box, index)) return box;
            }
            if (label.numbers.isEmpty()) break;
        }
        label = {};
        return {};
    }

    /// `share` 0 is at the end that the packet leaves from, 1 at the other.
    [[nodiscard]] QRectF labelAt(const LadderArrow& arrow, double width, double share) const {
        const double height = layout_.metrics.line;
        const double length = std::abs(arrow.line.dx());
        const double offset = kLabelMargin + share * (length - width - 2 * kLabelMargin);
        const double bottom = arrow.line.y1() + arrow.line.dy() * offset / length - kLabelLift;
        const bool client = arrow.from == Side::Client;
        const double left = arrow.line.x1() + (client ? offset : -offset - width);
        return {left, bottom - height, width, height};
    }

    [[nodiscard]] bool isFree(const QRectF& box, std::size_t index) const {
        const double west = layout_.shore(Side::Client);
        const std::size_t first = index < kNeighbours ? 0 : index - kNeighbours;
        const std::size_t end = std::min(index + kNeighbours, story_.trips.size());
        for (std::size_t i = first; i < end; ++i) {
            if (i == index) continue;
            const auto [left, right] = endsOf(story_.trips[i]);
            const double slope = (right - left) / lane();
            const double a = left + slope * (box.left() - west);
            const double b = left + slope * (box.right() - west);
            if (std::min(a, b) < box.bottom() - 2 && std::max(a, b) > box.top() + 2) return false;
            if (i < index && layout_.arrows[i].label.intersects(box)) return false;
        }
        return true;
    }

    void addHook(const LadderTrip& trip, double y) {
        if (!trip.packet->retransmissionOf) return;
        const auto original = departureOf_.find(*trip.packet->retransmissionOf);
        if (original == departureOf_.end()) return;
        const LadderEvent& departure = story_.events[trip.departure];
        layout_.hooks.push_back({departure.side, y_[original->second], y, departure.moment});
    }

    void addTexts(std::size_t index) {
        const LadderEvent& event = story_.events[index];
        const LadderMetrics& metrics = layout_.metrics;
        const bool client = event.side == Side::Client;
        const double gutter = client ? metrics.clientGutter : metrics.serverGutter;
        const double width = gutter - kTextToBand - 4;
        const double left =
            client ? metrics.timeColumn + 4 : metrics.width - metrics.serverGutter + kTextToBand;
        double y = y_[index] - metrics.line / 2;
        for (const LadderNote& note : event.notes) {
            LadderText text{
                .note = note, .side = event.side, .box = {left, y, width, metrics.line}};
            y += metrics.line;
            if (!note.gloss.isEmpty()) {
                text.glossBox = {left, y - 1, width, metrics.line};
                y += metrics.line * 0.9;
            }
            layout_.texts.push_back(text);
        }
    }

    void addBands() {
        PerSide<std::optional<std::size_t>> last;
        for (std::size_t i = 0; i < story_.events.size(); ++i) {
            const LadderEvent& event = story_.events[i];
            for (const LadderNote& note : event.notes) {
                if (note.kind != LadderNote::Kind::State) continue;
                const double top = last[event.side] ? y_[i] : 0;
                if (last[event.side]) layout_.bands[*last[event.side]].bottom = top;
                last[event.side] = layout_.bands.size();
                layout_.bands.push_back({note.state, event.side, top, layout_.height, note.moment});
            }
        }
    }

    void addBrackets() {
        for (const LadderWait& wait : story_.waits) {
            const LadderEvent& start = story_.events[wait.called];
            if (wait.returned == wait.called && wait.calledNote == wait.returnedNote) continue;
            LadderBracket bracket{.side = start.side,
                                  .top = noteY(wait.called, wait.calledNote),
                                  .bottom = layout_.height,
                                  .from = start.moment};
            if (wait.returned) {
                bracket.bottom = noteY(*wait.returned, wait.returnedNote);
                bracket.to = story_.events[*wait.returned].moment;
            }
            layout_.brackets.push_back(bracket);
        }
    }

    [[nodiscard]] double noteY(std::size_t event, std::size_t note) const {
        double y = y_[event];
        for (std::size_t i = 0; i < note; ++i)
            y += layout_.metrics.line * (story_.events[event].notes[i].gloss.isEmpty() ? 1 : 1.9);
        return y;
    }

    void addTimes() {
        double last = -100;
        QString told;
        for (std::size_t i = 0; i < story_.events.size(); ++i) {
            const LadderEvent& event = story_.events[i];
            if (event.kind == Kind::Arrival || event.moment == 0) continue;
            const QString time = seconds(event.at - story_.start);
            if (y_[i] - last < layout_.metrics.line + 2 || time == told) continue;
            last = y_[i];
            told = time;
            layout_.times.push_back({y_[i], time, event.moment});
        }
    }

    const LadderStory& story_;
    LadderLayout layout_{};
    std::vector<double> y_{};
    std::vector<std::vector<std::size_t>>
        tripOf_{};  ///< Of each event: the trips it begins or ends.
    std::map<PacketId, std::size_t> departureOf_{};
    std::vector<Label> labels_{};
    std::optional<Instant> lastAt_{};
};

}  // namespace

LadderLayout layOut(const LadderStory& story, const LadderMetrics& metrics) {
    return Builder{story, metrics}.build();
}

}  // namespace tcplab::gui
