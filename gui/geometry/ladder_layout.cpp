#include "gui/geometry/ladder_layout.h"

#include "gui/geometry/ladder_rows.h"
#include "gui/wording.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using Kind = LadderEvent::Kind;

constexpr double kLabelMargin = 8;  ///< Between a label and the lifelines.
constexpr double kLabelLift = 3;    ///< Between a label and its line.
constexpr double kTextToBand = 16;  ///< Room for brackets and hooks.
constexpr double kFlat = 30;  ///< A line that drops no more than this has its label further in.
constexpr std::size_t kNeighbours = 64;  ///< Packets further away are not under way together.

class Builder {
public:
    Builder(const LadderStory& story, const LadderMetrics& metrics) : story_{story} {
        layout_.metrics = metrics;
        for (const LadderTrip& trip : story.trips)
            departureOf_.emplace(trip.packet->number, trip.departure);
    }

    LadderLayout build() && {
        y_ = placeRows(story_, layout_);
        sheafOf_ = sheafOfTrips(story_, layout_.sheaves);
        for (std::size_t i = 0; i < story_.trips.size(); ++i)
            labels_.push_back(labelOf(i, mostLabel()));
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

    /// The longest form that is no wider than `most`; at last the packet's number, by which tables
    /// and findings call it.
    [[nodiscard]] Label labelOf(std::size_t index, double most) const {
        const LadderMetrics& metrics = layout_.metrics;
        const auto made = [&](const QString& flags, const QString& numbers) {
            const double width = metrics.measure(flags, true) + metrics.measure(numbers, false);
            return Label{flags, numbers, width};
        };
        if (const LadderSheaf* sheaf = sheafOf_[index]) {
            const Label label = made(sheafLabel(sheaf->count), {});
            return label.width <= most ? label : made(shortSheafLabel(sheaf->count), {});
        }
        const Packet& packet = *story_.trips[index].packet;
        const LabelForms forms =
            metrics.raw ? rawLabelForms(packet) : labelForms(packet, metrics.notation);
        for (const QString& numbers : forms.numbers) {
            const Label label =
                made(forms.flags, numbers.isEmpty() ? QString() : QChar(u' ') + numbers);
            if (label.width <= most) return label;
        }
        return made(u"#%1"_s.arg(packet.number), {});
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
        if (const LadderSheaf* sheaf = sheafOf_[index]) {
            arrow.inSheaf = true;
            if (sheaf->first == index) arrow.sheaf = sheaf->count;
        }
        if (!arrow.inSheaf || arrow.sheaf > 0) arrow.label = placeLabel(arrow, index);
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

    /// Above its line, where no other line or label is in the way, and if possible above the part
    /// that is drawn while the packet is on its way. Shorter where it must be, and none at all in a
    /// crowd: the table of packets has it.
    [[nodiscard]] QRectF placeLabel(const LadderArrow& arrow, std::size_t index) {
        Label& label = labels_[index];
        double most = mostLabel();
        do {
            label = labelOf(index, most);
            const double usual = usualShare(arrow, label.width);
            for (const double share : {usual, 0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0}) {
                const QRectF box = labelAt(arrow, label.width, share);
                if (isFree(box, index)) return box;
            }
            most = label.width - 1;
        } while (labelOf(index, most).width < label.width);
        label = {};
        return {};
    }

    /// In the middle of what a packet on its way has gone, where its line drops little; else, and
    /// where that is too short, at the end it leaves from.
    [[nodiscard]] double usualShare(const LadderArrow& arrow, double width) const {
        const double gone = kOnTheWay * lane();
        const double room = lane() - width - 2 * kLabelMargin;
        if (arrow.line.dy() > kFlat || room <= 0) return 0;
        return std::max(0.0, (gone - width) / 2 - kLabelMargin) / room;
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
    std::map<PacketId, std::size_t> departureOf_{};
    std::vector<Label> labels_{};
    std::vector<const LadderSheaf*> sheafOf_{};  ///< Of each trip, or null.
};

}  // namespace

LadderLayout layOut(const LadderStory& story, const LadderMetrics& metrics) {
    return Builder{story, metrics}.build();
}

}  // namespace tcplab::gui
