#include "tests/capture/capture_maker.h"
#include "tests/support/captures.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <ostream>

// Whatever a file holds, reading it ends, and gives no packet that is not in it.
namespace tcplab::test {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

struct Sample {
    std::string name{};
    std::string content{};
};

void PrintTo(const Sample& sample, std::ostream* out) {
    *out << sample.name;
}

std::string pcap(std::endian order, std::uint32_t magic) {
    PcapMaker file{order, {.magic = magic}};
    file.record(1'700'000'000, 1, "abcdefg", 60).record(1'700'000'001, 2, {}, 0);
    return file.record(1'700'000'002, 3, "hijklmnop", 9).content();
}

std::string pcapng(std::endian order) {
    PcapngMaker file{order};
    const std::string comment = file.option(1, "comment") + file.option(0, {});
    file.section(comment).interface(1, 64, file.clock(9, 5)).interface(101, 0, file.clock(0x8A));
    file.enhanced(0, 1'700'000'000'000'000'000, "abcdefg", 60, comment).simple("hijk", 4);
    file.block(5, std::string(12, 's')).block(77, "abcd");
    file.section(order == std::endian::little ? std::endian::big : std::endian::little);
    file.interface().obsolete(0, 1'700'000'000'000'000, "lmnop", 5, file.option(1, "x"));
    return file.content();
}

class DamagedCapture : public testing::TestWithParam<Sample> {};

INSTANTIATE_TEST_SUITE_P(
    Files,
    DamagedCapture,
    testing::Values(Sample{"Pcap", pcap(std::endian::little, PcapMaker::kMicroseconds)},
                    Sample{"PcapBig", pcap(std::endian::big, PcapMaker::kNanoseconds)},
                    Sample{"PcapKuznetzov", pcap(std::endian::little, PcapMaker::kKuznetzov)},
                    Sample{"Pcapng", pcapng(std::endian::little)},
                    Sample{"PcapngBig", pcapng(std::endian::big)},
                    Sample{"Recording", contentOf(recording("refused.pcap"))}),
    [](const auto& one) { return one.param.name; });

TEST_P(DamagedCapture, CutAnywhereHoldsTheFirstPacketsAndNoOthers) {
    const std::string& content = GetParam().content;
    const Reading whole = readingOf(content);
    ASSERT_EQ(whole.error, std::nullopt);
    ASSERT_THAT(whole.frames, Not(IsEmpty()));
    std::size_t most = 0;
    for (std::size_t size = 0; size < content.size(); ++size) {
        const Reading read = readingOf(content.substr(0, size));

        EXPECT_TRUE(read.isPrefixOf(whole)) << size;
        EXPECT_GE(read.frames.size(), most) << size;
        most = read.frames.size();
    }
}

TEST_P(DamagedCapture, WithAnyOctetChangedCanBeReadToAnEnd) {
    const std::string& content = GetParam().content;
    const Reading whole = readingOf(content);
    const TemporaryFile file;
    for (std::size_t at = 0; at < content.size(); ++at) {
        for (const int change : {0x01, 0x04, 0x7F, 0x80, 0xFF}) {
            std::string damaged = content;
            damaged[at] = static_cast<char>(damaged[at] ^ change);
            file.write(damaged);

            const Reading read = reading(file.path());

            // No change of one octet makes a record out of the octets of others.
            EXPECT_LE(read.frames.size(), whole.frames.size()) << at;
        }
    }
}

}  // namespace
}  // namespace tcplab::test
