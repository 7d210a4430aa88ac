#include "tests/capture/conversation.h"

#include <gmock/gmock.h>

// What the ends themselves say of octets that were sent again or came late: what stands after the
// bars, tshark's findings left out.
namespace tcplab::test {
namespace {

using capture::Finding;
using ::testing::ElementsAre;

Told expectFindings(std::string_view conversation) {
    Told told = analysed(conversation);
    EXPECT_EQ(shownFindings(told, Whose::Ours), expectedOf(conversation));
    return told;
}

// RFC 2018: the block is behind the hole.
TEST(Recovery, TellsWhatFillsAHoleThatTheReceiverReported) {
    const Told told = expectFindings(R"(
        0   > S  0:0(0) <mss 1460,sackOK>
        20  < S. 0:0(0) ack 1 <mss 1460,sackOK>
        40  > .  1:1(0) ack 1
        50  > .  1:1461(1460) ack 1
        51  > .  1461:2921(1460) ack 1
        52  > .  2921:4381(1460) ack 1
        70  < .  1:1(0) ack 1 <sack 1461:2921>
        71  < .  1:1(0) ack 1 <sack 1461:4381>
        72  > .  1:1461(1460) ack 1 | repeated_octets, sack_hole_filled
        92  < .  1:1(0) ack 4381
    )");
    EXPECT_THAT(proofOf(told, 9, Finding::SackHoleFilled), ElementsAre(4, 8, 9));
}

TEST(Recovery, TellsOctetsThatTheReceiverHadReported) {
    const Told told = expectFindings(R"(
        0   > S  0:0(0) <mss 1460,sackOK>
        20  < S. 0:0(0) ack 1 <mss 1460,sackOK>
        40  > .  1:1(0) ack 1
        50  > .  1:1461(1460) ack 1
        51  > .  1461:2921(1460) ack 1
        70  < .  1:1(0) ack 1 <sack 1461:2921>
        350 > .  1:1461(1460) ack 1    | repeated_octets, sack_hole_filled
        351 > .  1461:2921(1460) ack 1 | repeated_octets, needless_retransmission
        372 < .  1:1(0) ack 2921 <sack 1461:2921>
    )");
    EXPECT_THAT(proofOf(told, 8, Finding::NeedlessRetransmission), ElementsAre(5, 6, 8));
}

// RFC 2883 4.1, and 4.2 where there is a gap besides.
TEST(Recovery, TellsOctetsThatArrivedTwice) {
    const Told told = expectFindings(R"(
        0   > S  0:0(0) <mss 1460,sackOK>
        20  < S. 0:0(0) ack 1 <mss 1460,sackOK>
        40  > .  1:1(0) ack 1
        50  > P. 1:101(100) ack 1
        350 > P. 1:101(100) ack 1              | repeated_octets
        360 < .  1:1(0) ack 101
        380 < .  1:1(0) ack 101 <sack 1:101>   | needless_retransmission
    )");
    EXPECT_THAT(proofOf(told, 7, Finding::NeedlessRetransmission), ElementsAre(4, 5, 7));

    expectFindings(R"(
        0   > S  0:0(0) <mss 1460,sackOK>
        20  < S. 0:0(0) ack 1 <mss 1460,sackOK>
        40  > .  1:1(0) ack 1
        50  > .  101:201(100) ack 1
        350 > .  101:201(100) ack 1 | repeated_octets
        380 < .  1:1(0) ack 1 <sack 101:201>
        381 < .  1:1(0) ack 1 <sack 101:201 101:201> | needless_retransmission
    )");
}

TEST(Recovery, TellsWhatWasDoubledBehindTheCapturePoint) {
    const Told told = expectFindings(R"(
        0   > S  0:0(0) <mss 1460,sackOK>
        20  < S. 0:0(0) ack 1 <mss 1460,sackOK>
        40  > .  1:1(0) ack 1
        50  > P. 1:101(100) ack 1
        70  < .  1:1(0) ack 101
        71  < .  1:1(0) ack 101 <sack 1:101> | downstream_duplicate
    )");
    EXPECT_THAT(proofOf(told, 6, Finding::DownstreamDuplicate), ElementsAre(4, 6));
}

// RFC 1122 4.2.3.6: its octet came before, and whoever gets it may say so.
TEST(Recovery, TakesTheAnswerToAKeepAliveForNoDuplicate) {
    expectFindings(R"(
        0   > S  0:0(0) <mss 1460,sackOK>
        20  < S. 0:0(0) ack 1 <mss 1460,sackOK>
        40  > .  1:1(0) ack 1
        50  > P. 1:101(100) ack 1
        70  < .  1:1(0) ack 101
        60000 > . 100:101(1) ack 1
        60020 < . 1:1(0) ack 101 <sack 100:101>
    )");
}

// What the capture begins with may have been sent before that.
TEST(Recovery, TakesTheBeginningOfACaptureForNoDuplicate) {
    expectFindings(R"(
        50 > .  101:102(1) ack 1
        70 < .  1:1(0) ack 102 <sack 101:102>
    )");
}

// RFC 8985 7.3; and a timer, which has the first segment sent again.
TEST(Recovery, TellsATailLossProbeFromATimer) {
    const Told told = expectFindings(R"(
        0   > S  0:0(0) <mss 1460,sackOK>
        20  < S. 0:0(0) ack 1 <mss 1460,sackOK>
        40  > .  1:1(0) ack 1
        50  > .  1:1461(1460) ack 1
        51  > .  1461:2921(1460) ack 1
        130 > .  1461:2921(1460) ack 1 | repeated_octets, tail_loss_probe
        150 < .  1:1(0) ack 1 <sack 1461:2921>
        151 > .  1:1461(1460) ack 1    | repeated_octets, sack_hole_filled
        171 < .  1:1(0) ack 2921
    )");
    EXPECT_THAT(proofOf(told, 6, Finding::TailLossProbe), ElementsAre(2, 5, 6));
    expectFindings(R"(
        0   > S  0:0(0) <mss 1460,sackOK>
        20  < S. 0:0(0) ack 1 <mss 1460,sackOK>
        40  > .  1:1(0) ack 1
        50  > .  1:1461(1460) ack 1
        51  > .  1461:2921(1460) ack 1
        350 > .  1:1461(1460) ack 1    | repeated_octets
        351 > .  1461:2921(1460) ack 1 | repeated_octets
    )");
}

// RFC 7323 3: what has the smaller timestamp was sent first.
TEST(Recovery, TellsDisorderFromALossByTimestamps) {
    const Told told = expectFindings(R"(
        0  > S  0:0(0) <mss 1460,TS val 100 ecr 0>
        20 < S. 0:0(0) ack 1 <mss 1460,TS val 900 ecr 100>
        40 > .  1:1(0) ack 1 <TS val 140 ecr 900>
        50 > .  1:101(100) ack 1 <TS val 150 ecr 900>
        52 > .  201:301(100) ack 1 <TS val 152 ecr 900>
        53 > .  101:201(100) ack 1 <TS val 151 ecr 900> | gap_filled, overtaken
        54 > .  401:501(100) ack 1 <TS val 154 ecr 900>
        90 > .  301:401(100) ack 1 <TS val 190 ecr 900> | gap_filled, upstream_loss
    )");
    EXPECT_THAT(proofOf(told, 6, Finding::Overtaken), ElementsAre(5, 6));
    EXPECT_THAT(proofOf(told, 8, Finding::UpstreamLoss), ElementsAre(7, 8));
}

TEST(Recovery, SaysNothingOfOrderWhereTheClockIsTooSlow) {
    expectFindings(R"(
        0  > S  0:0(0) <mss 1460,TS val 100 ecr 0>
        20 < S. 0:0(0) ack 1 <mss 1460,TS val 900 ecr 100>
        40 > .  1:1(0) ack 1 <TS val 140 ecr 900>
        52 > .  101:201(100) ack 1 <TS val 150 ecr 900>
        53 > .  1:101(100) ack 1 <TS val 150 ecr 900> | gap_filled
    )");
}

TEST(Recovery, TellsAnAckThatWasLost) {
    const Told told = expectFindings(R"(
        0   > S  0:0(0) <mss 1460>
        20  < S. 0:0(0) ack 1 <mss 1460>
        40  > .  1:1(0) ack 1
        50  > P. 1:101(100) ack 1
        70  < .  1:1(0) ack 101
        350 > P. 1:101(100) ack 1 | repeated_octets, lost_ack
        370 < .  1:1(0) ack 101
        380 > P. 1:101(100) ack 1 | repeated_octets, lost_ack
    )");
    EXPECT_THAT(proofOf(told, 6, Finding::LostAck), ElementsAre(5, 6));
    // It may have been on its way yet.
    expectFindings(R"(
        0   > S  0:0(0) <mss 1460>
        20  < S. 0:0(0) ack 1 <mss 1460>
        40  > .  1:1(0) ack 1
        50  > P. 1:101(100) ack 1
        340 < .  1:1(0) ack 101
        350 > P. 1:101(100) ack 1 | repeated_octets
    )");
}

/// More ranges and copies than are kept: what was forgotten is not guessed.
TEST(Recovery, IsBounded) {
    std::string conversation = R"(
        > S  0:0(0) <mss 1460,sackOK>
        < S. 0:0(0) ack 1 <mss 1460,sackOK>
        > .  1:20001(20000) ack 1
    )";
    const auto line = [&](const std::string& text) { conversation += text + "\n"; };
    for (int n = 0; n < 200; ++n) {
        const std::string range = std::to_string(n * 100 + 2) + ":" + std::to_string(n * 100 + 12);
        line("< . 1:1(0) ack 1 <sack " + range + ">");
        line("> . " + range + "(10) ack 1");
    }
    line("< . 1:1(0) ack 20001 <sack 2:12>");
    line("< . 1:1(0) ack 20001 <sack 19902:19912>");
    const Told told = analysed(conversation);

    const capture::Findings twice{Finding::NeedlessRetransmission, Finding::DownstreamDuplicate};
    EXPECT_FALSE(told.found.rbegin()[1].all().hasAny(twice));
    EXPECT_TRUE(told.found.back().has(Finding::NeedlessRetransmission));
}

}  // namespace
}  // namespace tcplab::test
