#include "tests/capture/conversation.h"

#include <gmock/gmock.h>

// What we find under names of our own: what stands after the bars, tshark's findings left out.
namespace tcplab::test {
namespace {

using capture::Finding;
using ::testing::ElementsAre;

Told expectFindings(std::string_view conversation) {
    Told told = analysed(conversation);
    EXPECT_EQ(shownFindings(told, Whose::Ours), expectedOf(conversation));
    return told;
}

TEST(Behaviour, TellsASynThatNobodyAnswers) {
    const Told told = expectFindings(R"(
        0    > S  0:0(0)
        1000 > S  0:0(0) | syn_retransmission
        3000 > S  0:0(0) | syn_retransmission
    )");
    EXPECT_EQ(told.flows[0].findings.of(Finding::Unanswered), 1U);
    EXPECT_THAT(proofOf(told, 3, Finding::SynRetransmission), ElementsAre(1, 3));
}

TEST(Behaviour, TellsARefusalFromAReset) {
    expectFindings("> S 0:0(0)\n< R. 0:0(0) ack 1 | refused");
    expectFindings(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > P. 1:9(8) ack 1
        < .  1:1(0) ack 9
        < R. 1:1(0) ack 9 | reset_unread_data
    )");
    expectFindings(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > R. 1:1(0) ack 1 | reset_abort
    )");
}

TEST(Behaviour, TellsAResetOfWhoHasClosed) {
    const Told told = expectFindings(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        < F. 1:1(0) ack 1
        > P. 1:9(8) ack 2
        < R  2:2(0)       | reset_after_close
    )");
    EXPECT_THAT(proofOf(told, 6, Finding::ResetAfterClose), ElementsAre(4, 6));
}

// RFC 9293 3.5.1, figure 9 and figure 10.
TEST(Behaviour, TellsThatOneEndKnowsNothingOfTheConnection) {
    expectFindings(R"(
        > S  0:0(0)
        < .  300:300(0) ack 100 | half_open
        > R  100:100(0)
    )");
    expectFindings(R"(
        > P. 300:310(10) ack 100
        < R  100:100(0) | half_open
    )");
}

TEST(Behaviour, TellsOctetsThatCameBeforeFromThoseThatFillAGap) {
    const Told told = expectFindings(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > P. 1:101(100) ack 1
        > P. 201:301(100) ack 1
        > P. 101:201(100) ack 1 | gap_filled
        > P. 1:101(100) ack 1   | repeated_octets
        > F. 301:301(0) ack 1
        > F. 301:301(0) ack 1   | repeated_octets
    )");
    EXPECT_THAT(proofOf(told, 7, Finding::RepeatedOctets), ElementsAre(4, 7));
}

TEST(Behaviour, TellsAFinThatComesAfterWhatFollowsIt) {
    expectFindings(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        < .  2:2(0) ack 1
        < F. 1:1(0) ack 1 | gap_filled
        < F. 1:1(0) ack 1 | repeated_octets
    )");
}

TEST(Behaviour, TellsNumbersThatWereSentTwiceWithOtherOctets) {
    const Told told = expectFindings(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > P. 1:101(100) ack 1 full of a
        < .  1:1(0) ack 1
        1000 > P. 1:101(100) ack 1 full of a | repeated_octets
        2000 > P. 1:101(100) ack 1 full of b | repeated_octets, different_octets
    )");
    EXPECT_THAT(proofOf(told, 7, Finding::DifferentOctets), ElementsAre(4, 7));
}

TEST(Behaviour, TellsAResetThatCameAnotherWay) {
    const Told told = expectFindings(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1         ttl 50
        > .  1:1(0) ack 1
        > P. 1:9(8) ack 1
        < R. 1:1(0) ack 9         ttl 61 | reset_by_middlebox
    )");
    EXPECT_THAT(proofOf(told, 5, Finding::ResetByMiddlebox), ElementsAre(2, 5));
}

TEST(Behaviour, TellsACaptureOfOneEndAlone) {
    const Told told = expectFindings(R"(
        > S  0:0(0)
        > .  1:1(0) ack 1
        > P. 1:9(8) ack 1
        > .  9:9(0) ack 1461
    )");
    EXPECT_EQ(told.flows[0].findings.of(Finding::OneSided), 1U);
    EXPECT_EQ(expectFindings("> P. 1:9(8) ack 1\n> P. 9:17(8) ack 1")
                  .flows[0]
                  .findings.of(Finding::OneSided),
              0U);
}

TEST(Behaviour, TellsAKeepAliveThatRanOut) {
    const Told told = expectFindings(R"(
        0  > S  0:0(0)
           < S. 0:0(0) ack 1
           > .  1:1(0) ack 1
           > P. 1:2(1) ack 1
           < .  1:1(0) ack 2
        60000  > .  1:1(0) ack 1
        61000  > .  1:1(0) ack 1
        62000  > R. 2:2(0) ack 1 | keep_alive_timeout
    )");
    EXPECT_THAT(proofOf(told, 8, Finding::KeepAliveTimeout), ElementsAre(6, 8));
}

TEST(Behaviour, TellsHowLongAWindowWasClosed) {
    const Told told = expectFindings(R"(
        0   > S  0:0(0)
            < S. 0:0(0) ack 1
            > .  1:1(0) ack 1
            > P. 1:8001(8000) ack 1
        100 < .  1:1(0) ack 8001 win 0
        400 > .  8000:8000(0) ack 1      | window_probe
        900 < .  1:1(0) ack 8001 win 300 | zero_window_stall, silly_window
    )");
    EXPECT_EQ(told.flows[0].statistics[Side::Server].windowClosed, std::chrono::milliseconds{800});
    EXPECT_THAT(proofOf(told, 7, Finding::ZeroWindowStall), ElementsAre(5, 7));
}

// RFC 9293 3.7.4: what Nagle's algorithm does where ACKs are delayed.
TEST(Behaviour, TellsASmallSegmentThatWaitedForADelayedAck) {
    const Told told = expectFindings(R"(
        0   > S  0:0(0)
            < S. 0:0(0) ack 1
            > .  1:1(0) ack 1
        10  > P. 1:11(10) ack 1
        210 < .  1:1(0) ack 11
        211 > P. 11:21(10) ack 1 | nagle_delayed_ack
    )");
    EXPECT_THAT(proofOf(told, 6, Finding::NagleDelayedAck), ElementsAre(4, 5, 6));
}

// RFC 9293 3.5, figure 7.
TEST(Behaviour, TellsASimultaneousOpenFromASplitHandshake) {
    expectFindings(R"(
        > S  0:0(0)
        < S  0:0(0)        | simultaneous_open
        > S. 0:0(0) ack 1
        < S. 0:0(0) ack 1
        # Only now the same packet once more.
        1000 > S. 0:0(0) ack 1 | syn_retransmission
    )");
    expectFindings(R"(
        > S  0:0(0)
        < .  1:1(0) ack 1
        < S  0:0(0)        | split_handshake
        > S. 0:0(0) ack 1
        < .  1:1(0) ack 1
    )");
}

TEST(Behaviour, TellsASimultaneousClose) {
    const Told told = expectFindings(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > F. 1:1(0) ack 1
        < F. 1:1(0) ack 1  | simultaneous_close
        > .  2:2(0) ack 2
        < .  2:2(0) ack 2
    )");
    EXPECT_THAT(proofOf(told, 5, Finding::SimultaneousClose), ElementsAre(4, 5));
}

TEST(Behaviour, TellsAnEndThatNeverCloses) {
    const std::string closing = R"(
        0 > S  0:0(0)
          < S. 0:0(0) ack 1
          > .  1:1(0) ack 1
          > F. 1:1(0) ack 1
          < .  1:1(0) ack 2
    )";
    const auto soon = analysed(closing).flows[0].findings;
    EXPECT_EQ(soon.of({Finding::CloseWaitStuck, Finding::FinWait2Stuck}), 0U);

    const auto late = analysed(closing + "90000 < P. 1:9(8) ack 2\n").flows[0].findings;
    EXPECT_EQ(late.of(Finding::CloseWaitStuck), 1U);
    EXPECT_EQ(late.of(Finding::FinWait2Stuck), 1U);
}

TEST(Behaviour, FindsNothingWhereNothingIsWrong) {
    expectFindings(R"(
        0   > S  0:0(0)
        20  < S. 0:0(0) ack 1
        40  > .  1:1(0) ack 1
            > P. 1:101(100) ack 1
        60  < P. 1:201(200) ack 101
        80  > .  101:101(0) ack 201
        900 > P. 101:201(100) ack 201
        920 < P. 201:301(100) ack 201
            > F. 201:201(0) ack 301
            < F. 301:301(0) ack 202
            > .  202:202(0) ack 302
    )");
}

}  // namespace
}  // namespace tcplab::test
