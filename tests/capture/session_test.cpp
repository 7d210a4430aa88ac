#include "tests/capture/conversation.h"
#include "tests/support/captures.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

namespace tcplab::test {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<ConnectionId> flowNumbers(const Told& told) {
    std::vector<ConnectionId> numbers;
    for (const Packet& packet : told.packets) numbers.push_back(packet.connection);
    return numbers;
}

TEST(Session, SaysInBothLanguagesWhereAFileBreaksOff) {
    const std::string whole = contentOf(recording("http.pcap"));
    const TemporaryFile file{std::string_view{whole}.substr(0, 2500)};
    Told told;
    const auto summary = capture::analyze(file.path(), told);

    ASSERT_TRUE(summary && summary->stopped);
    EXPECT_EQ(capture::whyStopped(*summary, Language::English),
              file.path() +
                  ": stopped at packet 20, octet 2201: the file ends after 283 of the "
                  "496 octets of the packet");
    EXPECT_EQ(capture::whyStopped(*summary, Language::Chinese),
              file.path() +
                  "：读到第 20 个报文（第 2201 字节处）时停止，该报文应有 496 "
                  "字节，文件中只剩 283 字节");
}

TEST(Session, ANewSynWithAnotherNumberBeginsAnotherFlow) {
    const Told told = analysed(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > S  0:0(0)
        > S  9000:9000(0)
        < S. 700:700(0) ack 9001
        > .  9001:9001(0) ack 701
    )");

    EXPECT_THAT(flowNumbers(told), ElementsAre(0, 0, 0, 1, 1, 1));
    ASSERT_THAT(told.flows, SizeIs(2));
    EXPECT_EQ(told.flows[0].packets[Side::Client], 2U);
    EXPECT_EQ(told.packets.back().tcp.seq, 1);
    EXPECT_EQ(finalStates(told.flows[1]), "ESTABLISHED ESTABLISHED");
}

TEST(Session, AFlowEndsAMinuteAfterItsLastFinWasAcknowledged) {
    const Told told = analysed(R"(
        0     > S  0:0(0)
              < S. 0:0(0) ack 1
              > F. 1:1(0) ack 1
              < F. 1:1(0) ack 2
        10    > .  2:2(0) ack 2
        60010 < F. 1:1(0) ack 2
        60011 < F. 1:1(0) ack 2
    )");

    EXPECT_THAT(flowNumbers(told), ElementsAre(0, 0, 0, 0, 0, 0, 1));
    EXPECT_EQ(finalStates(told.flows[0]), "TIME-WAIT CLOSED");
}

TEST(Session, AFlowEndsAMinuteAfterItWasReset) {
    const Told told = analysed(R"(
        0     > S  0:0(0)
        10    < R. 0:0(0) ack 1
        60010 > .  1:1(0) ack 1
        60011 > .  1:1(0) ack 1
    )");

    EXPECT_THAT(flowNumbers(told), ElementsAre(0, 0, 0, 1));
}

TEST(Session, ScalesTheWindowWhereBothOfferedIt) {
    const Told told = analysed(R"(
        > S  0:0(0) win 1000 <wscale 3>
        < S. 0:0(0) ack 1 win 1000 <wscale 7>
        > .  1:1(0) ack 1 win 10
        < .  1:1(0) ack 1 win 10
    )");

    EXPECT_EQ(told.packets[0].tcp.window, 1000U);
    EXPECT_EQ(told.packets[1].tcp.window, 1000U);
    EXPECT_EQ(told.packets[2].tcp.window, 80U);
    EXPECT_EQ(told.packets[3].tcp.window, 1280U);
}

TEST(Session, DoesNotScaleTheWindowWhereOneOfferedIt) {
    const Told told = analysed(R"(
        > S  0:0(0) win 1000 <wscale 3>
        < S. 0:0(0) ack 1 win 1000
        > .  1:1(0) ack 1 win 10
    )");

    EXPECT_EQ(told.packets[2].tcp.window, 10U);
}

// RFC 7323 2.2: a SYN-ACK carries the option only in answer to a SYN that did.
TEST(Session, ScalesTheWindowOfWhoAnsweredASynThatWasNotCaptured) {
    const Told told = analysed(R"(
        < S. 0:0(0) ack 1 win 1000 <wscale 7>
        < .  1:1(0) ack 1 win 10
        > .  1:1(0) ack 1 win 10
    )");

    EXPECT_EQ(told.packets[1].tcp.window, 1280U);
    EXPECT_EQ(told.packets[2].tcp.window, 10U);
}

TEST(Session, CountsFromTheNewNumberOfAnEndThatWasResetAndAnswersAgain) {
    const Told told = analysed(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > R  1:1(0)
        > S  0:0(0)
        < S. 70000:70000(0) ack 1
        > .  1:1(0) ack 70001
    )");

    ASSERT_THAT(told.flows, SizeIs(1));
    EXPECT_EQ(told.packets[4].tcp.seq, 0);
    EXPECT_EQ(told.packets[5].tcp.ack, 1);
}

TEST(Session, CountsEachOctetOnceAndTellsTheRoundTripOfTheHandshake) {
    const Told told = analysed(R"(
        0  > S  0:0(0)
        20 < S. 0:0(0) ack 1
        45 > .  1:1(0) ack 1
           > .  1:1001(1000) ack 1
           > .  1:1001(1000) ack 1
           > .  2001:3001(1000) ack 1
           < .  1:51(50) ack 1001
           > .  501:2001(1500) ack 51
    )");

    ASSERT_THAT(told.flows, SizeIs(1));
    EXPECT_EQ(told.flows[0].bytes[Side::Client], 3000U);
    EXPECT_EQ(told.flows[0].bytes[Side::Server], 50U);
    EXPECT_EQ(told.flows[0].handshakeRtt, Duration{std::chrono::milliseconds{45}});
    EXPECT_EQ(told.flows[0].completeness, 1 + 2 + 4 + 8);
}

TEST(Session, APacketIsAMoment) {
    const Told told = analysed("> S 0:0(0)\n< S. 0:0(0) ack 1\n> . 1:1(0) ack 1\n");

    for (std::size_t i = 0; i < told.packets.size(); ++i) {
        EXPECT_EQ(told.packets[i].transit.seen->moment, i + 1);
        EXPECT_EQ(told.packets[i].number, i + 1);
    }
}

}  // namespace
}  // namespace tcplab::test
