// Every verb on every capture at hand, the broken ones above all: it answers, whatever is in them.

#include "cli/verbs.h"

#include "tests/support/captures.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace tcplab::test {
namespace {

using Words = std::vector<std::string>;

/// What a verb is asked of a capture, which FILE stands for, and OUT for the stem of a file to
/// write; nothing where it reads none.
const std::map<std::string, std::vector<Words>>& requests() {
    static const std::map<std::string, std::vector<Words>> kRequests{
        {"analyze",
         {{"FILE"},
          {"FILE", "--flows", "--format", "jsonl"},
          {"FILE", "--packets", "--format", "csv"},
          {"FILE", "--packets", "--state", "CLOSED"},
          {"FILE", "--packets", "--checksums", "--finding", "retransmission"},
          {"FILE", "--by-trouble", "--filter", "tcp port 80"},
          {"FILE", "--ladder"},
          {"FILE", "--stream", "0"},
          {"FILE", "--messages"},
          {"FILE", "--flow", "0", "--graph", "sequence", "-o", "OUT.svg"},
          {"FILE", "--flow", "0", "--graph", "rtt", "-o", "OUT.svg"},
          {"FILE", "--flow", "0", "--export", "html", "-o", "OUT.html"}}},
        {"check", {{"FILE", "--expect", "OUT.toml", "--write"}}},
        {"cut", {{"FILE", "-o", "OUT.pcapng", "--anonymize"}}},
        {"diff", {{"FILE", "FILE"}, {"FILE", recording("loss.pcap")}}},
        {"drill", {{"FILE"}}},
        {"frame",
         {{"FILE", "--as", "auto"},
          {"FILE", "--as", "auto", "--messages"},
          {"FILE", "--as", "varint"},
          {"FILE", "--as", "line"}}},
        {"gui", {}},
        {"layers", {{"FILE", "--fields"}, {"FILE", "--packet", "2", "--language", "zh_CN"}}},
        {"simulate", {}},
    };
    return kRequests;
}

/// Takes what is written to standard output and standard error while it lives.
class Silence {
public:
    Silence() : out_{std::cout.rdbuf(said_.rdbuf())}, err_{std::cerr.rdbuf(wrong_.rdbuf())} {}
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    ~Silence() {
        std::cout.rdbuf(out_);
        std::cerr.rdbuf(err_);
    }
    [[nodiscard]] std::string wrong() const { return wrong_.str(); }

private:
    std::ostringstream said_{};
    std::ostringstream wrong_{};
    std::streambuf* out_;
    std::streambuf* err_;
};

void expectAnswer(const std::string& verb, Words words, const std::string& capture) {
    const TemporaryFile written;
    for (std::string& word : words) {
        if (word == "FILE") word = capture;
        if (word.starts_with("OUT.")) word.replace(0, 3, written.path());
    }
    words.insert(words.begin(), verb);
    std::string line;
    for (const std::string& word : words) line += " " + word;

    CLI::App app{"", "tcplab"};
    int exitCode = cli::exit_code::kDone;
    cli::addVerbs(app, exitCode);
    std::string wrong;
    {
        const Silence silence;
        // CLI11 takes them from the last one to the first.
        ASSERT_NO_THROW(app.parse(Words{words.rbegin(), words.rend()})) << line;
        wrong = silence.wrong();
    }
    for (const char* ending : {".svg", ".html", ".toml", ".pcapng"})
        std::filesystem::remove(written.path() + ending);

    const std::set<int> answers{cli::exit_code::kDone,
                                cli::exit_code::kDoesNotHold,
                                cli::exit_code::kFile,
                                cli::exit_code::kUsage};
    EXPECT_TRUE(answers.contains(exitCode)) << line << " ends with " << exitCode;
    if (exitCode >= cli::exit_code::kFile) {
        EXPECT_NE(wrong, "") << line << " does not say what is wrong";
    }
}

void expectAnswers(const std::vector<std::string>& captures) {
    for (const auto& [verb, all] : requests()) {
        for (const Words& words : all) {
            for (const std::string& capture : captures) expectAnswer(verb, words, capture);
        }
    }
}

TEST(Verbs, AreAllAskedHere) {
    CLI::App app;
    int exitCode = 0;
    cli::addVerbs(app, exitCode);
    std::set<std::string> verbs;
    for (const CLI::App* verb : app.get_subcommands({})) verbs.insert(verb->get_name());

    std::set<std::string> asked;
    for (const auto& [verb, words] : requests()) asked.insert(verb);
    EXPECT_EQ(asked, verbs);
}

TEST(Verbs, AnswerOnARecordingCutShort) {
    const std::string content = contentOf(recording("half-close.pcap"));
    const TemporaryFile cut{std::string_view{content}.substr(0, content.size() - 9)};

    expectAnswers({cut.path()});
}

TEST(Verbs, AnalyzeEveryCapture) {
    const std::vector<Words> kinds{{"FILE", "--flows", "--format", "jsonl"},
                                   {"FILE", "--packets", "--format", "jsonl", "--checksums"},
                                   {"FILE", "--stream", "0"},
                                   {"FILE", "--messages", "--format", "jsonl"}};
    for (const auto& folder : {sharedCaptures(), std::filesystem::path{recording("")}}) {
        for (const std::string& capture : capturesIn(folder)) {
            for (const Words& words : kinds) expectAnswer("analyze", words, capture);
        }
    }
}

TEST(Verbs, AnswerOnOthersMalformedCaptures) {
    const auto captures = capturesIn(sharedCaptures() / "malformed");
    if (captures.empty()) GTEST_SKIP() << "there are no captures in " << sharedCaptures();

    expectAnswers(captures);
}

}  // namespace
}  // namespace tcplab::test
