#include "sim/trace/diff.h"

#include "sim/trace/label.h"
#include "sim/trace/simulate.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <string>

namespace tcplab {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class EachScenario : public testing::TestWithParam<net::Scenario> {};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         EachScenario,
                         testing::ValuesIn(net::builtInScenarios()),
                         test::NameOfScenario{});

TEST_P(EachScenario, DoesNotDifferFromItself) {
    EXPECT_TRUE(diff(simulate(GetParam(), 3), simulate(GetParam(), 3)).same());
}

TEST(RunDiff, OtherInitialSequenceNumbersAreNoDifference) {
    const net::Scenario one = test::scenario("client = { program = [ { call = \"connect\" } ] }");

    EXPECT_TRUE(diff(simulate(one, 1), simulate(one, 2)).same());
}

TEST(RunDiff, NamesTheFirstStepThatDiffersAndThePacketsThatDo) {
    const net::Scenario scenario = *net::scenarioNamed("handshake");
    const Trace plain = simulate(scenario);
    const Trace forked = *simulate(scenario, Course{.forks = {{3, net::Befall{1}}}});

    const RunDiff found = diff(plain, forked);

    ASSERT_TRUE(found.first);
    EXPECT_EQ(labelOf(plain, plain.entries()[*found.first->a].what), "receives 1  S seq 0");
    EXPECT_EQ(labelOf(forked, forked.entries()[*found.first->b].what), "loses 1  S seq 0");
    ASSERT_THAT(found.packets, SizeIs(4));
    EXPECT_EQ(found.packets[0].packet, (InBoth<PacketId>{1, 1}));
    EXPECT_TRUE(found.packets[0].fate);
    EXPECT_FALSE(found.packets[0].sent);
    EXPECT_TRUE(found.packets[1].sent);  // The SYN-ACK and the ACK come a second later.
    EXPECT_TRUE(found.packets[2].sent);
    EXPECT_EQ(found.packets[3].packet, (InBoth<PacketId>{{}, 2}));  // The SYN again.
    EXPECT_FALSE(found.states[Side::Client]);
    EXPECT_FALSE(found.states[Side::Server]);
}

TEST(RunDiff, NamesTheStatesThatDiffer) {
    const net::Scenario scenario = *net::scenarioNamed("handshake");
    net::Call close{.kind = net::CallKind::Close};
    const Trace closed =
        *simulate(scenario, Course{.forks = {{6, net::Interject{Side::Client, close}}}});

    const RunDiff found = diff(simulate(scenario), closed);

    ASSERT_TRUE(found.first);
    EXPECT_FALSE(found.first->a);  // The first run has ended.
    EXPECT_EQ(found.states[Side::Client]->b->back(), tcp::State::FinWait2);
    EXPECT_EQ(found.states[Side::Server]->a->back(), tcp::State::Established);
}

TEST(RunDiff, SeesAnotherWindow) {
    net::Scenario scenario = *net::scenarioNamed("handshake");
    const Trace before = simulate(scenario);
    scenario.hosts[Side::Server].config.receiveBuffer = 1000;

    const RunDiff found = diff(before, simulate(scenario));

    ASSERT_THAT(found.packets, SizeIs(1));
    EXPECT_TRUE(found.packets[0].window);
    EXPECT_FALSE(found.packets[0].sent || found.packets[0].fate || found.packets[0].ack);
}

}  // namespace
}  // namespace tcplab
