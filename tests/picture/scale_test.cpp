#include "picture/scale.h"

#include <gmock/gmock.h>

#include <chrono>
#include <limits>

namespace tcplab::picture {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Le;
using testing::SizeIs;

std::vector<std::string> labels(const std::vector<Tick>& ticks) {
    std::vector<std::string> all;
    for (const Tick& tick : ticks) all.push_back(tick.label);
    return all;
}

TEST(Ticks, StandAtRoundValuesWithTheDecimalsTheyNeed) {
    EXPECT_THAT(labels(ticksIn({1e-3, "ms"}, 0, 0.112, 6)), ElementsAre("0", "50", "100"));
    EXPECT_THAT(labels(ticksIn({1, "s"}, 0, 1.6, 5)), ElementsAre("0.0", "0.5", "1.0", "1.5"));
    EXPECT_THAT(labels(ticksIn({1, "s"}, 0, 0.11, 3)), ElementsAre("0.0", "0.1"));
    EXPECT_THAT(labels(wholeTicks(0, 3.4, 8)), ElementsAre("0", "1", "2", "3"));
}

TEST(Ticks, OfLargeAmountsHaveAPrefix) {
    EXPECT_THAT(labels(amountTicks(0, 8000, 5)), ElementsAre("0", "2000", "4000", "6000", "8000"));
    EXPECT_THAT(labels(amountTicks(0, 26'000, 4)), ElementsAre("0", "10 k", "20 k"));
    EXPECT_THAT(labels(amountTicks(0, 1.5e9, 4)), ElementsAre("0", "0.5 G", "1.0 G", "1.5 G"));
    EXPECT_THAT(labels(amountTicks(0, 1.06, 7)), ElementsAre("0", "1"));
}

TEST(Ticks, AreNeverMoreThanAskedForWhateverTheRange) {
    for (double to = 1e-9; to < 1e19; to *= 3.7)
        for (const int most : {2, 5, 9, 16}) {
            const auto limit = static_cast<std::size_t>(most);
            EXPECT_THAT(ticksIn({1, ""}, 0, to, most), SizeIs(Le(limit))) << to;
            EXPECT_THAT(amountTicks(0, to, most), SizeIs(Le(limit))) << to;
            EXPECT_THAT(wholeTicks(0, to, most), SizeIs(Le(limit))) << to;
        }
}

TEST(Figures, AreShort) {
    EXPECT_EQ(shortTime(41'234us), "41.23 ms");
    EXPECT_EQ(shortTime(20ms), "20 ms");
    EXPECT_EQ(shortTime(1500ms), "1.5 s");
    EXPECT_EQ(shortTime(-1500ms), "-1.5 s");
    EXPECT_EQ(grouped(1'460), "1,460");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(-1'234'567), "-1,234,567");
    EXPECT_EQ(grouped(std::numeric_limits<std::int64_t>::min()), "-9,223,372,036,854,775,808");
}

}  // namespace
}  // namespace tcplab::picture
