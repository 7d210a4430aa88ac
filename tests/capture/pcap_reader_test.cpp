#include "capture/pcap_reader.h"

#include "tests/capture/capture_maker.h"
#include "tests/support/captures.h"
#include "tests/support/temporary_file.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>

#include <array>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace tcplab::test {
namespace {

using capture::openCapture;
using ::testing::AllOf;
using ::testing::ElementsAreArray;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::array kOrders{std::endian::little, std::endian::big};
const std::string kPacket(61, 'p');

void expectWhatTsharkReads(const PcapMaker& file) {
    const Reading ours = readingOf(file.content());
    EXPECT_EQ(ours.error, std::nullopt) << ours.error->what;
    if (!tsharkIsThere()) return;
    EXPECT_THAT(ours.rows(), ElementsAreArray(tsharkFrames(file.content())));
}

Error errorOf(const std::string& path) {
    auto source = openCapture(path);
    return source ? Error{} : source.error();
}

TEST(PcapReader, SaysThatAFileIsMissing) {
    const Error error = errorOf("/no/such/file.pcap");

    EXPECT_EQ(error.code, Error::Code::NotFound);
    EXPECT_THAT(error.what, HasSubstr("/no/such/file.pcap"));
}

TEST(PcapReader, SaysThatAFolderIsNoFile) {
    const Error error = errorOf("/tmp");

    EXPECT_EQ(error.code, Error::Code::NotReadable);
    EXPECT_EQ(error.what, "/tmp: is a directory");
}

TEST(PcapReader, SaysThatAFileIsEmpty) {
    const TemporaryFile file;

    EXPECT_EQ(errorOf(file.path()).what, file.path() + ": is empty");
}

TEST(PcapReader, SaysThatATextIsNoCapture) {
    const TemporaryFile file{"This is no capture, though it is longer than a header.\n"};

    const Error error = errorOf(file.path());

    EXPECT_EQ(error.code, Error::Code::NotReadable);
    EXPECT_THAT(error.what, HasSubstr("is not a capture file"));
}

TEST(PcapReader, NamesALinkTypeThatItDoesNotKnow) {
    std::string content = contentOf(recording("refused.pcap"));
    content[20] = static_cast<char>(189);  // The last field of the file's header.
    const TemporaryFile file{content};

    EXPECT_THAT(errorOf(file.path()).what, HasSubstr("link type 189"));
}

TEST(PcapReader, SaysWhereAFileBreaksOff) {
    const std::string content = contentOf(recording("refused.pcap"));
    const TemporaryFile file{std::string_view{content}.substr(0, content.size() - 7)};
    auto source = openCapture(file.path());
    ASSERT_TRUE(source);

    for (int i = 0; i < 3; ++i) EXPECT_TRUE((*source)->next());
    const auto last = (*source)->next();

    ASSERT_FALSE(last);
    EXPECT_EQ(last.error().code, Error::Code::Incomplete);
    // Three records of 42, 42 and 74 octets, each with a header of 16, after the file's 24.
    EXPECT_THAT(last.error().what,
                AllOf(HasSubstr(file.path()), HasSubstr("packet 4, octet 230"), HasSubstr(":")));
}

TEST(PcapReader, ReadsMicrosecondsAndNanosecondsInBothByteOrders) {
    for (const std::endian order : kOrders) {
        for (const std::uint32_t magic : {PcapMaker::kMicroseconds, PcapMaker::kNanoseconds}) {
            PcapMaker file{order, {.magic = magic}};
            file.record(1'700'000'000, 123'456, kPacket, 61)
                .record(0, 0, kPacket.substr(0, 7), 1514)
                .record(0xFFFF'FFFF, 999'999, {}, 0);

            expectWhatTsharkReads(file);
            EXPECT_THAT(readingOf(file.content()).frames, SizeIs(3));
        }
    }
}

TEST(PcapReader, ReadsTheLongerRecordsOfKuznetzov) {
    for (const std::endian order : kOrders) {
        PcapMaker file{order, {.magic = PcapMaker::kKuznetzov}};
        for (std::uint32_t i = 0; i < 8; ++i) file.record(1'700'000'000, i, kPacket, 90);

        expectWhatTsharkReads(file);
        EXPECT_THAT(readingOf(file.content()).frames, SizeIs(8));
    }
}

TEST(PcapReader, ReadsLengthsInTheOrderOfOldVersions) {
    for (const std::endian order : kOrders) {
        PcapMaker old{order, {.minor = 2}};
        old.record(1, 2, kPacket, 90, 61);
        PcapMaker doubtful{order, {.minor = 3}};
        doubtful.record(1, 2, kPacket, 90, 61).record(3, 4, kPacket, 61, 90);
        PcapMaker dgux{order, {.major = 543, .minor = 0}};
        dgux.record(1, 2, kPacket, 90, 61);

        for (const PcapMaker* file : {&old, &doubtful, &dgux}) expectWhatTsharkReads(*file);
    }
}

TEST(PcapReader, ReadsRawIpUnderItsOldNumbersAndWithLengthsOfCheckSequences) {
    for (const std::uint32_t link : {101U, 12U, 14U, 0x2400'0065U}) {
        PcapMaker file{std::endian::little, {.link = link}};
        file.record(1, 2, kPacket, 61);

        const Reading read = readingOf(file.content());

        ASSERT_THAT(read.frames, SizeIs(1));
        EXPECT_EQ(read.frames[0].link, 101);
    }
}

TEST(PcapReader, RefusesVersionsThatItDoesNotKnow) {
    for (const PcapMaker::Header& header :
         {PcapMaker::Header{.major = 1}, {.major = 3}, {.minor = 5}, {.major = 543, .minor = 1}}) {
        const Reading read = readingOf(PcapMaker{std::endian::big, header}.content());

        ASSERT_TRUE(read.error);
        EXPECT_EQ(read.error->code, Error::Code::NotReadable);
        EXPECT_THAT(read.error->what, HasSubstr("its version is "));
    }
}

TEST(PcapReader, StopsAtALengthThatNoCaptureHolds) {
    for (const std::uint32_t length : {262'145U, 0x7FFF'FFFFU, 0xFFFF'FFFFU}) {
        PcapMaker file{std::endian::little, {}};
        file.record(1, 2, kPacket, 61).record(3, 4, std::string(300'000, 'x'), length, length);

        const Reading read = readingOf(file.content());

        EXPECT_THAT(read.frames, SizeIs(1));
        ASSERT_TRUE(read.error);
        EXPECT_EQ(read.error->code, Error::Code::Incomplete);
        EXPECT_THAT(read.error->what,
                    EndsWith(": stopped at packet 2, octet 101: its length of " +
                             std::to_string(length) + " octets is more than any capture holds"));
    }
}

TEST(PcapReader, ReadsTheLongestPacket) {
    PcapMaker file{std::endian::little, {}};
    for (std::uint32_t i = 0; i < 4; ++i) {
        file.record(i, 0, std::string(262'144, static_cast<char>('a' + i)), 262'144);
    }

    const Reading read = readingOf(file.content());

    ASSERT_THAT(read.frames, SizeIs(4));
    EXPECT_EQ(read.frames[3].octets, std::string(262'144, 'd'));
}

TEST(PcapReader, ReadsAPipeOfWhichItKnowsNoLength) {
    const TemporaryFile place;
    const std::string path = place.path() + ".pipe";
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    const std::string content = contentOf(recording("loss.pcap"));
    // Few octets at a time, so that records come in pieces.
    std::thread writer{[&] {
        std::ofstream pipe{path, std::ios::binary};
        for (std::size_t at = 0; at < content.size(); at += 1000) {
            pipe << content.substr(at, 1000) << std::flush;
        }
    }};

    const Reading read = reading(path);
    writer.join();
    std::filesystem::remove(path);

    EXPECT_EQ(read.error, std::nullopt);
    EXPECT_EQ(read.frames, reading(recording("loss.pcap")).frames);
}

TEST(PcapReader, GivesAPacketOfAPipeBeforeTheNextIsWritten) {
    const TemporaryFile place;
    const std::string path = place.path() + ".pipe";
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    PcapMaker file{std::endian::little, {}};
    file.record(1, 2, kPacket, 61);
    // Open for both, so that neither waits for the other.
    const int pipe = open(path.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(pipe, 0);
    const std::string& content = file.content();
    ASSERT_EQ(write(pipe, content.data(), content.size()), static_cast<ssize_t>(content.size()));

    auto source = openCapture(path);
    ASSERT_TRUE(source);
    const auto first = (*source)->next();

    ASSERT_TRUE(first);
    EXPECT_TRUE(*first);
    close(pipe);
    std::filesystem::remove(path);
}

TEST(PcapReader, ReadsNanoseconds) {
    auto source = openCapture(recording("ipv6.pcap"));
    ASSERT_TRUE(source);

    auto first = (*source)->next();

    ASSERT_TRUE(first);
    EXPECT_NE((*first)->at.time_since_epoch().count() % 1000, 0);
}

}  // namespace
}  // namespace tcplab::test
