#include "tests/sim/framing/pieces.h"

#include <gmock/gmock.h>

namespace tcplab::framing {
namespace {

using test::decodedBy;
using test::Feed;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::string_literals;

Delimited by(std::vector<std::string_view> delimiters) {
    Delimited framing;
    for (const auto delimiter : delimiters) framing.delimiters.emplace_back(delimiter);
    return framing;
}

TEST(Delimited, SeveralMessagesOfOneReadComeOutOneByOne) {
    EXPECT_THAT(decodedBy(by({"|"}), "a|bc||"), ElementsAre("a", "bc", ""));
}

TEST(Delimited, OctetByOctetItIsTheSame) {
    EXPECT_THAT(decodedBy(by({"\r\n"}), "GET\r\n\r\nok\r\n", 1), ElementsAre("GET", "", "ok"));
}

TEST(Delimited, HalfADelimiterIsPartOfTheMessage) {
    EXPECT_THAT(decodedBy(by({"\r\n"}), "a\rb\nc\r\n"), ElementsAre("a\rb\nc"));
    EXPECT_THAT(decodedBy(by({"aab"}), "aaabx", 1),
                ElementsAre("a", testing::StartsWith("! offset 4: the stream ends")));
}

TEST(Delimited, ATailWithoutADelimiterIsHeld) {
    Feed feed{by({"\n"})};

    EXPECT_THAT(feed.read("one\ntw"), ElementsAre("one"));
    EXPECT_THAT(feed.read("o"), IsEmpty());
    EXPECT_THAT(feed.read("\n"), ElementsAre("two"));
    EXPECT_THAT(feed.end(), IsEmpty());
}

TEST(Delimited, OfSeveralTheOneThatGivesTheShortestMessageWins) {
    for (const std::size_t step : {1U, 64U}) {
        EXPECT_THAT(decodedBy(by({"\n", "\r\n"}), "ABC\nDEF\r\n", step), ElementsAre("ABC", "DEF"));
        EXPECT_THAT(decodedBy(by({"||", ";"}), "a;b||c;", step), ElementsAre("a", "b", "c"));
    }
}

TEST(Delimited, TheDelimiterCanBeKept) {
    Delimited framing = lines();
    framing.strip = false;

    EXPECT_THAT(decodedBy(framing, "a\nb\r\n\n"), ElementsAre("a\n", "b\r\n", "\n"));
}

TEST(Delimited, AMessageTooLongIsSkippedTwice) {
    Delimited framing = by({"\n"});
    framing.maximum = 3;
    const std::string complaint = ": the message here is longer than the maximum of 3 octets";

    for (const std::size_t step : {1U, 2U, 64U})
        EXPECT_THAT(decodedBy(framing, "12345\n123\n6789\nab\n", step),
                    ElementsAre("! offset 0" + complaint, "123", "! offset 10" + complaint, "ab"));
}

TEST(Delimited, FailingFastTellsBeforeTheDelimiterAndFailingSlowAfterIt) {
    Delimited framing = by({"\n"});
    framing.maximum = 3;
    Feed fast{framing};
    EXPECT_EQ(fast.read("1234").size(), 1U);
    EXPECT_THAT(fast.read("5678\nok\n"), ElementsAre("ok"));

    framing.failFast = false;
    Feed slow{framing};
    EXPECT_THAT(slow.read("1234"), IsEmpty());
    EXPECT_THAT(slow.read("5678"), IsEmpty());
    EXPECT_THAT(slow.read("\nok\n"),
                ElementsAre("! offset 0: the message here would have 8 octets, more than the "
                            "maximum of 3",
                            "ok"));
}

TEST(Delimited, AMessageAsLongAsTheMaximumPassesWithALongDelimiter) {
    Delimited framing = by({"<end>"});
    framing.maximum = 3;

    for (const std::size_t step : {1U, 64U})
        EXPECT_THAT(decodedBy(framing, "abc<end>", step), ElementsAre("abc"));
}

TEST(Delimited, WhatIsDiscardedIsNotHeld) {
    Delimited framing = by({"<end>"});
    framing.maximum = 100;
    Feed feed{framing};
    for (int i = 0; i < 1000; ++i) (void)feed.read(std::string(1000, '<'));

    EXPECT_LE(feed.decoder().memory(), 2000U);
    EXPECT_THAT(feed.read("<end>x<end>"), ElementsAre("x"));
}

TEST(Fixed, MessagesOfOneSizeComeOutWhole) {
    for (const std::size_t step : {1U, 3U, 64U})
        EXPECT_THAT(decodedBy(Fixed{4}, "abcdefgh!", step),
                    ElementsAre("abcd",
                                "efgh",
                                "! offset 8: the stream ends within a message, 1 octets after its "
                                "beginning"));
}

TEST(Varint, ShortAndLongLengthsAreRead) {
    const std::string body(300, 'x');
    const std::string stream = "\x02hi\xAC\x02" + body + "\0"s;

    for (const std::size_t step : {1U, 7U, 1000U})
        EXPECT_THAT(decodedBy(Varint{}, stream, step), ElementsAre("hi", body, ""));
}

TEST(Varint, ALengthOfMoreThanThirtyTwoBitsIsTold) {
    for (const std::string& head : {"\xFF\xFF\xFF\xFF\x1F"s, "\x80\x80\x80\x80\x80\x01"s})
        EXPECT_THAT(decodedBy(Varint{}, "\x01x" + head, 1),
                    ElementsAre("x", "! offset 2: the varint does not end within 32 bits"));
}

TEST(Varint, ABodyTooLongIsSkipped) {
    EXPECT_THAT(decodedBy(Varint{.maximum = 3}, "\x05hello\x02ok", 2),
                ElementsAre("! offset 0: the message here would have 5 octets, more than the "
                            "maximum of 3",
                            "ok"));
}

}  // namespace
}  // namespace tcplab::framing
