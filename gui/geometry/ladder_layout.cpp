#include "gui/geometry/ladder_layout.h"

#include "gui/geometry/ladder_rows.h"
#include "gui/wording.h"

#include <QtMath>

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
constexpr double kFlat = 30;     ///< A line that drops no more than this has its label further in.
constexpr double kSteep = 0.12;  ///< From here on a label may run along its line.
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
        for (std::size_t i = 0; i < story_.trips.size(); ++i) words_.push_back(wordOf(i));
        for (std::size_t i = 0; i < story_.trips.size(); ++i) addArrow(i);
        for (std::size_t i = 0; i < story_.events.size(); ++i) addTexts(i);
        addBands();
        addBrackets();
        addTimes();
        keepTextsWhole();
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
        const LabelForms forms =
            ladderLabelForms(story_.trips[index], metrics.notation, metrics.raw);
        for (const QString& numbers : forms.numbers) {
            const Label label =
                made(forms.flags, numbers.isEmpty() ? QString() : QChar(u' ') + numbers);
            if (label.width <= most) return label;
        }
        return made(u"#%1"_s.arg(story_.trips[index].packet->number), {});
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
                          .known = trip.known,
                          .reset = trip.packet->tcp.flags.rst,
                          .damaged = trip.damaged,
                          .repeats = trip.repeats};
        if (trip.arrival)
            arrow.ended = story_.events[*trip.arrival].moment;
        else
            arrow.ended = trip.lost;
        if (const LadderSheaf* sheaf = sheafOf_[index]) {
            arrow.inSheaf = true;
            if (sheaf->first == index) arrow.sheaf = sheaf->count;
        }
        if (!arrow.inSheaf || arrow.sheaf > 0) placeLabel(arrow, index);
        arrow.flags = labels_[index].flags;
        arrow.numbers = labels_[index].numbers;
        arrow.word = words_[index];
        const double above =
            std::min(top, arrow.label.isEmpty() ? top : arrow.labelShape().boundingRect().top()) -
            3;
        const double below = std::max(bottom + 9, arrow.word.bottom());
        arrow.strip = {0, above, layout_.metrics.width, below - above};
        layout_.arrows.push_back(arrow);
        addHook(trip, top);
    }

    /// Below the line, where it does not run: behind its mark if it goes on, else before it.
    [[nodiscard]] QRectF wordOf(std::size_t index) const {
        const LadderTrip& trip = story_.trips[index];
        const bool lost = trip.lost && !trip.arrival;
        if (!lost && !trip.damaged) return {};
        const LadderMetrics& metrics = layout_.metrics;
        const double width = metrics.measure(faultWord(lost), false) + 4;
        const auto [client, server] = endsOf(trip);
        const bool fromClient = story_.events[trip.departure].side == Side::Client;
        const double share = fromClient ? kFaultAt : 1 - kFaultAt;
        const double x = layout_.shore(Side::Client) + share * lane();
        const double y = client + share * (server - client);
        const double away = 12 * metrics.scale;
        const bool toTheLeft = !lost && fromClient;
        return {toTheLeft ? x - away - width : x + away, y + 3, width, metrics.line};
    }

    /// The edge of a strip goes through no text beside the lifelines: below it, or else above.
    void keepTextsWhole() {
        constexpr double kNear = 100;
        const auto& texts = layout_.texts;
        for (LadderArrow& arrow : layout_.arrows) {
            double top = arrow.strip.top();
            const double lowest = arrow.line.y1() - layout_.metrics.line / 2 - 4;
            const auto first = std::ranges::partition_point(
                texts, [&](const LadderText& text) { return text.box.bottom() + kNear < top; });
            const auto past = std::find_if(first, texts.end(), [&](const LadderText& text) {
                return text.box.top() > top + kNear;
            });
            for (const bool below : {true, false, false, false})
                for (auto text = first; text != past; ++text) {
                    const QRectF whole = text->box.united(text->glossBox);
                    if (whole.top() >= top || whole.bottom() <= top) continue;
                    if (!below)
                        top = whole.top();
                    else if (whole.bottom() <= lowest)
                        top = whole.bottom();
                }
            arrow.strip.setTop(top);
        }
    }

    /// Where the line is on the client's and on the server's side.
    [[nodiscard]] std::pair<double, double> endsOf(const LadderTrip& trip) const {
        const double top = y_[trip.departure];
        const double bottom = trip.arrival ? y_[*trip.arrival] : top + layout_.metrics.drop;
        const bool client = story_.events[trip.departure].side == Side::Client;
        return client ? std::pair{top, bottom} : std::pair{bottom, top};
    }

    /// Above its line, where no other line or label is in the way, and if possible above the part
    /// that is drawn while the packet is on its way. Along its line where that is steep and leaves
    /// it no room; shorter where it must be, and none at all in a crowd: the table of packets has
    /// it.
    void placeLabel(LadderArrow& arrow, std::size_t index) {
        Label& label = labels_[index];
        double most = mostLabel();
        do {
            label = labelOf(index, most);
            const double usual = usualShare(arrow, label.width);
            arrow.label = labelAt(arrow, label.width, usual);
            if (isFree(arrow.label, index) || placeAlong(arrow, index)) return;
            for (const double share : {0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0}) {
                arrow.label = labelAt(arrow, label.width, share);
                if (isFree(arrow.label, index)) return;
            }
            most = label.width - 1;
        } while (labelOf(index, most).width < label.width);
        label = {};
        arrow.label = {};
    }

    [[nodiscard]] bool placeAlong(LadderArrow& arrow, std::size_t index) const {
        if (layout_.perSecond != 0 || arrow.line.dy() < kSteep * lane()) return false;
        const double width = labels_[index].width;
        const double height = layout_.metrics.line;
        const double length = arrow.line.length();
        const QPointF ahead = (arrow.line.p2() - arrow.line.p1()) / length;
        const bool client = arrow.from == Side::Client;
        const QPointF upwards =
            client ? QPointF{ahead.y(), -ahead.x()} : QPointF{-ahead.y(), ahead.x()};
        const double angle = qRadiansToDegrees(std::asin(ahead.y()));
        constexpr int kPlaces = 20;
        for (int place = 0; place <= kPlaces; ++place) {
            const double share = static_cast<double>(place) / kPlaces;
            const double room = length - width - 2 * kLabelMargin;
            if (room < 0) break;
            const QPointF middle = arrow.line.p1() +
                                   ahead * (kLabelMargin + share * room + width / 2) +
                                   upwards * (height / 2 + 1);
            arrow.tilt = client ? angle : -angle;
            arrow.label = {middle.x() - width / 2, middle.y() - height / 2, width, height};
            if (isFreeAlong(arrow, index)) return true;
        }
        arrow.tilt = 0;
        return false;
    }

    [[nodiscard]] bool isFreeAlong(const LadderArrow& arrow, std::size_t index) const {
        const QRectF around = arrow.labelShape().boundingRect();
        const double west = layout_.shore(Side::Client);
        const double east = layout_.shore(Side::Server);
        if (around.left() < west || around.right() > east) return false;
        const QPolygonF shape = arrow.labelShape(2);
        const std::size_t first = index < kNeighbours ? 0 : index - kNeighbours;
        const std::size_t end = std::min(index + kNeighbours, story_.trips.size());
        for (std::size_t i = first; i < end; ++i) {
            if (overlap(QPolygonF(words_[i]), shape)) return false;
            if (i == index) continue;
            const auto [left, right] = endsOf(story_.trips[i]);
            if (overlap(QPolygonF{{QPointF{west, left}, QPointF{east, right}}}, shape))
                return false;
            if (i < index && overlap(layout_.arrows[i].labelShape(), arrow.labelShape()))
                return false;
        }
        return true;
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
            if (i < index && overlap(layout_.arrows[i].labelShape(), QPolygonF(box))) return false;
            if (words_[i].intersects(box)) return false;
            const LadderSheaf* sheaf = sheafOf_[i];
            if (sheaf != nullptr && sheaf != sheafOf_[index] && isHatched(*sheaf, box))
                return false;
        }
        return true;
    }

    /// What arrives over a slow link fans out: there is room for a label between the lines, but
    /// none of them is drawn.
    [[nodiscard]] bool isHatched(const LadderSheaf& sheaf, const QRectF& box) const {
        const auto lineOf = [this](std::size_t trip) {
            const auto [left, right] = endsOf(story_.trips[trip]);
            return QLineF{layout_.shore(Side::Client), left, layout_.shore(Side::Server), right};
        };
        return liesBetween(lineOf(sheaf.first), lineOf(sheaf.first + sheaf.count - 1), box);
    }

    void addHook(const LadderTrip& trip, double y) {
        if (!trip.repeats) return;
        const auto original = departureOf_.find(*trip.repeats);
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
            if (!note.brief.isEmpty() && metrics.measure(note.text, false) > width)
                text.note.text = note.brief;
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
                if (last[event.side]) {
                    layout_.bands[*last[event.side]].bottom = top;
                    layout_.bands[*last[event.side]].to = note.moment;
                }
                last[event.side] = layout_.bands.size();
                layout_.bands.push_back(
                    {note.state, event.side, top, layout_.height, note.moment, {}});
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
            const QString time = timeOf(story_, event.at);
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
    std::vector<QRectF> words_{};                ///< Of each trip; empty where none is written.
    std::vector<const LadderSheaf*> sheafOf_{};  ///< Of each trip, or null.
};

}  // namespace

LadderLayout layOut(const LadderStory& story, const LadderMetrics& metrics) {
    return Builder{story, metrics}.build();
}

}  // namespace tcplab::gui
