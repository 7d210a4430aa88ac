#include "cli/stepper.h"

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
    Stepper{*net::scenarioNamed(scenario), 1, Language::English, Notation::Tcpdump}.run(in, out);
    return out.str();
}

TEST(Stepper, BeginsBeforeTheFirstStepAndGoesOnWithEachEnter) {
    const std::string said = answersTo("\n\n\n");

    EXPECT_THAT(said, HasSubstr("step 0/6  0.000 s  client CLOSED  server CLOSED\n"));
    EXPECT_THAT(said, HasSubstr("step 3/6  0.010 s  client SYN-SENT  server LISTEN\n"));
    EXPECT_THAT(said, HasSubstr("  client sends    1  S seq 0   RFC 9293 3.10.1\n"));
}

TEST(Stepper, GoesBackAndJumps) {
    const std::string said = answersTo("6\nb\n0\n");

    EXPECT_THAT(said, HasSubstr("step 6/6  0.040 s  client ESTABLISHED  server ESTABLISHED\n"));
    EXPECT_THAT(said, HasSubstr("> step 5/6"));
    EXPECT_THAT(said, HasSubstr("> step 0/6"));
}

TEST(Stepper, NeverLeavesTheRun) {
    EXPECT_THAT(answersTo("b\nb\n"), HasSubstr("> step 0/6"));
    EXPECT_THAT(answersTo("999\nn\n"), Not(HasSubstr("step 7")));
}

TEST(Stepper, RunsToWhereAStateIsEntered) {
    EXPECT_THAT(answersTo("s ESTABLISHED\n"), HasSubstr("> step 5/6"));
    EXPECT_THAT(answersTo("s server established\n"), HasSubstr("> step 6/6"));
    EXPECT_THAT(answersTo("s CLOSING\n"), HasSubstr("no end enters CLOSING"));
    EXPECT_THAT(answersTo("s ESTABLISHD\n"), HasSubstr("did you mean ESTABLISHED?"));
}

TEST(Stepper, ADroppedPacketBeginsAnotherFuture) {
    const std::string said = answersTo("3\nd 1\ne\n");

    EXPECT_THAT(said, HasSubstr("client loses    1"));
    EXPECT_THAT(said, HasSubstr("client ESTABLISHED  server ESTABLISHED"));
    EXPECT_THAT(said, Not(HasSubstr("> step 6/6")));
}

TEST(Stepper, APacketThatIsNotOnItsWayCannotBeDropped) {
    EXPECT_THAT(answersTo("d 1\n"), HasSubstr("packet 1 is not on its way now"));
    EXPECT_THAT(answersTo("6\nd 1\n"), HasSubstr("packet 1 is not on its way now"));
    EXPECT_THAT(answersTo("3\nd x\n"), HasSubstr("packet x is not on its way now"));
}

TEST(Stepper, AsksAQuestionWhenItsTimeHasComeAndAnswersIfAsked) {
    net::Scenario scenario = *net::scenarioNamed("handshake");
    scenario.questions = {
        {{"Who is next?", "Q"}, {"The server.", "A"}, Instant{std::chrono::milliseconds{15}}},
        {{"And now?", "Q"}, {"Data.", "A"}, {}}};
    std::istringstream in{"3\n4\na\ne\n"};
    std::ostringstream out;
    Stepper{scenario, 1, Language::English, Notation::Tcpdump}.run(in, out);

    const std::string said = out.str();
    EXPECT_GT(said.find("? Who is next?"), said.find("> step 4/6"));
    EXPECT_LT(said.find("? Who is next?"), said.find("The server."));
    EXPECT_GT(said.find("? And now?"), said.find("> step 6/6"));
    EXPECT_THAT(said, Not(HasSubstr("Data.")));
}

TEST(Stepper, EndsWithQAndTellsUnknownWordsWhatThereIs) {
    EXPECT_THAT(answersTo("q\nn\n"), Not(HasSubstr("step 1/")));
    EXPECT_THAT(answersTo("zap\n"), HasSubstr("'zap' is no command"));
}

}  // namespace
}  // namespace tcplab::cli
