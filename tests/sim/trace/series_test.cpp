#include "sim/trace/series.h"

#include "sim/trace/simulate.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace tcplab {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

/// A captured connection as the packets come, a millisecond apart unless a time is given.
class Captured {
public:
    Captured() { trace.connection({}); }

    void sends(std::int64_t seq, std::uint32_t len) { add(Side::Client, seq, len, 1, 5000); }
    void acks(std::int64_t ack, std::uint32_t window = 5000) {
        add(Side::Server, 1, 0, ack, window);
    }
    void at(Duration time) { now_ = Instant{time}; }

    Trace trace{Origin::Captured};

private:
    void add(Side from, std::int64_t seq, std::uint32_t len, std::int64_t ack, std::uint32_t wnd) {
        number_ += 1;
        Packet packet{.number = number_, .from = from};
        packet.tcp = {.flags = {.ack = true}, .seq = seq, .ack = ack, .len = len, .window = wnd};
        packet.transit.seen = Sighting{now_, number_};
        trace.packet(packet, {});
        now_ += 1ms;
    }
    PacketId number_ = 0;
    Instant now_{};
};

std::vector<SentSegment::Kind> kindsOf(const SequenceSeries& series) {
    std::vector<SentSegment::Kind> kinds;
    for (const SentSegment& segment : series.segments) kinds.push_back(segment.kind);
    return kinds;
}

TEST(SequenceSeries, TellsNewSegmentsFromThoseSentAgainAndThoseThatFillAGap) {
    Captured c;
    c.sends(1, 100);
    c.sends(201, 100);
    c.sends(101, 100);
    c.sends(1, 100);
    c.sends(251, 100);
    c.sends(351, 100);

    const SequenceSeries series = sequenceSeries(c.trace, 0, Side::Client);

    using enum SentSegment::Kind;
    EXPECT_THAT(kindsOf(series), ElementsAre(New, New, Late, Again, Again, New));
}

TEST(SequenceSeries, AnAckIsADuplicateOnlyWithNothingNewInItAndDataInFlight) {
    Captured c;
    c.acks(1);
    c.acks(1);
    c.sends(1, 100);
    c.acks(1);
    c.acks(1, 6000);
    c.acks(101);
    c.acks(101);

    const SequenceSeries series = sequenceSeries(c.trace, 0, Side::Client);

    std::vector<bool> duplicates;
    for (const Acknowledgment& ack : series.acks) duplicates.push_back(ack.duplicate);
    EXPECT_THAT(duplicates, ElementsAre(false, false, true, false, false, false));
    EXPECT_EQ(series.acks[3].edge, 6001);
}

TEST(SequenceSeries, AProbeIsNoRetransmissionAndItsAnswerNoDuplicate) {
    using enum SentSegment::Kind;
    Captured keepsAlive;
    keepsAlive.sends(1, 100);
    keepsAlive.acks(101);
    keepsAlive.sends(100, 1);
    keepsAlive.acks(101);
    keepsAlive.sends(100, 0);
    keepsAlive.acks(101);
    Captured asks;
    asks.sends(1, 100);
    asks.acks(101, 0);
    asks.sends(101, 1);
    asks.acks(101, 0);
    asks.sends(101, 1);
    asks.acks(101, 0);
    asks.acks(101, 5000);
    asks.sends(101, 100);
    for (const Captured* one : {&keepsAlive, &asks}) {
        const SequenceSeries series = sequenceSeries(one->trace, 0, Side::Client);
        if (one == &asks)
            EXPECT_THAT(kindsOf(series), ElementsAre(New, Probe, Probe, New));
        else
            EXPECT_THAT(kindsOf(series), ElementsAre(New, Probe, Probe));
        for (const Acknowledgment& ack : series.acks) EXPECT_FALSE(ack.duplicate) << ack.packet;
    }
    EXPECT_EQ(sequenceSeries(keepsAlive.trace, 0, Side::Client).sent, 3U);
}

TEST(SequenceSeries, KnowsWhatWasDamagedOnItsWay) {
    const Trace trace = simulate(*net::scenarioNamed("corruption"));

    const SequenceSeries series = sequenceSeries(trace, 0, Side::Client);

    EXPECT_EQ(std::ranges::count(series.segments, true, &SentSegment::damaged), 1);
}

TEST(RttSamples, TimeTheLastSegmentThatAnAckCovers) {
    Captured c;
    c.sends(1, 100);
    c.at(2ms);
    c.sends(101, 100);
    c.sends(201, 100);
    c.at(10ms);
    c.acks(201);
    c.at(11ms);
    c.acks(250);
    c.acks(301);

    EXPECT_THAT(
        rttSamples(c.trace, 0, Side::Client),
        ElementsAre(RttSample{Instant{10ms}, 4, 2, 8ms}, RttSample{Instant{12ms}, 6, 3, 9ms}));
}

TEST(RttSamples, LeaveOutWhatWasSentTwice) {
    Captured c;
    c.sends(1, 100);
    c.sends(101, 100);
    c.sends(1, 100);
    c.acks(201);
    c.sends(201, 100);
    c.acks(301);

    EXPECT_THAT(rttSamples(c.trace, 0, Side::Client),
                ElementsAre(RttSample{Instant{5ms}, 6, 5, 1ms}));
}

TEST(ThroughputSeries, CountsOctetsInEqualSpansAndThoseSentBeforeOnlyOnce) {
    Captured c;
    c.sends(1, 100);
    c.sends(101, 100);
    c.at(10ms);
    c.sends(101, 150);
    c.at(35ms);
    c.acks(251);

    const ThroughputSeries series = throughputSeries(c.trace, 0, Side::Client, 10ms);

    EXPECT_EQ(series.span, 10ms);
    EXPECT_THAT(series.sent, ElementsAre(200, 150, 0, 0));
    EXPECT_THAT(series.once, ElementsAre(200, 50, 0, 0));
}

TEST(ThroughputSeries, ChoosesARoundSpanAndNeverTooMany) {
    Captured c;
    c.sends(1, 100);
    c.at(std::chrono::hours{24});
    c.acks(101);

    EXPECT_EQ(throughputSeries(c.trace, 0, Side::Client).span, 2000s);
    EXPECT_THAT(throughputSeries(c.trace, 0, Side::Client, 1us).sent, SizeIs(testing::Le(10'001)));
    EXPECT_THAT(throughputSeries(c.trace, 7, Side::Client).sent, IsEmpty());
}

TEST(WindowSeries, FollowsTheOfferAndWhatIsInFlight) {
    Captured c;
    c.sends(1, 100);
    c.sends(101, 100);
    c.acks(101, 700);
    c.acks(201, 600);
    c.acks(101, 900);

    const WindowSeries series = windowSeries(c.trace, 0, Side::Client);

    std::vector<std::int64_t> flight;
    for (const SeriesPoint& point : series.inFlight) flight.push_back(point.value);
    std::vector<std::int64_t> window;
    for (const SeriesPoint& point : series.window) window.push_back(point.value);
    EXPECT_THAT(flight, ElementsAre(100, 200, 100, 0, 0));
    EXPECT_THAT(window, ElementsAre(700, 600, 600)) << "an old ACK offers nothing";
    EXPECT_THAT(series.cwnd, IsEmpty());
    EXPECT_THAT(rounds(c.trace, 0, Side::Client), IsEmpty());
}

TEST(Series, OfAnEmptyConnectionAreEmpty) {
    const Captured c;

    EXPECT_THAT(sequenceSeries(c.trace, 0, Side::Server).segments, IsEmpty());
    EXPECT_THAT(rttSamples(c.trace, 0, Side::Server), IsEmpty());
    EXPECT_THAT(throughputSeries(c.trace, 0, Side::Server).sent, IsEmpty());
    EXPECT_THAT(windowSeries(c.trace, 0, Side::Server).window, IsEmpty());
    EXPECT_EQ(mainSender(c.trace, 0), Side::Client);
}

class SeriesOf : public testing::TestWithParam<net::Scenario> {
protected:
    Trace trace = simulate(GetParam());
};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         SeriesOf,
                         testing::ValuesIn(net::builtInScenarios()),
                         test::NameOfScenario{});

// The machine's own variables are the judge of what was told from packets alone. A connection that
// is no more has none.
TEST_P(SeriesOf, WhatIsInFlightIsSndNxtMinusSndUna) {
    for (const Side side : kSides) {
        std::map<Instant, std::int64_t> expected;
        std::uint32_t una = 0;
        std::uint32_t next = 0;
        for (const Entry& entry : trace.entries()) {
            if (entry.side != side) continue;
            if (const auto* change = std::get_if<VariableChanged>(&entry.what)) {
                if (change->name == "SND.UNA") una = static_cast<std::uint32_t>(change->after);
                if (change->name == "SND.NXT") next = static_cast<std::uint32_t>(change->after);
            }
            if (stateAt(trace, 0, side, entry.moment) == tcp::State::Closed)
                expected.erase(entry.at);
            else
                expected[entry.at] = next - una;
        }
        std::map<Instant, std::int64_t> told;
        for (const SeriesPoint& point : windowSeries(trace, 0, side).inFlight)
            told[point.at] = point.value;
        for (const auto& [at, octets] : told) {
            if (!expected.contains(at)) continue;
            EXPECT_EQ(octets, expected[at])
                << toString(side) << " at " << at.time_since_epoch().count();
        }
    }
}

// A SYN that is repeated with an ACK in it is not meant as a retransmission, and yet sent again; a
// probe is one by its numbers, and not meant as one.
TEST_P(SeriesOf, KnowsARetransmissionFromTheNumbersAlone) {
    for (const Side side : kSides)
        for (const SentSegment& segment : sequenceSeries(trace, 0, side).segments)
            EXPECT_TRUE(segment.flags.syn || segment.kind == SentSegment::Kind::Probe ||
                        (segment.kind == SentSegment::Kind::Again) ==
                            trace.find(segment.packet)->retransmissionOf.has_value())
                << "packet " << segment.packet;
}

TEST(Rounds, DoubleTheCongestionWindowInSlowStart) {
    const Trace trace = simulate(*net::scenarioNamed("slow-start"));

    std::vector<std::int64_t> segments;
    for (const Round& round : rounds(trace, 0, Side::Client)) segments.push_back(round.cwnd / 1460);

    EXPECT_THAT(segments, ElementsAre(1, 2, 4, 8));
}

TEST(Rounds, BeginAnewAfterATimeout) {
    const Trace trace = simulate(*net::scenarioNamed("tail-loss"));

    const std::vector<Round> all = rounds(trace, 0, Side::Client);

    EXPECT_TRUE(all.back().afterTimeout);
    EXPECT_FALSE(all.front().afterTimeout);
}

}  // namespace
}  // namespace tcplab
