#include "sim/framing/parse_framing.h"

#include <gmock/gmock.h>

namespace tcplab::framing {
namespace {

Framing parsed(std::string_view text) {
    const auto framing = parseFraming(text);
    if (!framing) ADD_FAILURE() << framing.error().what;
    return framing ? *framing : Framing{};
}
std::string complaint(std::string_view text) {
    const auto framing = parseFraming(text);
    return framing ? "none" : framing.error().what;
}

TEST(ParseFraming, EachFramingIsWrittenAsItIsRead) {
    for (const std::string_view text :
         {"fixed:16",
          "delimiter:0d0a",
          "delimiter:0d0a,or=00,keep,max=100,fail=slow",
          "line",
          "line:keep",
          "length:offset=0,width=4",
          "length:offset=1,width=2,adjust=-3,strip=3,endian=little,max=64,fail=slow",
          "varint",
          "varint:max=10",
          "varint:offset=1",
          "resp",
          "resp:max=100",
          "ber",
          "websocket",
          "json",
          "json:elements",
          "header-json",
          "header-json:key=n,endian=little",
          "tls",
          "http"})
        EXPECT_EQ(toString(parsed(text)), text);
}

TEST(ParseFraming, ADelimiterIsHexadecimalOrText) {
    EXPECT_EQ(toString(parsed("delimiter:\\r\\n")), "delimiter:0d0a");
    EXPECT_EQ(toString(parsed("delimiter:||,strip")), "delimiter:7c7c");
    EXPECT_EQ(toString(parsed("delimiter:,")), "delimiter:2c");
    EXPECT_EQ(toString(parsed("delimiter:abc")), "delimiter:616263");
}

TEST(ParseFraming, WhatIsWrongIsNamedWithTheNearestRightWord) {
    EXPECT_THAT(complaint("lenght:width=4"), testing::HasSubstr("did you mean 'length'?"));
    EXPECT_THAT(complaint("length:widht=4"), testing::HasSubstr("did you mean 'width'?"));
    EXPECT_THAT(complaint("length:width=5"), testing::HasSubstr("1, 2, 3, 4 or 8"));
    EXPECT_THAT(complaint("length:offset=-1"), testing::HasSubstr("from 0 to"));
    EXPECT_THAT(complaint("fixed"), testing::HasSubstr("expected the size as a number"));
    EXPECT_THAT(complaint("fixed:0"), testing::HasSubstr("from 1 to"));
    EXPECT_THAT(complaint("delimiter"), testing::HasSubstr("expected a delimiter"));
    EXPECT_THAT(complaint(""), testing::HasSubstr("is not known"));
}

}  // namespace
}  // namespace tcplab::framing
