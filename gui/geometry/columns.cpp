#include "gui/geometry/columns.h"

namespace tcplab::gui {

namespace {

constexpr int kWidthForBoth = 1100;
constexpr int kWidthForOne = 900;

Columns only(Column column) {
    return {.left = column == Column::Left, .right = column == Column::Right};
}

/// Where nobody has asked for anything else. What was hidden by hand stays hidden.
Columns narrowUsually(const ColumnRoom& room, const ColumnWishes& wishes) {
    if (room.width < kWidthForOne) return {};
    const Columns wanted{.left = room.hasLeft && !wishes.hidesLeft, .right = !wishes.hidesRight};
    const Column other = room.first == Column::Left ? Column::Right : Column::Left;
    for (const Column column : {room.first, other})
        if (wanted.has(column)) return only(column);
    return {};
}

}  // namespace

Columns columnsIn(const ColumnRoom& room, const ColumnWishes& wishes) {
    if (room.width >= kWidthForBoth)
        return {.left = room.hasLeft && !wishes.hidesLeft, .right = !wishes.hidesRight};
    const bool possible = wishes.narrow && (room.hasLeft || !wishes.narrow->left);
    return possible ? *wishes.narrow : narrowUsually(room, wishes);
}

ColumnWishes toggled(Column column, const ColumnRoom& room, ColumnWishes wishes) {
    if (column == Column::Left && !room.hasLeft) return wishes;
    const bool shown = columnsIn(room, wishes).has(column);
    if (room.width >= kWidthForBoth) {
        (column == Column::Left ? wishes.hidesLeft : wishes.hidesRight) = shown;
        return wishes;
    }
    wishes.narrow.reset();
    // The one that is there by itself leaves the page alone.
    const bool usual = columnsIn(room, wishes).has(column);
    if (shown && usual) wishes.narrow = Columns{};
    if (!shown && !usual) wishes.narrow = only(column);
    return wishes;
}

}  // namespace tcplab::gui
