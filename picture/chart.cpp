#include "picture/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace tcplab::picture {

namespace {

constexpr double kLeft = 72;
constexpr double kRight = 28;
constexpr double kBottom = 56;
constexpr double kTitleLine = 32;
constexpr double kSubtitleLine = 54;
constexpr double kKeyLine = 80;
constexpr double kKeyHeight = 20;
constexpr double kAboutPlot = 44;  // From the last line of the legend.
constexpr double kSmall = 12;
constexpr double kBold = 0.92;  // Bold letters are wider.

/// Whether a line goes through a box, or as near to it as can be seen.
bool meets(const Point& from, const Point& to, const Box& box) {
    constexpr double kNear = 1;
    double first = 0;
    double last = 1;
    const auto clip = [&](double start, double way, double low, double high) {
        if (way == 0) return low <= start && start <= high;
        const double enters = (low - start) / way;
        const double leaves = (high - start) / way;
        first = std::max(first, std::min(enters, leaves));
        last = std::min(last, std::max(enters, leaves));
        return first <= last;
    };
    return clip(from.x, to.x - from.x, box.left - kNear, box.right + kNear) &&
           clip(from.y, to.y - from.y, box.top - kNear, box.bottom + kNear);
}

/// The largest size at which a text has room, and no less than `least`.
double sizeFor(const std::string& text, double size, double least, double room) {
    while (size > least && widthOf(text, size) > room) size -= 1;
    return size;
}

Shape shape(Ink ink, std::variant<Path, Area, Mark, Words> what) {
    return {.ink = ink, .what = std::move(what)};
}

}  // namespace

Chart::Chart(const Head& head) {
    figure_.width = head.width;
    figure_.height = head.height;
    figure_.title = head.title;
    figure_.description = head.subtitle;
    const double room = head.width - kLeft - kRight;
    const auto words = [&](Ink ink, double line, double size, const std::string& text, bool bold) {
        write(
            ink,
            Words{
                .at = {kLeft, line}, .text = fitted(text, size, room), .size = size, .bold = bold});
    };
    words(Ink::Text, kTitleLine, sizeFor(head.title, 18, 13, room * kBold), head.title, true);
    words(Ink::Dim, kSubtitleLine, sizeFor(head.subtitle, 13, 11, room), head.subtitle, false);
    const double below = drawKeys(head.keys, head.width - kRight);
    figure_.plot = {kLeft, below + kAboutPlot, head.width - kRight, head.height - kBottom};
    figure_.from = head.x.from;
    figure_.to = head.x.to;
    x_ = {head.x.from, head.x.to, figure_.plot.left, figure_.plot.right};
    y_ = {head.y.from, head.y.to, figure_.plot.bottom, figure_.plot.top};
    drawAxes(head.x, head.y);
}

double Chart::drawKeys(const std::vector<Key>& keys, double right) {
    constexpr double kSample = 18;
    constexpr double kAir = 6;
    constexpr double kApart = 20;
    double x = kLeft;
    double baseline = kKeyLine;
    for (const Key& key : keys) {
        const double width = kSample + kAir + widthOf(key.text, kSmall);
        if (x > kLeft && x + width > right) {
            x = kLeft;
            baseline += kKeyHeight;
        }
        const double middle = x + kSample / 2;
        const double y = baseline - 4;
        const auto mark = [&](Mark::Form form) {
            figure_.shapes.push_back(
                shape(key.ink, Mark{.at = {middle, y}, .form = form, .radius = 4}));
        };
        const auto line = [&](std::vector<Point> points, double thickness, bool dashed) {
            figure_.shapes.push_back(shape(key.ink, Path{std::move(points), thickness, dashed}));
        };
        switch (key.form) {
            case Key::Form::Line: line({{x, y}, {x + kSample, y}}, 2, false); break;
            case Key::Form::Dashed: line({{x, y}, {x + kSample, y}}, 2, true); break;
            case Key::Form::Bar: line({{middle, y - 7}, {middle, y + 7}}, 2.6, false); break;
            case Key::Form::Area:
                figure_.shapes.push_back(
                    shape(key.ink,
                          Area{{{x, y - 6}, {x + kSample, y - 6}, {x + kSample, y + 6}, {x, y + 6}},
                               0.45}));
                break;
            case Key::Form::Disc: mark(Mark::Form::Disc); break;
            case Key::Form::Ring: mark(Mark::Form::Ring); break;
            case Key::Form::Cross: mark(Mark::Form::Cross); break;
            case Key::Form::Diamond: mark(Mark::Form::Diamond); break;
        }
        write(Ink::Text,
              Words{.at = {x + kSample + kAir, baseline},
                    .text = fitted(key.text, kSmall, right - x - kSample - kAir),
                    .size = kSmall});
        x += width + kApart;
    }
    return baseline;
}

void Chart::drawAxes(const Axis& x, const Axis& y) {
    const Box& plot = figure_.plot;
    using enum Words::Anchor;
    for (const Tick& tick : y.ticks) {
        const double at = y_(tick.value);
        figure_.shapes.push_back(
            shape(Ink::Grid, Path{.points = {{plot.left, at}, {plot.right, at}}}));
        write(
            Ink::Dim,
            Words{
                .at = {plot.left - 8, at + 4}, .text = tick.label, .size = kSmall, .anchor = End});
    }
    figure_.shapes.push_back(
        shape(Ink::Axis, Path{.points = {{plot.left, plot.bottom}, {plot.right, plot.bottom}}}));
    for (const Tick& tick : x.ticks) {
        const double at = x_(tick.value);
        figure_.shapes.push_back(
            shape(Ink::Axis, Path{.points = {{at, plot.bottom}, {at, plot.bottom + 5}}}));
        write(Ink::Dim,
              Words{.at = {at, plot.bottom + 20},
                    .text = tick.label,
                    .size = kSmall,
                    .anchor = Middle});
    }
    write(
        Ink::Dim,
        Words{.at = {plot.right, plot.bottom + 42}, .text = x.name, .size = kSmall, .anchor = End});
    write(Ink::Dim,
          Words{.at = {plot.left, plot.top - 14},
                .text = fitted(y.name, kSmall, plot.right - plot.left),
                .size = kSmall});
}

double Chart::y(double value) const {
    constexpr double kNear = 50;
    return std::clamp(y_(value), figure_.plot.top - kNear, figure_.plot.bottom + kNear);
}

void Chart::draw(Ink ink, Path path, std::string title) {
    figure_.shapes.push_back({ink, std::move(path), std::move(title), true});
}

void Chart::draw(Ink ink, Area area, std::string title) {
    figure_.shapes.push_back({ink, std::move(area), std::move(title), true});
}

void Chart::draw(Ink ink, Mark mark, std::string title) {
    figure_.shapes.push_back({ink, mark, std::move(title), true});
}

void Chart::write(Ink ink, Words words) {
    figure_.shapes.push_back(shape(ink, std::move(words)));
}

void Chart::label(Ink ink, Point at, std::string_view text, bool before) {
    labels_.push_back({ink, at, std::string{text}, before});
}

void Chart::place(const Label& label) {
    constexpr double kSize = 11;
    constexpr double kGap = 6;
    const Box& plot = figure_.plot;
    const double width = widthOf(label.text, kSize);
    const auto isCrossed = [&](const Box& box) {
        return std::ranges::any_of(figure_.shapes, [&](const Shape& one) {
            const auto* path = one.clipped ? std::get_if<Path>(&one.what) : nullptr;
            for (std::size_t i = 1; path != nullptr && i < path->points.size(); ++i)
                if (meets(path->points[i - 1], path->points[i], box)) return true;
            return false;
        });
    };
    const auto isTaken = [&](const Box& box) {
        return std::ranges::any_of(labelled_, [&](const Box& one) {
            return one.left < box.right && box.left < one.right && one.top < box.bottom &&
                   box.top < one.bottom;
        });
    };
    std::optional<Box> found;
    for (const auto& [mayCross, away] :
         {std::pair{false, 0.0}, {false, 16.0}, {false, 36.0}, {true, 0.0}})
        for (const double up : {0.0, 12.0, 24.0, -16.0, 36.0, 48.0})
            for (const bool left : {label.before, !label.before}) {
                const double from =
                    left ? label.at.x - kGap - away - width : label.at.x + kGap + away;
                const double line = std::max(label.at.y - up, plot.top + kSize);
                const Box box{from, line - kSize, from + width, line + 2};
                const bool fits =
                    from >= plot.left && box.right <= plot.right && box.bottom <= plot.bottom;
                if (!found && fits && !isTaken(box) && (mayCross || !isCrossed(box))) found = box;
            }
    if (!found) return;
    labelled_.push_back(*found);
    write(label.ink,
          Words{.at = {found->left, found->bottom - 2}, .text = label.text, .size = kSize});
    figure_.shapes.back().clipped = true;
}

Figure Chart::take() {
    for (const Label& label : labels_) place(label);
    return std::move(figure_);
}

void Chart::say(const std::string& text) {
    const Box& plot = figure_.plot;
    write(Ink::Dim,
          Words{.at = {(plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2},
                .text = fitted(text, 14, plot.right - plot.left),
                .size = 14,
                .anchor = Words::Anchor::Middle});
}

std::vector<Point> staircase(const std::vector<Level>& levels, double end) {
    std::vector<Point> points;
    const auto add = [&](double x, double y) {
        const bool same = !points.empty() && points.back().x == x && points.back().y == y;
        if (!same) points.push_back({x, y});
    };
    for (std::size_t i = 0; i < levels.size();) {
        const double column = std::floor(levels[i].x * 2);
        const Level first = levels[i];
        double low = first.y;
        double high = first.y;
        std::size_t next = i;
        for (; next < levels.size() && std::floor(levels[next].x * 2) == column; ++next) {
            low = std::min(low, levels[next].y);
            high = std::max(high, levels[next].y);
        }
        const Level& last = levels[next - 1];
        if (!points.empty()) add(first.x, points.back().y);
        add(first.x, first.y);
        if (next - i > 1) {
            add(first.x, low);
            add(first.x, high);
            add(first.x, last.y);
        }
        i = next;
    }
    if (!points.empty()) add(std::max(end, points.back().x), points.back().y);
    return points;
}

int ticksUp(double height) {
    return std::clamp(static_cast<int>((height - 180) / 48), 2, 12);
}

int ticksAcross(double width, double apart) {
    return std::clamp(static_cast<int>((width - kLeft - kRight) / apart), 2, 40);
}

double secondsOf(Duration time) {
    return std::chrono::duration<double>(time).count();
}

Axis timeAxis(Duration span, double width, Language language) {
    const Unit unit = timeUnit(span);
    Axis axis{.to = std::max(secondsOf(span), 1e-9)};
    axis.ticks = ticksIn(unit, 0, axis.to, ticksAcross(width, 90));
    axis.name = fmt::format(
        fmt::runtime(language == Language::Chinese ? "时间（{}）" : "Time ({})"), unit.name);
    return axis;
}

}  // namespace tcplab::picture
