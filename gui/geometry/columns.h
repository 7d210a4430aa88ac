#pragma once

#include <optional>

// Which columns stand beside the page: where it is narrow there is room for one or for none, and
// what a reader asks for then takes the place of the other.
namespace tcplab::gui {

enum class Column { Left, Right };

struct Columns {
    bool left = false;
    bool right = false;

    [[nodiscard]] bool has(Column column) const { return column == Column::Left ? left : right; }
    friend bool operator==(const Columns&, const Columns&) = default;
};

/// What the columns have to go by.
struct ColumnRoom {
    int width = 0;                ///< Of the window.
    bool hasLeft = true;          ///< One connection of a capture leaves nothing to choose.
    Column first = Column::Left;  ///< The one that stays where there is room for one.
};

/// What the reader has asked for.
struct ColumnWishes {
    bool hidesLeft = false;  ///< Where there is room for both.
    bool hidesRight = false;
    std::optional<Columns> narrow{};  ///< Where there is not; empty: as the room has it.

    friend bool operator==(const ColumnWishes&, const ColumnWishes&) = default;
};

[[nodiscard]] Columns columnsIn(const ColumnRoom& room, const ColumnWishes& wishes);
/// Hides a column that is shown, shows one that is not.
[[nodiscard]] ColumnWishes toggled(Column column, const ColumnRoom& room, ColumnWishes wishes);

}  // namespace tcplab::gui
