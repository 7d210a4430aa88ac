#include "gui/geometry/ladder_layout.h"
#include "gui/geometry/ladder_rows.h"
#include "sim/net/scenario.h"
#include "sim/trace/simulate.h"
#include "tests/gui/support.h"

#include <QDir>
#include <gtest/gtest.h>

#include <algorithm>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

LadderMetrics metricsOf(double width) {
    return {.width = width, .measure = [](const QString& text, bool) {
                return 7.2 * static_cast<double>(text.size());
            }};
}

/// What is drawn above something that happened earlier, at whichever end; empty where nothing is.
std::string drawnTooHigh(const LadderStory& story, const LadderMetrics& metrics) {
    LadderLayout layout;
    layout.metrics = metrics;
    const std::vector<double> heights = placeRows(story, layout);
    std::vector<std::size_t> inTime(heights.size());
    for (std::size_t i = 0; i < inTime.size(); ++i) inTime[i] = i;
    std::ranges::stable_sort(inTime, {}, [&](std::size_t i) { return story.events[i].at; });
    for (std::size_t i = 1; i < inTime.size(); ++i) {
        const LadderEvent& before = story.events[inTime[i - 1]];
        const LadderEvent& event = story.events[inTime[i]];
        const double way = heights[inTime[i]] - heights[inTime[i - 1]];
        if (way > 0 || (way >= 0 && event.at == before.at)) continue;
        return "step " + std::to_string(event.moment) + " above step " +
               std::to_string(before.moment);
    }
    return {};
}

// Of packets that cross, the one that came later was drawn as if it had come first.
TEST(LadderOrder, NothingIsAboveWhatHappenedBeforeItAtEitherEnd) {
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const Trace trace = simulate(scenario);
        const LadderStory story = tellLadder(trace, 0);
        for (const double width : {560.0, 900.0})
            EXPECT_EQ(drawnTooHigh(story, metricsOf(width)), "") << scenario.name;
    }
}

TEST(LadderOrder, NothingIsAboveWhatWasRecordedBeforeIt) {
    const QDir recordings(QStringLiteral(TCPLAB_SOURCE_DIR "/traces"));
    for (const QString& name : recordings.entryList({u"*.pcap*"_s})) {
        Opened document(recordings.filePath(name));
        for (const capture::FlowRow& flow : document.flows()) {
            document.setConnection(flow.connection.id);
            const LadderStory story = tellLadder(document.trace(), flow.connection.id);
            EXPECT_EQ(drawnTooHigh(story, metricsOf(628)), "") << name.toStdString();
        }
    }
}

/// Where a state is entered.
double heightOf(const LadderLayout& layout, Side side, tcp::State state) {
    for (const LadderBand& band : layout.bands)
        if (band.side == side && band.state == state) return band.top;
    ADD_FAILURE() << "never entered";
    return 0;
}

TEST(LadderOrder, OfCrossingPacketsTheEarlierOneIsTheHigherOne) {
    using enum Side;
    const Trace closing = simulate(*net::scenarioNamed("simultaneous-close"));
    const LadderLayout close = layOut(tellLadder(closing, 0), metricsOf(628));
    EXPECT_LT(heightOf(close, Server, tcp::State::Closing),
              heightOf(close, Client, tcp::State::Closing));
    EXPECT_LT(heightOf(close, Client, tcp::State::TimeWait),
              heightOf(close, Server, tcp::State::TimeWait));

    const Trace opening = simulate(*net::scenarioNamed("simultaneous-open"));
    const LadderLayout open = layOut(tellLadder(opening, 0), metricsOf(628));
    EXPECT_LT(heightOf(open, Server, tcp::State::SynReceived),
              heightOf(open, Client, tcp::State::SynReceived));
    EXPECT_LT(heightOf(open, Client, tcp::State::Established),
              heightOf(open, Server, tcp::State::Established));
}

}  // namespace
}  // namespace tcplab::gui
