#include "gui/geometry/axis.h"

#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace std::chrono_literals;

Instant at(Duration time) {
    return Instant{time};
}

Axis uneven() {
    Axis axis;
    axis.add({at(0ms), 20});
    axis.add({at(10ms), 80});
    axis.add({at(5s), 140});
    return axis;
}

TEST(Axis, TimeGoneToThePaperAndBackIsTheSame) {
    const Axis axis = uneven();

    for (const Duration time : {Duration{0ms}, Duration{3ms}, Duration{10ms}, Duration{1s}})
        EXPECT_EQ(axis.timeAt(axis.yAt(at(time))), at(time));
}

TEST(Axis, BetweenTwoPointsTimeRunsEvenly) {
    EXPECT_DOUBLE_EQ(uneven().yAt(at(5ms)), 50);
}

TEST(Axis, OutsideItsPointsItStaysAtTheNearest) {
    const Axis axis = uneven();

    EXPECT_DOUBLE_EQ(axis.yAt(at(-1s)), 20);
    EXPECT_DOUBLE_EQ(axis.yAt(at(1h)), 140);
    EXPECT_EQ(axis.timeAt(0), at(0ms));
    EXPECT_EQ(axis.timeAt(1000), at(5s));
}

TEST(Axis, APointThatGoesBackIsLeftOut) {
    Axis axis = uneven();

    axis.add({at(1ms), 200});

    EXPECT_DOUBLE_EQ(axis.yAt(at(1h)), 140);
}

}  // namespace
}  // namespace tcplab::gui
