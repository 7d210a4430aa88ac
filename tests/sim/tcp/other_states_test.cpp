// RFC 9293 3.10.7.4

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::Notice;
using tcp::State;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr std::array kSynchronized{State::SynReceived,
                                   State::Established,
                                   State::FinWait1,
                                   State::FinWait2,
                                   State::CloseWait,
                                   State::Closing,
                                   State::LastAck,
                                   State::TimeWait};

/// In each of the states from SYN-RECEIVED on.
class EachState : public EndpointTest, public testing::WithParamInterface<State> {
protected:
    void SetUp() override {
        reach(GetParam());
        next = endpoint.tcb().rcv.nxt.raw();
        acknowledged = endpoint.tcb().snd.nxt.raw();
    }
    /// A segment at RCV.NXT + `ahead` that acknowledges all we sent.
    tcp::Actions arrivesAhead(std::uint32_t ahead, const std::string& flags) {
        const std::string seq = std::to_string(next + ahead);
        return arrives(flags + " " + seq + ":" + seq + "(0) ack " + std::to_string(acknowledged) +
                       " win 8192");
    }
    std::uint32_t next = 0;
    std::uint32_t acknowledged = 0;
};
INSTANTIATE_TEST_SUITE_P(OtherStates,
                         EachState,
                         testing::ValuesIn(kSynchronized),
                         [](const auto& one) {
                             std::string name{toString(one.param)};
                             std::erase(name, '-');
                             return name;
                         });

TEST_P(EachState, FirstWhatLiesOutsideTheWindowIsAcknowledgedAndNotTaken) {
    EXPECT_THAT(
        arrivesAhead(70'000, "."),
        ElementsAre(discards(),
                    transmits(". " + std::to_string(acknowledged) + ":" +
                              std::to_string(acknowledged) + "(0) ack " + std::to_string(next))));
    EXPECT_EQ(state(), GetParam());
}

TEST_P(EachState, FirstAResetOutsideTheWindowIsIgnored) {
    EXPECT_THAT(arrivesAhead(70'000, "R"), ElementsAre(discards()));
    EXPECT_EQ(state(), GetParam());
}

TEST_P(EachState, SecondAResetAtExactlyTheNextNumberEndsTheConnection) {
    arrivesAhead(0, "R");

    EXPECT_EQ(state(), GetParam() == State::SynReceived ? State::Listen : State::Closed);
}

TEST_P(EachState, SecondAResetElsewhereInTheWindowIsChallenged) {
    EXPECT_THAT(
        arrivesAhead(1, "R"),
        Contains(transmits(". " + std::to_string(acknowledged) + ":" +
                           std::to_string(acknowledged) + "(0) ack " + std::to_string(next))));
    EXPECT_EQ(state(), GetParam());
}

TEST_P(EachState, FourthASynInTheWindowIsChallengedOrReturnsAPassiveOpenToListen) {
    arrivesAhead(5, "S");

    EXPECT_EQ(state(), GetParam() == State::SynReceived ? State::Listen : GetParam());
}

TEST_P(EachState, FifthASegmentWithoutAckIsDropped) {
    const std::string seq = std::to_string(next);

    EXPECT_THAT(arrives("P " + seq + ":" + std::to_string(next + 3) + "(3)"),
                ElementsAre(discards()));
    EXPECT_EQ(state(), GetParam());
}

TEST_P(EachState, FifthAnAckOfWhatWasNotSentIsNotTaken) {
    const std::string seq = std::to_string(next);

    arrives(". " + seq + ":" + seq + "(0) ack " + std::to_string(acknowledged + 1));

    EXPECT_EQ(state(), GetParam());
    EXPECT_NE(endpoint.tcb().snd.una, Seq{acknowledged + 1});
}

class SynReceived : public EndpointTest {};

TEST_F(SynReceived, TheAckOfOurSynEstablishes) {
    reach(State::SynReceived);

    EXPECT_THAT(arrives(". 301:301(0) ack 101 win 8192"),
                ElementsAre(enters(State::Established), signals(Notice::Established)));
}

TEST_F(SynReceived, AWrongAckIsReset) {
    reach(State::SynReceived);

    EXPECT_THAT(arrives(". 301:301(0) ack 102 win 8192"),
                ElementsAre(discards(), transmits("R 102:102(0)")));
    EXPECT_EQ(state(), State::SynReceived);
}

TEST_F(SynReceived, ARepeatedSynIsAcknowledged) {
    reach(State::SynReceived);

    EXPECT_THAT(arrives("S 300:300(0) win 8192"),
                ElementsAre(discards(), transmits(". 101:101(0) ack 301")));
}

TEST_F(SynReceived, OfAnActiveOpenAResetRefuses) {
    connect();
    arrives("S 300:300(0) win 8192");

    EXPECT_THAT(arrives("R 301:301(0)"),
                ElementsAre(signals(Notice::Refused), enters(State::Closed)));
}

TEST_F(SynReceived, CrossedSynsEstablishBothWaysOfFigure8) {
    connect();
    arrives("S 300:300(0) win 8192");

    EXPECT_THAT(arrives("S. 300:300(0) ack 101 win 8192"), Contains(enters(State::Established)));
}

TEST_F(SynReceived, TheThirdSegmentMayCarryOctetsAndAFin) {
    reach(State::SynReceived);

    EXPECT_THAT(arrives("FP. 301:306(5) ack 101 win 8192"),
                ElementsAre(enters(State::Established),
                            signals(Notice::Established),
                            enters(State::CloseWait),
                            signals(Notice::EndOfData),
                            transmits(". 101:101(0) ack 307")));
}

class Closing : public EndpointTest {};

TEST_F(Closing, AFinInEstablishedIsAcknowledged) {
    establish();

    EXPECT_THAT(arrives("F. 301:301(0) ack 101 win 8192"),
                ElementsAre(enters(State::CloseWait),
                            signals(Notice::EndOfData),
                            transmits(". 101:101(0) ack 302")));
}

TEST_F(Closing, TheAckOfOurFinLeadsToFinWait2) {
    reach(State::FinWait1);

    EXPECT_THAT(arrives(". 301:301(0) ack 102 win 8192"), ElementsAre(enters(State::FinWait2)));
}

TEST_F(Closing, AFinThatAcknowledgesOursLeadsToTimeWaitAtOnce) {
    reach(State::FinWait1);

    EXPECT_THAT(arrives("F. 301:301(0) ack 102 win 8192"),
                ElementsAre(enters(State::TimeWait),
                            signals(Notice::EndOfData),
                            transmits(". 102:102(0) ack 302")));
}

TEST_F(Closing, AFinThatCrossedOursLeadsToClosingAndTheAckToTimeWait) {
    reach(State::FinWait1);

    EXPECT_THAT(
        arrives("F. 301:301(0) ack 101 win 8192"),
        ElementsAre(
            enters(State::Closing), signals(Notice::EndOfData), transmits(". 102:102(0) ack 302")));
    EXPECT_THAT(arrives(". 302:302(0) ack 102 win 8192"), ElementsAre(enters(State::TimeWait)));
}

TEST_F(Closing, TheAckOfTheLastFinClosesAtOnce) {
    reach(State::LastAck);

    EXPECT_THAT(arrives(". 302:302(0) ack 102 win 8192"),
                ElementsAre(enters(State::Closed), signals(Notice::Closed)));
}

TEST_F(Closing, TimeWaitAnswersARepeatedFinAndStartsItsWaitAnew) {
    reach(State::TimeWait);
    const auto before = endpoint.nextDeadline()->due;
    now += 1s;

    EXPECT_THAT(arrives("F. 301:301(0) ack 102 win 8192"),
                ElementsAre(discards(), transmits(". 102:102(0) ack 302")));
    EXPECT_EQ(endpoint.nextDeadline()->due, before + 1s);
}

TEST_F(Closing, OctetsAfterTheFinAreNotTaken) {
    reach(State::CloseWait);

    arrives("P. 302:307(5) ack 101 win 8192");

    EXPECT_EQ(endpoint.tcb().rcv.nxt, Seq{302});
}

}  // namespace
}  // namespace tcplab::test
