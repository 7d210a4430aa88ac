// What we write, judged by tshark.

#include "tests/support/tshark.h"

#include "capture/tap_file.h"
#include "sim/trace/simulate.h"
#include "sim/trace/tap.h"
#include "tests/support/scenario.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace tcplab::test {
namespace {

class TsharkReads : public testing::TestWithParam<net::Scenario> {
protected:
    void SetUp() override {
        if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
        ASSERT_FALSE(capture::writeTap(trace, 0.5, file.path()));
    }
    Trace trace = simulate(GetParam());
    TemporaryFile file;
};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         TsharkReads,
                         testing::ValuesIn(net::builtInScenarios()),
                         NameOfScenario{});

TEST_P(TsharkReads, NoMalformedPacketAndNoBadChecksum) {
    const auto good = tshark(file.path(), {"tcp.checksum.status"}, "");
    const auto bad =
        tshark(file.path(),
               {"frame.number"},
               "-o ip.check_checksum:TRUE "
               "-Y '_ws.malformed || tcp.checksum.status == 0 || ip.checksum.status == 0'");

    EXPECT_EQ(good, std::vector<std::string>(observe(trace, 0.5).size(), "1"));
    EXPECT_THAT(bad, testing::IsEmpty());
}

TEST_P(TsharkReads, EachPacketsTimeNumbersAndStates) {
    std::vector<std::string> expected;
    for (const Passing& passing : observe(trace, 0.5)) {
        const Packet& packet = *trace.find(passing.packet);
        const auto at = passing.at.time_since_epoch().count();
        std::string fraction = std::to_string(at % 1'000'000'000);
        fraction.insert(0, 9 - fraction.size(), '0');
        expected.push_back(std::to_string(at / 1'000'000'000) + "." + fraction + "|" +
                           std::to_string(packet.tcp.seqRaw) + "|" +
                           std::to_string(packet.tcp.ackRaw) + "|" +
                           std::to_string(packet.tcp.len) + "|client " +
                           std::string{toString(packet.states[Side::Client])} + ", server " +
                           std::string{toString(packet.states[Side::Server])});
    }

    EXPECT_EQ(tshark(file.path(),
                     {"frame.time_epoch", "tcp.seq_raw", "tcp.ack_raw", "tcp.len", "frame.comment"},
                     "-E separator='|'"),
              expected);
}

}  // namespace
}  // namespace tcplab::test
