#include "tests/sim/framing/pieces.h"

#include <gmock/gmock.h>

namespace tcplab::framing {
namespace {

using test::decodedBy;
using test::Feed;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::string_literals;

const std::string kPayload = "HELLO, WORLD";

/// One of the examples in the documentation of Netty's LengthFieldBasedFrameDecoder, by its
/// figures.
struct Example {
    std::string name{};
    LengthField field{};
    std::string head{};  ///< Before the payload.
    std::string body{};
};

class LengthFieldExamples : public testing::TestWithParam<Example> {};

INSTANTIATE_TEST_SUITE_P(
    Documented,
    LengthFieldExamples,
    testing::Values(
        Example{"KeepsTheHead", {.width = 2}, "\0\x0C"s, "\0\x0C"s + kPayload},
        Example{"StripsTheHead", {.width = 2, .strip = 2}, "\0\x0C"s, kPayload},
        Example{"LengthCountsTheHead", {.width = 2, .adjust = -2}, "\0\x0E"s, "\0\x0E"s + kPayload},
        Example{"HeadBeforeTheLength",
                {.offset = 2, .width = 3},
                "\xCA\xFE\0\0\x0C"s,
                "\xCA\xFE\0\0\x0C"s + kPayload},
        Example{"HeadAfterTheLength",
                {.width = 3, .adjust = 2},
                "\0\0\x0C\xCA\xFE"s,
                "\0\0\x0C\xCA\xFE"s + kPayload},
        Example{"HeadsOnBothSides",
                {.offset = 1, .width = 2, .adjust = 1, .strip = 3},
                "\xCA\0\x0C\xFE"s,
                "\xFE"s + kPayload},
        Example{"HeadsOnBothSidesCounted",
                {.offset = 1, .width = 2, .adjust = -3, .strip = 3},
                "\xCA\0\x10\xFE"s,
                "\xFE"s + kPayload}),
    [](const auto& one) { return one.param.name; });

TEST_P(LengthFieldExamples, DoubledComeOutAsTwoMessages) {
    const std::string twice = GetParam().head + kPayload + GetParam().head + kPayload;

    for (const std::size_t step : {std::size_t{1}, std::size_t{5}, twice.size()})
        EXPECT_THAT(decodedBy(GetParam().field, twice, step),
                    ElementsAre(GetParam().body, GetParam().body));
}

TEST(LengthField, IsReadInEveryWidthAndOrder) {
    for (const std::size_t width : {1U, 2U, 3U, 4U, 8U}) {
        std::string big(width, '\0');
        big.back() = '\x03';
        std::string little(width, '\0');
        little.front() = '\x03';

        EXPECT_THAT(decodedBy(LengthField{.width = width, .strip = width}, big + "abc"),
                    ElementsAre("abc"));
        EXPECT_THAT(decodedBy(LengthField{.width = width, .strip = width, .endian = Endian::Little},
                              little + "abc"),
                    ElementsAre("abc"));
    }
}

TEST(LengthField, WaitsForTheHeadAndThenForTheRest) {
    Feed feed{LengthField{.width = 2, .strip = 2}};

    EXPECT_THAT(feed.read("\0"s), IsEmpty());
    EXPECT_THAT(feed.read("\x04"s), IsEmpty());
    EXPECT_THAT(feed.read("ab"), IsEmpty());
    EXPECT_THAT(feed.read("cd\0"s), ElementsAre("abcd"));
    EXPECT_THAT(feed.read("\0"s), ElementsAre(""));
}

TEST(LengthField, AFrameTooLongIsSkippedAndTheNextOneSurvives) {
    const LengthField field{.width = 2, .strip = 2, .maximum = 6};
    const std::string stream = "\0\x08too long\0\x02ok"s;
    const std::string complaint =
        "! offset 0: the message here would have 10 octets, more than the maximum of 6";

    for (const std::size_t step : {1U, 3U, 64U})
        EXPECT_THAT(decodedBy(field, stream, step), ElementsAre(complaint, "ok"));
}

TEST(LengthField, FailingFastTellsAtOnceAndFailingSlowWhenItIsOver) {
    const std::string first = "\0\x08to"s;
    const std::string last = "o long\0\x08to"s;
    LengthField field{.width = 2, .strip = 2, .maximum = 6};

    Feed fast{field};
    EXPECT_EQ(fast.read(first).size(), 1U);
    EXPECT_EQ(fast.read(last).size(), 1U);
    EXPECT_THAT(fast.read("o long\0\x01x"s), ElementsAre("x"));

    field.failFast = false;
    Feed slow{field};
    EXPECT_THAT(slow.read(first), IsEmpty());
    EXPECT_THAT(slow.read(last),
                ElementsAre("! offset 0: the message here would have 10 octets, more than the "
                            "maximum of 6"));
    EXPECT_THAT(slow.read("o long\0\x01x"s),
                ElementsAre("! offset 10: the message here would have 10 octets, more than the "
                            "maximum of 6",
                            "x"));
}

TEST(LengthField, AMaximumIsNotPassedByAFrameOfThatSize) {
    const LengthField field{.width = 1, .strip = 1, .maximum = 4};

    EXPECT_THAT(decodedBy(field,
                          "\x03"
                          "abc"),
                ElementsAre("abc"));
    EXPECT_EQ(decodedBy(field,
                        "\x04"
                        "abcd")
                  .front()
                  .front(),
              '!');
}

TEST(LengthField, AMaximumThatChangesHoldsForTheNextFrameAndNotForTheOneInFlight) {
    const std::string frame =
        "\0\x05"
        "hello"s;
    Feed rest{LengthField{.width = 2, .strip = 2}};
    EXPECT_THAT(rest.read(frame), ElementsAre("hello"));
    rest.setMaximum(6);
    EXPECT_THAT(rest.read(frame),
                ElementsAre("! offset 7: the message here would have 7 octets, more than the "
                            "maximum of 6"));
    rest.setMaximum(7);
    EXPECT_THAT(rest.read(frame), ElementsAre("hello"));

    Feed flight{LengthField{.width = 2, .strip = 2}};
    EXPECT_THAT(flight.read(frame.substr(0, 4)), IsEmpty());
    flight.setMaximum(6);
    const auto out = flight.read(frame.substr(4) + frame);
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[0], "hello");
    EXPECT_EQ(out[1].front(), '!');
}

TEST(LengthField, ANegativeLengthIsToldAndOnlyItsHeadSkipped) {
    const LengthField field{.offset = 1, .width = 8, .strip = 9};
    const std::string stream =
        "A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
        "B\0\0\0\0\0\0\0\x01x"s;

    EXPECT_THAT(decodedBy(field, stream),
                ElementsAre("! offset 1: the length field holds a negative number", "x"));
}

TEST(LengthField, ALengthThatEndsBeforeItsFieldIsTold) {
    const LengthField field{.width = 2, .adjust = -2, .strip = 2};

    EXPECT_THAT(decodedBy(field, "\0\x01\0\x04hi"s),
                ElementsAre("! offset 0: the length field holds 1, and the frame would end before "
                            "it does",
                            "hi"));
}

TEST(LengthField, StrippingMoreThanThereIsIsToldAndTheFrameSkipped) {
    const LengthField field{.width = 1, .strip = 4};

    EXPECT_THAT(decodedBy(field, "\x02hi\x05hello"),
                ElementsAre("! offset 0: the length field holds 2, and more octets are to be "
                            "stripped than the frame has",
                            "lo"));
}

TEST(LengthField, AnAdjustmentThatOverflowsIsTooLong) {
    const LengthField field{.width = 8, .adjust = 100};
    const std::string most = "\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s;

    const auto out = decodedBy(field, most + "rest");

    ASSERT_FALSE(out.empty());
    EXPECT_THAT(out.front(), testing::HasSubstr("more than the maximum"));
}

TEST(LengthField, AStreamThatEndsWithinAMessageIsIncomplete) {
    EXPECT_THAT(decodedBy(LengthField{.width = 1, .strip = 1},
                          "\x02hi\x05"
                          "abc"),
                ElementsAre("hi",
                            "! offset 3: the stream ends within a message, 4 octets after its "
                            "beginning"));
}

TEST(LengthField, AHostileLengthTakesNoMemory) {
    const LengthField field{.width = 4, .maximum = 1024};
    for (const std::string& head : {"\xFF\xFF\xFF\xFF"s, "\0\0\x03\xFC"s, "\0\0\0\0"s}) {
        Feed feed{field};
        (void)feed.read(head);
        for (int i = 0; i < 100; ++i) (void)feed.read(std::string(999, 'x'));

        EXPECT_LE(feed.decoder().memory(), 2 * (1024U + 512U));
    }
}

}  // namespace
}  // namespace tcplab::framing
