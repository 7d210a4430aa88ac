#include "tests/cli/result.h"
#include "tests/support/captures.h"
#include "tests/support/temporary_file.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

// The verb as a script meets it.
namespace tcplab::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

Result run(const std::string& words) {
    return runProgram(words);
}

TEST(Analyze, AnswersAFileThatCannotBeReadWithASentence) {
    const TemporaryFile empty;
    const TemporaryFile text{"GET / HTTP/1.1, and more than a header's worth of it.\n"};
    for (const std::string& file :
         {std::string{"/no/such/file"}, std::string{"/tmp"}, empty.path(), text.path()}) {
        const Result result = run("analyze " + file);
        EXPECT_EQ(result.code, 2) << file;
        EXPECT_THAT(result.err, StartsWith("tcplab: " + file + ": "));
    }
}

TEST(Analyze, PrintsWhatCouldBeReadOfAFileThatBreaksOff) {
    const std::string content = contentOf(recording("reset.pcap"));
    const TemporaryFile cut{std::string_view{content}.substr(0, content.size() - 1)};

    const Result result = run("analyze --packets --format jsonl " + cut.path());

    EXPECT_EQ(result.code, 2);
    EXPECT_THAT(result.rows(), SizeIs(7));
    EXPECT_THAT(result.err, AllOf(HasSubstr("packet 10"), HasSubstr("octet")));
}

TEST(Analyze, OfSeveralFilesTheHighestExitStatusCountsAndEachRowHasItsFile) {
    const Result result = run("analyze --format jsonl " + recording("reset.pcap") +
                              " /no/such/file " + recording("refused.pcap"));

    EXPECT_EQ(result.code, 2);
    const auto rows = result.rows();
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[0]["file"], recording("reset.pcap"));
    EXPECT_EQ(rows[1]["file"], recording("refused.pcap"));
}

TEST(Analyze, ReadsStandardInput) {
    const Result result = run("analyze --format jsonl - <" + recording("reset.pcap"));

    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.rows(), SizeIs(1));
}

TEST(Analyze, PrintsAFlowAsTheContractSays) {
    const Result result = run("analyze --format json " + recording("ipv6.pcap"));

    ASSERT_EQ(result.code, 0);
    EXPECT_EQ(result.err, "");
    const json rows = json::parse(result.out);
    ASSERT_THAT(rows, SizeIs(1));
    const json& row = rows[0];
    EXPECT_EQ(row["flow"], 0);
    EXPECT_EQ(row["client"], "[2001:db8::1]:40000");
    EXPECT_EQ(row["server"], "[2001:db8::2]:7777");
    EXPECT_EQ(row["packets_client"], 6);
    EXPECT_EQ(row["packets_server"], 5);
    EXPECT_EQ(row["bytes_client"], 12);
    EXPECT_EQ(row["bytes_server"], 12);
    EXPECT_EQ(row["client_state"], "TIME-WAIT");
    EXPECT_EQ(row["server_state"], "CLOSED");
    EXPECT_EQ(row["closed_by"], "client");
    EXPECT_EQ(row["reset_by"], nullptr);
    EXPECT_EQ(row["completeness"], 31);
    EXPECT_TRUE(row["rtt_ms"]["handshake"].is_number());
    EXPECT_LE(row["rtt_ms"]["min"], row["rtt_ms"]["mean"]);
    EXPECT_LE(row["rtt_ms"]["mean"], row["rtt_ms"]["max"]);
    EXPECT_EQ(row["conn_state"], "SF");
    EXPECT_EQ(row["findings"], json::object());
    EXPECT_FALSE(row.contains("client_guessed"));
    EXPECT_FALSE(row.contains("file"));
}

TEST(Analyze, KeepsToAFlowOrAState) {
    const std::string file = recording("close-wait.pcap");

    EXPECT_THAT(run("analyze --format jsonl --flow 1 " + file).rows(), SizeIs(1));
    EXPECT_THAT(run("analyze --format jsonl --state CLOSE-WAIT " + file).rows(), SizeIs(3));
    EXPECT_THAT(run("analyze --format jsonl --state CLOSING " + file).rows(), IsEmpty());
    EXPECT_THAT(run("analyze --format jsonl --packets --flow 2 --state CLOSE-WAIT " + file).rows(),
                SizeIs(1));
}

TEST(Analyze, PrintsATableWithoutColourWhereNobodyLooks) {
    const Result result = run("analyze " + recording("reset.pcap"));

    EXPECT_THAT(result.out, AllOf(HasSubstr("192.0.2.1:40000"), HasSubstr("server reset")));
    EXPECT_EQ(result.out.find('\x1b'), std::string::npos);
}

/// What tshark calls "··A··" in hexadecimal, of our letters.
std::uint32_t flagBits(const std::string& letters) {
    constexpr std::string_view kOrder = "FSRP.UEW";
    std::uint32_t bits = 0;
    for (const char letter : letters == "none" ? "" : letters) {
        bits |= 1U << kOrder.find(letter);
    }
    return bits;
}

TEST(Analyze, AgreesWithTsharkOnTheNumbersOfEveryPacket) {
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    for (const auto& entry : std::filesystem::directory_iterator{recording("")}) {
        const std::string file = entry.path().string();
        if (!file.ends_with(".pcap")) continue;
        std::vector<std::string> ours;
        for (const json& row : run("analyze --packets --format jsonl " + file).rows()) {
            std::ostringstream line;
            line << row["packet"] << '\t' << row["flow"] << '\t' << row["seq"] << '\t'
                 << (row["ack"].is_null() ? json(0) : row["ack"]) << '\t' << row["len"] << '\t'
                 << row["window"] << '\t' << row["seq_raw"] << '\t' << row["ack_raw"] << '\t'
                 << "0x" << std::hex << std::setw(4) << std::setfill('0')
                 << flagBits(row["flags"].get<std::string>());
            ours.push_back(line.str());
        }

        EXPECT_FALSE(ours.empty());
        EXPECT_EQ(ours,
                  tshark(file,
                         {"frame.number",
                          "tcp.stream",
                          "tcp.seq",
                          "tcp.ack",
                          "tcp.len",
                          "tcp.window_size",
                          "tcp.seq_raw",
                          "tcp.ack_raw",
                          "tcp.flags"}))
            << file;
    }
}

TEST(Analyze, TellsOfAFlowWhatHappenedAndProvesIt) {
    const auto rows = run("analyze --format jsonl " + recording("loss.pcap")).rows();
    ASSERT_THAT(rows, SizeIs(1));
    const json& flow = rows[0];
    EXPECT_EQ(flow["conn_state"], "SF");
    EXPECT_EQ(flow["history"], "ShADaTFf");
    EXPECT_EQ(flow["findings"]["fast_retransmission"], 1);
    EXPECT_EQ(flow["evidence"]["fast_retransmission"], json::array({84}));
    EXPECT_THAT(std::string{flow["verdict"]}, HasSubstr("packet 84"));
    EXPECT_GT(flow["rtt_ms"]["max"], flow["rtt_ms"]["min"]);
    EXPECT_EQ(flow["client_sent"]["retransmitted_bytes"], 5792);
}

TEST(Analyze, TellsOfAPacketWhatIsFoundAndProvesIt) {
    const auto rows = run("analyze --packets --finding fast_retransmission --format jsonl " +
                          recording("loss.pcap"))
                          .rows();
    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows[0]["packet"], 84);
    EXPECT_EQ(
        rows[0]["findings"],
        json::array(
            {"retransmission", "fast_retransmission", "repeated_octets", "sack_hole_filled"}));
    EXPECT_EQ(rows[0]["evidence"]["retransmission"].back(), 84);
    EXPECT_THAT(rows[0]["evidence"]["fast_retransmission"], SizeIs(3));
}

TEST(Analyze, TakesOnlyPacketsThatPassAFilter) {
    const std::string file = recording("close-wait.pcap");
    EXPECT_THAT(run("analyze --format jsonl --filter 'tcp port 40001' " + file).rows(), SizeIs(1));
    EXPECT_THAT(run("analyze --format jsonl --filter 'host 203.0.113.1' " + file).rows(),
                IsEmpty());

    const Result wrong = run("analyze --filter 'port eighty' " + file);
    EXPECT_EQ(wrong.code, 64);
    EXPECT_THAT(wrong.err, HasSubstr("port eighty"));
}

TEST(Analyze, NamesTheNearestFinding) {
    const Result wrong = run("analyze --finding retransmision " + recording("loss.pcap"));
    EXPECT_EQ(wrong.code, 64);
    EXPECT_THAT(wrong.err, HasSubstr("'retransmission'"));
}

TEST(Analyze, VerifiesChecksumsWhereItIsAsked) {
    std::string octets = contentOf(recording("refused.pcap"));
    octets[octets.size() - 5] ^= 0x55;
    const TemporaryFile file{octets};
    const auto found = [&](const std::string& option) {
        const auto rows = run("analyze --format jsonl " + option + file.path()).rows();
        return rows.at(0)["findings"].contains("bad_checksum");
    };
    EXPECT_TRUE(found("--checksums "));
    EXPECT_FALSE(found(""));
}

TEST(Analyze, PutsFlowsWithMoreTroubleFirst) {
    const auto rows =
        run("analyze --by-trouble --format jsonl " + recording("handshake-data-close.pcap") + " " +
            recording("loss.pcap") + " " + recording("refused.pcap"))
            .rows();
    ASSERT_THAT(rows, SizeIs(3));
    EXPECT_THAT(std::string{rows[0]["file"]}, HasSubstr("refused"));
    EXPECT_THAT(std::string{rows[1]["file"]}, HasSubstr("loss"));
}

TEST(Analyze, PrintsTheOctetsOfAFlow) {
    const std::string file = recording("handshake-data-close.pcap");
    const Result both = run("analyze --stream 0 " + file);
    EXPECT_EQ(both.code, 0);
    EXPECT_THAT(both.out, HasSubstr("client, packet "));
    EXPECT_THAT(both.out, HasSubstr("server, packet "));
    EXPECT_THAT(both.out, HasSubstr("00000000  "));

    EXPECT_THAT(run("analyze --stream 0 --raw client " + file).out, SizeIs(12));
    EXPECT_THAT(run("analyze --stream 0 --raw client " + recording("loss.pcap")).out,
                SizeIs(200'000));
    EXPECT_EQ(run("analyze --stream 7 " + file).code, 64);
    EXPECT_EQ(run("analyze --raw client " + file).code, 64);
}

}  // namespace
}  // namespace tcplab::test
