#include "sim/base/side.h"

#include "sim/base/text.h"

#include <gtest/gtest.h>

#include <string>

namespace tcplab {
namespace {

TEST(Side, TheOtherOfTheOtherIsTheSame) {
    EXPECT_EQ(other(Side::Client), Side::Server);
    EXPECT_EQ(other(Side::Server), Side::Client);
}

TEST(Side, HasAName) {
    EXPECT_EQ(toString(Side::Client), "client");
    EXPECT_EQ(toString(Side::Server), "server");
}

TEST(PerSide, KeepsAValueForEachEnd) {
    PerSide<std::string> names;

    names[Side::Client] = "a";
    names[Side::Server] = "b";

    EXPECT_EQ(names[Side::Client], "a");
    EXPECT_EQ(names[Side::Server], "b");
}

TEST(PerSide, IsEqualWhereBothEndsAre) {
    const PerSide<int> values{{1, 2}};

    EXPECT_TRUE(values == (PerSide<int>{{1, 2}}));
    EXPECT_FALSE(values == (PerSide<int>{{2, 1}}));
}

TEST(Text, IsReadInTheLanguageThatIsAskedFor) {
    constexpr Text text{"port", "\u7aef\u53e3"};

    EXPECT_EQ(text.in(Language::English), "port");
    EXPECT_EQ(text.in(Language::Chinese), "\u7aef\u53e3");
}

}  // namespace
}  // namespace tcplab
