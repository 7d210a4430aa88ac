#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// A picture as geometry: what stands where and what it means, with no colour and no file format.
namespace tcplab::picture {

/// In pixels, from the left and from the top.
struct Point {
    double x = 0;
    double y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    friend bool operator==(const Box&, const Box&) = default;
};

/// What a shape is drawn for. A theme gives it a colour.
enum class Ink : std::uint8_t {
    Text,
    Dim,
    Grid,
    Axis,
    Sent,
    Again,  ///< What was sent again, lost or reset.
    Acked,
    Offered,  ///< The receiver's window.
    Sacked,   ///< And the congestion window.
    Late,
};

struct Path {
    std::vector<Point> points{};
    double width = 1;
    bool dashed = false;
};

struct Area {
    std::vector<Point> points{};
    double opacity = 1;
};

struct Mark {
    enum class Form : std::uint8_t { Disc, Ring, Cross, Diamond };
    Point at{};
    Form form{};
    double radius = 3;
};

struct Words {
    enum class Anchor : std::uint8_t { Start, Middle, End };
    Point at{};  ///< On the base line.
    std::string text{};
    double size = 12;
    Anchor anchor = Anchor::Start;
    bool bold = false;
};

struct Shape {
    Ink ink{};
    std::variant<Path, Area, Mark, Words> what{};
    std::string title{};   ///< Shown while the pointer rests on it; empty: nothing.
    bool clipped = false;  ///< Only what lies in the figure's plot is seen.
};

struct Figure {
    double width = 0;
    double height = 0;
    Box plot{};
    /// What the horizontal axis says at the plot's left and right: of graphs over time, seconds.
    double from = 0;
    double to = 0;
    std::string title{};
    std::string description{};    ///< For those who do not see it.
    std::vector<Shape> shapes{};  ///< The later ones lie on top.
};

/// How wide a text of this size is about: Chinese characters are as wide as they are high.
[[nodiscard]] double widthOf(std::string_view text, double size);
/// The text, or as much of its beginning as fits into this width, and an ellipsis.
[[nodiscard]] std::string fitted(std::string_view text, double size, double width);

}  // namespace tcplab::picture
