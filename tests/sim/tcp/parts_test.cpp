#include "sim/tcp/reassembly.h"
#include "sim/tcp/send_queue.h"

#include <gmock/gmock.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace tcplab::tcp {
namespace {

TEST(SendQueue, GivesAnyRangeOverTheBordersOfWhatWasAppended) {
    SendQueue queue;
    for (const std::string_view piece : {"abc", "", "defg", "h"}) queue.append(Bytes{piece});

    for (std::size_t from = 0; from <= 8; ++from)
        for (std::size_t count = 0; from + count <= 8; ++count)
            EXPECT_EQ(queue.range(from, count).text(), std::string{"abcdefgh"}.substr(from, count));
}

TEST(SendQueue, ForgetsWhatIsAcknowledged) {
    SendQueue queue;
    queue.append(Bytes{std::string_view{"abcdef"}});

    queue.acknowledge(4);

    EXPECT_EQ(queue.size(), 2U);
    EXPECT_EQ(queue.range(0, 2).text(), "ef");
}

class Blocks : public testing::Test {
protected:
    /// RCV.NXT lies just before the wrap, so that blocks lie on both sides of it.
    static constexpr Seq kNext{0xfffffffe};
    void hold(std::uint32_t ahead, std::string_view text) {
        blocks.hold(kNext, kNext + ahead, Bytes{text});
    }
    Reassembly blocks{};
};

TEST_F(Blocks, AreTakenOutWhenTheGapBeforeThemIsFilled) {
    hold(3, "def");
    EXPECT_TRUE(blocks.take(kNext).empty());

    EXPECT_EQ(blocks.take(kNext + 3).text(), "def");
    EXPECT_TRUE(blocks.empty());
}

TEST_F(Blocks, OfWhichOneIsInsideAnotherAreKeptOnce) {
    hold(1, "bcdef");
    hold(2, "CD");

    EXPECT_EQ(blocks.size(), 5U);
    EXPECT_EQ(blocks.take(kNext + 1).text(), "bcdef");
}

TEST_F(Blocks, ThatOverlapOthersAreCutToWhatIsNew) {
    hold(4, "ef");
    hold(1, "bc");
    hold(0, "ABCDEFGH");

    std::string all;
    for (Seq next = kNext; !blocks.empty();) {
        const Bytes piece = blocks.take(next);
        ASSERT_FALSE(piece.empty());
        all += piece.text();
        next += static_cast<std::uint32_t>(piece.size());
    }
    EXPECT_EQ(all, "AbcDefGH");
}

TEST_F(Blocks, ThatReachBehindTheNextNumberGiveOnlyTheRest) {
    hold(2, "cdef");

    EXPECT_EQ(blocks.take(kNext + 4).text(), "ef");
}

}  // namespace
}  // namespace tcplab::tcp
