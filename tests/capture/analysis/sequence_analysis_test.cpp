#include "tests/capture/conversation.h"

#include <gmock/gmock.h>

// What stands after the bars is what tshark 4.0 finds; tests/oracle lets it judge.
namespace tcplab::test {
namespace {

using capture::Finding;
using ::testing::ElementsAre;

void expectFindings(std::string_view conversation) {
    EXPECT_EQ(shownFindings(analysed(conversation), Whose::Tsharks), expectedOf(conversation));
}

TEST(SequenceAnalysis, FindsNothingInAConversationWithoutTrouble) {
    expectFindings(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > P. 1:101(100) ack 1
        < .  1:1(0) ack 101
        < P. 1:201(200) ack 101
        > F. 101:101(0) ack 201
        < F. 201:201(0) ack 102
        > .  102:102(0) ack 202
    )");
}

TEST(SequenceAnalysis, TellsARetransmissionByItsDelayAndAfterDuplicateAcksAFastOne) {
    expectFindings(R"(
        1   > S  0:0(0)
        10  < S. 0:0(0) ack 1
        20  > .  1:1(0) ack 1
        30  > P. 1:101(100) ack 1
        330 > P. 1:101(100) ack 1     | retransmission
        350 < .  1:1(0) ack 101
        351 > P. 101:201(100) ack 1
        352 > P. 301:401(100) ack 1   | lost_segment
        360 < .  1:1(0) ack 101       | duplicate_ack
        361 < .  1:1(0) ack 101       | duplicate_ack
        362 > P. 101:201(100) ack 1   | retransmission, fast_retransmission
        363 > P. 201:301(100) ack 1   | out_of_order
    )");
}

TEST(SequenceAnalysis, TellsARepetitionOfWhatWasAcknowledged) {
    const Told told = analysed(R"(
        0   > S  0:0(0)
        10  < S. 0:0(0) ack 1
        20  > .  1:1(0) ack 1
        30  > P. 1:101(100) ack 1
        40  < .  1:1(0) ack 101
        300 > P. 1:101(100) ack 1
    )");
    EXPECT_EQ(shownFindings(told, Whose::Tsharks).back(),
              "retransmission, spurious_retransmission");
    EXPECT_EQ(told.packets.back().retransmissionOf, 4U);
    EXPECT_EQ(told.packets.at(3).retransmissionOf, std::nullopt);
    EXPECT_THAT(proofOf(told, 6, Finding::Retransmission), ElementsAre(4, 6));
    EXPECT_THAT(proofOf(told, 6, Finding::SpuriousRetransmission), ElementsAre(5, 6));
}

TEST(SequenceAnalysis, TakesWhatComesWithinARoundTripForDisorder) {
    expectFindings(R"(
        1   > S  0:0(0)
        50  < S. 0:0(0) ack 1
        100 > .  1:1(0) ack 1
        110 > P. 101:201(100) ack 1   | lost_segment
        208 > P. 1:101(100) ack 1     | out_of_order
        210 > P. 301:401(100) ack 1   | lost_segment
        310 > P. 201:301(100) ack 1   | retransmission
    )");
}

TEST(SequenceAnalysis, TellsAnAckOfWhatWasNotCapturedOnce) {
    expectFindings(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        < .  1:1(0) ack 501     | ack_lost_segment
        < .  1:1(0) ack 901
        > .  901:1001(100) ack 1 | lost_segment
        < .  1:1(0) ack 1001    | ack_lost_segment
    )");
}

TEST(SequenceAnalysis, TellsKeepAlivesAndTheirAnswers) {
    const Told told = analysed(R"(
        0     > S  0:0(0)
              < S. 0:0(0) ack 1
              > .  1:1(0) ack 1
              > P. 1:2(1) ack 1
              < .  1:1(0) ack 2
        60000 > .  1:1(0) ack 1
              < .  1:1(0) ack 2
        90000 > .  1:2(1) ack 1
              < .  1:1(0) ack 2
    )");
    EXPECT_THAT(
        shownFindings(told, Whose::Tsharks),
        ElementsAre(
            "", "", "", "", "", "keep_alive", "keep_alive_ack", "keep_alive", "keep_alive_ack"));
    EXPECT_THAT(proofOf(told, 7, Finding::KeepAliveAck), ElementsAre(6, 7));
}

TEST(SequenceAnalysis, TellsAWindowThatFillsClosesIsProbedAndOpens) {
    expectFindings(R"(
        > S  0:0(0) win 1000
        < S. 0:0(0) ack 1 win 100
        > .  1:1(0) ack 1 win 1000
        > P. 1:101(100) ack 1 win 1000 | window_full
        < .  1:1(0) ack 101 win 0      | zero_window
        > .  101:102(1) ack 1 win 1000 | zero_window_probe
        < .  1:1(0) ack 101 win 0      | zero_window, zero_window_probe_ack
        < .  1:1(0) ack 101 win 50     | window_update
    )");
}

TEST(SequenceAnalysis, CountsTheWindowScaledOnceAnAckHasCome) {
    expectFindings(R"(
        > S  0:0(0) win 1000 <wscale 2>
        < S. 0:0(0) ack 1 win 100 <wscale 3>
        > .  1:1(0) ack 1 win 1000
        > P. 1:101(100) ack 1 win 1000     | window_full
        < .  1:1(0) ack 101 win 100
        > .  101:201(100) ack 1 win 1000
        > .  201:901(700) ack 1 win 1000   | window_full
    )");
}

TEST(SequenceAnalysis, ConcludesNothingFromOptionsThatAreCut) {
    expectFindings(R"(
        > S  0:0(0) win 1000 <mss 1460,wscale 2> captured 58
        < S. 0:0(0) ack 1 win 100 <mss 1460,wscale 3> captured 58
        > .  1:1(0) ack 1 win 1000
        > P. 1:101(100) ack 1 win 1000
    )");
}

TEST(SequenceAnalysis, TellsPortsThatAreUsedAgainHoweverLongAgoTheyWere) {
    const Told told = analysed(R"(
        0      > S  0:0(0)
               < S. 0:0(0) ack 1
               > R. 1:1(0) ack 1
        900000 > S  7000:7000(0)
               < S. 300:300(0) ack 7001
    )");
    EXPECT_THAT(shownFindings(told, Whose::Tsharks), ElementsAre("", "", "", "reused_ports", ""));
    EXPECT_THAT(proofOf(told, 4, Finding::ReusedPorts), ElementsAre(1, 3, 4));
}

TEST(SequenceAnalysis, TakesASecondSynForARepetitionAndAnotherSynAckForReuse) {
    expectFindings(R"(
        0    > S  0:0(0)
        1000 > S  0:0(0)            | retransmission
             < S. 0:0(0) ack 1
             < S. 800:800(0) ack 1  | reused_ports, lost_segment
    )");
}

TEST(SequenceAnalysis, GoesOnWhereTheLastFlowBetweenTheEndsHasExpired) {
    expectFindings(R"(
        0      > S  0:0(0)
               < S. 0:0(0) ack 1
               > F. 1:1(0) ack 1
               < F. 1:1(0) ack 2
               > .  2:2(0) ack 2
        120000 < F. 1:1(0) ack 2    | retransmission
    )");
}

}  // namespace
}  // namespace tcplab::test
