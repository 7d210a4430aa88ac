#include "tests/house/source.h"

#include <gmock/gmock.h>

namespace tcplab::house {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Sources, AreFoundFromTheRootWithoutWhatIsBuiltOrHidden) {
    EXPECT_THAT(paths(), Contains("tests/house/source_test.cpp"));
    EXPECT_THAT(paths(), Contains(".ci/run"));
    EXPECT_THAT(paths(), Not(Contains(StartsWith("build/"))));
    EXPECT_THAT(paths(), Not(Contains(StartsWith(".git/"))));
}

TEST(Lines, AreWhatStandsBetweenTheLineFeeds) {
    EXPECT_THAT(lines(""), ElementsAre());
    EXPECT_THAT(lines("one\n\nthree"), ElementsAre("one", "", "three"));
}

TEST(CodeOnly, BlanksCommentsAndKeepsEveryLine) {
    EXPECT_EQ(codeOnly("int a;  // why\nint /* b\n*/ c;"), "int a;        \nint     \n   c;");
}

TEST(CodeOnly, BlanksLiteralsThatLookLikeComments) {
    EXPECT_EQ(codeOnly(R"(f("//", '"', "\"");)"), "f(    ,    ,     );");
    EXPECT_EQ(codeOnly("R\"x(\"//\")x\" + 1"), "            + 1");
}

TEST(CodeOnly, TakesTheQuoteInANumberForWhatItIs) {
    EXPECT_EQ(codeOnly("1'000 + 2'000"), "1'000 + 2'000");
}

TEST(ContainsWord, TellsAWordFromAPartOfOne) {
    EXPECT_TRUE(containsWord("a now() b", "now"));
    EXPECT_TRUE(containsWord("known now", "now"));
    EXPECT_FALSE(containsWord("known", "now"));
    EXPECT_FALSE(containsWord("now_", "now"));
}

}  // namespace
}  // namespace tcplab::house
