#include "cli/option_table.h"
#include "cli/verbs.h"
#include "tests/cli/result.h"
#include "tests/support/captures.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <vector>

// The program as a process, as a script meets it: what holds for all of its verbs.
namespace tcplab::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(Program, TellsItsVersionAndItsVerbs) {
    EXPECT_THAT(runProgram("--version").out, StartsWith("tcplab "));
    EXPECT_EQ(runProgram("--version").code, 0);
    EXPECT_THAT(runProgram("--help").out, HasSubstr("analyze"));
    EXPECT_EQ(runProgram("--help").code, 0);
    EXPECT_EQ(runProgram("analyze --help").code, 0);
}

TEST(Program, NamesTheNearestRightWord) {
    const auto wrong = [](const std::string& arguments, const std::string& right) {
        const Result result = runProgram(arguments);
        EXPECT_EQ(result.code, 64) << arguments;
        EXPECT_THAT(result.err, HasSubstr("'" + right + "'")) << arguments;
        EXPECT_THAT(result.out, IsEmpty()) << arguments;
    };

    wrong("analise x.pcap", "analyze");
    wrong("analyze x.pcap --pakets", "--packets");
    wrong("analyze x.pcap --format=jsnl", "jsonl");
    wrong("analyze x.pcap --formt=json", "--format");
    wrong("analyze x.pcap --state CLOSEWAIT", "CLOSE-WAIT");
}

TEST(Program, RefusesACommandLineThatMakesNoSense) {
    for (const char* arguments : {"",
                                  "analyze",
                                  "analyze x --flow y",
                                  "analyze x --flow -1",
                                  "analyze x --flows --packets"}) {
        const Result result = runProgram(arguments);
        EXPECT_EQ(result.code, 64) << arguments;
        EXPECT_THAT(result.err, StartsWith("tcplab: ")) << arguments;
    }
}

TEST(Program, PrintsWhatAPipeHasBroughtBeforeMoreComes) {
    const TemporaryFile out;
    std::filesystem::remove(out.path());
    ASSERT_EQ(mkfifo(out.path().c_str(), S_IRUSR | S_IWUSR), 0);
    const std::string capture = contentOf(recording("refused.pcap"));
    const std::string command = TCPLAB_PROGRAM " analyze - --packets --format jsonl >" + out.path();
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe{popen(command.c_str(), "w"), pclose};
    ASSERT_NE(pipe, nullptr);
    std::ifstream rows{out.path()};

    std::fwrite(capture.data(), 1, capture.size(), pipe.get());
    std::fflush(pipe.get());

    // The pipe stays open: what is printed now was not printed because of its end.
    std::string row;
    EXPECT_TRUE(std::getline(rows, row));
    EXPECT_TRUE(std::getline(rows, row));
}

TEST(Program, NamesTheOptionWhoseNumberIsWrong) {
    const std::string file = recording("reset.pcap");
    for (const std::string& words :
         std::vector<std::string>{"analyze " + file + " --flow -1",
                                  "analyze " + file + " --flow 4294967296",
                                  "analyze " + file + " --stream 0x0",
                                  "layers " + file + " --packet 0",
                                  "cut " + file + " -o /nonexistent --flow 1e3",
                                  "frame glued --seed -1",
                                  "simulate handshake --seed 18446744073709551616",
                                  "diff handshake --seed-a ''"}) {
        const Result result = runProgram(words);
        EXPECT_EQ(result.code, 64) << words;
        EXPECT_THAT(result.err, HasSubstr("is no whole number from ")) << words;
        EXPECT_THAT(result.out, IsEmpty()) << words;
    }
}

TEST(Program, ReadsNumbersInDecimalWhateverTheyBeginWith) {
    const std::string file = recording("loss.pcap");

    EXPECT_EQ(runProgram("layers " + file + " --packet 010").out,
              runProgram("layers " + file + " --packet 10").out);
}

TEST(Program, RefusesAnOptionThatWouldBeIgnored) {
    const std::string analyze = "analyze " + recording("reset.pcap");
    for (const std::string& words :
         std::vector<std::string>{analyze + " --graph rtt -o x.svg --filter tcp",
                                  analyze + " --graph rtt -o x.svg --format json",
                                  analyze + " --export html -o x.html --packets",
                                  analyze + " --stream 0 --format json",
                                  analyze + " --stream 0 --filter tcp",
                                  analyze + " --ladder --finding retransmission",
                                  "simulate handshake --graph rtt -o x.svg --format json",
                                  "simulate handshake --export html -o x.html --step"}) {
        const Result result = runProgram(words);
        EXPECT_EQ(result.code, 64) << words;
        EXPECT_THAT(result.err, HasSubstr("exclude")) << words;
    }
}

TEST(Program, PointsAtTheHelpOfTheVerb) {
    EXPECT_THAT(runProgram("simulate handshake --nonsense").err,
                HasSubstr("See tcplab simulate --help."));
    EXPECT_THAT(runProgram("nonsense").err, HasSubstr("See tcplab --help."));
}

TEST(Program, SaysWhereStandardOutputCannotBeWritten) {
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
    const std::string file = recording("reset.pcap");
    const TemporaryFile rules;
    for (const std::string& words :
         std::vector<std::string>{"analyze " + file,
                                  "analyze --format jsonl " + file,
                                  "analyze --ladder " + file,
                                  "analyze --stream 0 " + file,
                                  "frame --as line " + file,
                                  "layers " + file,
                                  "check " + file + " --write --expect " + rules.path(),
                                  "cut " + file + " -o -",
                                  "diff " + file + " " + file,
                                  "drill " TCPLAB_SOURCE_DIR "/traces/scripts",
                                  "frame glued",
                                  "simulate handshake",
                                  "simulate --list",
                                  "simulate --step handshake </dev/null",
                                  "--help",
                                  "analyze --help",
                                  "--version"}) {
        const TemporaryFile err;
        const std::string line = TCPLAB_PROGRAM " " + words + " >/dev/full 2>" + err.path();
        const int status = std::system(line.c_str());
        ASSERT_TRUE(WIFEXITED(status)) << words;
        EXPECT_EQ(WEXITSTATUS(status), 2) << words;
        EXPECT_THAT(contentOf(err.path()), HasSubstr("could not be written")) << words;
    }
}

TEST(Program, ReadsACaptureFromStandardInput) {
    const std::string file = recording("reset.pcap");
    for (const char* words : {"analyze --flows", "layers", "frame --as line", "cut -o -"}) {
        const std::string verb{words};
        EXPECT_EQ(runProgram(verb + " - <" + file).out, runProgram(verb + " " + file).out) << verb;
    }
    EXPECT_EQ(runProgram("diff - " + file + " <" + file).code, 0);
}

TEST(Program, DoesNotWriteTheScenarioOver) {
    const TemporaryFile scenario{"title = { en = \"t\", zh_CN = \"t\" }"};

    const Result result = runProgram("simulate " + scenario.path() + " -w " + scenario.path());

    EXPECT_EQ(result.code, 64);
    EXPECT_THAT(result.err, HasSubstr(": is the scenario itself"));
    EXPECT_THAT(contentOf(scenario.path()), StartsWith("title"));
}

std::string described(const std::string& reader) {
    return runProgram("--describe-for " + reader).out;
}

TEST(Program, HasAManualPageThatNamesEveryOptionOfEveryVerb) {
    const TemporaryFile page{described("man")};
    CLI::App app;
    int exitCode = 0;
    cli::addVerbs(app, exitCode);
    const std::vector<cli::VerbEntry> verbs = cli::optionTable(app);

    ASSERT_FALSE(verbs.empty());
    const std::string text = contentOf(page.path());
    for (const cli::VerbEntry& verb : verbs) {
        const std::size_t section = text.find(".SH \"TCPLAB " + verb.name);
        ASSERT_NE(section, std::string::npos) << verb.name;
        const std::string own = text.substr(section, text.find(".SH", section + 1) - section);
        for (const cli::OptionEntry& option : verb.options)
            for (std::string name : option.names) {
                for (std::size_t at = 0; (at = name.find('-', at)) != name.npos; at += 2)
                    name.insert(at, 1, '\\');
                EXPECT_THAT(own, HasSubstr("\\fB" + name + "\\fR")) << verb.name;
            }
    }
    if (std::system("command -v groff >/dev/null") != 0) return;
    const std::string lint = "test -z \"$(groff -man -ww -z -Tutf8 " + page.path() + " 2>&1)\"";
    EXPECT_EQ(std::system(lint.c_str()), 0);
}

/// What bash offers for the last of these words.
std::vector<std::string> offered(const std::string& words, int last) {
    const TemporaryFile script{described("bash") + "COMP_WORDS=(" + words +
                               ")\nCOMP_CWORD=" + std::to_string(last) +
                               "\n_tcplab\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n"};
    std::istringstream lines{runProgram(script.path(), "bash").out};
    std::vector<std::string> all;
    for (std::string line; std::getline(lines, line);) all.push_back(line);
    return all;
}

TEST(Completion, OffersVerbsOptionsAndTheirWords) {
    using testing::AllOf;
    using testing::Contains;
    using testing::ElementsAre;
    using testing::Not;

    EXPECT_THAT(offered("tcplab ana", 1), ElementsAre("analyze"));
    EXPECT_THAT(offered("tcplab ''", 1), AllOf(Contains("simulate"), Contains("--version")));
    EXPECT_THAT(offered("tcplab analyze --pa", 2), ElementsAre("--packets"));
    EXPECT_THAT(offered("tcplab analyze --format js", 3), ElementsAre("json", "jsonl"));
    EXPECT_THAT(offered("tcplab analyze x.pcap --state TIME", 4), ElementsAre("TIME-WAIT"));
    EXPECT_THAT(offered("tcplab simulate four", 2), ElementsAre("four-way-close"));
    EXPECT_THAT(offered("tcplab layers --", 2), Not(Contains("--graph")));
}

TEST(Completion, IsTakenByTheShellsThatAreThere) {
    for (const std::string shell : {"bash", "zsh", "fish"}) {
        const TemporaryFile script{described(shell)};
        EXPECT_THAT(contentOf(script.path()), HasSubstr("simulate")) << shell;
        if (std::system(("command -v " + shell + " >/dev/null").c_str()) != 0) continue;
        EXPECT_EQ(runProgram("-n " + script.path(), shell).err, "") << shell;
    }
}

class AProgramBesideAnother : public testing::Test {
protected:
    AProgramBesideAnother() {
        std::filesystem::create_directory(folder);
        std::filesystem::copy_file(TCPLAB_PROGRAM, program);
    }
    ~AProgramBesideAnother() override { std::filesystem::remove_all(folder); }

    const TemporaryFile name;
    const std::string folder = name.path() + ".d";
    const std::string program = folder + "/tcplab";
};

TEST_F(AProgramBesideAnother, StartsTheWindowWithAllTheWordsThatItWasGiven) {
    const std::string window = folder + "/tcplab-gui";
    std::ofstream{window} << "#!/bin/sh\nfor word; do echo \"<$word>\"; done\nexit 7\n";
    std::filesystem::permissions(window, std::filesystem::perms::owner_all);

    const Result result = runProgram("gui --help 'a b.pcap' --export window -o x.png", program);

    EXPECT_EQ(result.out, "<--help>\n<a b.pcap>\n<--export>\n<window>\n<-o>\n<x.png>\n");
    EXPECT_EQ(result.code, 7);
}

TEST_F(AProgramBesideAnother, SaysThatThereIsNoWindow) {
    const Result result = runProgram("gui", "PATH=/nonexistent " + program);

    EXPECT_EQ(result.code, 2);
    EXPECT_THAT(result.err, StartsWith("tcplab: tcplab-gui: "));
}

}  // namespace
}  // namespace tcplab::test
