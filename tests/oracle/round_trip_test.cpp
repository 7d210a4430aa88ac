// Every header that we ever met, and that is well formed, is written as it was read.

#include "tests/sim/wire/round_trip.h"

#include "capture/frame_source.h"
#include "sim/trace/simulate.h"
#include "tests/oracle/recorded.h"
#include "tests/support/captures.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

namespace tcplab::test {
namespace {

void expectSameOctets(const std::string& file) {
    const auto source = capture::openCapture(file);
    if (!source) return;
    Written written;
    for (auto frame = (*source)->next(); frame && *frame; frame = (*source)->next()) {
        const auto layers =
            wire::dissect((*frame)->link, (*frame)->octets, (*frame)->originalLength);
        EXPECT_THAT(changedByWriting(layers, written), testing::IsEmpty())
            << file << ", packet " << (*frame)->number;
    }
}

TEST(RoundTripOf, EveryHeaderOfTheRecordings) {
    for (const std::string& file : capturesIn(recording(""))) expectSameOctets(file);
}

TEST(RoundTripOf, EveryHeaderOfOtherCaptures) {
    const auto files = capturesIn(sharedCaptures());
    if (files.empty()) GTEST_SKIP() << "there are no captures in " << sharedCaptures();
    for (const std::string& file : files) expectSameOctets(file);
}

TEST(RoundTripOf, EveryHeaderOfTheSimulatedRuns) {
    const TemporaryFile file;
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        ASSERT_FALSE(capture::writeTap(simulate(scenario), 0.5, file.path()));
        expectSameOctets(file.path());
    }
}

}  // namespace
}  // namespace tcplab::test
