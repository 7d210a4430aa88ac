// What a flow and its graphs tell in numbers, judged by tcptrace.

#include "capture/session.h"
#include "sim/trace/series.h"
#include "tests/oracle/recordings.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>

#include <array>
#include <cstdlib>
#include <map>
#include <numeric>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::test {
namespace {

/// The numbers of one connection, by what tcptrace calls them.
using Numbers = std::map<std::string, PerSide<double>, std::less<>>;

/// By connection, in order of first packets. Its lines are "unique bytes sent: 9  unique bytes
/// sent: 7", the first of them the client's.
std::vector<Numbers> saidByTcptrace(const std::string& file) {
    std::vector<Numbers> all;
    std::istringstream lines{outputOf("tcptrace -l -r -n " + file + " 2>/dev/null")};
    for (std::string line; std::getline(lines, line);) {
        const bool heading = line.starts_with("TCP connection info");
        if (line.starts_with("TCP connection ") && !heading) all.emplace_back();
        const auto first = line.find(':');
        const auto begin = line.find_first_not_of(" \t");
        if (all.empty() || first == std::string::npos) continue;
        const std::string name = line.substr(begin, first - begin);
        const auto second = line.find(name + ":", first);
        if (second == std::string::npos) continue;
        all.back()[name] = {{std::atof(line.c_str() + first + 1),
                             std::atof(line.c_str() + second + name.size() + 1)}};
    }
    return all;
}

// It takes a RST for an ACK of the SYN, and counts a SYN that is sent again as an octet of data.
bool isOutsideOfTcptrace(const Trace& trace, ConnectionId id) {
    PerSide<bool> syn{};
    std::size_t packets = 0;
    for (const Packet& packet : trace.packets()) {
        if (packet.connection != id) continue;
        packets += 1;
        const Flags& flags = packet.tcp.flags;
        if (packets == 2 && flags.rst) return true;
        if (flags.syn && syn[packet.from]) return true;
        if (flags.syn && !flags.ack) syn[packet.from] = true;
    }
    return syn[Side::Client] && syn[Side::Server];
}

class Tcptrace : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        if (std::system("command -v tcptrace >/dev/null") != 0)
            GTEST_SKIP() << "tcptrace is not installed";
        auto read = capture::load(GetParam());
        ASSERT_TRUE(read);
        loaded = *std::move(read);
        said = saidByTcptrace(GetParam());
        ASSERT_EQ(said.size(), loaded.flows.size());
    }

    capture::Loaded loaded{};
    std::vector<Numbers> said{};
};
INSTANTIATE_TEST_SUITE_P(Traces, Tcptrace, testing::ValuesIn(recordings()), NameOfFile{});

TEST_P(Tcptrace, AgreesOnTheSeriesOfGraphs) {
    for (const Connection& connection : loaded.trace.connections()) {
        if (isOutsideOfTcptrace(loaded.trace, connection.id)) continue;
        SCOPED_TRACE("flow " + std::to_string(connection.id));
        Numbers& theirs = said[connection.id];
        for (const Side side : kSides) {
            const ThroughputSeries sent = throughputSeries(loaded.trace, connection.id, side);
            const auto sum = [](const std::vector<std::int64_t>& all) {
                return static_cast<double>(
                    std::accumulate(all.begin(), all.end(), std::int64_t{0}));
            };
            EXPECT_EQ(sum(sent.once), theirs["unique bytes sent"][side]);
            EXPECT_EQ(sum(sent.sent) - sum(sent.once), theirs["rexmt data bytes"][side]);
            EXPECT_EQ(rttSamples(loaded.trace, connection.id, side).size(),
                      theirs["RTT samples"][side]);
        }
    }
}

TEST_P(Tcptrace, AgreesOnWhatEachEndSent) {
    for (const capture::Flow& flow : loaded.flows) {
        if (isOutsideOfTcptrace(loaded.trace, flow.connection.id)) continue;
        Numbers& theirs = said[flow.connection.id];
        for (const Side side : kSides) {
            SCOPED_TRACE("flow " + std::to_string(flow.connection.id) + ", " +
                         std::string{toString(side)});
            const capture::SideStatistics& ours = flow.statistics[side];
            EXPECT_EQ(flow.packets[side], theirs["total packets"][side]);
            EXPECT_EQ(flow.bytes[side], theirs["unique bytes sent"][side]);
            EXPECT_EQ(ours.dataPackets, theirs["actual data pkts"][side]);
            EXPECT_EQ(ours.retransmittedOctets, theirs["rexmt data bytes"][side]);
            EXPECT_EQ(ours.largestSegment, theirs["max segm size"][side]);
            EXPECT_EQ(ours.mss.value_or(0), theirs["mss requested"][side]);
            EXPECT_EQ(ours.windowScale.value_or(0), theirs["adv wind scale"][side]);
            // It has the window of a SYN where there is no other, and leaves windows of 0 out.
            if (ours.largestWindow > 0) {
                EXPECT_EQ(ours.largestWindow, theirs["max win adv"][side]);
            }
            if (ours.smallestWindow.value_or(0) > 0) {
                EXPECT_EQ(*ours.smallestWindow, theirs["min win adv"][side]);
            }
            // Its silences of a second connection begin with the file.
            const std::chrono::duration<double, std::milli> idle = ours.longestIdle;
            if (loaded.flows.size() == 1) {
                EXPECT_NEAR(idle.count(), theirs["idletime max"][side], 0.06);
            }
        }
    }
}

// It has them for each direction, to a tenth of a millisecond.
TEST_P(Tcptrace, AgreesOnRoundTrips) {
    for (const capture::Flow& flow : loaded.flows) {
        if (isOutsideOfTcptrace(loaded.trace, flow.connection.id)) continue;
        SCOPED_TRACE("flow " + std::to_string(flow.connection.id));
        Numbers& theirs = said[flow.connection.id];
        double count = 0;
        double sum = 0;
        double least = 1e9;
        double most = 0;
        for (const Side side : kSides) {
            const double samples = theirs["RTT samples"][side];
            if (samples == 0) continue;
            count += samples;
            sum += samples * theirs["RTT avg"][side];
            least = std::min(least, theirs["RTT min"][side]);
            most = std::max(most, theirs["RTT max"][side]);
        }
        const capture::RoundTrips& ours = flow.roundTrips;
        ASSERT_EQ(ours.count, count);
        if (count == 0) continue;
        const auto milliseconds = [](Duration time) {
            return std::chrono::duration<double, std::milli>{time}.count();
        };
        EXPECT_NEAR(milliseconds(ours.min), least, 0.06);
        EXPECT_NEAR(milliseconds(ours.max), most, 0.06);
        EXPECT_NEAR(milliseconds(*ours.mean()), sum / count, 0.06);
    }
}

}  // namespace
}  // namespace tcplab::test
