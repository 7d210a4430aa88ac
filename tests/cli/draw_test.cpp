#include "cli/draw.h"

#include "cli/analyze.h"
#include "cli/simulate.h"
#include "cli/verbs.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace tcplab::test {
namespace {

using namespace tcplab::cli;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string kLoss = TCPLAB_SOURCE_DIR "/traces/loss.pcap";

class GraphOfAFile : public testing::Test {
protected:
    int draw(const std::string& file, std::optional<ConnectionId> flow = {}) {
        return drawFlow({file}, flow, options, err);
    }
    TemporaryFile picture;
    DrawOptions options{.graph = picture::Graph::Sequence, .path = picture.path()};
    std::ostringstream err;
};

TEST_F(GraphOfAFile, IsAnSvgThatNamesFileFlowAndEnds) {
    EXPECT_EQ(draw(kLoss), exit_code::kDone);

    EXPECT_THAT(contentOf(picture.path()),
                AllOf(StartsWith("<svg "),
                      HasSubstr("loss.pcap, flow 0"),
                      HasSubstr("192.0.2.1:40000 → 192.0.2.2:7777"),
                      HasSubstr("146 segments, 4 sent again")));
    EXPECT_THAT(err.str(), IsEmpty());
}

TEST_F(GraphOfAFile, IsInTheLanguageAndOfTheDirectionAskedFor) {
    options.language = Language::Chinese;
    options.sender = Side::Server;

    EXPECT_EQ(draw(kLoss), exit_code::kDone);

    EXPECT_THAT(contentOf(picture.path()), HasSubstr("服务器到客户端"));
}

TEST_F(GraphOfAFile, NeedsAFlowThatIsThere) {
    EXPECT_EQ(draw(kLoss, 7), exit_code::kUsage);
    EXPECT_THAT(err.str(), HasSubstr("no flow 7"));

    const std::string several = TCPLAB_SOURCE_DIR "/traces/backlog-full.pcap";
    EXPECT_EQ(draw(several), exit_code::kUsage);
    EXPECT_THAT(err.str(), HasSubstr("choose one with --flow"));
    EXPECT_EQ(draw(several, 1), exit_code::kDone);
}

TEST_F(GraphOfAFile, IsWrittenOrSaidNotToBe) {
    options.path = "/nowhere/graph.svg";
    EXPECT_EQ(draw(kLoss), exit_code::kFile);
    EXPECT_THAT(err.str(),
                HasSubstr("/nowhere/graph.svg: cannot be written: No such file or directory"));

    EXPECT_EQ(draw("/nowhere/a.pcap"), exit_code::kFile);
}

TEST_F(GraphOfAFile, IsAPngWhereItsNameSaysSo) {
    if (std::system("command -v rsvg-convert >/dev/null") != 0)
        GTEST_SKIP() << "rsvg-convert (librsvg2-bin) is not installed";
    options.path = picture.path() + ".png";

    EXPECT_EQ(draw(kLoss), exit_code::kDone);

    EXPECT_THAT(contentOf(options.path), StartsWith("\x89PNG"));
    std::filesystem::remove(options.path);
}

TEST_F(GraphOfAFile, AsAPngSaysWhatIsMissing) {
    const std::string path = std::getenv("PATH");
    setenv("PATH", "/nowhere", 1);
    options.path = picture.path() + ".png";

    EXPECT_EQ(draw(kLoss), exit_code::kFile);

    setenv("PATH", path.c_str(), 1);
    EXPECT_THAT(err.str(), HasSubstr("librsvg2-bin"));
}

TEST_F(GraphOfAFile, OrAPageThatStepsThroughTheSameFlow) {
    options.graph.reset();
    options.exported = Export::Html;

    EXPECT_EQ(draw(kLoss), exit_code::kDone);

    EXPECT_THAT(contentOf(picture.path()),
                AllOf(StartsWith("<!doctype html>"),
                      HasSubstr("192.0.2.1:40000 → 192.0.2.2:7777"),
                      HasSubstr("loss.pcap, flow 0"),
                      HasSubstr("\"fast_retransmission\"")));
}

TEST(GraphOfARun, KnowsTheCongestionWindow) {
    const TemporaryFile picture;
    std::ostringstream out;
    std::ostringstream err;

    const int code =
        simulate({.scenario = "slow-start",
                  .drawing = {.graph = picture::Graph::Rounds, .path = picture.path()}},
                 out,
                 err);

    EXPECT_EQ(code, exit_code::kDone);
    EXPECT_THAT(contentOf(picture.path()), AllOf(HasSubstr("4 rounds"), HasSubstr("Slow start")));
    EXPECT_THAT(out.str(), IsEmpty());
}

}  // namespace
}  // namespace tcplab::test
