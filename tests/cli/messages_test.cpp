#include "cli/messages.h"

#include "cli/ending.h"
#include "sim/base/side.h"
#include "sim/framing/parse_framing.h"
#include "sim/wire/frame.h"
#include "tests/cli/result.h"
#include "tests/support/captures.h"
#include "tests/support/pcap_maker.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <map>
#include <random>

namespace tcplab::cli {
namespace {

using nlohmann::json;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

/// A capture of connections with one server, in which both ends say what they are told to.
class Dialogue {
public:
    /// A packet of the connection with this number. `gap`: so many octets before it are not in the
    /// capture.
    void say(Side from, std::string_view text, std::uint16_t connection = 0, std::size_t gap = 0) {
        Talk& talk = talks_[connection];
        if (!talk.open) open(connection);
        talk.next[from] += static_cast<std::uint32_t>(gap);
        packet(connection, from, {.psh = true, .ack = true}, text);
    }
    void close(std::uint16_t connection = 0) {
        for (const Side side : kSides) packet(connection, side, {.fin = true, .ack = true}, {});
        packet(connection, Side::Client, {.ack = true}, {});
    }
    [[nodiscard]] const std::string& capture() const { return file_.content(); }

private:
    struct Talk {
        bool open = false;
        PerSide<std::uint32_t> next{{1000U, 5000U}};
    };
    void open(std::uint16_t connection) {
        talks_[connection].open = true;
        packet(connection, Side::Client, {.syn = true}, {});
        packet(connection, Side::Server, {.syn = true, .ack = true}, {});
        packet(connection, Side::Client, {.ack = true}, {});
    }
    void packet(std::uint16_t connection, Side from, Flags flags, std::string_view text) {
        const auto clientPort = static_cast<std::uint16_t>(40000 + connection);
        const PerSide<wire::SocketAddress> ends{
            {wire::SocketAddress{wire::IpAddress::v4(192, 0, 2, 1), clientPort},
             wire::SocketAddress{wire::IpAddress::v4(192, 0, 2, 2), 7777}}};
        Talk& talk = talks_[connection];
        Segment segment;
        segment.seq = Seq{talk.next[from]};
        segment.ack = Seq{flags.ack ? talk.next[other(from)] : 0};
        segment.wnd = 8192;
        segment.ctl = flags;
        segment.payload = Bytes{text};
        const auto octets =
            wire::encodeFrame({.from = ends[from], .to = ends[other(from)]}, segment);
        talk.next[from] += static_cast<std::uint32_t>(text.size()) +
                           (flags.syn || flags.fin ? std::uint32_t{1} : 0U);
        file_.record(0,
                     ++microseconds_,
                     std::string{octets.begin(), octets.end()},
                     static_cast<std::uint32_t>(octets.size()));
    }

    test::PcapMaker file_{std::endian::little, {}};
    std::map<std::uint16_t, Talk> talks_{};
    std::uint32_t microseconds_ = 0;
};

struct Result : test::Result {
    [[nodiscard]] std::vector<std::string> column(const std::string& key) const {
        std::vector<std::string> all;
        for (const json& row : rows()) {
            const json cell = row.value(key, json{});
            all.push_back(cell.is_string() ? cell.get<std::string>() : cell.dump());
        }
        return all;
    }
};

Result messages(MessagesRequest request, std::string_view as = "auto") {
    if (as != "auto") request.framing = *framing::parseFraming(as);
    return {test::resultOf(printMessages, request)};
}

Result messagesOf(const Dialogue& dialogue, std::string_view as = "auto") {
    const test::TemporaryFile file{dialogue.capture()};
    return messages({.files = {file.path()}, .format = Format::Jsonl}, as);
}

TEST(Messages, AreOfBothDirectionsInTheOrderInWhichTheyWereComplete) {
    Dialogue dialogue;
    dialogue.say(Side::Client, "one\ntw");  // 4
    dialogue.say(Side::Server, "yes\n");    // 5
    dialogue.say(Side::Client, "o\n");      // 6
    dialogue.close();

    const Result result = messagesOf(dialogue, "line");

    EXPECT_EQ(result.code, exit_code::kDone);
    EXPECT_THAT(result.column("text"), ElementsAre("one", "yes", "two"));
    EXPECT_THAT(result.column("from"), ElementsAre("client", "server", "client"));
    EXPECT_THAT(result.column("message"), ElementsAre("1", "1", "2"));
    EXPECT_THAT(result.column("offset"), ElementsAre("0", "0", "4"));
    EXPECT_THAT(result.column("packets"), ElementsAre("[4]", "[5]", "[4,6]"));
    EXPECT_THAT(result.column("came"), ElementsAre("glued", "whole", "parts, glued"));
    EXPECT_THAT(result.column("framing"), Each("line"));
    EXPECT_THAT(result.column("confidence"), Each("null"));
}

// As the same framing says of the stream as a whole.
TEST(Messages, AreTheSameAsOfStreamsReadWhole) {
    for (const char* name : {"half-close.pcap", "loss.pcap", "reordered.pcap"}) {
        const Result result =
            messages({.files = {test::recording(name)}, .format = Format::Jsonl}, "line");
        std::string lines;
        for (const json& row : result.rows())
            if (row["from"] == "client") lines += row["text"].get<std::string>() + "\n";
        const std::string begin = lines.substr(0, 16);
        EXPECT_TRUE(begin == "0000000\n0000001\n" || begin == "pear\nfig\napple\n") << name;
        EXPECT_EQ(lines.size(),
                  std::string{name} == "loss.pcap"        ? 200'000U
                  : std::string{name} == "reordered.pcap" ? 100'000U
                                                          : 15U);
    }
}

TEST(Messages, AFramingIsInferredFromAllConnectionsWithOneServer) {
    std::mt19937 dice{1};
    Dialogue dialogue;
    for (std::uint16_t connection = 0; connection < 8; ++connection) {
        for (const Side side : kSides) {
            std::string body(300 + dice() % 500, ' ');
            for (char& c : body) c = static_cast<char>(dice());
            const std::string head{static_cast<char>(body.size() >> 8U),
                                   static_cast<char>(body.size() & 0xFFU)};
            dialogue.say(side, head + body, connection);
        }
        dialogue.close(connection);
    }

    const Result result = messagesOf(dialogue);

    EXPECT_EQ(result.rows().size(), 16U);
    EXPECT_THAT(result.column("framing"), Each("length:offset=0,width=2"));
    EXPECT_THAT(result.column("came"), Each("whole"));
}

TEST(Messages, AStreamWithoutAKnownFramingIsTold) {
    Dialogue dialogue;
    dialogue.say(Side::Client, "\x9c\x41 what is this");
    dialogue.close();

    const Result result = messagesOf(dialogue);

    ASSERT_EQ(result.rows().size(), 1U);
    EXPECT_EQ(result.rows()[0]["confidence"], "unknown");
    EXPECT_THAT(result.rows()[0]["error"].get<std::string>(), HasSubstr("15 octets"));
}

TEST(Messages, WhatTheFileLacksIsTold) {
    Dialogue dialogue;
    dialogue.say(Side::Client, "one\n");
    dialogue.say(Side::Client, "three\n", 0, 4);
    dialogue.close();

    const Result result = messagesOf(dialogue, "line");

    ASSERT_EQ(result.rows().size(), 2U);
    EXPECT_THAT(result.rows()[1]["error"].get<std::string>(),
                HasSubstr("the file lacks 4 octets here, before packet 5"));
}

TEST(Messages, AnAnswerToHeadHasNoBody) {
    Dialogue dialogue;
    dialogue.say(Side::Client, "HEAD / HTTP/1.1\r\n\r\n");
    dialogue.say(Side::Server, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
    dialogue.say(Side::Client, "GET / HTTP/1.1\r\n\r\n");
    dialogue.say(Side::Server, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    dialogue.close();

    const Result result = messagesOf(dialogue, "http");

    EXPECT_THAT(result.column("length"), ElementsAre("19", "40", "18", "40"));
    EXPECT_THAT(result.column("error"), Each("null"));
}

TEST(Messages, OnlyTheFlowAndPacketsThatAreAskedFor) {
    Dialogue dialogue;
    dialogue.say(Side::Client, "a\n", 0);
    dialogue.say(Side::Client, "b\n", 1);
    dialogue.close(0);
    dialogue.close(1);
    const test::TemporaryFile file{dialogue.capture()};
    MessagesRequest request{.files = {file.path()}, .flow = 1, .format = Format::Jsonl};
    EXPECT_THAT(messages(request, "line").column("text"), ElementsAre("b"));
    request.flow = 7;
    EXPECT_EQ(messages(request, "line").code, exit_code::kUsage);
    request.flow.reset();
    request.filter = "port 40000";
    EXPECT_THAT(messages(request, "line").column("text"), ElementsAre("a"));
}

TEST(Messages, EveryFormatHasThem) {
    MessagesRequest request{.files = {test::recording("half-close.pcap")}};
    EXPECT_THAT(messages(request, "line").out, HasSubstr("apple"));
    request.language = Language::Chinese;
    EXPECT_THAT(messages(request, "line").out, HasSubstr("粘包"));
    request.format = Format::Csv;
    EXPECT_THAT(messages(request, "line").out, HasSubstr("\r\n0,client,1,0,5,0,4,"));
    request.format = Format::Json;
    EXPECT_EQ(json::parse(messages(request, "line").out).size(), 6U);
    request.files.push_back(request.files.front());
    EXPECT_EQ(json::parse(messages(request, "line").out).back()["file"], request.files.front());
}

TEST(Messages, AFileThatIsMissingOrCutIsTold) {
    EXPECT_EQ(messages({.files = {"/nowhere/at.all"}}, "line").code, exit_code::kFile);

    Dialogue dialogue;
    dialogue.say(Side::Client, "one\n");
    dialogue.say(Side::Client, "two\n");
    const test::TemporaryFile file{
        std::string_view{dialogue.capture()}.substr(0, dialogue.capture().size() - 1)};
    const Result cut = messages({.files = {file.path()}, .format = Format::Jsonl}, "line");
    EXPECT_EQ(cut.code, exit_code::kFile);
    EXPECT_THAT(cut.column("text"), ElementsAre("one"));
    EXPECT_THAT(cut.err, HasSubstr("packet 5"));
}

TEST(Messages, EveryMalformedCaptureIsReadAsFarAsItGoes) {
    for (const std::string& file : test::capturesIn(test::sharedCaptures() / "malformed")) {
        for (const char* as : {"auto", "line", "tls"}) {
            const Result result = messages({.files = {file}, .format = Format::Jsonl}, as);
            EXPECT_EQ(result.code == exit_code::kDone, result.err.empty()) << file;
            EXPECT_TRUE(result.code == exit_code::kDone || result.code == exit_code::kFile) << file;
        }
    }
}

}  // namespace
}  // namespace tcplab::cli
