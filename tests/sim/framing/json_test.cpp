#include "tests/sim/framing/pieces.h"

#include <gmock/gmock.h>

namespace tcplab::framing {
namespace {

using test::decodedBy;
using test::Feed;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::string_literals;

TEST(Json, AnObjectOverSeveralReadsIsOneMessage) {
    Feed feed{Json{}};

    EXPECT_THAT(feed.read(R"({ "a": [1, )"), IsEmpty());
    EXPECT_THAT(feed.read(R"({"b": 2}])"), IsEmpty());
    EXPECT_THAT(feed.read("} {"), ElementsAre(R"({ "a": [1, {"b": 2}]})"));
    EXPECT_THAT(feed.read("}"), ElementsAre("{}"));
}

TEST(Json, BracesAndBackslashesInStringsAreNoBraces) {
    const std::string one = R"({"a": "}{]\"\\"})";
    const std::string two = R"("\\")";

    for (const std::size_t step : {1U, 64U})
        EXPECT_THAT(decodedBy(Json{}, one + two + one, step), ElementsAre(one, two, one));
}

TEST(Json, ValuesOfEveryKindFollowEachOther) {
    EXPECT_THAT(decodedBy(Json{}, "{}[1]\"x\" -12.5e3 true\nnull{}", 1),
                ElementsAre("{}", "[1]", "\"x\"", "-12.5e3", "true", "null", "{}"));
}

TEST(Json, ANumberMayEndWithTheStream) {
    Feed feed{Json{}};

    EXPECT_THAT(feed.read("12"), IsEmpty());
    EXPECT_THAT(feed.read("3"), IsEmpty());
    EXPECT_THAT(feed.end(), ElementsAre("123"));
}

TEST(Json, TheElementsOfAnArrayCanBeMessages) {
    for (const std::size_t step : {1U, 5U, 64U})
        EXPECT_THAT(decodedBy(Json{.elements = true}, R"([{"a":1}, [2] ,3,"x,]"][4])", step),
                    ElementsAre(R"({"a":1})", "[2]", "3", "\"x,]\"", "4"));
}

TEST(Json, WhatIsNoJsonIsToldWithItsOffset) {
    EXPECT_THAT(decodedBy(Json{}, "{} hello"),
                ElementsAre("{}", "! offset 3: this octet cannot stand here in JSON"));
    EXPECT_THAT(decodedBy(Json{}, "[1}"),
                ElementsAre("! offset 2: this octet cannot stand here in JSON"));
}

TEST(Json, AValueTooLongIsTold) {
    for (const std::size_t step : {1U, 64U})
        EXPECT_THAT(decodedBy(Json{.maximum = 4}, "[12][123]", step),
                    ElementsAre("[12]",
                                "! offset 4: the message here is longer than the maximum of 4 "
                                "octets"));
}

TEST(Json, AValueThatIsCutOffIsIncomplete) {
    EXPECT_THAT(decodedBy(Json{}, "{} {\"a"),
                ElementsAre("{}",
                            "! offset 3: the stream ends within a message, 3 octets after its "
                            "beginning"));
}

std::string headed(std::string_view header, std::string_view body) {
    std::string head{'\0', '\0', '\0', static_cast<char>(header.size())};
    return head + std::string{header} + std::string{body};
}

TEST(HeaderJson, TheHeaderSaysHowLongTheBodyIs) {
    const std::string stream = headed(R"({"name": "a.txt", "file_size": 5})", "hello") +
                               headed(R"({"size": 0})", "") + headed(R"({"LENGTH": 2})", "ok");

    for (const std::size_t step : {1U, 6U, 200U})
        EXPECT_THAT(decodedBy(HeaderJson{}, stream, step), ElementsAre("hello", "", "ok"));
}

TEST(HeaderJson, TheLengthMayBeLittleEndianAsStructPackWritesIt) {
    std::string stream = headed(R"({"size": 2})", "hi");
    std::swap(stream[0], stream[3]);

    EXPECT_THAT(decodedBy(HeaderJson{}, stream), ElementsAre("hi"));
    EXPECT_THAT(decodedBy(HeaderJson{.endian = Endian::Little}, stream), ElementsAre("hi"));
}

TEST(HeaderJson, ANamedMemberIsTheOnlyOneThatCounts) {
    const std::string stream = headed(R"({"size": 9, "inner": {"n": 7}, "n": 2})", "hi");

    EXPECT_THAT(decodedBy(HeaderJson{.key = "n"}, stream), ElementsAre("hi"));
}

TEST(HeaderJson, AHeaderWithoutASizeIsTold) {
    const std::string complaint = "! offset 4: the JSON header does not name the size of the body";
    for (const std::string_view header :
         {R"({"name": "x"})", R"({"size": -1})", R"({"size": "5"})", R"({"size)"})
        EXPECT_THAT(decodedBy(HeaderJson{}, headed(header, "")), ElementsAre(complaint));
    for (const std::size_t step : {1U, 4U, 100U})
        EXPECT_THAT(decodedBy(HeaderJson{}, headed("", "body"), step), ElementsAre(complaint));
}

TEST(HeaderJson, ABodyTooLongIsSkippedAndTheNextMessageSurvives) {
    const std::string stream =
        headed(R"({"size": 20})", std::string(20, 'x')) + headed(R"({"size":1})", "y");

    EXPECT_THAT(decodedBy(HeaderJson{.maximum = 16}, stream, 3),
                ElementsAre("! offset 0: the message here would have 32 octets, more than the "
                            "maximum of 16",
                            "y"));
}

}  // namespace
}  // namespace tcplab::framing
