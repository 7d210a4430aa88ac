#include "cli/layers.h"

#include "cli/verbs.h"
#include "tests/cli/result.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace tcplab::cli {
namespace {

using test::Result;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Result run(LayersRequest request) {
    if (request.file.empty()) request.file = TCPLAB_SOURCE_DIR "/traces/handshake-data-close.pcap";
    return test::resultOf(layers, request);
}

TEST(Layers, ShowWhatEachOfTheSevenAdds) {
    const Result result = run({.packet = 5});

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_THAT(result.err, IsEmpty());
    EXPECT_THAT(result.out, HasSubstr("7  Application     Application"));
    EXPECT_THAT(result.out, HasSubstr("4  Transport       Transport          +32"));
    EXPECT_THAT(result.out, HasSubstr("2  Data link       Link               +14"));
    EXPECT_THAT(result.out, HasSubstr("TCP 32 [34-65]"));
    EXPECT_THAT(result.out, Not(HasSubstr("Time to live")));
}

TEST(Layers, ListEveryFieldOnRequest) {
    const Result result = run({.packet = 4, .fields = true});

    EXPECT_THAT(result.out, HasSubstr("[22]         Time to live"));
}

TEST(Layers, AreRowsForPrograms) {
    const auto rows = run({.packet = 5, .format = Format::Jsonl}).rows();
    ASSERT_EQ(rows.size(), 7U);
    EXPECT_EQ(rows.front()["layer"], 7);
    EXPECT_EQ(rows[3]["name"], "Transport");
    EXPECT_EQ(rows[3]["octets"], 32);
    EXPECT_EQ(rows[3]["offset"], 34);

    const auto fields = run({.packet = 5, .fields = true, .format = Format::Jsonl}).rows();
    const auto timeToLive = std::ranges::find_if(
        fields, [](const auto& field) { return field["field"] == "Time to live"; });
    ASSERT_NE(timeToLive, fields.end());
    EXPECT_EQ((*timeToLive)["offset"], 22);
    EXPECT_EQ((*timeToLive)["octets"], 1);
}

TEST(Layers, AreToldInChineseToo) {
    const Result result = run({.packet = 1, .language = Language::Chinese});

    EXPECT_THAT(result.out, HasSubstr("数据链路层"));
    EXPECT_THAT(result.out, Not(HasSubstr("Data link")));
}

TEST(Layers, OfAPacketThatIsNotThereAreAnErrorThatSaysHowManyThereAre) {
    const Result result = run({.packet = 4'000'000});

    EXPECT_EQ(result.code, exit_code::kUsage);
    EXPECT_THAT(result.err, HasSubstr("there is no packet 4000000; it has "));
}

TEST(Layers, OfAFileThatIsNotThereAreAnError) {
    const Result result = run({.file = "/no/such.pcap"});

    EXPECT_EQ(result.code, exit_code::kFile);
    EXPECT_THAT(result.err, HasSubstr("/no/such.pcap"));
}

}  // namespace
}  // namespace tcplab::cli
