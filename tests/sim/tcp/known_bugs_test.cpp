// Mistakes that other implementations are known for.

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::State;
using tcp::Timer;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class KnownBugs : public EndpointTest {};

TEST_F(KnownBugs, ASimultaneousCloseSendsItsFin) {
    establish();
    EXPECT_THAT(close(), Contains(transmits("F. 101:101(0) ack 301")));

    arrives("F. 301:301(0) ack 101 win 8192");
    EXPECT_EQ(state(), State::Closing);
    EXPECT_THAT(nextTimeout(), ElementsAre(transmits("F. 101:101(0) ack 302")));
}

TEST_F(KnownBugs, LastAckIsNotClosedByJustAnyAck) {
    reach(State::LastAck);

    arrives(". 302:302(0) ack 101 win 8192");

    EXPECT_EQ(state(), State::LastAck);
}

TEST_F(KnownBugs, AFinIsNotHandledBeforeItsData) {
    establish();
    receive();

    EXPECT_THAT(arrives("FP. 301:306(5) ack 101 win 8192"),
                ElementsAre(delivers(5),
                            enters(State::CloseWait),
                            signals(tcp::Notice::EndOfData),
                            transmits(". 101:101(0) ack 307")));
}

TEST_F(KnownBugs, ARstIsNeverAnswered) {
    for (const State one : tcp::kStates) {
        endpoint = {};
        reach(one);
        const std::string seq = std::to_string(endpoint.tcb().rcv.nxt.raw());
        const std::string text = " " + seq + ":" + seq + "(0) ack 4000";
        auto before = endpoint;
        EXPECT_THAT(arrives("R" + text),
                    Each(Not(testing::VariantWith<tcp::Transmit>(testing::_))));
        endpoint = before;
        EXPECT_THAT(arrives("R." + text),
                    Each(Not(testing::VariantWith<tcp::Transmit>(testing::_))));
    }
}

TEST_F(KnownBugs, AnAckOfNothingNewDoesNotRestartTheTimer) {
    establish();
    send(5);
    const auto due = endpoint.tcb().timers.due(Timer::Retransmission);
    now += 500ms;

    arrives(". 301:301(0) ack 101 win 8192");

    EXPECT_EQ(endpoint.tcb().timers.due(Timer::Retransmission), due);
}

TEST_F(KnownBugs, CloseWaitRetransmits) {
    reach(State::CloseWait);
    send(5);

    EXPECT_THAT(nextTimeout(), ElementsAre(transmits("P. 101:106(5) ack 302")));
}

TEST_F(KnownBugs, AFinWithAnUnacceptableAckIsNotProcessedInFinWait1) {
    reach(State::FinWait1);

    arrives("F. 301:301(0) ack 5000 win 8192");

    EXPECT_EQ(state(), State::FinWait1);
    EXPECT_EQ(endpoint.tcb().rcv.nxt, Seq{301});
}

TEST_F(KnownBugs, AnOutOfOrderFinIsNotForgotten) {
    establish();
    arrives("F. 311:311(0) ack 101 win 8192");

    arrives("P. 301:311(10) ack 101 win 8192");

    EXPECT_EQ(state(), State::CloseWait);
}

TEST_F(KnownBugs, AChallengeAckIsNotTakenForTheLastAck) {
    // The peer, in ESTABLISHED, challenges our SYN-like confusion: its ACK does not cover our FIN.
    reach(State::LastAck);
    EXPECT_THAT(arrives(". 302:302(0) ack 100 win 8192"), IsEmpty());
    EXPECT_EQ(state(), State::LastAck);

    arrives(". 302:302(0) ack 102 win 8192");
    EXPECT_EQ(state(), State::Closed);
}

TEST_F(KnownBugs, AFinThatDoesNotCoverOurFinLeadsFromFinWait1ToClosing) {
    establish();
    send(5);
    close();

    arrives("F. 301:301(0) ack 106 win 8192");

    EXPECT_EQ(state(), State::Closing);
}

}  // namespace
}  // namespace tcplab::test
