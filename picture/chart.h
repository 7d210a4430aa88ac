#pragma once

#include "sim/trace/series.h"

#include "picture/figure.h"
#include "picture/scale.h"

#include <string>
#include <vector>

// What all graphs have in common: the title, the axes and the legend, and how points become lines
// of a bounded length.
namespace tcplab::picture {

/// An entry of the legend.
struct Key {
    enum class Form : std::uint8_t { Line, Dashed, Bar, Area, Disc, Ring, Cross, Diamond };
    Ink ink{};
    Form form{};
    std::string text{};
};

struct Axis {
    double from = 0;
    double to = 1;
    std::vector<Tick> ticks{};
    std::string name{};  ///< With its unit.
};

class Chart {
public:
    struct Head {
        double width = 0;
        double height = 0;
        std::string title{};
        std::string subtitle{};
        Axis x{};
        Axis y{};
        std::vector<Key> keys{};
    };
    /// Draws what lies below the data.
    explicit Chart(const Head& head);

    [[nodiscard]] double x(double value) const { return x_(value); }
    /// What lies far outside is brought near: drawing programs know no pixel a million away.
    [[nodiscard]] double y(double value) const;
    [[nodiscard]] const Box& plot() const { return figure_.plot; }

    /// Adds a shape that is seen within the plot only.
    void draw(Ink ink, Path path, std::string title = {});
    void draw(Ink ink, Area area, std::string title = {});
    void draw(Ink ink, Mark mark, std::string title = {});
    /// Near `at`, where nothing else is drawn, and seen within the plot only: to its right, or to
    /// its left near the right edge or where `before` is set. Not at all where other labels have
    /// the room.
    void label(Ink ink, Point at, std::string_view text, bool before = false);
    /// In the middle of a plot that has no data.
    void say(const std::string& text);

    [[nodiscard]] Figure take();

private:
    void write(Ink ink, Words words);
    struct Label {
        Ink ink{};
        Point at{};
        std::string text{};
        bool before = false;
    };
    void place(const Label& label);
    /// The legend, in as many lines as it needs. The base line of the last one.
    [[nodiscard]] double drawKeys(const std::vector<Key>& keys, double right);
    void drawAxes(const Axis& x, const Axis& y);

    Figure figure_{};
    std::vector<Label> labels_{};  ///< To be placed once all else is drawn.
    std::vector<Box> labelled_{};
    Scale x_{};
    Scale y_{};
};

/// A value that holds from `x` on.
struct Level {
    double x = 0;
    double y = 0;
};
/// The levels as a staircase up to `end`, in pixels. Of what falls in one column of pixels only the
/// extremes are kept, so that no more points come out than a screen can show.
[[nodiscard]] std::vector<Point> staircase(const std::vector<Level>& levels, double end);

/// How many tick marks suit the axes of a picture of this size.
[[nodiscard]] int ticksUp(double height);
[[nodiscard]] int ticksAcross(double width, double apart);

/// Seconds of a time.
[[nodiscard]] double secondsOf(Duration time);

/// An axis of time from 0 to `span`, in a picture of this width.
[[nodiscard]] Axis timeAxis(Duration span, double width, Language language);

}  // namespace tcplab::picture
