#include "tests/capture/conversation.h"

#include <gmock/gmock.h>

// What is expected here was written from RFC 9293, its figures first of all, and from what the
// command line promises of the states at a packet; not from what the program printed.
namespace tcplab::test {
namespace {

using capture::Flow;
using ::testing::ElementsAre;
using ::testing::SizeIs;

/// The one flow of the conversation, in which each packet must show the states after its bar.
Flow followed(std::string_view conversation) {
    const Told told = analysed(conversation);
    EXPECT_EQ(shownStates(told), expectedOf(conversation));
    EXPECT_THAT(told.flows, SizeIs(1));
    return told.flows.front();
}

TEST(Observer, FollowsTheThreeWayHandshakeOfFigure6) {
    const Flow flow = followed(R"(
        > S  0:0(0)        | SYN-SENT LISTEN
        < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1  | ESTABLISHED ESTABLISHED
        > .  1:11(10) ack 1 | ESTABLISHED ESTABLISHED
    )");

    EXPECT_EQ(finalStates(flow), "ESTABLISHED ESTABLISHED");
    EXPECT_EQ(flow.closedBy, std::nullopt);
}

TEST(Observer, FollowsTheSimultaneousOpenOfFigure7) {
    const Flow flow = followed(R"(
        > S  0:0(0)        | SYN-SENT LISTEN
        < S  0:0(0)        | SYN-SENT SYN-SENT
        > S. 0:0(0) ack 1  | SYN-RECEIVED SYN-SENT
        < S. 0:0(0) ack 1  | ESTABLISHED SYN-RECEIVED
    )");

    EXPECT_EQ(finalStates(flow), "ESTABLISHED ESTABLISHED");
}

TEST(Observer, WhoAnswersASynWithoutASynOfItsOwnHadItsAcknowledged) {
    const Flow flow = followed(R"(
        > S  0:0(0)        | SYN-SENT LISTEN
        # Lost on its last stretch, and so not crossed by the client's.
        < S  0:0(0)        | SYN-SENT SYN-SENT
        < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED
        # Unless its SYN with ACK is still to come.
        > .  1:1(0) ack 1  | ESTABLISHED ESTABLISHED ?
    )");

    EXPECT_EQ(finalStates(flow), "ESTABLISHED ESTABLISHED");
}

TEST(Observer, FollowsTheNormalCloseOfFigure12) {
    const Flow flow = followed(R"(
        > S  0:0(0)        | SYN-SENT LISTEN
        < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1  | ESTABLISHED ESTABLISHED
        > F. 1:1(0) ack 1  | FIN-WAIT-1 ESTABLISHED
        < .  1:1(0) ack 2  | FIN-WAIT-2 CLOSE-WAIT
        < F. 1:1(0) ack 2  | FIN-WAIT-2 LAST-ACK
        > .  2:2(0) ack 2  | TIME-WAIT CLOSED
    )");

    EXPECT_EQ(finalStates(flow), "TIME-WAIT CLOSED");
    EXPECT_EQ(flow.closedBy, Flow::ClosedBy::Client);
}

TEST(Observer, FollowsTheSimultaneousCloseOfFigure13) {
    const Flow flow = followed(R"(
        > S  0:0(0)        | SYN-SENT LISTEN
        < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1  | ESTABLISHED ESTABLISHED
        > F. 1:1(0) ack 1  | FIN-WAIT-1 ESTABLISHED
        < F. 1:1(0) ack 1  | FIN-WAIT-1 FIN-WAIT-1
        > .  2:2(0) ack 2  | CLOSING FIN-WAIT-1
        < .  2:2(0) ack 2  | TIME-WAIT CLOSING
    )");

    EXPECT_EQ(finalStates(flow), "TIME-WAIT TIME-WAIT");
    EXPECT_EQ(flow.closedBy, Flow::ClosedBy::Both);
}

TEST(Observer, TellsOnlyDeclaredChangesOfASimultaneousClose) {
    const Told told = analysed(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > F. 1:1(0) ack 1
        < F. 1:1(0) ack 1
        > .  2:2(0) ack 2
        < .  2:2(0) ack 2
    )");

    EXPECT_THAT(
        walk(told, Side::Client),
        ElementsAre("CLOSED", "SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "CLOSING", "TIME-WAIT"));
    EXPECT_THAT(
        walk(told, Side::Server),
        ElementsAre("LISTEN", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "CLOSING", "TIME-WAIT"));
}

TEST(Observer, GoesFromFinWait1ToTimeWaitInOneStepWhereThreeSegmentsClose) {
    const Told told = analysed(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > F. 1:1(0) ack 1
        < F. 1:1(0) ack 2
        > .  2:2(0) ack 2
    )");

    EXPECT_THAT(walk(told, Side::Client),
                ElementsAre("CLOSED", "SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "TIME-WAIT"));
    EXPECT_THAT(
        walk(told, Side::Server),
        ElementsAre("LISTEN", "SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT", "LAST-ACK", "CLOSED"));
}

TEST(Observer, AnAckThatDataCarryCountsWhenTheDataAreAnswered) {
    const Flow flow = followed(R"(
        > S  0:0(0)           | SYN-SENT LISTEN
        < S. 0:0(0) ack 1     | SYN-SENT SYN-RECEIVED
        # Its pure ACK was not seen.
        > .  1:11(10) ack 1   | ESTABLISHED SYN-RECEIVED
        < .  1:1(0) ack 11    | ESTABLISHED ESTABLISHED
        > F. 11:11(0) ack 1   | FIN-WAIT-1 ESTABLISHED
        < .  1:6(5) ack 12    | FIN-WAIT-1 CLOSE-WAIT
        > .  12:12(0) ack 6   | FIN-WAIT-2 CLOSE-WAIT
        < F. 6:6(0) ack 12    | FIN-WAIT-2 LAST-ACK
        > .  12:12(0) ack 7   | TIME-WAIT CLOSED
    )");

    EXPECT_EQ(flow.closedBy, Flow::ClosedBy::Client);
}

TEST(Observer, AFinSentAgainHadNotBeenAcknowledgedWhereItWasSent) {
    const Flow flow = followed(R"(
        > S  0:0(0)            | SYN-SENT LISTEN
        < S. 0:0(0) ack 1      | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1      | ESTABLISHED ESTABLISHED
        > F. 1:1(0) ack 1      | FIN-WAIT-1 ESTABLISHED
        < F. 1:1(0) ack 2      | FIN-WAIT-1 LAST-ACK
        # Lost behind the capture.
        > .  2:2(0) ack 2      | TIME-WAIT CLOSED
        1000 < F. 1:1(0) ack 2 | TIME-WAIT LAST-ACK
        > .  2:2(0) ack 2      | TIME-WAIT CLOSED
    )");

    EXPECT_EQ(finalStates(flow), "TIME-WAIT CLOSED");
}

TEST(Observer, ASynSentAgainChangesNothing) {
    const Flow flow = followed(R"(
        0    > S  0:0(0)       | SYN-SENT LISTEN
        1000 > S  0:0(0)       | SYN-SENT LISTEN
        3000 > S  0:0(0)       | SYN-SENT LISTEN
        3010 < S. 0:0(0) ack 1 | SYN-SENT SYN-RECEIVED
        3020 > .  1:1(0) ack 1 | ESTABLISHED ESTABLISHED
    )");

    EXPECT_EQ(finalStates(flow), "ESTABLISHED ESTABLISHED");
    EXPECT_EQ(flow.handshakeRtt, Duration{std::chrono::milliseconds{20}});
}

TEST(Observer, ASynThatNobodyAnswersLeavesTheServerListening) {
    const Flow flow = followed(R"(
        0    > S  0:0(0) | SYN-SENT LISTEN
        1000 > S  0:0(0) | SYN-SENT LISTEN
    )");

    EXPECT_EQ(finalStates(flow), "SYN-SENT LISTEN");
}

TEST(Observer, ASynAckSentAgainHadNotBeenAcknowledged) {
    (void)followed(R"(
        > S  0:0(0)            | SYN-SENT LISTEN
        < S. 0:0(0) ack 1      | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1      | ESTABLISHED ESTABLISHED
        1000 < S. 0:0(0) ack 1 | ESTABLISHED SYN-RECEIVED
        > .  1:1(0) ack 1      | ESTABLISHED ESTABLISHED
    )");
}

TEST(Observer, ARstThatAcknowledgesTheSynRefuses) {
    const Flow flow = followed(R"(
        > S  0:0(0)        | SYN-SENT LISTEN
        < R. 0:0(0) ack 1  | CLOSED CLOSED
    )");

    EXPECT_EQ(flow.resetBy, Side::Server);
    EXPECT_EQ(flow.completeness, 37);
}

TEST(Observer, ARstThatAcknowledgesSomethingElseDoesNotRefuse) {
    const Flow flow = followed(R"(
        > S  0:0(0)         | SYN-SENT LISTEN
        < R. 0:0(0) ack 700 | SYN-SENT LISTEN
    )");

    EXPECT_EQ(flow.resetBy, std::nullopt);
}

TEST(Observer, ARstSendsAPassiveSynReceivedBackToListen) {
    const Flow flow = followed(R"(
        > S  0:0(0)        | SYN-SENT LISTEN
        < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED
        > R  1:1(0)        | CLOSED LISTEN
    )");

    EXPECT_EQ(flow.resetBy, Side::Client);
}

TEST(Observer, ARstInsideTheWindowClosesBothEnds) {
    const Flow flow = followed(R"(
        > S  0:0(0)         | SYN-SENT LISTEN
        < S. 0:0(0) ack 1   | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1   | ESTABLISHED ESTABLISHED
        < R. 1:1(0) ack 1   | CLOSED CLOSED
    )");

    EXPECT_EQ(flow.resetBy, Side::Server);
    EXPECT_EQ(flow.closedBy, std::nullopt);
}

TEST(Observer, ARstOutsideTheWindowIsIgnored) {
    const Flow flow = followed(R"(
        > S  0:0(0)                 | SYN-SENT LISTEN
        < S. 0:0(0) ack 1           | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1 win 100   | ESTABLISHED ESTABLISHED
        > .  1:11(10) ack 1 win 100 | ESTABLISHED ESTABLISHED
        < .  1:1(0) ack 11          | ESTABLISHED ESTABLISHED
        < R  500:500(0)             | ESTABLISHED ESTABLISHED
        > R  5:5(0)                 | ESTABLISHED ESTABLISHED
    )");

    EXPECT_EQ(flow.resetBy, std::nullopt);
}

TEST(Observer, WhatCrossesARstShowsTheStateItWasSentIn) {
    const Flow flow = followed(R"(
        > S  0:0(0)        | SYN-SENT LISTEN
        < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1  | ESTABLISHED ESTABLISHED
        > R. 1:1(0) ack 1  | CLOSED CLOSED
        < F. 1:1(0) ack 1  | CLOSED FIN-WAIT-1
    )");

    EXPECT_EQ(finalStates(flow), "CLOSED CLOSED");
}

TEST(Observer, ARstBehindAnUnansweredFinCountsAfterTheAnswer) {
    const Flow flow = followed(R"(
        > S  0:0(0)        | SYN-SENT LISTEN
        < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1  | ESTABLISHED ESTABLISHED
        > F. 1:1(0) ack 1  | FIN-WAIT-1 ESTABLISHED
        > R. 2:2(0) ack 1  | CLOSED ESTABLISHED
        < .  1:1(0) ack 2  | CLOSED CLOSE-WAIT
    )");

    EXPECT_EQ(finalStates(flow), "CLOSED CLOSED");
}

TEST(Observer, InTheEndAFinHasArrivedThoughItsAnswerWasNotSeen) {
    const Flow flow = followed(R"(
        > S  0:0(0)        | SYN-SENT LISTEN
        < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1  | ESTABLISHED ESTABLISHED
        > F. 1:1(0) ack 1  | FIN-WAIT-1 ESTABLISHED
    )");

    EXPECT_EQ(finalStates(flow), "FIN-WAIT-1 CLOSE-WAIT");
}

TEST(Observer, GuessesWhereTheBeginningWasNotSeen) {
    const Flow flow = followed(R"(
        > .  900:910(10) ack 700 | ESTABLISHED ESTABLISHED ?
        < .  700:700(0) ack 910  | ESTABLISHED ESTABLISHED ?
        < F. 700:700(0) ack 910  | ESTABLISHED FIN-WAIT-1 ?
        > .  910:910(0) ack 701  | CLOSE-WAIT FIN-WAIT-2 ?
    )");

    EXPECT_EQ(flow.connection.clientGuessed, true);
    EXPECT_EQ(flow.closedBy, Flow::ClosedBy::Server);
}

// The octets left before the FIN, or were lost on their way to here and sent again after it.
TEST(Observer, GuessesTheStateOfWhoseOctetsTheFinOvertook) {
    followed(R"(
        > S  0:0(0)         | SYN-SENT LISTEN
        < S. 0:0(0) ack 1   | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1   | ESTABLISHED ESTABLISHED
        < F. 101:101(0) ack 1 | ESTABLISHED FIN-WAIT-1
        < .  1:101(100) ack 1 | ESTABLISHED FIN-WAIT-1 ?
        > .  1:1(0) ack 102   | CLOSE-WAIT FIN-WAIT-2
    )");
}

TEST(Observer, GuessesTheStateThatAnAckMayNotHaveBroughtAbout) {
    followed(R"(
        > S  0:0(0)           | SYN-SENT LISTEN
        < S. 0:0(0) ack 1     | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1     | ESTABLISHED ESTABLISHED
        < F. 1:1(0) ack 1     | ESTABLISHED FIN-WAIT-1
        > .  1:101(100) ack 1 | ESTABLISHED FIN-WAIT-1
        > .  101:101(0) ack 2 | CLOSE-WAIT FIN-WAIT-2
        < .  2:2(0) ack 101   | CLOSE-WAIT FIN-WAIT-2 ?
        > .  101:201(100) ack 2 | CLOSE-WAIT FIN-WAIT-2
        < .  2:2(0) ack 201   | CLOSE-WAIT FIN-WAIT-2
    )");
}

TEST(Observer, GuessesTheStateOfWhoMayHaveReceivedAnAckBeyondAGap) {
    followed(R"(
        > S  0:0(0)             | SYN-SENT LISTEN
        < S. 0:0(0) ack 1       | SYN-SENT SYN-RECEIVED
        > .  1:1(0) ack 1       | ESTABLISHED ESTABLISHED
        < F. 1:1(0) ack 1       | ESTABLISHED FIN-WAIT-1
        > .  101:201(100) ack 2 | CLOSE-WAIT FIN-WAIT-1
        < .  2:2(0) ack 1       | CLOSE-WAIT FIN-WAIT-1 ?
        > .  1:101(100) ack 2   | CLOSE-WAIT FIN-WAIT-1
        < .  2:2(0) ack 201     | CLOSE-WAIT FIN-WAIT-2
    )");
}

TEST(Observer, TakesWhoIsAnsweredWithASynAckForTheClient) {
    const Flow flow = followed(R"(
        < S. 0:0(0) ack 1  | SYN-SENT SYN-RECEIVED ?
        > .  1:1(0) ack 1  | ESTABLISHED ESTABLISHED ?
    )");

    EXPECT_EQ(flow.connection.ends[Side::Client].port, 40000);
}

TEST(Observer, NamesThePacketThatBroughtAChangeAbout) {
    const Told told = analysed(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > F. 1:1(0) ack 1
        < .  1:1(0) ack 2
    )");
    std::vector<std::string> changes;
    for (const Entry& entry : told.entries) {
        EXPECT_EQ(entry.certainty, Certainty::Inferred);
        changes.push_back(std::to_string(entry.moment) + " " + std::string{toString(entry.side)} +
                          " " + std::string{toString(std::get<Entered>(entry.what).to)} + " by " +
                          std::to_string(entry.cause.value_or(0)));
    }

    EXPECT_THAT(changes,
                ElementsAre("1 client SYN-SENT by 1",
                            "2 server SYN-RECEIVED by 1",
                            "3 client ESTABLISHED by 2",
                            "3 server ESTABLISHED by 3",
                            "4 client FIN-WAIT-1 by 4",
                            "5 server CLOSE-WAIT by 4",
                            "5 client FIN-WAIT-2 by 5"));
}

TEST(Observer, CitesWhatAsksForEachChange) {
    const Told told = analysed(R"(
        > S  0:0(0)
        < S. 0:0(0) ack 1
        > .  1:1(0) ack 1
        > F. 1:1(0) ack 1
        < .  1:1(0) ack 2
        < R. 1:1(0) ack 2
    )");
    std::vector<std::string> cited;
    for (const Entry& entry : told.entries) {
        const auto& change = std::get<Entered>(entry.what);
        cited.push_back(std::string{toString(entry.side)} + " " + std::string{toString(change.to)} +
                        ": " + entry.why.citation());
    }
    EXPECT_THAT(cited,
                testing::ElementsAre("client SYN-SENT: RFC 9293 3.10.1",
                                     "server SYN-RECEIVED: RFC 9293 3.10.7.2 (3)",
                                     "client ESTABLISHED: RFC 9293 3.10.7.3 (4)",
                                     "server ESTABLISHED: RFC 9293 3.10.7.4 (5)",
                                     "client FIN-WAIT-1: RFC 9293 3.10.4",
                                     "server CLOSE-WAIT: RFC 9293 3.10.7.4 (8)",
                                     "client FIN-WAIT-2: RFC 9293 3.10.7.4 (5)",
                                     "server CLOSED: RFC 9293 3.10.5",
                                     "client CLOSED: RFC 9293 3.10.7.4 (2)"));
}

}  // namespace
}  // namespace tcplab::test
