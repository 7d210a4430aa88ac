#include "picture/svg.h"

#include <gmock/gmock.h>

namespace tcplab::picture {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Svg, EscapesWhatXmlReservesAndReplacesWhatItForbids) {
    EXPECT_EQ(escaped("a<b & \"c\">"), "a&lt;b &amp; &quot;c&quot;&gt;");
    EXPECT_EQ(escaped("丢失"), "丢失");
    EXPECT_EQ(escaped(std::string_view{"\0\x1B[31m", 6}), "\uFFFD\uFFFD[31m");
    EXPECT_EQ(escaped("\xFF\xE4\xB8"), "\uFFFD\uFFFD\uFFFD") << "octets that are no UTF-8";
    EXPECT_EQ(escaped("\xC0\xAF"), "\uFFFD\uFFFD") << "a longer form than need be";
    EXPECT_EQ(escaped("\xED\xA0\x80"), "\uFFFD") << "half of a pair of UTF-16";
}

TEST(Svg, HasTheThemesColoursAndShapesWithTheirTitles) {
    Figure figure{.width = 100, .height = 50, .plot = {10, 10, 90, 40}, .title = "<t>"};
    figure.shapes = {
        {.ink = Ink::Sent, .what = Path{.points = {{1, 2}, {3.456, -0.001}}}, .title = "a & b"},
        {.ink = Ink::Text, .what = Words{.at = {5, 6}, .text = "</svg>"}}};

    const std::string light = toSvg(figure, Theme::Light, Language::English);
    const std::string dark = toSvg(figure, Theme::Dark, Language::Chinese);

    EXPECT_THAT(light, HasSubstr("<title id=\"title\">&lt;t&gt;</title>"));
    EXPECT_THAT(light, HasSubstr("d=\"M1 2L3.46 0\""));
    EXPECT_THAT(light, HasSubstr("<title>a &amp; b</title></path>"));
    EXPECT_THAT(light, HasSubstr(">&lt;/svg&gt;</text>"));
    EXPECT_THAT(light, HasSubstr("fill=\"#ffffff\""));
    EXPECT_THAT(dark, HasSubstr("fill=\"#1b1d21\""));
    EXPECT_THAT(dark, HasSubstr("zh-CN"));
}

TEST(Svg, WritesNoNumberThatIsNone) {
    Figure figure{.width = 100, .height = 50};
    figure.shapes = {{.ink = Ink::Sent, .what = Path{.points = {{0.0 / 1.0, 1e300 * 1e300}}}}};

    EXPECT_THAT(toSvg(figure, Theme::Light, Language::English), Not(HasSubstr("inf")));
}

}  // namespace
}  // namespace tcplab::picture
