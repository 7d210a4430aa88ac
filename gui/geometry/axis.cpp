#include "gui/geometry/axis.h"

#include <algorithm>
#include <cmath>

namespace tcplab::gui {

void Axis::add(Point point) {
    if (!points_.empty() && (point.y <= points_.back().y || point.at < points_.back().at)) return;
    points_.push_back(point);
}

double Axis::yAt(Instant at) const {
    if (points_.empty()) return 0;
    const auto next = std::ranges::upper_bound(points_, at, {}, &Point::at);
    if (next == points_.begin()) return points_.front().y;
    const Point& before = *std::prev(next);
    if (next == points_.end() || next->at == before.at) return before.y;
    const double share = std::chrono::duration<double>(at - before.at) / (next->at - before.at);
    return before.y + share * (next->y - before.y);
}

Instant Axis::timeAt(double y) const {
    if (points_.empty()) return {};
    const auto next = std::ranges::upper_bound(points_, y, {}, &Point::y);
    if (next == points_.begin()) return points_.front().at;
    const Point& before = *std::prev(next);
    if (next == points_.end()) return before.at;
    const double share = (y - before.y) / (next->y - before.y);
    const auto passed = static_cast<double>((next->at - before.at).count()) * share;
    return before.at + Duration{static_cast<Duration::rep>(std::llround(passed))};
}

}  // namespace tcplab::gui
