#include "cli/simulate.h"

#include "capture/session.h"
#include "cli/verbs.h"
#include "tests/cli/result.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace tcplab::cli {
namespace {

using nlohmann::json;
using test::Result;
using test::TemporaryFile;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

Result run(const SimulateRequest& request) {
    return test::resultOf(simulate, request);
}

constexpr const char* kTexts = R"(
    title = { en = "Mine", zh_CN = "T" }
    notes = { en = "Look.", zh_CN = "N" }
)";

TEST(Simulate, ListsTheScenariosWithNameAndTitle) {
    const Result result = run({.list = true, .format = Format::Jsonl});

    EXPECT_EQ(result.code, exit_code::kDone);
    std::vector<std::string> names;
    for (const json& row : result.rows()) {
        names.push_back(row.at("name"));
        EXPECT_FALSE(row.at("title").get<std::string>().empty());
    }
    EXPECT_THAT(names,
                testing::IsSupersetOf({"handshake",
                                       "transfer",
                                       "four-way-close",
                                       "half-close",
                                       "simultaneous-open",
                                       "simultaneous-close",
                                       "refused",
                                       "reset",
                                       "tail-loss"}));
}

constexpr const char* kScript =
    "// A listener refuses\n"
    "// what is no beginning.\n"
    "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
    "+0 bind(3, ..., ...) = 0\n"
    "+0 listen(3, 1) = 0\n"
    "+0 < . 90:90(0) ack 5 win 1000\n";

TEST(Simulate, PlaysAScriptLikeAScenario) {
    const TemporaryFile script{std::string{kScript} + "+0 > R 5:5(0) win 0\n", ".pkt"};
    const TemporaryFile packets;

    const Result result = run({.scenario = script.path(), .write = packets.path()});

    EXPECT_EQ(result.code, exit_code::kDone) << result.err;
    EXPECT_THAT(result.out, HasSubstr("A listener refuses what is no beginning.\n"));
    EXPECT_THAT(result.out, HasSubstr("All came as the script expects."));
    EXPECT_THAT(result.out, HasSubstr("CLOSED"));
    EXPECT_EQ(capture::load(packets.path()).value().trace.packets().size(), 2U);
    EXPECT_THAT(run({.scenario = script.path(), .format = Format::Jsonl}).rows(),
                testing::Not(IsEmpty()));
}

TEST(Simulate, ShowsWhatAScriptExpectedBesideWhatCame) {
    const TemporaryFile script{std::string{kScript} + "+0 > R 6:6(0) win 0\n", ".pkt"};

    const Result result = run({.scenario = script.path()});
    const Result chinese = run({.scenario = script.path(), .language = Language::Chinese});

    EXPECT_EQ(result.code, exit_code::kDoesNotHold);
    EXPECT_THAT(result.out, HasSubstr("    expected  > R 6:6(0) win 0"));
    EXPECT_THAT(result.out, HasSubstr("\n    got       R 5:5(0)"));
    EXPECT_THAT(result.err, HasSubstr("Line 7: expected > R 6:6(0) win 0"));
    EXPECT_THAT(chinese.out, HasSubstr("第 7 行：预期 > R 6:6(0) win 0"));
}

TEST(Simulate, EveryEventHasTheKeysOfTheContract) {
    const Result result = run({.scenario = "four-way-close", .format = Format::Jsonl});

    double before = 0;
    for (const json& row : result.rows()) {
        for (const char* key :
             {"time", "host", "connection", "what", "from", "to", "clause", "packet"}) {
            EXPECT_TRUE(row.contains(key)) << key << " is missing in " << row;
        }
        EXPECT_GE(row.at("time").get<double>(), before);
        before = row.at("time");
    }
}

TEST(Simulate, ChangesOfStateNameBothStatesTheClauseAndThePacketThatMadeThem) {
    const Result result = run({.scenario = "handshake", .format = Format::Jsonl});

    std::vector<json> changes;
    for (const json& row : result.rows()) {
        if (row.at("what") == "entered") changes.push_back(row);
    }
    ASSERT_EQ(changes.size(), 5U);
    EXPECT_EQ(changes[3].at("from"), "SYN-SENT");
    EXPECT_EQ(changes[3].at("to"), "ESTABLISHED");
    EXPECT_EQ(changes[3].at("clause"), "RFC 9293 3.10.7.3 (4)");
    EXPECT_EQ(changes[3].at("packet"), 2);
}

TEST(Simulate, TheLadderComesWithTitleNotesAndReasonsInTheLanguageAskedFor) {
    const Result english = run({.scenario = "handshake"});
    const Result chinese = run({.scenario = "handshake", .language = Language::Chinese});

    EXPECT_THAT(english.out,
                AllOf(HasSubstr("Three-way handshake"), HasSubstr("Why the states changed")));
    EXPECT_THAT(chinese.out, testing::Not(HasSubstr("Why the states changed")));
    EXPECT_THAT(chinese.out, HasSubstr("SYN-RECEIVED"));
}

TEST(Simulate, StopsWhereItIsToldTo) {
    const Result result = run({.scenario = "handshake",
                               .format = Format::Jsonl,
                               .until = Instant{std::chrono::milliseconds{25}}});

    for (const json& row : result.rows()) EXPECT_LE(row.at("time").get<double>(), 0.025);
    EXPECT_THAT(result.out, HasSubstr("SYN-RECEIVED"));
}

TEST(Simulate, TheSameSeedGivesTheSameFileAndAnotherSeedAnother) {
    const TemporaryFile scenario{std::string{kTexts} +
                                 "client = { program = [ { call = \"connect\" } ] }"};
    const std::string path = scenario.path() + ".toml";
    std::filesystem::copy_file(scenario.path(), path);
    std::vector<std::string> files;
    for (const std::uint64_t seed : {1U, 1U, 2U}) {
        const TemporaryFile file;
        EXPECT_EQ(run({.scenario = path, .course = {.seed = seed}, .write = file.path()}).code, 0);
        files.push_back(test::contentOf(file.path()));
    }
    std::filesystem::remove(path);

    EXPECT_FALSE(files[0].empty());
    EXPECT_EQ(files[0], files[1]);
    EXPECT_NE(files[0], files[2]);
}

TEST(Simulate, ATapMissesWhatIsLostBeforeIt) {
    std::vector<std::size_t> packets;
    for (const double tap : {0.0, 1.0}) {
        const TemporaryFile file;
        EXPECT_EQ(run({.scenario = "syn-lost", .write = file.path(), .tap = tap}).code, 0);
        packets.push_back(capture::load(file.path())->trace.packets().size());
    }

    EXPECT_EQ(packets[0], packets[1] + 1);
}

TEST(Simulate, AForkIsPlayedAndWritten) {
    const TemporaryFile file;
    const Result result = run({.scenario = "handshake",
                               .format = Format::Jsonl,
                               .course = {.forks = {*parseFork("3: drop 1")}},
                               .write = file.path()});

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_THAT(result.out, HasSubstr(R"("what":"lost")"));
    EXPECT_EQ(capture::load(file.path())->trace.packets().size(), 4U);
}

TEST(Simulate, AForkThatCannotBeTakenIsAWrongCommandLine) {
    const Result early = run({.scenario = "handshake", .course = {.forks = {{2, net::Befall{1}}}}});
    EXPECT_EQ(early.code, exit_code::kUsage);
    EXPECT_THAT(early.err, HasSubstr("2: drop 1: no packet is on its way then"));

    const Result late = run({.scenario = "handshake", .course = {.forks = {{99, net::Befall{1}}}}});
    EXPECT_EQ(late.code, exit_code::kUsage);
    EXPECT_THAT(late.err, HasSubstr("99: drop 1: the run ends with step 6"));
}

TEST(Simulate, StopsAtABreakPointWithWhatWasWrittenSoFar) {
    const TemporaryFile file;
    const Result result = run({.scenario = "handshake",
                               .format = Format::Jsonl,
                               .stopAt = *parseBreakPoint("syn && from server"),
                               .write = file.path(),
                               .tap = 1});

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_THAT(result.out, testing::Not(HasSubstr("ESTABLISHED")));
    EXPECT_EQ(capture::load(file.path())->trace.packets().size(), 2U);
}

TEST(Simulate, ABreakPointThatIsNeverReachedDoesNotHold) {
    const Result result = run({.scenario = "handshake", .stopAt = *parseBreakPoint("rst")});

    EXPECT_EQ(result.code, exit_code::kDoesNotHold);
    EXPECT_THAT(result.err, HasSubstr("never stops at rst"));
}

TEST(Simulate, SettingsTakeThePlaceOfWhatTheScenarioHas) {
    const Result result = run({.scenario = "handshake",
                               .format = Format::Jsonl,
                               .settings = {{"link.delay", "50ms"}, {"client.iss", "7"}}});

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_THAT(result.out, AllOf(HasSubstr("0.060000000"), HasSubstr(R"("after":7)")));
}

TEST(Simulate, AWrongSettingIsAWrongCommandLineAndTheNearestWordIsTold) {
    const Result result = run({.scenario = "handshake", .settings = {{"link.dely", "50ms"}}});

    EXPECT_EQ(result.code, exit_code::kUsage);
    EXPECT_THAT(result.err, HasSubstr("link.dely=50ms: \"dely\" is no key of link"));
    EXPECT_THAT(result.err, HasSubstr("did you mean \"delay\"?"));
}

TEST(Simulate, AnUnknownNameIsCorrectedAndCountsAsAWrongCommandLine) {
    const Result result = run({.scenario = "handshaek"});

    EXPECT_EQ(result.code, exit_code::kUsage);
    EXPECT_THAT(result.err, HasSubstr("did you mean \"handshake\"?"));
    EXPECT_THAT(result.out, IsEmpty());
}

TEST(Simulate, AFileThatIsMissingOrADirectoryIsToldByName) {
    const Result missing = run({.scenario = "/nonexistent/mine.toml"});
    EXPECT_EQ(missing.code, exit_code::kFile);
    EXPECT_THAT(missing.err, HasSubstr("/nonexistent/mine.toml: No such file or directory"));

    const Result directory = run({.scenario = "/tmp/"});
    EXPECT_EQ(directory.code, exit_code::kFile);
    EXPECT_THAT(directory.err, HasSubstr("/tmp/: is a directory"));
}

TEST(Simulate, AMistakeInAFileIsToldWithItsPlace) {
    const TemporaryFile file{std::string{kTexts} + "clinet = { }\n"};
    const std::string path = std::filesystem::path{file.path()}.string();

    const Result result = run({.scenario = path});

    EXPECT_EQ(result.code, exit_code::kFile);
    EXPECT_THAT(result.err, HasSubstr(path + ":4:1: \"clinet\" is no key of a scenario"));
}

constexpr const char* kScripts = TCPLAB_SOURCE_DIR "/traces/scripts/";

TEST(Simulate, PlaysAScriptForPacketdrill) {
    const TemporaryFile file;
    const std::string script = kScripts + std::string{"active-open-freebsd.pkt"};

    const Result ladder = run({.scenario = script, .write = file.path()});
    EXPECT_EQ(ladder.code, exit_code::kDone);
    EXPECT_THAT(ladder.out, AllOf(HasSubstr("SYN-SENT"), HasSubstr("RFC 9293 3.10")));
    EXPECT_THAT(ladder.err, IsEmpty());
    EXPECT_EQ(capture::load(file.path())->flows.at(0).states[Side::Server], tcp::State::TimeWait);

    EXPECT_THAT(run({.scenario = script, .format = Format::Jsonl}).out,
                HasSubstr(R"("what":"entered")"));
}

TEST(Simulate, SaysOfAScriptWhatIsWrongWithIt) {
    const TemporaryFile file;
    const std::string path = file.path() + ".pkt";
    const auto play = [&](const std::string& text) {
        std::ofstream{path} << text;
        return run({.scenario = path});
    };

    const Result other = play("0 close(3) = 0\n");
    EXPECT_EQ(other.code, exit_code::kDoesNotHold);
    EXPECT_THAT(other.err, HasSubstr(path + ": Line 1: expected close(3) = 0, got -1 EBADF"));
    const Result broken = play("0 close(3 = 0\n");
    EXPECT_EQ(broken.code, exit_code::kFile);
    EXPECT_THAT(broken.err, HasSubstr(path + ":1:11: expected ',' or ')'"));
    EXPECT_EQ(run({.scenario = path, .course = {.seed = 2}}).code, exit_code::kUsage);
    std::filesystem::remove(path);
    EXPECT_EQ(run({.scenario = path}).code, exit_code::kFile);
}

TEST(Simulate, AFileThatCannotBeWrittenIsTold) {
    const Result result = run({.scenario = "handshake", .write = "/nonexistent/x.pcapng"});

    EXPECT_EQ(result.code, exit_code::kFile);
    EXPECT_THAT(result.err, HasSubstr("/nonexistent/x.pcapng: cannot be written"));
}

}  // namespace
}  // namespace tcplab::cli
