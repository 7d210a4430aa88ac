#include "sim/base/rng.h"

#include <gmock/gmock.h>

#include <array>

namespace tcplab {
namespace {

using ::testing::ElementsAre;

template <std::size_t Count>
std::array<std::uint64_t, Count> draw(Rng rng) {
    std::array<std::uint64_t, Count> drawn{};
    for (std::uint64_t& number : drawn) number = rng.next();
    return drawn;
}

// The numbers that Vigna's splitmix64.c gives.
TEST(Rng, GivesTheNumbersOfSplitMix64) {
    EXPECT_THAT(draw<5>(Rng{1'234'567}),
                ElementsAre(6'457'827'717'110'365'317U,
                            3'203'168'211'198'807'973U,
                            9'817'491'932'198'370'423U,
                            4'593'380'528'125'082'431U,
                            16'408'922'859'458'223'821U));
    EXPECT_THAT(draw<3>(Rng{0}),
                ElementsAre(0xe220a8397b1dcdafU, 0x6e789e6aa1b965f4U, 0x06c45d188009454fU));
}

TEST(Rng, ACopyGoesOnLikeTheOriginal) {
    Rng original{42};
    static_cast<void>(original.next());

    const Rng copy = original;

    EXPECT_EQ(draw<8>(copy), draw<8>(original));
}

TEST(Rng, IsEqualAfterAsManyDrawsFromTheSameSeed) {
    Rng one{42};
    Rng other{42};

    static_cast<void>(one.next());
    EXPECT_FALSE(one == other);

    static_cast<void>(other.next());
    EXPECT_TRUE(one == other);
}

}  // namespace
}  // namespace tcplab
