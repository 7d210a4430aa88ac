#include "cli/drill.h"

#include "cli/verbs.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace tcplab::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class Drill : public testing::Test {
protected:
    Drill() { std::filesystem::create_directories(folder + "/below"); }
    ~Drill() override { std::filesystem::remove_all(folder); }

    std::string script(const std::string& name, const std::string& text) const {
        std::ofstream{folder + "/" + name} << text;
        return folder + "/" + name;
    }
    int run(const std::string& path, bool verbose = false) {
        const DrillRequest request{.paths = {path}, .verbose = verbose};
        return drill(request, out, err);
    }

    std::string folder = testing::TempDir() + "tcplab_drill_" +
                         testing::UnitTest::GetInstance()->current_test_info()->name();
    std::ostringstream out;
    std::ostringstream err;
};

constexpr const char* kGood = "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 close(3) = 0\n";
constexpr const char* kWrong = "0 close(3) = 0\n";
constexpr const char* kForeign = "0 `reboot`\n";
constexpr const char* kBroken = "0 close(3 = 0\n";

TEST_F(Drill, TellsOfAScriptThatPasses) {
    const std::string path = script("good.pkt", kGood);

    EXPECT_EQ(run(path), exit_code::kDone);
    EXPECT_EQ(out.str(), "ok " + path + "\n1 passed, 0 failed, 0 skipped\n");
}

TEST_F(Drill, TellsWhereAScriptFailsAndWhatCame) {
    const std::string path = script("wrong.pkt", kWrong);

    EXPECT_EQ(run(path), exit_code::kDoesNotHold);
    EXPECT_EQ(out.str(),
              "not ok " + path +
                  ":1: expected close(3) = 0, got -1 EBADF\n0 passed, 1 failed, 0 skipped\n");
}

TEST_F(Drill, TellsWhatASkippedScriptNeeds) {
    const std::string path = script("foreign.pkt", kForeign);

    EXPECT_EQ(run(path), exit_code::kDoesNotHold);
    EXPECT_EQ(out.str(),
              "skip " + path + ": needs the command reboot\n0 passed, 0 failed, 1 skipped\n");
}

TEST_F(Drill, TellsLineAndColumnOfAScriptThatDoesNotParse) {
    const std::string path = script("broken.pkt", kBroken);

    EXPECT_EQ(run(path), exit_code::kDoesNotHold);
    EXPECT_THAT(out.str(), StartsWith("not ok " + path + ":1:11: expected ',' or ')'"));
}

TEST_F(Drill, WalksAFolderPastABadScript) {
    script("1-broken.pkt", kBroken);
    script("below/2-good.pkt", kGood);
    script("3-good.pkt", kGood);
    script("notes.txt", "no script");

    EXPECT_EQ(run(folder), exit_code::kDoesNotHold);
    EXPECT_THAT(out.str(), HasSubstr("\n2 passed, 1 failed, 0 skipped\n"));
}

TEST_F(Drill, SaysThatAFileIsMissing) {
    EXPECT_EQ(run(folder + "/none.pkt"), exit_code::kFile);
    EXPECT_THAT(err.str(), HasSubstr("none.pkt: No such file"));
}

TEST_F(Drill, ShowsTheLadderOfAFailureWithWhatWasExpectedBesideWhatCame) {
    const std::string path = script("ladder.pkt",
                                    "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
                                    "+0 bind(3, ..., ...) = 0\n"
                                    "+0 listen(3, 1) = 0\n"
                                    "+0 < S 0:0(0) win 4000 <mss 1000>\n"
                                    "+0 > S. 0:0(0) ack 2 <...>\n");

    EXPECT_EQ(run(path, true), exit_code::kDoesNotHold);
    EXPECT_THAT(out.str(), HasSubstr("SYN-RECEIVED"));
    EXPECT_THAT(out.str(), HasSubstr("listen() = 0"));
    EXPECT_THAT(out.str(),
                HasSubstr("    expected  > S. 0:0(0) ack 2 <...> at 0.00\n"
                          "    got       S. 0:0(0) ack 1 win 65535 <mss 1460>"));
    EXPECT_THAT(err.str(), IsEmpty());
}

}  // namespace
}  // namespace tcplab::cli
