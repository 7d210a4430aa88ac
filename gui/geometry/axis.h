#pragma once

#include "sim/base/time.h"

#include <vector>

namespace tcplab::gui {

/// Where time is on a scale that is not even: a ladder gives every packet the same room. Points
/// come in ascending order of both; between two of them time runs evenly.
class Axis {
public:
    struct Point {
        Instant at{};
        double y = 0;
    };

    void add(Point point);
    [[nodiscard]] bool empty() const { return points_.empty(); }
    [[nodiscard]] double yAt(Instant at) const;
    [[nodiscard]] Instant timeAt(double y) const;

private:
    std::vector<Point> points_{};
};

}  // namespace tcplab::gui
