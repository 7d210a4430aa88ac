// RFC 9293 3.10.7.1 - 3.10.7.3

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::Notice;
using tcp::State;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class InClosed : public EndpointTest {};

TEST_F(InClosed, ASynIsAnsweredWithAResetThatAcknowledgesIt) {
    EXPECT_THAT(arrives("S 300:300(0) win 8192"),
                ElementsAre(discards(), transmits("R. 0:0(0) ack 301")));
}

TEST_F(InClosed, OctetsAndFinCountInTheAcknowledgementOfTheReset) {
    EXPECT_THAT(arrives("FP 300:310(10) win 8192"),
                ElementsAre(discards(), transmits("R. 0:0(0) ack 311")));
}

TEST_F(InClosed, AnAckIsAnsweredWithAResetAtItsNumber) {
    EXPECT_THAT(arrives(". 300:300(0) ack 777"),
                ElementsAre(discards(), transmits("R 777:777(0)")));
}

TEST_F(InClosed, AResetIsIgnored) {
    EXPECT_THAT(arrives("R 300:300(0)"), ElementsAre(discards()));
    EXPECT_THAT(arrives("R. 300:300(0) ack 1"), ElementsAre(discards()));
}

class InListen : public EndpointTest {
protected:
    void SetUp() override { listen(); }
};

TEST_F(InListen, ASynIsAnsweredWithSynAck) {
    EXPECT_THAT(arrives("S 300:300(0) win 8192"),
                ElementsAre(transmits("S. 100:100(0) ack 301 win 65535 <mss 1460>"),
                            enters(State::SynReceived)));
}

TEST_F(InListen, AResetIsIgnored) {
    EXPECT_THAT(arrives("R 300:300(0)"), ElementsAre(discards()));
    EXPECT_EQ(state(), State::Listen);
}

TEST_F(InListen, AnAckIsResetEvenWithASyn) {
    EXPECT_THAT(arrives("S. 300:300(0) ack 55"), ElementsAre(discards(), transmits("R 55:55(0)")));
    EXPECT_EQ(state(), State::Listen);
}

TEST_F(InListen, AnythingElseIsDropped) {
    EXPECT_THAT(arrives("F 300:300(0)"), ElementsAre(discards()));
    EXPECT_THAT(arrives("P 300:305(5)"), ElementsAre(discards()));
    EXPECT_EQ(state(), State::Listen);
}

class InSynSent : public EndpointTest {
protected:
    void SetUp() override { connect(); }
};

TEST_F(InSynSent, SynAckEstablishesAndIsAcknowledged) {
    EXPECT_THAT(arrives("S. 300:300(0) ack 101 win 8192"),
                ElementsAre(enters(State::Established),
                            signals(Notice::Established),
                            transmits(". 101:101(0) ack 301 win 65535")));
}

TEST_F(InSynSent, ASynAloneCrossedOurs) {
    EXPECT_THAT(arrives("S 300:300(0) win 8192"),
                ElementsAre(transmits("S. 100:100(0) ack 301"), enters(State::SynReceived)));
}

TEST_F(InSynSent, AnAckOfWhatWasNotSentIsReset) {
    EXPECT_THAT(arrives("S. 300:300(0) ack 102"),
                ElementsAre(discards(), transmits("R 102:102(0)")));
    EXPECT_THAT(arrives(". 300:300(0) ack 100"),
                ElementsAre(discards(), transmits("R 100:100(0)")));
    EXPECT_EQ(state(), State::SynSent);
}

TEST_F(InSynSent, AResetWithTheRightAckRefuses) {
    EXPECT_THAT(arrives("R. 0:0(0) ack 101"),
                ElementsAre(signals(Notice::Refused), enters(State::Closed)));
}

TEST_F(InSynSent, AResetWithoutAckOrWithAWrongOneIsDropped) {
    EXPECT_THAT(arrives("R 0:0(0)"), ElementsAre(discards()));
    EXPECT_THAT(arrives("R. 0:0(0) ack 102"), ElementsAre(discards()));
    EXPECT_EQ(state(), State::SynSent);
}

TEST_F(InSynSent, NeitherSynNorRstIsDropped) {
    EXPECT_THAT(arrives(". 300:300(0) ack 101"), ElementsAre(discards()));
    EXPECT_EQ(state(), State::SynSent);
}

TEST_F(InSynSent, OctetsOnTheSynAckAreTakenAfterIt) {
    arrives("S. 300:304(4) ack 101 win 8192");

    EXPECT_THAT(receive(), Contains(delivers(4)));
    EXPECT_EQ(endpoint.tcb().rcv.nxt, Seq{305});
}

TEST_F(InSynSent, AFinOnTheSynAckEndsThePeersDirectionAtOnce) {
    arrives("SF. 300:300(0) ack 101 win 8192");

    EXPECT_EQ(state(), State::CloseWait);
    EXPECT_EQ(endpoint.tcb().rcv.nxt, Seq{302});
}

TEST_F(InSynSent, ThePeersMssLimitsWhatWeSendAndItsAbsenceMeans536) {
    arrives("S. 300:300(0) ack 101 win 8192 <mss 1000>");
    EXPECT_THAT(
        send(1500),
        ElementsAre(transmits(". 101:1101(1000) ack 301"), transmits("P. 1101:1601(500) ack 301")));

    endpoint = {};
    establish();
    EXPECT_THAT(
        send(600),
        ElementsAre(transmits(". 101:637(536) ack 301"), transmits("P. 637:701(64) ack 301")));
}

TEST_F(InSynSent, SequenceNumbersMayWrapInTheHandshake) {
    endpoint = {};
    on(tcp::ActiveOpen{Seq{0xffffffff}});

    EXPECT_THAT(arrives("S. 4294967295:4294967295(0) ack 0 win 8192"),
                Contains(transmits(". 0:0(0) ack 0")));
    EXPECT_EQ(state(), State::Established);
}

}  // namespace
}  // namespace tcplab::test
