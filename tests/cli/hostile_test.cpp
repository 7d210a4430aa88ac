#include "cli/analyze.h"
#include "tests/cli/result.h"
#include "tests/support/captures.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <cstring>
#include <vector>

// Broken captures: the program says how far it could read, and never more than that.
namespace tcplab::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Result analyzePackets(const std::string& file) {
    return resultOf(cli::analyze,
                    cli::AnalyzeRequest{.files = {file},
                                        .shape = cli::AnalyzeRequest::Shape::Packets,
                                        .format = cli::Format::Jsonl});
}

void expectAnswer(const Result& outcome, const std::string& file) {
    if (outcome.code == 0) {
        EXPECT_EQ(outcome.err, "") << file;
    } else {
        EXPECT_EQ(outcome.code, 2) << file;
        EXPECT_THAT(outcome.err, StartsWith("tcplab: " + file + ": "));
        EXPECT_EQ(outcome.err.back(), '\n') << file;
    }
}

TEST(Hostile, EveryMalformedCaptureIsReadAsFarAsItGoes) {
    const auto files = capturesIn(sharedCaptures() / "malformed");
    if (files.empty()) GTEST_SKIP() << "there are no captures in " << sharedCaptures();

    for (const std::string& file : files) expectAnswer(analyzePackets(file), file);
}

/// Where the records of a pcap file of this machine's byte order begin, and where the last ends.
std::vector<std::size_t> recordOffsets(const std::string& content) {
    constexpr std::size_t kFileHeader = 24;
    constexpr std::size_t kRecordHeader = 16;
    std::vector<std::size_t> offsets{kFileHeader};
    while (offsets.back() < content.size()) {
        std::uint32_t captured = 0;
        std::memcpy(&captured, &content[offsets.back() + 8], sizeof captured);
        offsets.push_back(offsets.back() + kRecordHeader + captured);
    }
    return offsets;
}

TEST(Hostile, ARecordingCutAnywhereInItsLastTwoRecordsKeepsWhatCameBefore) {
    for (const std::string& file : capturesIn(recording(""))) {
        SCOPED_TRACE(file);
        const std::string content = contentOf(file);
        const std::vector<std::size_t> offsets = recordOffsets(content);
        const std::size_t records = offsets.size() - 1;
        const std::string whole = analyzePackets(file).out;
        const TemporaryFile cut;
        for (std::size_t size = offsets[records - 2]; size < content.size(); ++size) {
            cut.write(std::string_view{content}.substr(0, size));
            const Result outcome = analyzePackets(cut.path());

            const bool between = std::ranges::count(offsets, size) != 0;
            ASSERT_EQ(outcome.code, between ? 0 : 2) << "cut at " << size;
            ASSERT_THAT(whole, StartsWith(outcome.out)) << "cut at " << size;
            const std::size_t at = size < offsets[records - 1] ? records - 2 : records - 1;
            if (!between) {
                ASSERT_THAT(outcome.err,
                            HasSubstr("packet " + std::to_string(at + 1) + ", octet " +
                                      std::to_string(offsets[at])));
            }
        }
    }
}

TEST(Hostile, ARecordingWithAnyOctetChangedIsAnswered) {
    const std::string content = contentOf(recording("handshake-data-close.pcap"));
    const TemporaryFile changed;
    for (std::size_t i = 0; i < content.size(); ++i) {
        std::string copy = content;
        copy[i] = static_cast<char>(~copy[i]);
        changed.write(copy);
        expectAnswer(analyzePackets(changed.path()), changed.path());
    }
}

}  // namespace
}  // namespace tcplab::test
