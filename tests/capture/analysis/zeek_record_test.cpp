#include "tests/capture/conversation.h"

#include <gmock/gmock.h>

namespace tcplab::test {
namespace {

/// "SF ShADadFf", as Zeek has it of the conversation.
std::string zeek(std::string_view conversation) {
    const Told told = analysed(conversation);
    const capture::ZeekRecord& record = told.flows.at(0).zeek;
    return std::string{record.connState()} + " " + std::string{record.history()};
}

TEST(ZeekRecord, NamesHowAConnectionEnded) {
    EXPECT_EQ(zeek("> S 0:0(0)"), "S0 S");
    EXPECT_EQ(zeek("> S 0:0(0)\n< R. 0:0(0) ack 1"), "REJ Sr");
    EXPECT_EQ(zeek("> S 0:0(0)\n> R 1:1(0)"), "RSTOS0 SR");
    EXPECT_EQ(zeek("> S 0:0(0)\n> F 1:1(0)"), "SH SF");
    EXPECT_EQ(zeek("> S 0:0(0)\n< S. 0:0(0) ack 1"), "S1 Sh");
    EXPECT_EQ(zeek("> S 0:0(0)\n< S. 0:0(0) ack 1\n> . 1:1(0) ack 1\n> F. 1:1(0) ack 1"),
              "S2 ShAF");
    EXPECT_EQ(zeek("> S 0:0(0)\n< S. 0:0(0) ack 1\n> . 1:1(0) ack 1\n< F. 1:1(0) ack 1"),
              "S3 ShAf");
    EXPECT_EQ(zeek("> S 0:0(0)\n< S. 0:0(0) ack 1\n> . 1:1(0) ack 1\n> R. 1:1(0) ack 1"),
              "RSTO ShAR");
    EXPECT_EQ(zeek("> S 0:0(0)\n< S. 0:0(0) ack 1\n> . 1:1(0) ack 1\n< R. 1:1(0) ack 1"),
              "RSTR ShAr");
}

TEST(ZeekRecord, NamesWhatWasSeenOfOneSideOrFromTheMiddleOn) {
    EXPECT_EQ(zeek("< S. 0:0(0) ack 1\n< P. 1:9(8) ack 1\n< . 9:9(0) ack 5\n< F. 9:9(0) ack 5"),
              "SHR ^hdaf");
    EXPECT_EQ(zeek("< S. 0:0(0) ack 1"), "OTH ^h");
    EXPECT_EQ(zeek("> P. 1:9(8) ack 1\n< P. 1:9(8) ack 9\n> . 9:9(0) ack 9"), "OTH DdA");
    EXPECT_EQ(zeek("> R. 1:1(0) ack 1"), "OTH R");
}

TEST(ZeekRecord, TellsMostLettersOnceAndNumbersAgainWhereTheyAreOthers) {
    EXPECT_EQ(zeek(R"(
        > S  0:0(0)
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > P. 1:9(8) ack 1
        > P. 9:19(10) ack 1
        < .  1:1(0) ack 19
        < P. 1:9(8) ack 19
        > F. 19:19(0) ack 9
        > F. 19:19(0) ack 9
        < F. 9:9(0) ack 20
        > .  20:20(0) ack 10
    )"),
              "SF ShADadFf");
}

TEST(ZeekRecord, CountsRepetitionsGapsAndClosedWindowsByPowersOfTen) {
    std::string conversation = "> S 0:0(0)\n< S. 0:0(0) ack 1\n> . 1:1(0) ack 1\n";
    for (int n = 0; n < 12; ++n) conversation += "> P. 1:9(8) ack 1\n";
    EXPECT_EQ(zeek(conversation), "S1 ShADTT");
    EXPECT_EQ(zeek("> S 0:0(0)\n< S. 0:0(0) ack 1\n> . 1:1(0) ack 1\n< . 1:1(0) ack 99 win 0"),
              "S1 ShAGwa");
}

TEST(ZeekRecord, IgnoresAResetAfterBothHaveClosed) {
    EXPECT_EQ(zeek(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > F. 1:1(0) ack 1
        < F. 1:1(0) ack 2
        > R  2:2(0)
    )"),
              "SF ShFfR");
}

}  // namespace
}  // namespace tcplab::test
