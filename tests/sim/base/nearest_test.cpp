#include "sim/base/nearest.h"

#include <gmock/gmock.h>

#include <array>
#include <ostream>
#include <string>

namespace tcplab {
namespace {

using ::testing::Optional;

struct Pair {
    std::string a;
    std::string b;
    std::size_t distance;
};
void PrintTo(const Pair& pair, std::ostream* out) {
    *out << '"' << pair.a << "\" to \"" << pair.b << '"';
}

class EditDistance : public testing::TestWithParam<Pair> {};

TEST_P(EditDistance, CountsTheSlips) {
    const Pair& pair = GetParam();

    EXPECT_EQ(editDistance(pair.a, pair.b), pair.distance);
}

TEST_P(EditDistance, IsTheSameBothWays) {
    const Pair& pair = GetParam();

    EXPECT_EQ(editDistance(pair.b, pair.a), pair.distance);
}

INSTANTIATE_TEST_SUITE_P(Words,
                         EditDistance,
                         testing::Values(Pair{"", "", 0},
                                         Pair{"loss", "loss", 0},
                                         Pair{"", "abc", 3},
                                         Pair{"loss", "los", 1},
                                         Pair{"delay", "deelay", 1},
                                         Pair{"delay", "belay", 1},
                                         Pair{"delay", "dealy", 1},
                                         Pair{"ab", "ba", 1},
                                         Pair{"kitten", "sitting", 3},
                                         Pair{"saturday", "sunday", 3},
                                         Pair{"intention", "execution", 5},
                                         Pair{"abc", "xyz", 3}));

constexpr std::array<std::string_view, 4> kWords{"client", "server", "delay", "loss"};

TEST(Nearest, FindsTheWordThatIsMeantByASlip) {
    EXPECT_THAT(nearest("clinet", kWords), Optional(std::string_view{"client"}));
    EXPECT_THAT(nearest("sever", kWords), Optional(std::string_view{"server"}));
    EXPECT_THAT(nearest("dellay", kWords), Optional(std::string_view{"delay"}));
}

TEST(Nearest, FindsAWordThatIsRight) {
    EXPECT_THAT(nearest("loss", kWords), Optional(std::string_view{"loss"}));
}

TEST(Nearest, PrefersFewerSlips) {
    constexpr std::array<std::string_view, 2> candidates{"lossy", "loss"};

    EXPECT_THAT(nearest("los", candidates), Optional(std::string_view{"loss"}));
}

TEST(Nearest, PrefersTheFirstOfTwoThatAreEquallyNear) {
    constexpr std::array<std::string_view, 2> candidates{"bat", "cat"};

    EXPECT_THAT(nearest("rat", candidates), Optional(std::string_view{"bat"}));
}

TEST(Nearest, AllowsTwoSlipsInAShortWord) {
    EXPECT_THAT(nearest("leis", kWords), Optional(std::string_view{"loss"}));
    EXPECT_EQ(nearest("leit", kWords), std::nullopt);
}

TEST(Nearest, AllowsOneSlipInThreeLettersOfALongWord) {
    constexpr std::array<std::string_view, 1> candidates{"retransmission"};

    EXPECT_THAT(nearest("ritrunsmishin", candidates), Optional(candidates[0]));
    EXPECT_EQ(nearest("ritrunsmisxyz", candidates), std::nullopt);
}

TEST(Nearest, DoesNotTakeAShortWordAllOfWhoseLettersWouldBeWrong) {
    constexpr std::array<std::string_view, 1> candidates{"on"};

    EXPECT_EQ(nearest("xy", candidates), std::nullopt);
}

TEST(Nearest, FindsNothingAmongNothing) {
    EXPECT_EQ(nearest("loss", {}), std::nullopt);
}

}  // namespace
}  // namespace tcplab
