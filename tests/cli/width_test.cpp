#include "cli/width.h"

#include <gtest/gtest.h>

namespace tcplab::cli {
namespace {

TEST(Width, OfChineseCharactersIsTwoColumns) {
    EXPECT_EQ(widthOf("close()"), 7U);
    EXPECT_EQ(widthOf("\u63E1\u624B\uFF0C"), 6U);
    EXPECT_EQ(widthOf("──▶ é"), 5U);
}

TEST(Width, OfTextThatIsNoUtf8IsStillANumber) {
    EXPECT_LE(widthOf("\xFF\xE4"), 2U);
}

TEST(Width, PaddingFillsUpAndNeverCuts) {
    EXPECT_EQ(padded("\u63E1", 4), "\u63E1  ");
    EXPECT_EQ(padded("abcdef", 4), "abcdef");
}

}  // namespace
}  // namespace tcplab::cli
