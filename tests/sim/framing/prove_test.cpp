#include "sim/framing/prove.h"

#include "sim/framing/parse_framing.h"
#include "tests/sim/framing/pieces.h"

#include <gmock/gmock.h>

namespace tcplab::framing {
namespace {

using test::octets;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::string_literals;

std::vector<std::string> texts(const Messages& messages) {
    std::vector<std::string> all;
    for (const auto& message : messages) all.push_back(test::text(message));
    return all;
}

Proof proof(Exhibit exhibit, std::string_view framing, std::string_view stream) {
    return prove(exhibit, *parseFraming(framing), octets(stream));
}

TEST(Prove, TheRightDecoderHoldsForEveryCut) {
    for (const auto& [framing, stream] : {std::pair{"line", "ab\nc\r\n\nd\n"s},
                                          std::pair{"length:width=2,strip=2", "\0\2ab\0\1c\0\0"s},
                                          std::pair{"json", "{\"a\n\":1}[2]"s}}) {
        const Proof all = proof(Exhibit::Right, framing, stream);

        EXPECT_FALSE(all.cuts) << framing;
        EXPECT_TRUE(all.all);
        EXPECT_EQ(all.tried, 1U << (stream.size() - 1));
    }
}

TEST(Prove, OneRecvIsNoMessage) {
    EXPECT_THAT(proof(Exhibit::ReadIsMessage, "line", "ab\ncd\n").cuts,
                testing::Optional(IsEmpty()));
    EXPECT_THAT(proof(Exhibit::ReadIsMessage, "line", "ab\n").cuts,
                testing::Optional(ElementsAre(1U)));
}

TEST(Prove, StrippingEachReadLosesADelimiter) {
    const Proof broken = proof(Exhibit::StripsEachRead, "line", "ab\ncd\n");

    EXPECT_THAT(broken.cuts, testing::Optional(ElementsAre(2U)));
    EXPECT_THAT(texts(broken.got), ElementsAre("abcd"));
}

TEST(Prove, HalfAHeaderIsNoLength) {
    const Proof broken = proof(Exhibit::LengthFromHalf, "length:width=2,strip=2", "\0\3abc"s);

    EXPECT_THAT(broken.cuts, testing::Optional(ElementsAre(1U)));
}

TEST(Prove, RecvOfNIsNotNOctets) {
    const Proof broken = proof(Exhibit::TrustsRecv, "length:width=1,strip=1", "\3abc"s);

    EXPECT_THAT(broken.cuts, testing::Optional(ElementsAre(2U)));
    EXPECT_EQ(texts(broken.got).front(), "a");
}

TEST(Prove, ADelimiterInsideTheDataBreaksWithoutAnyCut) {
    EXPECT_THAT(proof(Exhibit::SplitsAtNewline, "json", "{\n}\n").cuts,
                testing::Optional(IsEmpty()));
}

TEST(Prove, ALongStreamIsTriedAsFarAsAsked) {
    const std::string stream(60, '\n');
    const Proof some = prove(Exhibit::Right, lines(), octets(stream), 1000);

    EXPECT_EQ(some.tried, 1000U);
    EXPECT_FALSE(some.all);
    EXPECT_FALSE(some.cuts);
}

TEST(Prove, EachExhibitHasANameAndAMistakeInBothLanguages) {
    for (const Exhibit exhibit : kExhibits) {
        EXPECT_FALSE(toString(exhibit).empty());
        EXPECT_NE(mistakeOf(exhibit).en, mistakeOf(exhibit).zh);
    }
}

}  // namespace
}  // namespace tcplab::framing
