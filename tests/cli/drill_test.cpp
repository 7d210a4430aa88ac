#include "cli/drill.h"

#include "cli/verbs.h"

#include <gmock/gmock.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

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

/// A script with a mistake, where that is, and what is said of it.
struct Mistake {
    const char* script;
    const char* place;  ///< "LINE:COLUMN"
    const char* says;
};

constexpr auto kMistakes = std::to_array<Mistake>({
    // The statement.
    {"", "1:1", "expected a statement"},
    {"// nothing\n", "2:1", "expected a statement"},
    {"close(3) = 0", "1:1", "expected a time"},
    {"-1 close(3) = 0", "1:1", "expected a time of the run"},
    {"+ close(3) = 0", "1:3", "expected a time"},
    {"* close(3) = 0", "1:1", "for packets that the host sends"},
    {"2~1 > . 1:1(0) ack 1", "1:3", "end of the range after its beginning"},
    {"+.1~.2 > . 1:1(0) ack 1", "1:5", "expected '+'"},
    {"0 = 3", "1:3", "expected '<', '>', a call, a command or code"},
    {"1 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n.5 close(3) = 0",
     "2:1",
     "expected a time after"},
    {"99999999999 close(3) = 0", "1:1", "expected a time of the run"},
    // What stands around statements.
    {"0 close(3) = 0 /* x", "1:16", "comment without its end"},
    {"\n0 `true", "2:3", "expected ` to end"},
    {"0 %{ assert x }", "1:3", "expected }% to end"},
    {"0 write(3, \"abc, 3) = 3", "1:12", "expected \" to end"},
    {"#ifdef A\n0 close(3) = 0", "1:1", "#ifdef without #endif"},
    {"0 close(3) = 0\n#endif", "2:1", "#endif without #ifdef"},
    {"#if A\n0 close(3) = 0\n#endif", "1:1", "expected #ifdef, #ifndef, #else or #endif"},
    {"--bind_prot=80\n0 close(3) = 0", "1:1", "did you mean 'bind_port'?"},
    {"--mtu=big\n0 close(3) = 0", "1:1", "expected a number after --mtu="},
    {"--local_ip=1.2.3\n0 close(3) = 0", "1:1", "expected an address after --local_ip="},
    // A call.
    {"0 close 3 = 0", "1:9", "expected '('"},
    {"0 close(3 = 0", "1:11", "expected ',' or ')'"},
    {"0 close(3) 0", "1:12", "expected '='"},
    {"0 close(3) =", "1:13", "expected a value"},
    {"0...x close(3) = 0", "1:5", "expected a time"},
    {"0 poll([{fd=3}], 1, 0) = 0", "1:9", "expected {fd=N, events=NAMES"},
    {"0 socket(AF_INET, SOCK_STREAM) = 3", "1:10", "expected 3 arguments of socket(), got 2"},
    {"0 listen(\"3\", 1) = 0", "1:10", "expected a descriptor in listen()"},
    {"0 read(3, ..., [1]) = 1", "1:16", "expected a number in read()"},
    // A packet.
    {"0 < X 0:0(0)", "1:5", "'X' is no flag"},
    {"0 < 0:0(0) win 5", "1:5", "expected flags"},
    {"0 < S 0-0(0) win 5", "1:8", "expected ':'"},
    {"0 < S 0:5(4) win 5", "1:7", "the length 4 is not what lies between 0 and 5"},
    {"0 < S 0:0(0) win 70000", "1:18", "expected a window from 0 to 65535"},
    {"0 > . 1:1(0) ack 99999999999999999999", "1:18", "the number is too large"},
    {"0 < S 0:0(0) win 5 <mss>", "1:24", "expected a segment size"},
    {"0 < S 0:0(0) win 5 <mms 5>", "1:21", "\"mms\" is no TCP option"},
    {"0 < S 0:0(0) win 5 <sack 1:2 3:4 5:6 7:8 9:10>", "1:42", "at most four blocks"},
    {"0 < S 0:0(0) win 5 <TS val 1>", "1:29", "expected \"ecr\""},
    {"0 < S 0:0(0) win 5 <...>", "1:25", "for packets that the host sends"},
    {"0 <[ect2] S 0:0(0) win 5", "1:5", "expected tos, class, dscp, ecn"},
    {"0 < icmp 3 [1:1(0)]", "1:10", "expected an ICMP type"},
    {"0 < udp (x)", "1:10", "expected a length"},
});

// One of them does not keep the others from being run.
TEST_F(Drill, TellsLineColumnAndWhatWasExpectedOfEachMistakeInAFolder) {
    const auto nameOf = [](std::size_t number) {
        return (number < 10 ? "0" : "") + std::to_string(number) + ".pkt";
    };
    std::vector<testing::Matcher<std::string>> lines;
    for (std::size_t i = 0; i < kMistakes.size(); ++i) {
        const std::string path = script(nameOf(i), kMistakes.at(i).script);
        lines.push_back(
            testing::AllOf(StartsWith("not ok " + path + ':' + kMistakes.at(i).place + ": "),
                           HasSubstr(kMistakes.at(i).says)));
    }
    lines.push_back("ok " + script("good.pkt", kGood));
    lines.push_back("1 passed, " + std::to_string(kMistakes.size()) + " failed, 0 skipped");

    EXPECT_EQ(run(folder), exit_code::kDoesNotHold);
    std::vector<std::string> said;
    std::istringstream all{out.str()};
    for (std::string line; std::getline(all, line);) said.push_back(line);
    EXPECT_THAT(said, testing::ElementsAreArray(lines));
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
