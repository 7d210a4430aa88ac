// What the graphs are drawn from, judged by tshark and tcptrace.

#include "sim/trace/series.h"

#include "capture/session.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <numeric>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

namespace tcplab::test {
namespace {

std::vector<std::string> recordings() {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator{TCPLAB_SOURCE_DIR "/traces"})
        if (entry.path().extension() == ".pcap") paths.push_back(entry.path());
    std::ranges::sort(paths);
    return paths;
}

struct NameOfFile {
    std::string operator()(const testing::TestParamInfo<std::string>& one) const {
        std::string name = std::filesystem::path{one.param}.stem();
        std::ranges::replace(name, '-', '_');
        return name;
    }
};

/// What tshark says of a packet, by its number; a field that it does not have is empty.
struct Said {
    std::string acksFrame{};
    std::string rtt{};
    std::string inFlight{};
};

std::map<PacketId, Said> saidOf(const std::string& file) {
    std::map<PacketId, Said> said;
    for (const std::string& line : tshark(file,
                                          {"frame.number",
                                           "tcp.analysis.acks_frame",
                                           "tcp.analysis.ack_rtt",
                                           "tcp.analysis.bytes_in_flight"})) {
        std::vector<std::string> fields;
        std::istringstream stream{line};
        for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
        fields.resize(4);
        const auto number = static_cast<PacketId>(std::stoul(fields[0]));
        said[number] = {fields[1], fields[2], fields[3]};
    }
    return said;
}

class SeriesOfRecording : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
        auto read = capture::load(GetParam());
        ASSERT_TRUE(read);
        loaded = *std::move(read);
        said = saidOf(GetParam());
    }
    capture::Loaded loaded{};
    std::map<PacketId, Said> said{};
};
INSTANTIATE_TEST_SUITE_P(Traces, SeriesOfRecording, testing::ValuesIn(recordings()), NameOfFile{});

TEST_P(SeriesOfRecording, HaveTheRoundTripTimesThatTsharkHas) {
    for (const Connection& connection : loaded.trace.connections())
        for (const Side side : kSides)
            for (const RttSample& sample : rttSamples(loaded.trace, connection.id, side)) {
                const Said& theirs = said[sample.packet];
                EXPECT_EQ(theirs.acksFrame, std::to_string(sample.segment))
                    << "packet " << sample.packet;
                const double rtt = std::chrono::duration<double>(sample.rtt).count();
                EXPECT_NEAR(std::atof(theirs.rtt.c_str()), rtt, 1e-9) << "packet " << sample.packet;
            }
}

// tshark takes off what a SACK option reports as received, and does not count a FIN; FlightSize of
// RFC 5681 2 is the other way about.
TEST_P(SeriesOfRecording, HaveInFlightWhatTsharkHas) {
    for (const Connection& connection : loaded.trace.connections())
        for (const Side side : kSides) {
            const auto sacked = sequenceSeries(loaded.trace, connection.id, side).sacked;
            for (const SeriesPoint& point :
                 windowSeries(loaded.trace, connection.id, side).inFlight) {
                if (!sacked.empty() && *point.packet > sacked.front().packet) break;
                const Said& theirs = said[*point.packet];
                const Packet& packet = *loaded.trace.find(*point.packet);
                if (packet.from != side || packet.tcp.flags.fin || theirs.inFlight.empty())
                    continue;
                EXPECT_EQ(theirs.inFlight, std::to_string(point.value))
                    << "packet " << *point.packet;
            }
        }
}

/// What tcptrace counts of one direction.
struct Counted {
    std::int64_t once = 0;
    std::int64_t again = 0;
    std::int64_t samples = 0;
    friend bool operator==(const Counted&, const Counted&) = default;
    friend void PrintTo(const Counted& it, std::ostream* out) {
        *out << it.once << " octets, " << it.again << " again, " << it.samples << " samples";
    }
};

/// By connection, in order of first packets.
std::vector<PerSide<Counted>> countedByTcptrace(const std::string& file) {
    std::vector<PerSide<Counted>> all;
    std::istringstream lines{outputOf("tcptrace -l -r -n " + file + " 2>/dev/null")};
    for (std::string line; std::getline(lines, line);) {
        const bool heading = line.starts_with("TCP connection info");
        if (line.starts_with("TCP connection ") && !heading) all.emplace_back();
        const auto read = [&](const char* name, std::int64_t Counted::*value) {
            const auto first = line.find(name);
            if (first == std::string::npos || all.empty()) return;
            const auto second = line.find(name, first + 1);
            const std::size_t length = std::string{name}.size();
            all.back()[Side::Client].*value = std::atoll(line.c_str() + first + length);
            all.back()[Side::Server].*value = std::atoll(line.c_str() + second + length);
        };
        read("unique bytes sent:", &Counted::once);
        read("rexmt data bytes:", &Counted::again);
        read("RTT samples:", &Counted::samples);
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

TEST_P(SeriesOfRecording, CountWhatTcptraceCounts) {
    if (std::system("command -v tcptrace >/dev/null") != 0)
        GTEST_SKIP() << "tcptrace is not installed";
    const auto theirs = countedByTcptrace(GetParam());
    ASSERT_EQ(theirs.size(), loaded.trace.connections().size());

    for (const Connection& connection : loaded.trace.connections()) {
        if (isOutsideOfTcptrace(loaded.trace, connection.id)) continue;
        for (const Side side : kSides) {
            const ThroughputSeries sent = throughputSeries(loaded.trace, connection.id, side);
            const auto sum = [](const std::vector<std::int64_t>& all) {
                return std::accumulate(all.begin(), all.end(), std::int64_t{0});
            };
            Counted ours{.once = sum(sent.once), .again = sum(sent.sent) - sum(sent.once)};
            ours.samples = std::ssize(rttSamples(loaded.trace, connection.id, side));
            EXPECT_EQ(ours, theirs[connection.id][side])
                << "flow " << connection.id << ", " << toString(side);
        }
    }
}

}  // namespace
}  // namespace tcplab::test
