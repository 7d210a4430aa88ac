#include "cli/diff.h"

#include "capture/tap_file.h"
#include "cli/verbs.h"
#include "tests/cli/result.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace tcplab::cli {
namespace {

using nlohmann::json;
using test::Result;
using test::TemporaryFile;
using testing::HasSubstr;
using testing::IsEmpty;

Result run(const DiffRequest& request) {
    return test::resultOf(diff, request);
}

/// How many rows say this.
std::ptrdiff_t rowsOf(const Result& result, const std::string& what) {
    return std::ranges::count_if(result.rows(),
                                 [&](const json& row) { return row.at("what") == what; });
}

/// What a tap hears of the scenario.
void record(const std::string& scenario, double tap, const TemporaryFile& file) {
    ASSERT_FALSE(capture::writeTap(simulate(*net::scenarioNamed(scenario)), tap, file.path()));
}

TEST(Diff, RunsThatAreTheSameEndWithZero) {
    const Result result = run({.a = {.name = "handshake"}, .b = {.name = "handshake"}});

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_THAT(result.out, HasSubstr("The two runs are the same"));
}

TEST(Diff, AForkIsComparedWithTheRunThatItLeft) {
    const DiffOperand forked{.name = "handshake", .course = {.forks = {*parseFork("3: drop 1")}}};
    const Result result = run({.a = {.name = "handshake"}, .b = forked});

    EXPECT_EQ(result.code, exit_code::kDoesNotHold);
    EXPECT_THAT(result.out, HasSubstr("handshake: step 4, 0.020 s: server receives 1"));
    EXPECT_THAT(result.out, HasSubstr("handshake, 3: drop 1: step 5, 0.020 s: client loses 1"));

    const Result rows = run({.a = {.name = "handshake"}, .b = forked, .format = Format::Jsonl});
    EXPECT_EQ(rowsOf(rows, "first"), 1);
    EXPECT_EQ(rowsOf(rows, "packet"), 4);
}

TEST(Diff, SettingsMakeTheSecondRunAnother) {
    const Result result =
        run({.a = {.name = "handshake"},
             .b = {.name = "handshake", .settings = {{"server.receive_buffer", "1000"}}}});

    EXPECT_EQ(result.code, exit_code::kDoesNotHold);
    EXPECT_THAT(result.out, HasSubstr("window"));
}

TEST(Diff, CapturesOfTwoPlacesTellWhatWasLostBetween) {
    const TemporaryFile near;
    const TemporaryFile far;
    record("syn-lost", 0, near);
    record("syn-lost", 1, far);

    const Result text = run({.a = {.name = near.path()}, .b = {.name = far.path()}});
    const Result rows =
        run({.a = {.name = near.path()}, .b = {.name = far.path()}, .format = Format::Jsonl});

    EXPECT_EQ(text.code, exit_code::kDoesNotHold);
    EXPECT_THAT(text.out, HasSubstr("lost between: 1  (client 1, server 0)"));
    EXPECT_THAT(text.out, HasSubstr("first difference: packet 1 of A, client S seq 0"));
    EXPECT_EQ(rowsOf(rows, "lost"), 1);
    EXPECT_EQ(rowsOf(rows, "delay"), 2);
    EXPECT_EQ(rowsOf(rows, "changed"), 0);
}

TEST(Diff, ACaptureDoesNotDifferFromItself) {
    const TemporaryFile file;
    record("transfer", 0.5, file);

    const Result result = run({.a = {.name = file.path()}, .b = {.name = file.path()}});

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_THAT(result.out, HasSubstr("nothing differs"));
}

TEST(Diff, SpeaksChinese) {
    const TemporaryFile near;
    const TemporaryFile far;
    record("syn-lost", 0, near);
    record("syn-lost", 1, far);

    EXPECT_THAT(
        run({.a = {.name = near.path()}, .b = {.name = far.path()}, .language = Language::Chinese})
            .out,
        testing::AllOf(HasSubstr("途中丢失：1（客户端 1，服务器 0）"),
                       HasSubstr("最早的差别：A 的第 1 个报文段，客户端 S seq 0")));
}

TEST(Diff, WhatCannotBeReadIsToldByName) {
    const TemporaryFile broken{"this is no capture"};
    const Result missing =
        run({.a = {.name = "/nonexistent.pcap"}, .b = {.name = "/nonexistent.pcap"}});
    const Result noCapture = run({.a = {.name = broken.path()}, .b = {.name = broken.path()}});

    EXPECT_EQ(missing.code, exit_code::kFile);
    EXPECT_THAT(missing.err, HasSubstr("/nonexistent.pcap"));
    EXPECT_EQ(noCapture.code, exit_code::kFile);
    EXPECT_THAT(noCapture.out, IsEmpty());
}

TEST(Diff, WrongWordsAreAWrongCommandLine) {
    const Result unknown = run({.a = {.name = "handshake"}, .b = {.name = "handshaek"}});
    EXPECT_EQ(unknown.code, exit_code::kUsage);
    EXPECT_THAT(unknown.err, HasSubstr("did you mean \"handshake\"?"));

    const Result mixed = run({.a = {.name = "handshake"}, .b = {.name = "/some.pcap"}});
    EXPECT_EQ(mixed.code, exit_code::kUsage);
    EXPECT_THAT(mixed.err, HasSubstr("compare two of a kind"));

    const Result options =
        run({.a = {.name = "/a.pcap"}, .b = {.name = "/b.pcap", .course = {.seed = 2}}});
    EXPECT_EQ(options.code, exit_code::kUsage);
    EXPECT_THAT(options.err, HasSubstr("are for scenarios"));
}

}  // namespace
}  // namespace tcplab::cli
