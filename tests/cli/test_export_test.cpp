#include "cli/test_export.h"

#include "cli/verbs.h"
#include "tests/cli/result.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace tcplab::cli {
namespace {

using test::Result;
using test::runProgram;
using test::TemporaryFile;
using testing::HasSubstr;

const std::string kTraces = TCPLAB_SOURCE_DIR "/traces/";

TEST(TestExport, AScriptOfAScenarioIsPassed) {
    const TemporaryFile script{{}, ".pkt"};
    for (const std::string host : {"client", "server"}) {
        const Result made = runProgram("simulate four-way-close --export packetdrill --host " +
                                       host + " -o " + script.path());
        ASSERT_EQ(made.code, exit_code::kDone) << made.err;
        EXPECT_THAT(made.err, HasSubstr("All came as the script expects."));

        EXPECT_EQ(runProgram("drill " + script.path()).code, exit_code::kDone);
    }
}

// What Linux did is what its profile does, as far as that can be seen from outside.
TEST(TestExport, AScriptOfAKernelsServerIsPassedByItsProfile) {
    const TemporaryFile script{{}, ".pkt"};
    for (const char* name : {"handshake-data-close", "close-wait", "reset", "http", "redis"}) {
        const Result made = runProgram("analyze " + kTraces + name +
                                       ".pcap --flow 0 --export packetdrill -o " + script.path());
        ASSERT_EQ(made.code, exit_code::kDone) << made.err;
        EXPECT_THAT(test::contentOf(script.path()), HasSubstr("// profile: linux\n")) << name;
        EXPECT_THAT(test::contentOf(script.path()), HasSubstr("A capture does not show calls"));

        EXPECT_EQ(runProgram("drill " + script.path()).code, exit_code::kDone) << name;
    }
}

TEST(TestExport, AScriptThatIsNotPassedSaysSoItself) {
    const TemporaryFile script{{}, ".pkt"};
    const Result made =
        runProgram("analyze " + kTraces + "loss.pcap --export packetdrill -o " + script.path());

    EXPECT_EQ(made.code, exit_code::kDone);
    const Result drilled = runProgram("drill " + script.path());
    EXPECT_EQ(drilled.code, exit_code::kDoesNotHold);
    const auto line = drilled.out.find(".pkt:") + 5;
    const std::string number = drilled.out.substr(line, drilled.out.find(':', line) - line);
    EXPECT_THAT(test::contentOf(script.path()), HasSubstr("// Line " + number + ": expected "));
}

TEST(TestExport, ATestInPythonHoldsAndFails) {
    if (runProgram("-c pass", "python3").code != 0) GTEST_SKIP() << "there is no python3";
    const TemporaryFile source{{}, ".py"};
    ASSERT_EQ(
        runProgram("analyze " + kTraces + "half-close.pcap --export pytest -o " + source.path())
            .code,
        exit_code::kDone);
    const std::string folder = std::filesystem::path{TCPLAB_PROGRAM}.parent_path();
    const auto runTest = [&] {
        const std::string call =
            "-c \"import pathlib, runpy, tempfile; "
            "runpy.run_path('" +
            source.path() +
            "')['test_connection_is_as_it_was']"
            "(pathlib.Path(tempfile.mkdtemp()))\"";
        return runProgram(call, "PATH=" + folder + ":$PATH python3");
    };

    EXPECT_EQ(runTest().code, 0);
    std::string text = test::contentOf(source.path());
    const auto closed = text.find("closed_by = \"client\"");
    ASSERT_NE(closed, std::string::npos);
    source.write(text.replace(closed, 20, "closed_by = \"server\""));
    const Result broken = runTest();
    EXPECT_NE(broken.code, 0);
    EXPECT_THAT(broken.err, HasSubstr("closed_by: expected server, got client"));
}

TEST(TestExport, AFileMayHaveAnyName) {
    const TemporaryFile capture{test::contentOf(kTraces + "half-close.pcap"), "\n\\\".pcap"};
    const TemporaryFile source;

    const Result result =
        runProgram("analyze '" + capture.path() + "' --export googletest -o " + source.path());

    EXPECT_EQ(result.code, exit_code::kDone) << result.err;
    EXPECT_THAT(test::contentOf(source.path()), HasSubstr(R"(\012\\\".pcap")"));
}

// Ports that are used again: a rule cannot tell the connections apart, a test in C++ can.
TEST(TestExport, ATestInCppIsOfOneFlowAmongThoseOfTheSameEnds) {
    const TemporaryFile first{{}, ".pcapng"};
    const TemporaryFile second{{}, ".pcapng"};
    const TemporaryFile source;
    ASSERT_EQ(runProgram("simulate four-way-close -w " + first.path()).code, exit_code::kDone);
    const std::string again = "simulate four-way-close --set client.iss=5000 -w ";
    ASSERT_EQ(runProgram(again + second.path()).code, exit_code::kDone);
    const TemporaryFile both{test::contentOf(first.path()) + test::contentOf(second.path())};

    const Result result =
        runProgram("analyze " + both.path() + " --flow 1 --export googletest -o " + source.path());

    EXPECT_EQ(result.code, exit_code::kDone) << result.err;
    const std::string text = test::contentOf(source.path());
    EXPECT_THAT(text, HasSubstr("run.flow(1)"));
    EXPECT_THAT(text, HasSubstr("ClosedBy(Side::Client)"));
    EXPECT_THAT(text, HasSubstr("EndsIn(Side::Client, State::TimeWait)"));
}

TEST(TestExport, WhatCannotBeAScriptIsToldWhy) {
    const TemporaryFile out;
    const Result early =
        runProgram("simulate close-in-syn-received --export packetdrill -o " + out.path());
    const Result many = runProgram("analyze " + kTraces +
                                   "dns.pcap --export googletest --flow 99 -o " + out.path());
    const Result html =
        runProgram("simulate handshake --export html --host client -o " + out.path());

    EXPECT_EQ(early.code, exit_code::kUsage);
    EXPECT_THAT(early.err, HasSubstr("accept()"));
    EXPECT_EQ(many.code, exit_code::kUsage);
    EXPECT_THAT(many.err, HasSubstr("no flow 99"));
    EXPECT_EQ(html.code, exit_code::kUsage);
    EXPECT_THAT(html.err, HasSubstr("--host belongs to --export packetdrill"));
}

}  // namespace
}  // namespace tcplab::cli
