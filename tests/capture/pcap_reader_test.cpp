#include "capture/pcap_reader.h"

#include "tests/capture/temporary_file.h"

#include <gmock/gmock.h>

namespace tcplab::test {
namespace {

using capture::openCapture;
using ::testing::AllOf;
using ::testing::HasSubstr;

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

TEST(PcapReader, ReadsNanoseconds) {
    auto source = openCapture(recording("ipv6.pcap"));
    ASSERT_TRUE(source);

    auto first = (*source)->next();

    ASSERT_TRUE(first);
    EXPECT_NE((*first)->at.time_since_epoch().count() % 1000, 0);
}

}  // namespace
}  // namespace tcplab::test
