// What the graphs are drawn from, judged by tshark.

#include "sim/trace/series.h"

#include "capture/session.h"
#include "tests/oracle/recordings.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace tcplab::test {
namespace {

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

}  // namespace
}  // namespace tcplab::test
