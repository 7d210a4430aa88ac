#include "cli/frame.h"

#include "cli/frame_rows.h"
#include "cli/verbs.h"
#include "sim/framing/parse_framing.h"
#include "tests/cli/result.h"
#include "tests/support/captures.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace tcplab::cli {
namespace {

using nlohmann::json;
using test::Result;
using testing::ElementsAre;
using testing::HasSubstr;

Result framed(FrameRequest request, std::string_view as) {
    if (as != "auto") request.framing = *framing::parseFraming(as);
    return test::resultOf(frame, request);
}

Result framed(const std::string& file, std::string_view as) {
    return framed(FrameRequest{.files = {file}, .format = Format::Jsonl}, as);
}

std::vector<std::string> columnOf(const Result& result, const std::string& key) {
    std::vector<std::string> all;
    for (const json& row : result.rows())
        all.push_back(row[key].is_string() ? row[key].get<std::string>() : row[key].dump());
    return all;
}

// The client sends three lines at once, the server one after the other.
TEST(Frame, SplitsACaptureIntoMessagesAndSaysHowTheyCame) {
    const Result result = framed(test::recording("half-close.pcap"), "line");

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_THAT(columnOf(result, "text"),
                ElementsAre("pear", "fig", "apple", "apple", "fig", "pear"));
    EXPECT_THAT(columnOf(result, "came"),
                ElementsAre("glued", "glued", "glued", "whole", "whole", "whole"));
    EXPECT_THAT(columnOf(result, "offset"), ElementsAre("0", "5", "9", "0", "6", "10"));
    EXPECT_TRUE(result.rows().front()["packets"].is_array());
}

TEST(Frame, OnlyWhatIsAskedForIsPrinted) {
    FrameRequest request{.files = {test::recording("half-close.pcap")}, .format = Format::Jsonl};
    request.from = Side::Server;
    EXPECT_EQ(framed(request, "line").rows().size(), 3U);
    request.flow = 7;
    EXPECT_EQ(framed(request, "line").rows().size(), 0U);
}

TEST(Frame, SplitsPlainOctets) {
    const test::TemporaryFile file{std::string_view{"\0\2hi\0\3you\0\5cut", 15}};

    const Result result = framed(file.path(), "length:width=2,strip=2");

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_THAT(columnOf(result, "text"),
                ElementsAre("hi",
                            "you",
                            "offset 9: the stream ends within a message, 6 octets after its "
                            "beginning"));
    EXPECT_TRUE(result.rows().front()["flow"].is_null());
}

TEST(Frame, InfersAndSaysHowSureItIs) {
    const Result result = framed(test::recording("half-close.pcap"), "auto");

    // Three lines are little to go by.
    EXPECT_THAT(columnOf(result, "framing"), ElementsAre("null", "null"));
    EXPECT_THAT(columnOf(result, "confidence"), ElementsAre("unknown", "unknown"));
    EXPECT_EQ(result.rows().front()["rivals"][0]["framing"], "line");
}

TEST(Frame, SpeaksChinese) {
    FrameRequest request{.files = {test::recording("half-close.pcap")}};
    request.language = Language::Chinese;

    EXPECT_THAT(framed(request, "line").out, HasSubstr("粘包"));
    EXPECT_THAT(framed(request, "auto").out, HasSubstr("未知"));
}

TEST(Frame, AFileThatIsMissingIsTold) {
    const Result result = framed("/nowhere/at.all", "line");

    EXPECT_EQ(result.code, exit_code::kFile);
    EXPECT_THAT(result.err, HasSubstr("/nowhere/at.all"));
}

Result shown(StreamRequest request) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = frameScenario(request, out, err);
    return {code, out.str(), err.str()};
}

TEST(Frame, ProvesWhichDecodersHold) {
    const test::TemporaryFile file{"ab\ncd\n"};
    FrameRequest request{.files = {file.path()}, .format = Format::Jsonl};
    request.prove = true;

    const Result result = framed(request, "line");

    EXPECT_THAT(columnOf(result, "decoder"),
                ElementsAre("right", "one-recv-one-message", "strips-each-read"));
    EXPECT_THAT(columnOf(result, "holds"), ElementsAre("true", "false", "false"));
    EXPECT_THAT(columnOf(result, "cuts"), ElementsAre("null", "[]", "[2]"));
    EXPECT_EQ(result.rows()[2]["reads"], "ab | \\ncd\\n");
}

TEST(Frame, ShowsTheRowsOfAScenarioAndWhyBoundariesBreak) {
    StreamRequest request{.scenario = "glued"};
    const std::string picture = shown(request).out;
    EXPECT_THAT(picture, HasSubstr("├────hello─────┼"));
    EXPECT_THAT(picture, HasSubstr("recv(4096)"));
    EXPECT_THAT(picture, HasSubstr("  a  5 glued  the receiver read late"));
    request.language = Language::Chinese;
    EXPECT_THAT(shown(request).out, HasSubstr("接收方读得晚"));

    request.format = Format::Jsonl;
    const json rows = shown(request).rows().front();
    EXPECT_EQ(rows["sends"].size(), 3U);
    EXPECT_EQ(rows["broken"][0]["causes"][0]["cause"], "read-late");
    request.udp = true;
    EXPECT_EQ(shown(request).rows().front()["broken"].size(), 0U);
}

TEST(Frame, AProgramThatWaitsForAStateCannotRunOverUdp) {
    const Result result = shown({.scenario = "close-in-syn-received", .udp = true});

    EXPECT_EQ(result.code, exit_code::kUsage);
    EXPECT_THAT(result.err, HasSubstr("waits for a state, and UDP has none"));
}

TEST(Frame, DrawsTheRowsOfAScenario) {
    const test::TemporaryFile file;
    StreamRequest request{.scenario = "glued-and-halved", .path = file.path()};

    EXPECT_EQ(shown(request).code, exit_code::kDone);

    const std::string svg = test::contentOf(file.path());
    EXPECT_THAT(svg, testing::StartsWith("<svg"));
    EXPECT_THAT(svg, HasSubstr("recv(7)"));
    EXPECT_THAT(svg, HasSubstr("glued"));
}

TEST(Preview, ShowsTextAsItIsAndTheRestEscaped) {
    const auto shown = [](std::string_view text) {
        const std::vector<std::uint8_t> octets{text.begin(), text.end()};
        return preview(octets, 12);
    };

    EXPECT_EQ(shown("a\r\n\\\x01"), "a\\r\\n\\\\\\x01");
    EXPECT_EQ(shown("粘包"), "粘包");
    EXPECT_EQ(shown("\xC2\x9B\xED\xA0\x80"), "\\xc2\\x9b\\xed\\xa0\\x80");
    EXPECT_EQ(shown("0123456789abcd"), "0123456789ab...");
}

}  // namespace
}  // namespace tcplab::cli
