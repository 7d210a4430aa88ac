#include "capture/compressed.h"

#include "tests/capture/capture_maker.h"
#include "tests/support/captures.h"
#include "tests/support/temporary_file.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>
#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>

namespace tcplab::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string gzipped(std::string_view content) {
    const std::string copy{content};
    const TemporaryFile file;
    gzFile out = gzopen(file.path().c_str(), "wb");
    gzwrite(out, copy.data(), static_cast<unsigned>(copy.size()));
    gzclose(out);
    return contentOf(file.path());
}

std::string zstandard(std::string_view content) {
    std::string out(ZSTD_compressBound(content.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), content.data(), content.size(), 3));
    return out;
}

std::string lz4(std::string_view content) {
    LZ4F_preferences_t preferences{};
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
    std::string out(LZ4F_compressFrameBound(content.size(), &preferences), '\0');
    out.resize(
        LZ4F_compressFrame(out.data(), out.size(), content.data(), content.size(), &preferences));
    return out;
}

std::string skippable(std::string_view content) {
    return "\x5F\x2A\x4D\x18" +
           octetsOf(static_cast<std::uint32_t>(content.size()), std::endian::little) +
           std::string{content};
}

struct Compressor {
    std::string name{};
    std::string tool{};
    std::string (*compress)(std::string_view) = nullptr;
};

void PrintTo(const Compressor& compressor, std::ostream* out) {
    *out << compressor.name;
}

class Compressed : public testing::TestWithParam<Compressor> {
protected:
    [[nodiscard]] static std::string compress(std::string_view content) {
        return GetParam().compress(content);
    }
};

INSTANTIATE_TEST_SUITE_P(Formats,
                         Compressed,
                         testing::Values(Compressor{"Gzip", "gzip", gzipped},
                                         Compressor{"Zstandard", "zstd", zstandard},
                                         Compressor{"Lz4", "lz4", lz4}),
                         [](const auto& one) { return one.param.name; });

std::string smallCapture() {
    PcapngMaker file;
    file.section().interface();
    for (std::uint32_t i = 0; i < 5; ++i) {
        file.enhanced(0, 1'700'000'000'000'000 + i, "packet " + std::to_string(i * 7919), 60);
    }
    return file.content();
}

TEST_P(Compressed, ReadsAsItWasBefore) {
    for (const std::string_view name : {"loss.pcap", "ipv6.pcap", "refused.pcap"}) {
        const Reading before = reading(recording(name));

        const Reading read = readingOf(compress(contentOf(recording(name))));

        EXPECT_EQ(read.error, std::nullopt);
        EXPECT_EQ(read.frames, before.frames);
    }
}

TEST_P(Compressed, ReadsPcapngToo) {
    EXPECT_EQ(readingOf(compress(smallCapture())).frames, readingOf(smallCapture()).frames);
}

TEST_P(Compressed, ReadsWhatTheToolWrites) {
    if (outputOf("command -v " + GetParam().tool).empty()) {
        GTEST_SKIP() << GetParam().tool << " is not installed";
    }
    const std::string content =
        outputOf(GetParam().tool + " -c <" + recording("loss.pcap") + " 2>/dev/null");
    ASSERT_FALSE(content.empty());

    const Reading read = readingOf(content);

    EXPECT_EQ(read.error, std::nullopt);
    EXPECT_EQ(read.frames, reading(recording("loss.pcap")).frames);
}

TEST_P(Compressed, ReadsMembersOneAfterTheOther) {
    const std::string content = smallCapture();
    const std::size_t half = content.size() / 2;
    const std::string members =
        compress(content.substr(0, half)) + compress({}) + compress(content.substr(half));

    const Reading read = readingOf(members);

    EXPECT_EQ(read.error, std::nullopt);
    EXPECT_EQ(read.frames, readingOf(content).frames);
}

TEST_P(Compressed, StopsWhereItIsCut) {
    const std::string content = compress(smallCapture());
    const Reading whole = readingOf(content);
    ASSERT_THAT(whole.frames, SizeIs(5));
    for (std::size_t size = 1; size < content.size(); ++size) {
        const Reading read = readingOf(content.substr(0, size));

        EXPECT_TRUE(read.isPrefixOf(whole)) << size;
        ASSERT_TRUE(read.error) << size;
    }
}

TEST_P(Compressed, SurvivesEachOctetBeingAnother) {
    const std::string content = compress(smallCapture());
    for (std::size_t at = 0; at < content.size(); ++at) {
        for (const int change : {0x01, 0x80, 0xFF}) {
            std::string damaged = content;
            damaged[at] = static_cast<char>(damaged[at] ^ change);

            EXPECT_LE(readingOf(damaged).frames.size(), 5U) << at;
        }
    }
}

TEST_P(Compressed, SaysWhereItIsDamagedAndKeepsWhatCameBefore) {
    const std::string before = contentOf(recording("loss.pcap"));
    std::string content = compress(before);
    content += "Something else.";

    const Reading read = readingOf(content);

    EXPECT_EQ(read.frames, readingOf(before).frames);
    ASSERT_TRUE(read.error);
    EXPECT_EQ(read.error->code, Error::Code::Incomplete);
    EXPECT_THAT(
        read.error->what,
        HasSubstr("octet " + std::to_string(before.size()) + " of what it decompresses to: the "));
    EXPECT_THAT(read.error->what, HasSubstr(" data are damaged at octet "));
}

TEST_P(Compressed, SaysThatThereIsNothingInIt) {
    EXPECT_THAT(readingOf(compress({})).error->what, EndsWith(": is empty"));
}

TEST_P(Compressed, SaysThatATextIsNoCapture) {
    EXPECT_THAT(readingOf(compress("Not a capture, but long enough to be one.")).error->what,
                HasSubstr("is not a capture file that can be read"));
}

TEST_P(Compressed, ReadsThroughAPipe) {
    const TemporaryFile place;
    const std::string path = place.path() + ".pipe";
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    const std::string content = compress(contentOf(recording("loss.pcap")));
    std::thread writer{[&] { std::ofstream{path, std::ios::binary} << content; }};

    const Reading read = reading(path);
    writer.join();
    std::filesystem::remove(path);

    EXPECT_EQ(read.error, std::nullopt);
    EXPECT_EQ(read.frames, reading(recording("loss.pcap")).frames);
}

TEST_P(Compressed, DecompressesWithoutKeepingWhatIsBehind) {
    // Half a gigabyte, in a block that nobody knows, out of few octets.
    PcapngMaker file;
    file.section();
    const std::uint32_t length = 512U * 1024 * 1024;
    std::string bomb =
        compress(file.content() + file.number(std::uint32_t{77}) + file.number(length));
    const std::string zeros = compress(std::string(std::size_t{8} * 1024 * 1024, '\0'));
    for (int i = 0; i < 64; ++i) bomb += zeros;
    rusage before{};
    getrusage(RUSAGE_SELF, &before);

    const Reading read = readingOf(bomb);

    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    ASSERT_TRUE(read.error);
    EXPECT_THAT(read.error->what, HasSubstr("length is 536870912 at the beginning and 0 at the"));
    constexpr long kKibibytes = 64L * 1024;
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, kKibibytes);
}

TEST(CompressedFrames, MayBeginWithOnesThatAreSkipped) {
    const std::string content = smallCapture();
    for (const auto& frame : {zstandard(content), lz4(content)}) {
        const Reading read = readingOf(skippable("abc") + skippable({}) + frame + skippable("abc"));

        EXPECT_EQ(read.error, std::nullopt);
        EXPECT_EQ(read.frames, readingOf(content).frames);
    }
}

TEST(CompressedFrames, OfTooLargeAWindowAreRefused) {
    // RFC 8878 3.1.1.1.2: the window descriptor says 2^41 octets.
    const Reading read = readingOf(std::string{"\x28\xB5\x2F\xFD\x00\xF8", 6} + "abcdefgh");

    ASSERT_TRUE(read.error);
    EXPECT_THAT(read.error->what, HasSubstr("too much memory"));
}

}  // namespace
}  // namespace tcplab::test
