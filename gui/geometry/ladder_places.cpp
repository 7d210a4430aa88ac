#include "gui/geometry/ladder_layout.h"

#include <QCoreApplication>
#include <QTransform>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tcplab::gui {

namespace {

struct LadderWords {
    Q_DECLARE_TR_FUNCTIONS(Ladder)
};

constexpr double kFromSender = 6;  ///< Where a label begins at the least.
constexpr double kFromLine = 3;
constexpr std::size_t kNeighbours = 64;
constexpr double kBetweenHeadings = 16;
constexpr double kHeadingToEdge = 4;

bool isInFlight(const LadderArrow& arrow, Moment until) {
    return arrow.departed <= until && arrow.ended && *arrow.ended > until;
}

/// How far from the end that it leaves from a label begins.
double beginOf(const LadderArrow& arrow, const QRectF& label) {
    return arrow.from == Side::Client ? label.left() - arrow.line.x1()
                                      : arrow.line.x1() - label.right();
}

QRectF labelAlong(const LadderArrow& arrow, double begin, bool above) {
    QRectF label = arrow.label;
    const double slope = arrow.line.dy() / std::abs(arrow.line.dx());
    label.moveLeft(arrow.from == Side::Client ? arrow.line.x1() + begin
                                              : arrow.line.x1() - begin - label.width());
    if (above)
        label.moveBottom(arrow.line.y1() + slope * begin - kFromLine);
    else
        label.moveTop(arrow.line.y1() + slope * (begin + label.width()) + kFromLine);
    return label;
}

/// Whether a line, as far as it is drawn, runs through a label.
bool runsThrough(const QLineF& line, const QRectF& label) {
    const double left = std::max(label.left(), std::min(line.x1(), line.x2()));
    const double right = std::min(label.right(), std::max(line.x1(), line.x2()));
    if (left > right) return false;
    const double slope = line.dy() / line.dx();
    const double a = line.y1() + slope * (left - line.x1());
    const double b = line.y1() + slope * (right - line.x1());
    return std::min(a, b) < label.bottom() - 2 && std::max(a, b) > label.top() + 2;
}

class InFlight {
public:
    InFlight(const LadderLayout& layout, Moment until)
        : layout_{layout}, arrows_{layout.arrows}, until_{until} {
        for (std::size_t i = 0; i < arrows_.size(); ++i)
            if (isInFlight(arrows_[i], until_)) place(i);
    }
    [[nodiscard]] std::map<std::size_t, QRectF> moved() && { return std::move(moved_); }

private:
    void place(std::size_t index) {
        const LadderArrow& arrow = arrows_[index];
        if (arrow.inSheaf || arrow.label.isEmpty() || arrow.tilt != 0) return;
        const double width = arrow.label.width();
        const double gone = kOnTheWay * std::abs(arrow.line.dx());
        const double begin = beginOf(arrow, arrow.label);
        const double last = std::max(kFromSender, gone - width);
        if (begin <= last + kFromSender) return;
        for (const bool above : {true, false})
            for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
                const double at = kFromSender + share * (last - kFromSender);
                const QRectF label = labelAlong(arrow, at, above);
                if (!isFree(label, index)) continue;
                moved_[index] = label;
                return;
            }
    }

    [[nodiscard]] bool isFree(const QRectF& label, std::size_t index) const {
        std::size_t first = index < kNeighbours ? 0 : index - kNeighbours;
        while (first > 0 && arrows_[first].inSheaf && arrows_[first].sheaf == 0) --first;
        const std::size_t end = std::min(index + kNeighbours, arrows_.size());
        for (std::size_t i = first; i < end; ++i) {
            const LadderArrow& arrow = arrows_[i];
            if (i == index || arrow.departed > until_) continue;
            QLineF drawn = arrow.line;
            if (isInFlight(arrow, until_)) drawn.setP2(drawn.pointAt(kOnTheWay));
            if (runsThrough(drawn, label)) return false;
            if (arrow.sheaf > 0 && liesBetween(drawn, lastDrawn(arrow), label)) return false;
            const auto moved = moved_.find(i);
            if (overlap(moved == moved_.end() ? arrow.labelShape() : QPolygonF(moved->second),
                        QPolygonF(label)))
                return false;
        }
        return true;
    }

    /// The last line of a sheaf that has left.
    [[nodiscard]] QLineF lastDrawn(const LadderArrow& first) const {
        const LadderArrow& last = *(&first + (layout_.leftBy(first, until_) - 1));
        QLineF drawn = last.line;
        if (isInFlight(last, until_)) drawn.setP2(drawn.pointAt(kOnTheWay));
        return drawn;
    }

    const LadderLayout& layout_;
    const std::vector<LadderArrow>& arrows_;
    Moment until_ = 0;
    std::map<std::size_t, QRectF> moved_{};
};

}  // namespace

std::map<std::size_t, QRectF> LadderLayout::labelsInFlight(Moment until) const {
    return InFlight{*this, until}.moved();
}

bool liesBetween(const QLineF& first, const QLineF& last, const QRectF& box) {
    const double west = std::min(first.x1(), first.x2());
    const double east = std::max({first.x1(), first.x2(), last.x1(), last.x2()});
    const double left = std::max(box.left(), west);
    const double right = std::min(box.right(), east);
    if (left > right) return false;
    const auto at = [](const QLineF& line, double x) {
        return line.y1() + line.dy() / line.dx() * (x - line.x1());
    };
    const double top = std::min(at(first, left), at(first, right));
    const double bottom = std::max(at(last, left), at(last, right));
    return top < box.bottom() - 2 && bottom > box.top() + 2;
}

QPolygonF LadderArrow::labelShape(double inset) const {
    if (label.isEmpty()) return {};
    const QRectF box = label.adjusted(0, inset, 0, -inset);
    const QPointF middle = label.center();
    QTransform turn;
    turn.translate(middle.x(), middle.y()).rotate(tilt).translate(-middle.x(), -middle.y());
    return turn.map(
        QPolygonF{{box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()}});
}

/// Two convex shapes are apart where the normal of some edge keeps them apart.
bool overlap(const QPolygonF& a, const QPolygonF& b) {
    if (a.isEmpty() || b.isEmpty()) return false;
    for (const QPolygonF* shape : {&a, &b})
        for (qsizetype i = 0; i < shape->size(); ++i) {
            const QPointF edge = (*shape)[(i + 1) % shape->size()] - (*shape)[i];
            const QPointF normal{-edge.y(), edge.x()};
            const auto along = [normal](QPointF point) {
                return QPointF::dotProduct(normal, point);
            };
            if (edge.isNull()) continue;
            const auto [leastA, mostA] = std::ranges::minmax_element(a, {}, along);
            const auto [leastB, mostB] = std::ranges::minmax_element(b, {}, along);
            if (along(*mostA) <= along(*leastB) || along(*mostB) <= along(*leastA)) return false;
        }
    return true;
}

QString faultWord(bool lost) {
    return lost ? LadderWords::tr("lost") : LadderWords::tr("damaged");
}

QString sheafLabel(std::size_t packets) {
    return LadderWords::tr("%1 packets").arg(packets);
}

QString shortSheafLabel(std::size_t packets) {
    return u'×' + QString::number(packets);
}

std::size_t LadderLayout::leftBy(const LadderArrow& first, Moment until) const {
    const LadderArrow* const begin = &first;
    return static_cast<std::size_t>(
        std::count_if(begin, begin + first.sheaf, [until](const LadderArrow& arrow) {
            return arrow.departed <= until;
        }));
}

double LadderLayout::lifeline(Side side) const {
    return side == Side::Client ? metrics.timeColumn + metrics.clientGutter + metrics.band / 2
                                : metrics.width - metrics.serverGutter - metrics.band / 2;
}

double LadderLayout::shore(Side side) const {
    return lifeline(side) + (side == Side::Client ? 1 : -1) * (metrics.band / 2 + 1);
}

QRectF LadderLayout::headingBox(Side side, double wanted, double top) const {
    const bool client = side == Side::Client;
    const double middle = (lifeline(Side::Client) + lifeline(Side::Server)) / 2;
    const double least = client ? kHeadingToEdge : middle + kBetweenHeadings / 2;
    const double most = client ? middle - kBetweenHeadings / 2 : metrics.width - kHeadingToEdge;
    const double width = std::max(0.0, std::min(wanted, most - least));
    const double left =
        std::clamp(lifeline(side) - width / 2, least, std::max(least, most - width));
    return {left, top, width, metrics.line};
}

double LadderLayout::reachOf(Moment moment) const {
    const auto next =
        std::ranges::upper_bound(reach, moment, {}, &std::pair<Moment, double>::first);
    return next == reach.begin() ? 0 : std::prev(next)->second;
}

const LadderArrow* LadderLayout::arrowAt(QPointF point, Moment until) const {
    const LadderArrow* found = nullptr;
    double nearest = 8;
    for (const LadderArrow& arrow : arrows) {
        if (arrow.departed > until || !arrow.strip.contains(point)) continue;
        if (arrow.labelShape().containsPoint(point, Qt::OddEvenFill)) return &arrow;
        const double share = (point.x() - arrow.line.x1()) / arrow.line.dx();
        const bool beside = share < 0 || share > 1;
        const double y = arrow.line.y1() + std::clamp(share, 0.0, 1.0) * arrow.line.dy();
        const double distance = std::abs(point.y() - y);
        if (beside && found == nullptr) found = &arrow;
        if (!beside && (distance < nearest || found == nullptr)) {
            found = &arrow;
            nearest = std::min(nearest, distance);
        }
    }
    return found;
}

const LadderPoint* LadderLayout::pointAt(QPointF point, Moment until) const {
    const LadderPoint* found = nullptr;
    double nearest = 0;
    for (const LadderPoint& candidate : points) {
        if (candidate.moment > until) continue;
        // The lifeline matters as much as the height: both ends of a packet are meant apart.
        const double distance =
            std::hypot((candidate.at.x() - point.x()) / 4, candidate.at.y() - point.y());
        if (found != nullptr && distance >= nearest) continue;
        found = &candidate;
        nearest = distance;
    }
    return found;
}

QRectF LadderLayout::stripOf(Moment moment) const {
    constexpr double kAround = 10;
    QRectF strip;
    const auto add = [&](double top, double bottom) {
        strip |= QRectF{0, top, metrics.width, bottom - top};
    };
    for (const LadderPoint& point : points)
        if (point.moment == moment) add(point.at.y() - kAround, point.at.y() + kAround);
    for (const LadderText& text : texts) {
        const QRectF whole = text.box.united(text.glossBox);
        if (text.note.moment == moment) add(whole.top() - 2, whole.bottom() + 2);
    }
    // An edge goes through no text of the other end.
    for (const LadderText& text : texts) {
        const QRectF whole = text.box.united(text.glossBox);
        const bool cut = whole.top() < strip.top() || whole.bottom() > strip.bottom();
        if (cut && whole.intersects(strip)) add(whole.top(), whole.bottom());
    }
    return strip;
}

const LadderArrow* LadderLayout::arrowOf(PacketId packet) const {
    const auto found = std::ranges::find(arrows, packet, &LadderArrow::packet);
    return found == arrows.end() ? nullptr : &*found;
}

}  // namespace tcplab::gui
