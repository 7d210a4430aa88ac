// What we write, judged by tshark.

#include "tests/capture/tshark.h"

#include "capture/tap_file.h"
#include "sim/trace/simulate.h"
#include "sim/trace/tap.h"
#include "tests/capture/temporary_file.h"
#include "tests/support/scenario.h"

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
    [[nodiscard]] std::string tsharkSays(const std::string& options) const {
        return outputOf("tshark -n -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE -r " +
                        file.path() + " " + options + " 2>/dev/null");
    }
    Trace trace = simulate(GetParam());
    TemporaryFile file;
};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         TsharkReads,
                         testing::ValuesIn(net::builtInScenarios()),
                         NameOfScenario{});

TEST_P(TsharkReads, NoMalformedPacketAndNoBadChecksum) {
    const std::string good = tsharkSays("-T fields -E separator=: -e tcp.checksum.status");
    const std::string bad = tsharkSays(
        "-Y '_ws.malformed || tcp.checksum.status == 0 || ip.checksum.status == 0' "
        "-T fields -e frame.number");

    std::string allGood;
    for (std::size_t n = observe(trace, 0.5).size(); n > 0; --n) allGood += "1\n";
    EXPECT_EQ(good, allGood);
    EXPECT_EQ(bad, "");
}

TEST_P(TsharkReads, EachPacketsTimeNumbersAndStates) {
    std::string expected;
    for (const Passing& passing : observe(trace, 0.5)) {
        const Packet& packet = *trace.find(passing.packet);
        const auto at = passing.at.time_since_epoch().count();
        std::string fraction = std::to_string(at % 1'000'000'000);
        fraction.insert(0, 9 - fraction.size(), '0');
        expected += std::to_string(at / 1'000'000'000) + "." + fraction + "|" +
                    std::to_string(packet.tcp.seqRaw) + "|" + std::to_string(packet.tcp.ackRaw) +
                    "|" + std::to_string(packet.tcp.len) + "|client " +
                    std::string{toString(packet.states[Side::Client])} + ", server " +
                    std::string{toString(packet.states[Side::Server])} + "\n";
    }

    EXPECT_EQ(tsharkSays("-T fields -E separator='|' -e frame.time_epoch -e tcp.seq_raw "
                         "-e tcp.ack_raw -e tcp.len -e frame.comment"),
              expected);
}

}  // namespace
}  // namespace tcplab::test
