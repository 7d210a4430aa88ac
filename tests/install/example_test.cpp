#include <gmock/gmock.h>

#include <tcplab/testing.h>

namespace {

using namespace tcplab::matchers;
using tcplab::Side;
using tcplab::capture::Finding;
using tcplab::tcp::State;
using testing::Not;
using testing::SizeIs;

TEST(Example, AConnectionIsOpenedUsedAndClosed) {
    const Replay run{TRACES "/handshake-data-close.pcap"};

    ASSERT_EQ(run.flows(), 1U);
    EXPECT_THAT(run.flow(0), ClientVisits(State::SynSent, State::Established, State::TimeWait));
    EXPECT_THAT(run.flow(0), ServerVisits(State::CloseWait, State::LastAck, State::Closed));
    EXPECT_THAT(run.flow(0), Not(ClientVisits(State::Closing)));
    EXPECT_THAT(run.flow(0), EndsIn(Side::Server, State::Closed));
    EXPECT_THAT(run.flow(0), ClosedBy(Side::Client));
    EXPECT_THAT(run.flow(0), Not(ClosedBy(Side::Server)));
    EXPECT_THAT(run.flow(0), Not(ResetBy(Side::Client)));
    EXPECT_THAT(run.flow(0), HasNoFindings());
    EXPECT_THAT(run.flow(0).sent(Side::Client), SizeIs(run.flow(0).flow().bytes[Side::Client]));
}

TEST(Example, ALossIsMendedByRetransmissions) {
    const Replay run{TRACES "/loss.pcap"};

    EXPECT_THAT(run.flow(0), Not(HasNoFindings()));
    EXPECT_THAT(run.flow(0), Not(HasAtMost(0, Finding::Retransmission)));
    EXPECT_THAT(run.flow(0), HasAtMost(1000, Finding::Retransmission));
}

TEST(Example, AResetIsToldWithItsSender) {
    const Replay run{TRACES "/reset.pcap"};

    EXPECT_TRUE(run.flow(0).flow().resetBy.has_value());
    EXPECT_THAT(run.flow(0), ResetBy(*run.flow(0).flow().resetBy));
}

}  // namespace
