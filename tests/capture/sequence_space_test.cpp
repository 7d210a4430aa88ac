#include "capture/sequence_space.h"

#include <gtest/gtest.h>

namespace tcplab::capture {
namespace {

TEST(SequenceSpace, CountsFromTheSyn) {
    SequenceSpace space;

    EXPECT_EQ(space.sent(Seq{700}, 1, true, false), 0);
    EXPECT_EQ(space.sent(Seq{701}, 10, false, false), 1);
    EXPECT_EQ(space.acknowledged(Seq{711}), 11);
    EXPECT_TRUE(space.startsAt(Seq{700}));
}

TEST(SequenceSpace, CountsTheFirstNumberSeenAsOneWhereThereIsNoSyn) {
    SequenceSpace sender;
    SequenceSpace receiver;

    EXPECT_EQ(sender.sent(Seq{700}, 10, false, false), 1);
    EXPECT_EQ(receiver.acknowledged(Seq{50}), 1);
    EXPECT_EQ(receiver.sent(Seq{60}, 5, false, false), 11);
}

TEST(SequenceSpace, GoesOnWhereTheNumbersBeginAnew) {
    SequenceSpace space;
    std::int64_t expected = 1;
    Seq next{0xFFFFFF00U};

    (void)space.sent(next - 1, 1, true, false);
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(space.sent(next, 100'000'000, false, false), expected);
        next += 100'000'000;
        expected += 100'000'000;
    }

    EXPECT_EQ(space.acknowledged(next), 10'000'000'001);
}

TEST(SequenceSpace, KnowsWhatLiesBehind) {
    SequenceSpace space;
    (void)space.sent(Seq{10}, 1, true, false);
    (void)space.sent(Seq{11}, 5000, false, false);

    EXPECT_EQ(space.sent(Seq{11}, 1000, false, false), 1);
    EXPECT_EQ(space.sent(Seq{5}, 0, false, false), -5);
}

TEST(SequenceSpace, LearnsNothingFromARst) {
    SequenceSpace space;

    EXPECT_EQ(space.sent(Seq{123456}, 0, false, true), 1);
    EXPECT_FALSE(space.based());
    EXPECT_EQ(space.sent(Seq{700}, 1, true, false), 0);
}

TEST(SequenceSpace, CountsOctetsOnce) {
    SequenceSpace space;
    (void)space.sent(Seq{0}, 1, true, false);

    EXPECT_EQ(space.cover(1, 101), 100U);
    EXPECT_EQ(space.cover(1, 101), 0U);
    EXPECT_EQ(space.cover(51, 151), 50U);
    EXPECT_EQ(space.cover(151, 151), 0U);
}

TEST(SequenceSpace, CountsWhatFillsAGap) {
    SequenceSpace space;
    (void)space.sent(Seq{0}, 1, true, false);

    EXPECT_EQ(space.cover(101, 201), 100U);
    EXPECT_EQ(space.cover(301, 401), 100U);
    EXPECT_EQ(space.cover(41, 61), 20U) << "in the middle of the first gap";
    EXPECT_EQ(space.cover(1, 401), 180U) << "all that is left of both";
    EXPECT_EQ(space.cover(1, 401), 0U);
}

TEST(SequenceSpace, CountsWhatComesBeforeTheFirstNumberSeen) {
    SequenceSpace space;
    (void)space.sent(Seq{1000}, 100, false, false);

    EXPECT_EQ(space.cover(1, 101), 100U);
    EXPECT_EQ(space.cover(-99, 1), 100U);
    EXPECT_EQ(space.cover(-99, 101), 0U);
}

TEST(SequenceSpace, RemembersABoundedNumberOfGaps) {
    SequenceSpace space;
    (void)space.sent(Seq{0}, 1, true, false);

    for (std::int64_t i = 1; i <= 5000; ++i) (void)space.cover(10 * i, 10 * i + 1);

    EXPECT_LE(space.cover(1, 50'001), 9U * 1025U);
}

}  // namespace
}  // namespace tcplab::capture
