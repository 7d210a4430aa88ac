#include "capture/pcapng_writer.h"

#include "capture/frame_source.h"
#include "sim/wire/frame.h"
#include "sim/wire/notation.h"
#include "tests/support/temporary_file.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>

#include <sstream>

namespace tcplab::test {
namespace {

using capture::PcapngWriter;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Instant kFirst{Duration{1'700'000'000'123'456'789}};
const Instant kSecond{Duration{1'700'000'001'000'000'001}};

std::vector<std::uint8_t> frameOf(std::string_view text) {
    const auto segment = wire::parseSegment(text);
    const wire::FrameAddresses addresses{.from = {wire::IpAddress::v4(192, 0, 2, 1), 40000},
                                         .to = {wire::IpAddress::v4(192, 0, 2, 2), 80}};
    return wire::encodeFrame(addresses, *segment);
}

std::string twoPackets() {
    std::ostringstream out;
    PcapngWriter writer{out, wire::LinkType::Ethernet};
    const auto syn = frameOf("S 100:100(0) win 1000 <mss 1460>");
    const auto data = frameOf("P. 101:108(7) ack 1 win 1000");
    writer.frame(kFirst, syn, static_cast<std::uint32_t>(syn.size()), "CLOSED -> SYN-SENT");
    writer.frame(kSecond, Octets{data}.first(60), static_cast<std::uint32_t>(data.size()));
    EXPECT_EQ(writer.finish("packets"), std::nullopt);
    return out.str();
}

TEST(PcapngWriter, WritesWhatTheReaderReads) {
    const TemporaryFile file{twoPackets()};
    const auto syn = frameOf("S 100:100(0) win 1000 <mss 1460>");
    auto source = capture::openCapture(file.path());
    ASSERT_TRUE(source);

    const auto first = (*source)->next();
    ASSERT_TRUE(first && *first);
    EXPECT_EQ((*first)->at, kFirst);
    EXPECT_EQ((*first)->link, wire::LinkType::Ethernet);
    EXPECT_TRUE(std::ranges::equal((*first)->octets, syn));

    const auto second = (*source)->next();
    ASSERT_TRUE(second && *second);
    EXPECT_EQ((*second)->at, kSecond);
    EXPECT_EQ((*second)->octets.size(), 60U);
    EXPECT_EQ((*second)->originalLength, 61U);

    const auto end = (*source)->next();
    ASSERT_TRUE(end);
    EXPECT_FALSE(*end);
}

TEST(PcapngWriter, WritesWhatTsharkReads) {
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    const TemporaryFile file{twoPackets()};

    const auto rows = tshark(file.path(),
                             {"frame.time_epoch",
                              "frame.cap_len",
                              "frame.len",
                              "tcp.seq_raw",
                              "tcp.checksum.status",
                              "frame.comment"});

    EXPECT_THAT(rows,
                ElementsAre("1700000000.123456789\t58\t58\t100\t1\tCLOSED -> SYN-SENT",
                            "1700000001.000000001\t60\t61\t101\t2\t"));
}

TEST(PcapngWriter, WritesTheSameOctetsEachTime) {
    EXPECT_EQ(twoPackets(), twoPackets());
}

TEST(PcapngWriter, SaysThatItCouldNotWrite) {
    std::ofstream full{"/dev/full"};
    PcapngWriter writer{full, wire::LinkType::Ethernet};

    const auto error = writer.finish("run.pcapng");

    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, Error::Code::NotWritable);
    EXPECT_THAT(error->what, HasSubstr("run.pcapng"));
}

}  // namespace
}  // namespace tcplab::test
