#include "gui/geometry/ladder_layout.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace tcplab::gui {

namespace {

struct LadderWords {
    Q_DECLARE_TR_FUNCTIONS(Ladder)
};

}  // namespace

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
        if (arrow.label.contains(point)) return &arrow;
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

const LadderArrow* LadderLayout::arrowOf(PacketId packet) const {
    const auto found = std::ranges::find(arrows, packet, &LadderArrow::packet);
    return found == arrows.end() ? nullptr : &*found;
}

}  // namespace tcplab::gui
