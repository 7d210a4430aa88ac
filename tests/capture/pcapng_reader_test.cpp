#include "capture/pcapng_reader.h"

#include "tests/capture/capture_maker.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>

#include <array>
#include <limits>
#include <ostream>

namespace tcplab::test {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::uint16_t kEthernet = 1;
constexpr std::uint16_t kRawIp = 101;
constexpr std::uint16_t kLinuxCooked = 113;
constexpr std::uint64_t kMoment = 1'700'000'000'123'456;  // Microseconds.
const std::string kPacket(61, 'p');
constexpr std::array kOrders{std::endian::little, std::endian::big};

std::endian other(std::endian order) {
    return order == std::endian::little ? std::endian::big : std::endian::little;
}

void expectWhatTsharkReads(const PcapngMaker& file) {
    const Reading ours = readingOf(file.content());
    EXPECT_EQ(ours.error, std::nullopt) << ours.error->what;
    if (!tsharkIsThere()) return;
    EXPECT_THAT(ours.rows(), ElementsAreArray(tsharkFrames(file.content())));
}

class PcapngReader : public testing::TestWithParam<std::endian> {
protected:
    PcapngMaker file{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(ByteOrders,
                         PcapngReader,
                         testing::ValuesIn(kOrders),
                         [](const auto& order) {
                             return order.param == std::endian::little ? "Little" : "Big";
                         });

TEST_P(PcapngReader, ReadsAllKindsOfPacketBlocks) {
    file.section().interface(kEthernet, 60);
    file.enhanced(0, kMoment, kPacket.substr(0, 60), 61)
        .simple(kPacket.substr(0, 60), 1514)
        .simple(kPacket.substr(0, 33), 33)
        .obsolete(0, kMoment + 1, kPacket, 90);

    expectWhatTsharkReads(file);
    const Reading read = readingOf(file.content());
    ASSERT_THAT(read.frames, SizeIs(4));
    EXPECT_EQ(read.frames[2].octets, kPacket.substr(0, 33));
    EXPECT_EQ(read.frames[3].at, (1'700'000'000'123'457) * 1000);
}

TEST_P(PcapngReader, GivesAPacketWithoutTimeThatOfThePacketBefore) {
    file.section().interface();
    file.simple("a", 1).enhanced(0, kMoment, "b", 1).simple("c", 1);

    const Reading read = readingOf(file.content());

    ASSERT_THAT(read.frames, SizeIs(3));
    EXPECT_FALSE(read.frames[0].timed);
    EXPECT_TRUE(read.frames[1].timed);
    EXPECT_FALSE(read.frames[2].timed);
    EXPECT_EQ(read.frames[2].at, read.frames[1].at);
}

TEST_P(PcapngReader, ReadsTimesOfEveryResolution) {
    file.section();
    std::uint64_t units = 1;
    std::vector<std::uint64_t> times;
    // Beyond these tshark computes with too few bits.
    for (std::uint8_t digits = 0; digits <= 10; ++digits, units *= 10) {
        file.interface(kEthernet, 0, file.clock(digits));
        times.push_back(1'700'000'000 * units + units / 3);
    }
    for (std::uint8_t bits = 0; bits <= 33; ++bits) {
        file.interface(kEthernet, 0, file.clock(bits | 0x80));
        times.push_back((std::uint64_t{1'700'000'000} << bits) + (std::uint64_t{1} << bits) / 3);
    }
    for (std::uint32_t i = 0; i < times.size(); ++i) file.enhanced(i, times[i], kPacket, 61);

    expectWhatTsharkReads(file);
}

TEST_P(PcapngReader, KnowsResolutionsThatNoClockHas) {
    constexpr std::uint64_t kTime = 0x8000'0000'0000'0001;
    file.section();
    for (const int code : {11, 19, 28, 29, 127, 0x80 | 63, 0x80 | 64, 0x80 | 127}) {
        file.interface(kEthernet, 0, file.clock(static_cast<std::uint8_t>(code)));
    }
    for (std::uint32_t i = 0; i < 8; ++i) file.enhanced(i, kTime, "p", 1);

    const Reading read = readingOf(file.content());

    std::vector<std::int64_t> times;
    for (const auto& frame : read.frames) times.push_back(frame.at);
    EXPECT_THAT(
        times,
        ElementsAre(92'233'720'368'547'758, 922'337'203, 0, 0, 0, 1'000'000'000, 500'000'000, 0));
}

TEST_P(PcapngReader, AddsTheOffsetOfTime) {
    file.section();
    file.interface(kEthernet, 0, file.clock(6, 1'700'000'000)).enhanced(0, 999'999, kPacket, 61);
    file.interface(kEthernet, 0, file.clock(9, -100))
        .enhanced(1, 1'700'000'000'000'000'001, "p", 1);
    file.interface(kEthernet, 0, file.clock(0x80 | 10, 7)).enhanced(2, 1023, "p", 1);

    expectWhatTsharkReads(file);
}

TEST_P(PcapngReader, TakesTheNearestOfTimesThatDoNotFit) {
    constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::max() / 2;
    constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min() / 2;
    constexpr std::uint64_t kLast = ~std::uint64_t{0};
    file.section();
    file.interface(kEthernet, 0, file.clock(0)).enhanced(0, kLast, "p", 1);
    file.interface(kEthernet, 0, file.clock(0, kNever)).enhanced(1, 0, "p", 1);
    file.interface(kEthernet, 0, file.clock(6, kEver)).enhanced(2, kLast, "p", 1);
    file.interface(kEthernet, 0, file.clock(6, -1)).enhanced(3, 1, "p", 1);

    const Reading read = readingOf(file.content());

    std::vector<std::int64_t> times;
    for (const auto& frame : read.frames) times.push_back(frame.at);
    EXPECT_THAT(times, ElementsAre(kEver, kNever, kEver, -999'999'000));
}

TEST_P(PcapngReader, ReadsInterfacesThatDiffer) {
    file.section().interface(kEthernet, 64).interface(kRawIp, 0).interface(kLinuxCooked, 4096);
    file.enhanced(1, kMoment, kPacket, 61)
        .enhanced(0, kMoment, kPacket.substr(0, 7), 61)
        .enhanced(2, kMoment, kPacket, 5000)
        .enhanced(1, kMoment, "", 0);

    expectWhatTsharkReads(file);
}

TEST_P(PcapngReader, HandsOnFramesThatNobodyDissects) {
    file.section().interface(0xFFFF).enhanced(0, kMoment, std::string(300'000, 'x'), 300'000);

    const Reading read = readingOf(file.content());

    EXPECT_EQ(read.error, std::nullopt);
    ASSERT_THAT(read.frames, SizeIs(1));
    EXPECT_EQ(read.frames[0].link, 0xFFFF);
}

TEST_P(PcapngReader, ReadsRawIpUnderItsOldNumbers) {
    file.section().interface(12).interface(14);
    file.enhanced(0, kMoment, kPacket, 61).enhanced(1, kMoment, kPacket, 61);

    const Reading read = readingOf(file.content());

    ASSERT_THAT(read.frames, SizeIs(2));
    EXPECT_EQ(read.frames[0].link, kRawIp);
    EXPECT_EQ(read.frames[1].link, kRawIp);
}

TEST_P(PcapngReader, BeginsAnewWithEachSection) {
    file.section().interface(kEthernet).enhanced(0, kMoment, kPacket, 61);
    file.section(other(GetParam())).interface(kRawIp, 0, file.clock(9));
    file.enhanced(0, 1'700'000'000'000'000'001, kPacket, 61);
    file.section(GetParam()).interface(kEthernet).enhanced(0, kMoment + 1, kPacket, 61);

    expectWhatTsharkReads(file);
    EXPECT_THAT(readingOf(file.content()).frames, SizeIs(3));
}

TEST_P(PcapngReader, PassesOverWhatIsNoPacket) {
    const std::string comment = file.option(1, "a comment") + file.option(0, {});
    file.section(comment).interface(kEthernet, 0, file.option(2, "eth0") + file.clock(6));
    file.block(4, std::string(8, '\0'));   // Names of addresses.
    file.block(5, std::string(12, '\0'));  // Statistics.
    file.block(0x7FFF'0000, {});
    file.enhanced(0, kMoment, kPacket, 61, comment);
    file.block(10, file.number(std::uint32_t{0x544C534B}) + file.number(std::uint32_t{0}));
    file.block(0x7FFF'0001, std::string(1'000'000, 'x'));
    file.obsolete(0, kMoment, kPacket, 61, comment);

    expectWhatTsharkReads(file);
    // A custom block, which tshark counts as a packet.
    file.block(0xBAD, file.number(std::uint32_t{1})).simple(kPacket, 61);
    EXPECT_THAT(readingOf(file.content()).frames, SizeIs(3));
}

TEST_P(PcapngReader, ReadsASectionWithoutAnything) {
    file.section();

    const Reading read = readingOf(file.content());

    EXPECT_EQ(read.error, std::nullopt);
    EXPECT_THAT(read.frames, IsEmpty());
}

/// A block behind a section, an interface and a packet, and why reading stops at it.
struct Damage {
    std::string name{};
    void (*make)(PcapngMaker&) = nullptr;
    std::string why{};
};

void PrintTo(const Damage& damage, std::ostream* out) {
    *out << damage.name;
}

// A packet block with these lengths of its own.
void packetOf(PcapngMaker& file,
              std::uint32_t interface,
              std::uint32_t captured,
              std::size_t size) {
    file.block(6,
               file.number(interface) + std::string(8, '\0') + file.number(captured) +
                   file.number(captured) + std::string(size, 'p'));
}

void headOf(PcapngMaker& file, std::uint32_t type, std::uint32_t length) {
    file.raw(file.number(type) + file.number(length) + std::string(64, '\0'));
}

std::vector<Damage> damagedBlocks() {
    return {
        {"LengthZero", [](auto& file) { headOf(file, 6, 0); }, "cannot have 0 octets"},
        {"LengthOfOddOctets", [](auto& file) { headOf(file, 6, 62); }, "cannot have 62 octets"},
        {"LengthOfNoBody", [](auto& file) { headOf(file, 6, 8); }, "cannot have 8 octets"},
        {"LengthTooLong", [](auto& file) { headOf(file, 6, 0x7FFF'FFFC); }, "is too long"},
        {"LengthPastTheEnd",
         [](auto& file) { headOf(file, 6, 100); },
         "the file ends after 72 of the 100 octets of a block"},
        {"LengthOfAnUnknownBlockPastTheEnd",
         [](auto& file) { headOf(file, 77, 0xFFFF'FFFC); },
         "the file ends after 72 of the 4294967292 octets of a block"},
        {"OtherLengthAtTheEnd",
         [](auto& file) { headOf(file, 6, 72); },
         "length is 72 at the beginning and 0 at the end"},
        {"OtherLengthAtTheEndOfAnUnknownBlock",
         [](auto& file) { headOf(file, 77, 72); },
         "length is 72 at the beginning and 0 at the end"},
        {"NoRoomForAPacket", [](auto& file) { file.block(6, "abcd"); }, "too short for a packet"},
        {"NoRoomForASimplePacket", [](auto& file) { file.block(3, {}); }, "too short for a packet"},
        {"NoRoomForAnObsoletePacket",
         [](auto& file) { file.block(2, std::string(16, '\0')); },
         "too short for a packet"},
        {"NoRoomForAnInterface",
         [](auto& file) { file.block(1, "abcd"); },
         "too short for an interface"},
        {"NoRoomForASection",
         [](auto& file) { file.block(0x0A0D0D0A, file.number(std::uint32_t{0x1A2B3C4D})); },
         "too short for a section's header"},
        {"ASectionWithoutByteOrder",
         [](auto& file) { file.block(0x0A0D0D0A, std::string(16, 'x')); },
         "does not tell its byte order"},
        {"ASectionOfTheFuture",
         [](auto& file) {
             file.block(0x0A0D0D0A,
                        file.number(std::uint32_t{0x1A2B3C4D}) + file.number(std::uint16_t{2}) +
                            std::string(10, '\0'));
         },
         "a section has version 2.0"},
    };
}

std::vector<Damage> damagedPackets() {
    return {
        {"APacketLongerThanItsBlock",
         [](auto& file) { packetOf(file, 0, 65, 64); },
         "its length of 65 octets is more than its block has"},
        {"APacketOfAllOctets",
         [](auto& file) { packetOf(file, 0, ~std::uint32_t{0}, 64); },
         "its length of 4294967295 octets is more than its block has"},
        {"APacketLongerThanAnyNetworkHas",
         [](auto& file) { packetOf(file, 0, 262'145, 262'148); },
         "its length of 262145 octets is more than any capture holds"},
        {"ASimplePacketLongerThanItsBlock",
         [](auto& file) { file.simple("abcd", 5); },
         "its length of 5 octets is more than its block has"},
        {"AnInterfaceThatIsNone",
         [](auto& file) { packetOf(file, 1, 64, 64); },
         "its interface 1 is not described"},
        {"AnInterfaceOfTheSectionBefore",
         [](auto& file) {
             file.section();
             packetOf(file, 0, 64, 64);
         },
         "its interface 0 is not described"},
        {"ASimplePacketWithoutInterface",
         [](auto& file) { file.section().simple("abcd", 4); },
         "its interface 0 is not described"},
    };
}

std::vector<Damage> damagedOptions() {
    return {
        {"AnOptionOfAPacketPastItsEnd",
         [](auto& file) { file.enhanced(0, 0, "abcd", 4, file.option(1, "abcd").substr(0, 4)); },
         "an option goes on past the end"},
        {"AnOptionOfAnInterfacePastItsEnd",
         [](auto& file) { file.interface(1, 0, file.option(9, "abcde").substr(0, 8)); },
         "an option goes on past the end"},
        {"AnOptionOfASectionPastItsEnd",
         [](auto& file) { file.section(file.option(1, "abcd").substr(0, 4)); },
         "an option goes on past the end"},
        {"AResolutionWithoutAnOctet",
         [](auto& file) { file.interface(1, 0, file.option(9, {})); },
         "resolution of time is not one octet"},
        {"AnOffsetOfFourOctets",
         [](auto& file) { file.interface(1, 0, file.option(14, "abcd")); },
         "offset of time is not eight octets"},
    };
}

class PcapngDamage : public testing::TestWithParam<Damage> {};

std::string nameOf(const testing::TestParamInfo<Damage>& damage) {
    return damage.param.name;
}

INSTANTIATE_TEST_SUITE_P(Blocks, PcapngDamage, testing::ValuesIn(damagedBlocks()), nameOf);
INSTANTIATE_TEST_SUITE_P(Packets, PcapngDamage, testing::ValuesIn(damagedPackets()), nameOf);
INSTANTIATE_TEST_SUITE_P(Options, PcapngDamage, testing::ValuesIn(damagedOptions()), nameOf);

TEST_P(PcapngDamage, StopsReadingAndKeepsWhatCameBefore) {
    for (const std::endian order : kOrders) {
        PcapngMaker file{order};
        file.section().interface().enhanced(0, kMoment, kPacket, 61);
        GetParam().make(file);

        const Reading read = readingOf(file.content());

        EXPECT_THAT(read.frames, SizeIs(1));
        ASSERT_TRUE(read.error);
        EXPECT_EQ(read.error->code, Error::Code::Incomplete);
        EXPECT_THAT(read.error->what, HasSubstr(": stopped at packet 2, octet 1"));
        EXPECT_THAT(read.error->what, HasSubstr(GetParam().why));
    }
}

TEST(PcapngDamageAtTheBeginning, IsNoCapture) {
    PcapngMaker file;
    file.section();
    std::string content = file.content();
    content[8] = 'x';

    const Reading read = readingOf(content);

    ASSERT_TRUE(read.error);
    EXPECT_EQ(read.error->code, Error::Code::NotReadable);
    EXPECT_THAT(read.error->what,
                EndsWith("is not a capture file that can be read: a section does not tell its byte "
                         "order"));
}

TEST(PcapngDamageOfMemory, InterfacesAreNotKeptWithoutEnd) {
    PcapngMaker file;
    file.section();
    for (int i = 0; i <= 65'536; ++i) file.interface();

    const Reading read = readingOf(file.content());

    ASSERT_TRUE(read.error);
    EXPECT_THAT(read.error->what, HasSubstr("more than 65536 interfaces"));
}

}  // namespace
}  // namespace tcplab::test
