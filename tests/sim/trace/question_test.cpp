#include "sim/trace/question.h"

#include "sim/net/scheduler.h"
#include "sim/trace/simulate.h"

#include <gtest/gtest.h>

#include <chrono>

namespace tcplab {
namespace {

using namespace std::chrono_literals;

TEST(Question, IsAskedWhenAllOfItsTimeHasHappened) {
    const Trace trace = simulate(*net::scenarioNamed("handshake"));
    const Moment last = trace.moments();

    for (const Entry& entry : trace.entries()) {
        const auto asked = askedAt(trace, {.at = entry.at});
        ASSERT_TRUE(asked);
        EXPECT_GE(*asked, entry.moment);
        for (const Entry& other : trace.entries())
            EXPECT_TRUE(other.at <= entry.at || *asked < other.moment);
    }
    EXPECT_EQ(askedAt(trace, {.at = Instant{1h}}), std::nullopt) << "nothing happens then";
    EXPECT_EQ(askedAt(trace, {}), std::nullopt);
    EXPECT_LT(*askedAt(trace, {.at = Instant{1ms}}), last);
}

TEST(Question, IsAnsweredByWhoeverGetsThere) {
    const Trace trace = simulate(*net::scenarioNamed("four-way-close"));
    const net::Question question{.reach = tcp::State::CloseWait};

    EXPECT_EQ(reachedBy(trace, question, trace.moments()), Side::Server);
    EXPECT_EQ(reachedBy(trace, question, 0), std::nullopt);
    EXPECT_EQ(reachedBy(trace, {.reach = tcp::State::Closing}, trace.moments()), std::nullopt);
    EXPECT_EQ(reachedBy(trace, {}, trace.moments()), std::nullopt);
}

}  // namespace
}  // namespace tcplab
