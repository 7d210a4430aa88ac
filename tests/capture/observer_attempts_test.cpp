#include "tests/capture/conversation.h"

#include <gmock/gmock.h>

// What the observer tells of ends whose packets are missing, and of attempts after an attempt.
namespace tcplab::test {
namespace {

using capture::Flow;
using ::testing::ElementsAre;

/// The one flow of the conversation, in which each packet must show the states after its bar.
Flow followed(std::string_view conversation) {
    const Told told = analysed(conversation);
    EXPECT_EQ(shownStates(told), expectedOf(conversation));
    EXPECT_EQ(told.flows.size(), 1U);
    return told.flows.front();
}

// The ACKs of the one that was captured tell what the other must have sent.
TEST(ObserverOfAttempts, KnowsAnEndWhosePacketsAreMissingByTheAnswersToThem) {
    followed(R"(
        < S. 0:0(0) ack 1     | SYN-SENT SYN-RECEIVED ?
        < P. 1:22(21) ack 1   | ESTABLISHED ESTABLISHED ?
        < .  22:22(0) ack 22  | ESTABLISHED ESTABLISHED ?
        < F. 22:22(0) ack 40  | ESTABLISHED FIN-WAIT-1 ?
    )");
    followed(R"(
        < S. 0:0(0) ack 1     | SYN-SENT SYN-RECEIVED ?
        < .  1:1(0) ack 22    | ESTABLISHED ESTABLISHED ?
    )");
    followed(R"(
        > S  0:0(0)           | SYN-SENT LISTEN
        > .  1:1(0) ack 1     | ESTABLISHED ESTABLISHED ?
        > P. 1:11(10) ack 1   | ESTABLISHED ESTABLISHED ?
    )");
    followed(R"(
        > S  0:0(0)           | SYN-SENT LISTEN
        < S. 0:0(0) ack 1     | SYN-SENT SYN-RECEIVED
        # What the client sent then is not in the capture.
        < .  1:1(0) ack 11    | ESTABLISHED ESTABLISHED ?
    )");
}

TEST(ObserverOfAttempts, AnAckOfSomethingElseThatAnswersASynOpensNothing) {
    const Flow flow = followed(R"(
        > S  0:0(0)           | SYN-SENT LISTEN
        < .  700:700(0) ack 700 | SYN-SENT SYN-RECEIVED
    )");
    EXPECT_EQ(finalStates(flow), "SYN-SENT SYN-RECEIVED");
}

TEST(ObserverOfAttempts, ASynAfterItsSendersResetOpensAnew) {
    const Told told = analysed(R"(
        0    > S  0:0(0)        | SYN-SENT LISTEN
        80   < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED
        81   > R  1:1(0)        | CLOSED LISTEN
        # A stranger's ACK is no answer to the SYN.
        280  < .  9000:9000(0) ack 1 | CLOSED LISTEN ?
        1000 > S  0:0(0)        | SYN-SENT LISTEN
        1040 < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED
        1041 > .  1:1(0) ack 1  | ESTABLISHED ESTABLISHED
    )");
    EXPECT_THAT(walk(told, Side::Client),
                ElementsAre("CLOSED", "SYN-SENT", "CLOSED", "SYN-SENT", "ESTABLISHED"));
    EXPECT_THAT(walk(told, Side::Server),
                ElementsAre("LISTEN", "SYN-RECEIVED", "LISTEN", "SYN-RECEIVED", "ESTABLISHED"));
    EXPECT_EQ(told.packets[4].states,
              (PerSide<tcp::State>{{tcp::State::SynSent, tcp::State::Listen}}));
    EXPECT_EQ(told.packets[5].states,
              (PerSide<tcp::State>{{tcp::State::SynSent, tcp::State::SynReceived}}));
}

TEST(ObserverOfAttempts, ASynAfterARefusalOpensAnew) {
    const Told told = analysed(R"(
        0   > S  0:0(0)
        1   < R. 0:0(0) ack 1
        500 > S  0:0(0)
        501 < S. 0:0(0) ack 1
        502 > .  1:1(0) ack 1
    )");
    EXPECT_THAT(walk(told, Side::Client),
                ElementsAre("CLOSED", "SYN-SENT", "CLOSED", "SYN-SENT", "ESTABLISHED"));
    EXPECT_THAT(walk(told, Side::Server),
                ElementsAre("LISTEN", "CLOSED", "LISTEN", "SYN-RECEIVED", "ESTABLISHED"));
}

TEST(ObserverOfAttempts, KnowsInHindsightThatNobodyListened) {
    const auto initial = [](std::string_view conversation) {
        return toString(analysed(conversation).flows.at(0).connection.initial[Side::Server]);
    };
    EXPECT_EQ(initial("> S 0:0(0)\n< R. 0:0(0) ack 1"), "CLOSED");
    EXPECT_EQ(initial("> S 0:0(0)\n< S 0:0(0)\n> S. 0:0(0) ack 1"), "CLOSED");
    EXPECT_EQ(initial("> S 0:0(0)\n< S. 0:0(0) ack 1\n< R. 1:1(0) ack 1"), "LISTEN");
    EXPECT_EQ(initial("> S 0:0(0)"), "LISTEN");
}

TEST(ObserverOfAttempts, BeforeASynAckTheClientHasSentASyn) {
    const Told told = analysed("< S. 0:0(0) ack 1\n> . 1:1(0) ack 1");
    EXPECT_THAT(walk(told, Side::Client), ElementsAre("SYN-SENT", "ESTABLISHED"));
}

}  // namespace
}  // namespace tcplab::test
