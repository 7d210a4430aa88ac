#include "sim/trace/recorder.h"

#include "sim/tcp/transitions.h"
#include "sim/trace/simulate.h"
#include "sim/wire/stack.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace tcplab {
namespace {

using tcp::State;
using testing::ElementsAre;

class RecordOf : public testing::TestWithParam<net::Scenario> {
protected:
    Trace trace = simulate(GetParam());
};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         RecordOf,
                         testing::ValuesIn(net::builtInScenarios()),
                         test::NameOfScenario{});

TEST_P(RecordOf, EveryPacketCanBeReadBackAndItsChecksumsAreRight) {
    using Checksum = wire::ChecksumVerdict::State;
    for (const Packet& packet : trace.packets()) {
        const wire::Layers layers =
            wire::dissect(packet.link, trace.octetsOf(packet), packet.originalLength);
        EXPECT_FALSE(layers.error());
        const auto view = wire::tcpView(layers);
        ASSERT_TRUE(view);
        EXPECT_EQ(view->from, trace.connections()[0].ends[packet.from]);
        EXPECT_EQ(view->to, trace.connections()[0].ends[other(packet.from)]);
        EXPECT_EQ(view->header.flags, packet.tcp.flags);
        EXPECT_EQ(view->header.seq.raw(), packet.tcp.seqRaw);
        EXPECT_EQ(view->payloadLength, packet.tcp.len);
        EXPECT_EQ(wire::verifyChecksum(*view).state, Checksum::Right);
        const wire::Layer* ip = layers.find(wire::Protocol::Ipv4);
        EXPECT_TRUE(ip == nullptr || wire::verifyChecksum(layers, *ip).state == Checksum::Right);
    }
}

TEST_P(RecordOf, StatesFollowEachOtherAlongDeclaredEdgesWithAReason) {
    PerSide<State> states = trace.connections()[0].initial;
    for (const Entry& entry : trace.entries()) {
        const auto* change = std::get_if<Entered>(&entry.what);
        if (change == nullptr) continue;
        EXPECT_EQ(change->from, states[entry.side]);
        EXPECT_TRUE(tcp::isDeclared(change->from, change->to));
        EXPECT_TRUE(entry.why);
        EXPECT_EQ(entry.certainty, Certainty::Known);
        states[entry.side] = change->to;
    }
}

TEST_P(RecordOf, APacketsStatesAreThoseThatTheEntriesTell) {
    for (const Packet& packet : trace.packets())
        for (const Side side : kSides)
            EXPECT_EQ(packet.states[side], stateAt(trace, 0, side, packet.transit.departed->moment))
                << "packet " << packet.number;
}

TEST_P(RecordOf, TimeAndMomentsNeverGoBackAndNoMomentIsSkipped) {
    Moment moment = 0;
    Instant at{};
    for (const Entry& entry : trace.entries()) {
        EXPECT_GE(entry.at, at);
        EXPECT_GE(entry.moment, moment);
        EXPECT_LE(entry.moment, moment + 1);
        moment = entry.moment;
        at = entry.at;
    }
    EXPECT_EQ(trace.moments(), moment);
}

TEST_P(RecordOf, EveryPacketEndsArrivedOrLost) {
    for (const Packet& packet : trace.packets())
        EXPECT_NE(packet.transit.arrived.has_value(), packet.transit.lost.has_value());
}

TEST_P(RecordOf, EveryCallThatReturnedHadBegun) {
    std::set<CallId> waiting;
    for (const Entry& entry : trace.entries()) {
        if (const auto* called = std::get_if<Called>(&entry.what)) waiting.insert(called->call);
        const auto* returned = std::get_if<Returned>(&entry.what);
        EXPECT_TRUE(returned == nullptr || waiting.erase(returned->call) == 1);
    }
}

TEST_P(RecordOf, VariablesChangeFromWhatTheyWere) {
    PerSide<std::map<std::string, std::uint64_t>> values;
    for (const Entry& entry : trace.entries()) {
        const auto* change = std::get_if<VariableChanged>(&entry.what);
        if (change == nullptr) continue;
        EXPECT_NE(change->before, change->after);
        auto& value = values[entry.side][std::string{change->name}];
        EXPECT_EQ(change->before, value) << change->name;
        value = change->after;
    }
}

TEST(Recorder, NumbersAreRelativeToTheInitialOnes) {
    const Trace trace = simulate(*net::scenarioNamed("four-way-close"));
    std::vector<std::pair<std::int64_t, std::int64_t>> numbers;
    for (const Packet& packet : trace.packets())
        numbers.emplace_back(packet.tcp.seq, packet.tcp.ack.value_or(-1));

    EXPECT_THAT(numbers,
                ElementsAre(std::pair{0, -1},
                            std::pair{0, 1},
                            std::pair{1, 1},
                            std::pair{1, 1},
                            std::pair{1, 2},
                            std::pair{1, 2},
                            std::pair{2, 2}));
}

TEST(Recorder, ARetransmissionNamesThePacketThatItRepeats) {
    const Trace trace = simulate(*net::scenarioNamed("syn-lost"));

    EXPECT_TRUE(trace.packets()[0].transit.lost);
    EXPECT_EQ(trace.packets()[1].retransmissionOf, 1U);
    EXPECT_FALSE(trace.packets()[2].retransmissionOf);
}

}  // namespace
}  // namespace tcplab
