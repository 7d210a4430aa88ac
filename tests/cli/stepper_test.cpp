#include "cli/stepper.h"

#include "capture/session.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <chrono>
#include <sstream>
#include <string>

namespace tcplab::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

/// What the prompt says to these lines.
std::string answersTo(const std::string& lines, const std::string& scenario = "handshake") {
    std::istringstream in{lines};
    std::ostringstream out;
    Stepper{*net::scenarioNamed(scenario), {}, Language::English, Notation::Tcpdump}.run(in, out);
    return out.str();
}

TEST(Stepper, BeginsBeforeTheFirstStepAndGoesOnWithEachEnter) {
    const std::string said = answersTo("\n\n\n");

    EXPECT_THAT(said, HasSubstr("step 0/6  0.000 s  client CLOSED  server CLOSED\n"));
    EXPECT_THAT(said, HasSubstr("step 3/6  0.010 s  client SYN-SENT  server LISTEN\n"));
    EXPECT_THAT(said, HasSubstr("  client sends 1  S seq 0   RFC 9293 3.10.1\n"));
}

TEST(Stepper, GoesBackAndJumps) {
    const std::string said = answersTo("6\np\n0\n");

    EXPECT_THAT(said, HasSubstr("step 6/6  0.040 s  client ESTABLISHED  server ESTABLISHED\n"));
    EXPECT_THAT(said, HasSubstr("> step 5/6"));
    EXPECT_THAT(said, HasSubstr("> step 0/6"));
}

TEST(Stepper, NeverLeavesTheRun) {
    EXPECT_THAT(answersTo("p\np\n"), HasSubstr("> step 0/6"));
    EXPECT_THAT(answersTo("999\nn\n"), Not(HasSubstr("step 7")));
}

TEST(Stepper, RunsToWhereAStateIsEntered) {
    EXPECT_THAT(answersTo("c ESTABLISHED\n"), HasSubstr("> step 5/6"));
    EXPECT_THAT(answersTo("continue server established\n"), HasSubstr("> step 6/6"));
    EXPECT_THAT(answersTo("c CLOSING\n"), HasSubstr("does not happen from here on"));
    EXPECT_THAT(answersTo("c ESTABLISHD\n"), HasSubstr("did you mean 'ESTABLISHED'?"));
}

TEST(Stepper, StopsAtBreakPointsInBothDirections) {
    const std::string said =
        answersTo("b edge SYN-SENT ESTABLISHED\nb syn && ack\nc\nc\nc\nr\nr\n");

    EXPECT_THAT(
        said, testing::ContainsRegex("> step 4/6.*> step 5/6.*> step 6/6.*> step 5/6.*> step 4/6"));
}

TEST(Stepper, ListsBreakPointsAndRemovesThem) {
    const std::string said = answersTo("b fin\nb TIME-WAIT\nx 1\nb\nx 7\nx\nb\n", "four-way-close");

    EXPECT_THAT(said, HasSubstr("  1  fin  (stops in this future: 2)\n"));
    EXPECT_THAT(said, HasSubstr(">   1  TIME-WAIT  (stops in this future: 1)\n"));
    EXPECT_THAT(said, HasSubstr("there is no break point 7"));
    EXPECT_THAT(said, HasSubstr("no break points"));
}

TEST(Stepper, ABreakPointThatCannotBeReadIsToldWithColumnAndNearestWord) {
    EXPECT_THAT(answersTo("b syn && from sever\n"),
                HasSubstr("column 13: 'sever' is not known; did you mean 'server'?"));
}

TEST(Stepper, ADroppedPacketBeginsAnotherFuture) {
    const std::string said = answersTo("3\nd 1\ne\n");

    EXPECT_THAT(said, HasSubstr("future 2  step 4/9"));
    EXPECT_THAT(said, HasSubstr("  * drop 1\n"));
    EXPECT_THAT(answersTo("3\nd 1\nn\n"), HasSubstr("client loses 1"));
    EXPECT_THAT(said, HasSubstr("client ESTABLISHED  server ESTABLISHED"));
}

TEST(Stepper, DelaysDuplicatesAndDamagesWhatIsOnItsWay) {
    EXPECT_THAT(answersTo("3\ndelay 1 50ms\nn\n"), HasSubstr("0.070 s"));
    EXPECT_THAT(answersTo("3\nduplicate 1\nc CLOSING\nn\nn\n"),
                testing::ContainsRegex("server receives 1 .*server receives 1 "));
    EXPECT_THAT(answersTo("3\ncorrupt 1\nn\n"), HasSubstr("server discards 1"));
}

TEST(Stepper, AHostCallsWhatItsProgramDidNotPlan) {
    const std::string said = answersTo("e\ncall client send hello\nn\n");

    EXPECT_THAT(said, HasSubstr("  * call client send hello\n"));
    EXPECT_THAT(said, HasSubstr("  client send(5) = 5\n"));
    EXPECT_THAT(said, HasSubstr("server receives 4  P. seq 1:6 ack 1 len 5"));
}

TEST(Stepper, TheFutureThatWasLeftCanBeReturnedToAndCompared) {
    const std::string said = answersTo("3\nd 1\nf\ndiff\nf 1\ndiff 2\n");

    EXPECT_THAT(said, HasSubstr("  1  as written\n* 2  3: drop 1\n"));
    EXPECT_THAT(said, HasSubstr("  future 1: step 4, 0.020 s: server receives 1  S seq 0\n"));
    EXPECT_THAT(said, HasSubstr("> future 1  step 4/6"));
    EXPECT_THAT(said, HasSubstr("  future 2: step 5, 0.020 s: client loses 1  S seq 0\n"));
}

TEST(Stepper, AForkInThePastLeavesOutTheLaterForks) {
    EXPECT_THAT(answersTo("4\nd 2\n3\nd 1\nf\n"), HasSubstr("* 3  3: drop 1\n"));
}

TEST(Stepper, APacketThatIsNotOnItsWayCannotBeDropped) {
    EXPECT_THAT(answersTo("d 1\n"), HasSubstr("no packet is on its way then"));
    EXPECT_THAT(answersTo("3\nd 7\n"), HasSubstr("not on its way then; 1 is"));
    EXPECT_THAT(answersTo("3\nd x\n"), HasSubstr("expected the number of a packet"));
}

TEST(Stepper, TellsWhatIsOnItsWayAndWhichTimersRun) {
    const std::string said = answersTo("i\n3\ni\n");

    EXPECT_THAT(said, HasSubstr("nothing is on its way, and no timer runs"));
    EXPECT_THAT(said, HasSubstr("  client -> server  1  S seq 0  arrives 0.020 s\n"));
    EXPECT_THAT(said, HasSubstr("  client: retransmission timer runs out at 1.010 s\n"));
}

TEST(Stepper, WritesTheFutureThatItIsIn) {
    const test::TemporaryFile file;

    EXPECT_THAT(answersTo("3\nd 1\nw " + file.path() + "\n"), HasSubstr("is written"));

    EXPECT_EQ(capture::load(file.path())->trace.packets().size(), 4U);
    EXPECT_THAT(answersTo("w\n"), HasSubstr("expected a file's name"));
}

TEST(Stepper, SpeaksChinese) {
    std::istringstream in{"h\n3\nd 1\n"};
    std::ostringstream out;
    Stepper{*net::scenarioNamed("handshake"), {}, Language::Chinese, Notation::Tcpdump}.run(in,
                                                                                            out);

    EXPECT_THAT(out.str(), HasSubstr("client 发送 1  S seq 0"));
    EXPECT_THAT(out.str(), Not(HasSubstr("step")));
}

TEST(Stepper, AsksAQuestionWhenItsTimeHasComeAndAnswersIfAsked) {
    net::Scenario scenario = *net::scenarioNamed("handshake");
    scenario.questions = {
        {{"Who is next?", "Q"}, {"The server.", "A"}, Instant{std::chrono::milliseconds{15}}},
        {{"And now?", "Q"}, {"Data.", "A"}, {}}};
    std::istringstream in{"3\n4\na\ne\n"};
    std::ostringstream out;
    Stepper{scenario, {}, Language::English, Notation::Tcpdump}.run(in, out);

    const std::string said = out.str();
    EXPECT_GT(said.find("? Who is next?"), said.find("> step 4/6"));
    EXPECT_LT(said.find("? Who is next?"), said.find("The server."));
    EXPECT_GT(said.find("? And now?"), said.find("> step 6/6"));
    EXPECT_THAT(said, Not(HasSubstr("Data.")));
}

TEST(Stepper, EndsWithQAndTellsUnknownWordsWhatThereIs) {
    EXPECT_THAT(answersTo("contnue\n"), HasSubstr("did you mean 'continue'?"));
    EXPECT_THAT(answersTo("q\nn\n"), Not(HasSubstr("step 1/")));
    EXPECT_THAT(answersTo("zap\n"), HasSubstr("'zap' is not known; there are next, "));
}

}  // namespace
}  // namespace tcplab::cli
