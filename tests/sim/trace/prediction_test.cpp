#include "sim/trace/prediction.h"

#include "sim/trace/label.h"

#include <gmock/gmock.h>

#include <set>

namespace tcplab {
namespace {

/// The first packet that is sent in the step that an answer tells of; null where none is.
const Packet* sentIn(const Outlook& outlook) {
    for (const Entry& entry : outlook.trace.entries())
        if (const auto* sent = std::get_if<Sent>(&entry.what); sent != nullptr)
            if (entry.moment == outlook.moment) return outlook.trace.find(sent->packet);
    return nullptr;
}

TEST(Prediction, KnowsWhatComesAndWhatMightHaveCome) {
    const Futures futures{*net::scenarioNamed("handshake"), {}};

    const auto prediction = predict(futures.current(), 3);  // The SYN is on its way.

    ASSERT_TRUE(prediction);
    const Packet* answer = sentIn(prediction->outlooks[prediction->right]);
    ASSERT_NE(answer, nullptr);
    EXPECT_EQ(labelOf(*answer), labelOf(*futures.current().trace.find(2)));
    EXPECT_FALSE(prediction->outlooks[prediction->right].turn);
    EXPECT_GE(prediction->outlooks.size(), 3U);
}

// RFC 9293 3.5: when the SYN is lost, the client sends it again.
TEST(Prediction, AWrongAnswerIsWhatComesInItsOwnFuture) {
    const Futures futures{*net::scenarioNamed("handshake"), {}};
    const auto prediction = predict(futures.current(), 3);
    ASSERT_TRUE(prediction);

    const auto lost = std::ranges::find_if(prediction->outlooks, [](const Outlook& outlook) {
        return outlook.turn && toString(*outlook.turn) == "drop 1";
    });

    ASSERT_NE(lost, prediction->outlooks.end());
    ASSERT_NE(sentIn(*lost), nullptr);
    EXPECT_TRUE(sentIn(*lost)->tcp.flags.syn);
    EXPECT_EQ(sentIn(*lost)->from, Side::Client);
}

TEST(Prediction, HasOneRightAnswerAtEveryStepOfEveryScenario) {
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const Futures futures{scenario, {}};
        const Trace& trace = futures.current().trace;
        const Moment last = std::min<Moment>(trace.moments(), 12);
        for (Moment at = 0; at <= last; at += 3) {
            const auto prediction = predict(futures.current(), at);
            if (!prediction) continue;
            EXPECT_LE(prediction->outlooks.size(), 4U);
            std::size_t right = 0;
            for (const Outlook& outlook : prediction->outlooks)
                if (!outlook.turn) ++right;
            EXPECT_EQ(right, 1U) << scenario.name << " at " << at;
            EXPECT_FALSE(prediction->outlooks[prediction->right].turn);
        }
    }
}

TEST(Prediction, IsNotAskedForWhenAllIsOver) {
    const Futures futures{*net::scenarioNamed("handshake"), {}};

    EXPECT_FALSE(predict(futures.current(), futures.current().trace.moments()));
}

}  // namespace
}  // namespace tcplab
