// RFC 9293 3.10.1 - 3.10.5

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::CallError;
using tcp::Notice;
using tcp::State;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class Calls : public EndpointTest {};

TEST_F(Calls, APassiveOpenListens) {
    EXPECT_THAT(on(tcp::PassiveOpen{kIss}), ElementsAre(enters(State::Listen)));
}

TEST_F(Calls, AnActiveOpenSendsASyn) {
    EXPECT_THAT(
        on(tcp::ActiveOpen{kIss}),
        ElementsAre(transmits("S 100:100(0) win 65535 <mss 1460>"), enters(State::SynSent)));
}

TEST_F(Calls, AnActiveOpenOfAListeningSocketSendsASyn) {
    listen();

    EXPECT_THAT(on(tcp::ActiveOpen{kIss}),
                ElementsAre(transmits("S 100:100(0) win 65535"), enters(State::SynSent)));
}

TEST_F(Calls, OctetsSentBeforeTheConnectionStandsLeaveWhenItDoes) {
    connect();
    EXPECT_THAT(send(10), IsEmpty());

    EXPECT_THAT(arrives("S. 300:300(0) ack 101 win 8192"),
                Contains(transmits("P. 101:111(10) ack 301")));
}

TEST_F(Calls, CloseSendsAFin) {
    establish();

    EXPECT_THAT(close(), ElementsAre(enters(State::FinWait1), transmits("F. 101:101(0) ack 301")));
}

TEST_F(Calls, CloseAfterThePeersFinIsTheLastFin) {
    reach(State::CloseWait);

    EXPECT_THAT(close(), ElementsAre(transmits("F. 101:101(0) ack 302"), enters(State::LastAck)));
}

TEST_F(Calls, CloseInSynReceivedSendsAFinWithoutBeingEstablished) {
    reach(State::SynReceived);

    EXPECT_THAT(close(), ElementsAre(transmits("F. 101:101(0) ack 301"), enters(State::FinWait1)));
}

TEST_F(Calls, CloseBeforeAnythingWasAnsweredForgetsTheConnection) {
    for (const State before : {State::Listen, State::SynSent}) {
        endpoint = {};
        reach(before);

        EXPECT_THAT(close(), ElementsAre(enters(State::Closed), signals(Notice::Closed)));
        EXPECT_FALSE(endpoint.nextDeadline());
    }
}

TEST_F(Calls, ReceiveAfterThePeersFinGivesWhatIsLeftAndThenTheEnd) {
    establish();
    arrives("FP. 301:306(5) ack 101 win 8192");

    EXPECT_THAT(receive(), Contains(delivers(5)));
    EXPECT_THAT(receive(), ElementsAre(refuses(CallError::Closing)));
}

TEST_F(Calls, AReceiveThatWaitsLearnsOfThePeersFin) {
    establish();
    receive();

    EXPECT_THAT(arrives("F. 301:301(0) ack 101 win 8192"), Contains(refuses(CallError::Closing)));
}

TEST_F(Calls, NothingCanBeSentAfterClose) {
    establish();
    close();

    EXPECT_THAT(send(1), ElementsAre(refuses(CallError::Closing)));
    EXPECT_THAT(close(), ElementsAre(refuses(CallError::Closing)));
}

TEST_F(Calls, OfAConnectionThatIsNotThereAreRefused) {
    EXPECT_THAT(send(1), ElementsAre(refuses(CallError::NoConnection)));
    EXPECT_THAT(receive(), ElementsAre(refuses(CallError::NoConnection)));
    EXPECT_THAT(close(), ElementsAre(refuses(CallError::NoConnection)));
    EXPECT_THAT(abort(), ElementsAre(refuses(CallError::NoConnection)));
}

TEST_F(Calls, ASecondOpenIsRefused) {
    establish();

    EXPECT_THAT(on(tcp::ActiveOpen{kIss}), ElementsAre(refuses(CallError::ConnectionExists)));
    EXPECT_THAT(on(tcp::PassiveOpen{kIss}), ElementsAre(refuses(CallError::ConnectionExists)));
}

TEST_F(Calls, AbortSendsAResetWhereThePeerHoldsAConnection) {
    for (const State before : {State::SynReceived,
                               State::Established,
                               State::FinWait1,
                               State::FinWait2,
                               State::CloseWait}) {
        endpoint = {};
        reach(before);
        const Seq next = endpoint.tcb().snd.nxt;

        const auto actions = abort();

        const std::string at = std::to_string(next.raw());
        EXPECT_THAT(actions, Contains(transmits("R " + at + ":" + at + "(0)"))) << toString(before);
        EXPECT_EQ(state(), State::Closed);
        EXPECT_FALSE(endpoint.nextDeadline());
    }
}

TEST_F(Calls, AbortIsSilentWhereThePeerHasNothingToLose) {
    for (const State before :
         {State::Listen, State::SynSent, State::Closing, State::LastAck, State::TimeWait}) {
        endpoint = {};
        reach(before);

        EXPECT_THAT(abort(), ElementsAre(enters(State::Closed), signals(Notice::Closed)))
            << toString(before);
    }
}

}  // namespace
}  // namespace tcplab::test
