#include "capture/verdict.h"

#include "tests/capture/conversation.h"

#include <gmock/gmock.h>

namespace tcplab::test {
namespace {

using capture::Flow;
using ::testing::HasSubstr;
using ::testing::Not;

std::string english(std::string_view conversation) {
    return verdict(analysed(conversation).flows.at(0), Language::English);
}

std::string chinese(std::string_view conversation) {
    return verdict(analysed(conversation).flows.at(0), Language::Chinese);
}

constexpr std::string_view kClosed = R"(
    > S  0:0(0)
    < S. 0:0(0) ack 1
    > .  1:1(0) ack 1
    > F. 1:1(0) ack 1
    < F. 1:1(0) ack 2
    > .  2:2(0) ack 2
)";
constexpr std::string_view kRefused = "> S 0:0(0)\n< R. 0:0(0) ack 1";
constexpr std::string_view kRepeated = R"(
    0   > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > P. 1:9(8) ack 1
    300 > P. 1:9(8) ack 1
    900 > P. 1:9(8) ack 1
)";

TEST(Verdict, CitesThePacketsThatMadeTheEnd) {
    EXPECT_EQ(english(kClosed), "The client closed first (packet 4), then the server (packet 5).");
    EXPECT_EQ(chinese(kClosed), "客户端先关闭连接（第 4 个报文），服务器随后关闭（第 5 个报文）。");
    EXPECT_EQ(english(kRefused),
              "The server refused the connection: a RST (packet 2) answers the SYN (packet 1).");
    EXPECT_EQ(chinese(kRefused),
              "服务器拒绝了连接：用 RST（第 2 个报文）回答 SYN（第 1 个报文）。");
    EXPECT_EQ(english("> S 0:0(0)"), "Nobody answered the SYN (packet 1).");
}

TEST(Verdict, MentionsWhatIsWrongBesides) {
    EXPECT_EQ(english(kRepeated),
              "Nobody closed the connection while it was captured; 2 retransmissions (packet 5 is "
              "the first).");
    EXPECT_EQ(chinese(kRepeated), "抓包期间没有一方关闭连接；2 次重传（最早是第 5 个报文）。");
}

TEST(Verdict, SaysWhereTheCaptureBegins) {
    constexpr std::string_view kMidstream = "> P. 100:110(10) ack 5\n< . 5:5(0) ack 110";
    EXPECT_EQ(english(kMidstream),
              "Nobody closed the connection while it was captured; the capture begins in the "
              "middle of it; windows are as in the header, as their scale is unknown.");
    EXPECT_EQ(
        chinese(kMidstream),
        "抓包期间没有一方关闭连接；抓包从连接中途开始；窗口扩大因子未知，窗口按首部中的原值显示。");
}

TEST(Verdict, ClaimsNothingOfAnEndWhosePacketsWereNotCaptured) {
    constexpr std::string_view kServerAlone = R"(
        < S. 0:0(0) ack 1
        < P. 1:22(21) ack 1
        < .  22:22(0) ack 22
        < F. 22:22(0) ack 40
    )";
    EXPECT_EQ(english(kServerAlone),
              "The server closed (packet 4); nothing that the client sent was captured.");
    EXPECT_EQ(chinese(kServerAlone),
              "服务器关闭了连接（第 4 个报文）；客户端发送的报文一个也没有抓到。");
    const Flow flow = analysed(kServerAlone).flows.at(0);
    EXPECT_EQ(shortVerdict(outcomeOf(flow)).in(Language::English), "the server closed");

    EXPECT_EQ(english("> . 1:1(0) ack 1\n> . 1:1(0) ack 30\n> . 1:1(0) ack 90"),
              "The client did not close while it was captured; nothing that the server sent was "
              "captured; the capture begins in the middle of it; windows are as in the header, as "
              "their scale is unknown.");
}

TEST(Verdict, NamesEachPacketOnce) {
    EXPECT_EQ(english("0 > S 0:0(0)\n1000 > S 0:0(0)\n3000 > S 0:0(0)\n3010 < S. 0:0(0) ack 1\n"
                      "> . 1:1(0) ack 1"),
              "Nobody closed the connection while it was captured; 2 SYNs sent again (packet 2 is "
              "the first).");
}

constexpr std::string_view kOpened = R"(
    0   > S  0:0(0)
    50  < S. 0:0(0) ack 1
    100 > .  1:1(0) ack 1
)";

TEST(Verdict, TellsOfAGapOnlyWhereNothingFillsIt) {
    const std::string opened{kOpened};
    EXPECT_EQ(english(opened + R"(
        101 > .  101:201(100) ack 1
        102 > .  1:101(100) ack 1
    )"),
              "Nobody closed the connection while it was captured; 1 packet out of order "
              "(packet 5).");
    EXPECT_EQ(english(opened + R"(
        101 > .  101:201(100) ack 1
        900 > .  1:101(100) ack 1
    )"),
              "Nobody closed the connection while it was captured; 1 retransmission (packet 5).");
    EXPECT_EQ(english(opened + R"(
        101 > .  101:201(100) ack 1
        900 > .  1:51(50) ack 1
    )"),
              "Nobody closed the connection while it was captured; 1 retransmission (packet 5), "
              "1 gap in what was captured (packet 4).");
}

TEST(Verdict, TakesTheAnswersOfASimultaneousOpenForNoRepetition) {
    EXPECT_EQ(english(R"(
        > S  0:0(0)
        < S  0:0(0)
        > S. 0:0(0) ack 1
        < S. 0:0(0) ack 1
    )"),
              "Nobody closed the connection while it was captured.");
}

TEST(Verdict, SaysWhoseWindowWasClosedAndForHowLong) {
    constexpr std::string_view kStalled = R"(
        0    > S  0:0(0)
        20   < S. 0:0(0) ack 1
        40   > .  1:1(0) ack 1
        50   > P. 1:9(8) ack 1
        100  < .  1:1(0) ack 9 win 0
        1600 > .  8:8(0) ack 1
        1700 < .  1:1(0) ack 9 win 0
    )";
    EXPECT_EQ(english(kStalled),
              "Nobody closed the connection while it was captured; the server's window was "
              "closed for 1.600 s (from packet 5 on).");
    EXPECT_EQ(chinese(kStalled),
              "抓包期间没有一方关闭连接；服务器的接收窗口关闭了 1.600 秒（从第 5 个报文起）。");
}

TEST(Verdict, CountsNoWindowAsClosedOnceTheConnectionIsOpenedAnew) {
    EXPECT_THAT(english(R"(
        0    > S  0:0(0)
        20   < S. 0:0(0) ack 1
        40   < .  1:1(0) ack 1 win 0
        1000 < S. 0:0(0) ack 1
        1020 > .  1:1(0) ack 1
        1030 < .  1:1(0) ack 1
    )"),
                Not(HasSubstr("window")));
    EXPECT_THAT(english(R"(
        0    > S  0:0(0)
        20   < S. 0:0(0) ack 1
        40   < .  1:1(0) ack 1 win 0
        1000 < S. 0:0(0) ack 1
        1020 > .  1:1(0) ack 1
        1030 < .  1:1(0) ack 1 win 0
        2030 < .  1:1(0) ack 1
    )"),
                HasSubstr("the server's window was closed for 1.000 s (from packet 6 on)"));
}

TEST(Verdict, DoesNotMissAnAnswerToASynWithAck) {
    EXPECT_THAT(english("0 > S. 0:0(0) ack 1"), Not(HasSubstr("Nobody answered")));
}

TEST(Verdict, PutsMoreTroubleFirst) {
    const auto troubleOf = [](std::string_view conversation) {
        return trouble(analysed(conversation).flows.at(0));
    };
    EXPECT_EQ(troubleOf(kClosed), 0U);
    EXPECT_GT(troubleOf(kRepeated), 0U);
    EXPECT_GT(troubleOf(kRefused), troubleOf(kRepeated));
}

}  // namespace
}  // namespace tcplab::test
