#include "cli/ladder.h"

#include "capture/session.h"
#include "sim/trace/label.h"
#include "sim/trace/simulate.h"
#include "tests/support/captures.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

namespace tcplab::cli {
namespace {

using testing::HasSubstr;

std::string ladderOf(std::string_view scenario) {
    std::ostringstream out;
    printLadder(simulate(*net::scenarioNamed(scenario)), 0, {}, out);
    return out.str();
}

/// How often `part` is in `text`.
int count(std::string_view text, std::string_view part) {
    int found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST(Ladder, OfTheHandshakeIsThreeArrowsWithStatesAndCallsBesideThem) {
    EXPECT_EQ(ladderOf("handshake"),
              R"(           client                                               server
           192.0.2.1:49152                                      192.0.2.2:7777
           CLOSED                                               CLOSED
                                                                listen() = 0       0.000
                                                                LISTEN             0.000
                                                                accept() …         0.000
    0.010  connect() …
    0.010  SYN-SENT        ── 1  S seq 0 ─────────────────────▶                    0.020
    0.030  ESTABLISHED     ◀────────────── 2  S. seq 0 ack 1 ── SYN-RECEIVED       0.020
    0.030  connect() = 0
    0.030                  ── 3  . seq 1 ack 1 ───────────────▶ ESTABLISHED        0.040
                                                                accept() = 0       0.040
)");
}

TEST(Ladder, WritesPacketsAsTextbooksDoIfAskedTo) {
    std::ostringstream out;
    printLadder(
        simulate(*net::scenarioNamed("handshake")), 0, {.notation = Notation::Textbook}, out);

    EXPECT_THAT(out.str(), HasSubstr("1  SYN=1, seq=x "));
    EXPECT_THAT(out.str(), HasSubstr("2  SYN=1, ACK=1, seq=y, ack=x+1 "));
    EXPECT_THAT(out.str(), HasSubstr("3  ACK=1, seq=x+1, ack=y+1 "));
}

TEST(Ladder, OfACaptureCountsTimeFromItsFirstPacketAndNeedsNoCalls) {
    const auto loaded = capture::load(test::recording("handshake-data-close.pcap"));
    std::ostringstream out;
    printLadder(loaded->trace, 0, {}, out);

    EXPECT_THAT(out.str(), HasSubstr(" 0.000000  SYN-SENT "));
    EXPECT_EQ(count(out.str(), "▶") + count(out.str(), "◀"), 11);
    for (const char* state : {"FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "CLOSE-WAIT", "LAST-ACK"})
        EXPECT_EQ(count(out.str(), state), 1) << state;
}

TEST(Ladder, ShowsPacketsThatCrossAsTwoHalvesEach) {
    const std::string ladder = ladderOf("simultaneous-open");

    EXPECT_THAT(ladder, HasSubstr("── 1  S seq 0 ────────────────────┄┄\n"));
    EXPECT_THAT(ladder, HasSubstr("┄┄ 1 ──────────────────────────────▶"));
}

TEST(Ladder, ShowsLossRetransmissionAndTheWaitBetween) {
    const std::string ladder = ladderOf("syn-lost");

    EXPECT_THAT(ladder, HasSubstr("✕"));
    EXPECT_THAT(ladder, HasSubstr("(again: 1)"));
    EXPECT_THAT(ladder, HasSubstr("⋮  0.990 s"));
    EXPECT_THAT(ladder, HasSubstr("retransmission timeout"));
}

class LadderOf : public testing::TestWithParam<net::Scenario> {
protected:
    Trace trace = tcplab::simulate(GetParam());
};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         LadderOf,
                         testing::ValuesIn(net::builtInScenarios()),
                         test::NameOfScenario{});

TEST_P(LadderOf, ShowsEveryPacketLeaveAndEndOnceAndEveryState) {
    std::ostringstream out;
    printLadder(trace, 0, {}, out);
    const std::string ladder = out.str();

    int lost = 0;
    for (const Packet& packet : trace.packets()) {
        const std::string label = std::to_string(packet.number) + "  " + labelOf(packet);
        EXPECT_EQ(count(ladder, ' ' + label + ' '), 1) << label;
        lost += packet.transit.lost ? 1 : 0;
    }
    EXPECT_EQ(count(ladder, "✕"), lost);
    const auto arrivals = std::ranges::count_if(trace.entries(), [](const Entry& entry) {
        return std::holds_alternative<Arrived>(entry.what);
    });
    EXPECT_EQ(count(ladder, "▶") + count(ladder, "◀"), arrivals);
    for (const Side side : kSides) {
        for (const Band& band : bands(trace, 0, side)) {
            EXPECT_THAT(ladder, HasSubstr(toString(band.state)));
        }
    }
}

TEST_P(LadderOf, TimeNeverGoesBackInAnEndsColumn) {
    std::ostringstream out;
    printLadder(trace, 0, {}, out);
    std::istringstream lines{out.str()};
    std::string line;
    double left = 0;
    double right = 0;
    for (int n = 0; std::getline(lines, line); ++n) {
        if (n < 3 || line.find("⋮") != line.npos) continue;
        if (line[8] != ' ') {
            EXPECT_GE(std::stod(line.substr(0, 9)), left) << line;
            left = std::stod(line.substr(0, 9));
        }
        const auto last = line.find_last_of(' ');
        if (line.find('.', last) != line.npos && line.size() > 60) {
            EXPECT_GE(std::stod(line.substr(last)), right) << line;
            right = std::stod(line.substr(last));
        }
    }
}

TEST(Reasons, GiveEachChangeOfStateItsClauseAndASentenceInTheLanguageAskedFor) {
    const Trace trace = simulate(*net::scenarioNamed("handshake"));
    std::ostringstream english;
    std::ostringstream chinese;
    printReasons(trace, 0, {}, english);
    printReasons(trace, 0, {.language = Language::Chinese}, chinese);

    EXPECT_THAT(english.str(),
                HasSubstr("    0.020  server LISTEN -> SYN-RECEIVED  RFC 9293 3.10.7.2 (3)\n"));
    EXPECT_EQ(count(english.str(), "->"), 5);
    EXPECT_EQ(count(chinese.str(), "->"), 5);
    EXPECT_NE(english.str(), chinese.str());
}

}  // namespace
}  // namespace tcplab::cli
