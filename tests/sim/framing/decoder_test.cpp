#include "sim/framing/decoder.h"

#include "tests/sim/framing/pieces.h"

#include <gmock/gmock.h>

namespace tcplab::framing {
namespace {

using test::octets;

TEST(Decoder, AMessageKnowsItsPlaceInTheStream) {
    Decoder decoder{LengthField{.width = 1, .strip = 1}};
    std::vector<Piece> pieces;

    decoder.push(octets("\x02hi\x03"), pieces);
    decoder.push(octets("you"), pieces);

    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(std::get<Message>(pieces[0]).frame, (StreamRange{0, 3}));
    EXPECT_EQ(std::get<Message>(pieces[0]).body, (StreamRange{1, 3}));
    EXPECT_EQ(std::get<Message>(pieces[1]).frame, (StreamRange{3, 7}));
    EXPECT_EQ(std::get<Message>(pieces[1]).body, (StreamRange{4, 7}));
}

TEST(Decoder, ACopyGoesOnLikeTheOriginal) {
    Decoder decoder{lines()};
    std::vector<Piece> ignored;
    decoder.push(octets("hel"), ignored);
    Decoder copy = decoder;

    std::vector<Piece> one;
    std::vector<Piece> other;
    decoder.push(octets("lo\n"), one);
    copy.push(octets("p\n"), other);

    EXPECT_EQ(test::text(std::get<Message>(one.front()).octets), "hello");
    EXPECT_EQ(test::text(std::get<Message>(other.front()).octets), "help");
}

TEST(Decoder, EverythingAfterAnErrorWithoutAWayOnIsLeftAlone) {
    Decoder decoder{TlsRecords{}};
    std::vector<Piece> pieces;

    decoder.push(octets("GET / HTTP/1.1\r\n"), pieces);
    decoder.push(octets("\r\n"), pieces);
    decoder.finish(pieces);

    EXPECT_EQ(pieces.size(), 1U);
    EXPECT_EQ(decoder.stoppedAt(), 0U);
}

TEST(FramingError, IsASentenceInBothLanguages) {
    for (int kind = 0; kind <= static_cast<int>(FramingError::Kind::DoesNotFit); ++kind) {
        const FramingError error{static_cast<FramingError::Kind>(kind), 1, 2, 3};

        EXPECT_THAT(describe(error, Language::English), testing::Not(testing::HasSubstr("{")));
        EXPECT_THAT(describe(error, Language::Chinese), testing::Not(testing::HasSubstr("{")));
        EXPECT_NE(describe(error, Language::English), describe(error, Language::Chinese));
    }
}

}  // namespace
}  // namespace tcplab::framing
