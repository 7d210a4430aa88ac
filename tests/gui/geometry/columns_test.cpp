#include "gui/geometry/columns.h"

#include <gtest/gtest.h>

#include <ostream>

namespace tcplab::gui {

void PrintTo(const Columns& columns, std::ostream* out) {
    *out << (columns.left ? "left " : "") << (columns.right ? "right" : "");
}

namespace {

constexpr Columns kBoth{.left = true, .right = true};
constexpr Columns kLeft{.left = true};
constexpr Columns kRight{.right = true};
constexpr Columns kNone{};

TEST(Columns, GiveWayToThePageTheRightOneFirst) {
    EXPECT_EQ(columnsIn({.width = 1100}, {}), kBoth);
    EXPECT_EQ(columnsIn({.width = 1099}, {}), kLeft);
    EXPECT_EQ(columnsIn({.width = 900}, {}), kLeft);
    EXPECT_EQ(columnsIn({.width = 899}, {}), kNone);
}

TEST(Columns, WhereThereIsNoLeftOneTheRightOneStays) {
    EXPECT_EQ(columnsIn({.width = 1100, .hasLeft = false}, {}), kRight);
    EXPECT_EQ(columnsIn({.width = 900, .hasLeft = false}, {}), kRight);
    EXPECT_EQ(columnsIn({.width = 899, .hasLeft = false}, {}), kNone);
}

TEST(Columns, APageMayKeepTheRightOne) {
    EXPECT_EQ(columnsIn({.width = 1024, .first = Column::Right}, {}), kRight);
}

TEST(Columns, OneThatIsAskedForTakesThePlaceOfTheOther) {
    const ColumnRoom room{.width = 1024};

    const ColumnWishes opened = toggled(Column::Right, room, {});
    EXPECT_EQ(columnsIn(room, opened), kRight);
    EXPECT_EQ(columnsIn(room, toggled(Column::Right, room, opened)), kLeft) << "and closes again";
    EXPECT_EQ(columnsIn(room, toggled(Column::Left, room, opened)), kLeft);
}

TEST(Columns, WhereThereIsRoomForNoneOneCanBeOpenedAndClosed) {
    const ColumnRoom room{.width = 890};
    for (const Column column : {Column::Left, Column::Right}) {
        const ColumnWishes opened = toggled(column, room, {});
        EXPECT_TRUE(columnsIn(room, opened).has(column));
        EXPECT_EQ(columnsIn(room, toggled(column, room, opened)), kNone);
    }
}

TEST(Columns, TheOneThatStaysByItselfCanBeHiddenToo) {
    for (const ColumnRoom& room : {ColumnRoom{.width = 1024},
                                   ColumnRoom{.width = 1024, .hasLeft = false},
                                   ColumnRoom{.width = 1024, .first = Column::Right}}) {
        const Column usual = columnsIn(room, {}).left ? Column::Left : Column::Right;
        const ColumnWishes hidden = toggled(usual, room, {});
        EXPECT_EQ(columnsIn(room, hidden), kNone);
        EXPECT_TRUE(columnsIn(room, toggled(usual, room, hidden)).has(usual));
    }
}

TEST(Columns, WhatIsOpenedWhereItIsNarrowHidesNothingWhereItIsWide) {
    const ColumnWishes opened = toggled(Column::Right, {.width = 1024}, {});

    EXPECT_EQ(columnsIn({.width = 1280}, opened), kBoth);
}

TEST(Columns, WhatWasHiddenByHandStaysHiddenWhereItIsNarrow) {
    const ColumnWishes hidden = toggled(Column::Left, {.width = 1280}, {});

    EXPECT_EQ(columnsIn({.width = 1280}, hidden), kRight);
    EXPECT_EQ(columnsIn({.width = 1024}, hidden), kRight);
    EXPECT_EQ(columnsIn({.width = 1024}, toggled(Column::Right, {.width = 1280}, hidden)), kNone);
    EXPECT_EQ(toggled(Column::Left, {.width = 1280}, hidden), ColumnWishes{});
}

TEST(Columns, OneThatIsNotThereIsNotOpened) {
    const ColumnRoom room{.width = 1024, .hasLeft = false};

    EXPECT_EQ(columnsIn(room, toggled(Column::Left, room, {})), kRight);
    EXPECT_EQ(columnsIn(room, {.narrow = kLeft}), kRight) << "asked for in another document";
}

}  // namespace
}  // namespace tcplab::gui
