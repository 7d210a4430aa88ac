#include "capture/index.h"
#include "capture/session.h"
#include "sim/wire/frame.h"
#include "sim/wire/notation.h"
#include "tests/capture/capture_maker.h"
#include "tests/support/temporary_file.h"
#include "tests/support/tshark.h"

#include <gmock/gmock.h>

#include <numeric>

// TCP packets that come in fragments of IP.
namespace tcplab::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using OctetVector = std::vector<std::uint8_t>;

constexpr std::size_t kEthernetOctets = 14;
constexpr std::size_t kIpv4Octets = 20;
constexpr std::size_t kIpv6Octets = 40;

wire::SocketAddress end(int version, std::uint8_t host, std::uint16_t port) {
    const auto ip = version == 4 ? wire::IpAddress::v4(192, 0, 2, host)
                                 : *wire::parseIpAddress("2001:db8::" + std::to_string(int{host}));
    return {ip, port};
}

/// The datagram of a segment with so many octets of payload, from host 1 to host 2.
OctetVector datagram(int version, std::string_view segment, std::size_t payload) {
    Segment parsed = *wire::parseSegment(segment);
    OctetVector text(payload);
    std::iota(text.begin(), text.end(), std::uint8_t{0});
    parsed.payload = Bytes{std::move(text)};
    const OctetVector frame = wire::encodeFrame(
        {.from = end(version, 1, 40000), .to = end(version, 2, 80), .ipId = 7}, parsed);
    return {frame.begin() + kEthernetOctets, frame.end()};
}

/// The octets from `from` on of what the datagram carries, at most `size` of them.
OctetVector fragment(const OctetVector& whole, std::size_t from, std::size_t size) {
    const bool isIpv6 = whole.front() >> 4 == 6;
    const std::size_t header = isIpv6 ? kIpv6Octets : kIpv4Octets;
    const Octets carried = Octets{whole}.subspan(header);
    const Octets part = carried.subspan(from, std::min(size, carried.size() - from));
    const bool more = from + part.size() < carried.size();
    const auto units = static_cast<std::uint16_t>(from / 8);
    OctetVector octets;
    if (isIpv6) {
        auto ip = wire::decodeHeader<wire::Ipv6Header>(whole, whole.size()).header;
        const wire::Ipv6FragmentHeader cut{.nextHeader = ip.nextHeader,
                                           .fragmentOffset = units,
                                           .moreFragments = more,
                                           .identification = 77};
        ip.nextHeader = 44;
        ip.payloadLength = static_cast<std::uint16_t>(8 + part.size());
        octets.resize(kIpv6Octets + 8);
        wire::encode(ip, octets);
        wire::encode(cut, std::span{octets}.subspan(kIpv6Octets));
    } else {
        auto ip = wire::decodeHeader<wire::Ipv4Header>(whole, whole.size()).header;
        ip.totalLength = static_cast<std::uint16_t>(kIpv4Octets + part.size());
        ip.moreFragments = more;
        ip.fragmentOffset = units;
        octets.resize(kIpv4Octets);
        wire::encode(ip, octets);
    }
    octets.insert(octets.end(), part.begin(), part.end());
    return octets;
}

/// A capture of IP packets, the first `captured` octets of each.
std::string captureOf(const std::vector<OctetVector>& packets, std::size_t captured = SIZE_MAX) {
    constexpr std::uint32_t kRawIp = 101;
    PcapMaker maker{std::endian::little, {.link = kRawIp}};
    for (std::uint32_t n = 0; n < packets.size(); ++n) {
        const std::string octets{packets[n].begin(), packets[n].end()};
        maker.record(n, 0, octets.substr(0, captured), static_cast<std::uint32_t>(octets.size()));
    }
    return maker.content();
}

/// Handshake, then a request in three fragments of which the last one comes first.
std::vector<OctetVector> conversation(int version) {
    const OctetVector request = datagram(version, "P. 1:1(0) ack 1", 1000);
    return {datagram(version, "S 0:0(0)", 0),
            fragment(request, 800, 800),
            fragment(request, 0, 400),
            datagram(version, ". 1:1(0) ack 1", 0),
            fragment(request, 400, 400),
            datagram(version, "F. 1001:1001(0) ack 1", 0)};
}

class Fragments : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(IpVersion, Fragments, testing::Values(4, 6));

TEST_P(Fragments, AreOnePacketInTheFrameThatCompletesIt) {
    const TemporaryFile file{captureOf(conversation(GetParam()))};
    const auto loaded = capture::load(file.path());
    ASSERT_TRUE(loaded.has_value());

    std::vector<std::string> rows;
    for (const Packet& packet : loaded->trace.packets()) {
        rows.push_back(std::to_string(packet.number) + "\t" + std::to_string(packet.tcp.seqRaw) +
                       "\t" + std::to_string(packet.tcp.len));
    }
    EXPECT_THAT(rows, ElementsAre("1\t0\t0", "4\t1\t0", "5\t1\t1000", "6\t1001\t0"));
    EXPECT_EQ(loaded->summary.packets, 6U);
    ASSERT_THAT(loaded->flows, SizeIs(1));
    EXPECT_EQ(loaded->flows[0].bytes[Side::Client], 1000U);
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    EXPECT_EQ(rows, tshark(file.path(), {"frame.number", "tcp.seq_raw", "tcp.len"}));
}

TEST_P(Fragments, HaveTheChecksumOfTheWhole) {
    const TemporaryFile file{captureOf(conversation(GetParam()))};
    const auto loaded = capture::load(file.path());
    ASSERT_TRUE(loaded.has_value());

    for (const Packet& packet : loaded->trace.packets()) {
        const wire::Layers layers =
            wire::dissect(packet.link, loaded->trace.octetsOf(packet), packet.originalLength);
        const auto view = wire::tcpView(layers);
        ASSERT_TRUE(view.has_value());
        EXPECT_EQ(verifyChecksum(*view).state, wire::ChecksumVerdict::State::Right)
            << "packet " << packet.number;
    }
}

TEST_P(Fragments, AreFoundAgainWhereTheyLie) {
    const TemporaryFile file{captureOf(conversation(GetParam()))};
    const auto loaded = capture::load(file.path());
    auto opened = capture::CaptureFile::open(file.path());
    ASSERT_TRUE(opened.has_value());
    capture::Indexer indexer;
    (void)capture::analyze(*opened->takeFrames(), indexer);
    capture::Index index;
    index.add(indexer.take());

    const auto again = capture::loadFlow(index, *opened, 0);

    ASSERT_TRUE(again.has_value()) << again.error().what;
    const auto& packets = again->trace.packets();
    ASSERT_EQ(packets.size(), loaded->trace.packets().size());
    for (std::size_t i = 0; i < packets.size(); ++i) {
        const Packet& same = loaded->trace.packets()[i];
        EXPECT_EQ(packets[i].number, same.number);
        EXPECT_EQ(packets[i].tcp.len, same.tcp.len);
        EXPECT_TRUE(
            std::ranges::equal(again->trace.octetsOf(packets[i]), loaded->trace.octetsOf(same)));
    }
}

TEST_P(Fragments, OfWhichOneIsMissingAreNoPacket) {
    std::vector<OctetVector> packets = conversation(GetParam());
    packets.erase(packets.begin() + 4);
    const TemporaryFile file{captureOf(packets)};
    const auto loaded = capture::load(file.path());
    ASSERT_TRUE(loaded.has_value());

    EXPECT_THAT(loaded->trace.packets(), SizeIs(3));
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    EXPECT_THAT(tshark(file.path(), {"frame.number"}), ElementsAre("1", "4", "5"));
}

TEST_P(Fragments, ThatWereNotCapturedToTheirEndCountAsInTshark) {
    const TemporaryFile file{captureOf(conversation(GetParam()), 100)};
    const auto loaded = capture::load(file.path());
    ASSERT_TRUE(loaded.has_value());

    std::vector<std::string> numbers;
    for (const Packet& packet : loaded->trace.packets())
        numbers.push_back(std::to_string(packet.number));
    if (GetParam() == 4) {
        EXPECT_THAT(numbers, ElementsAre("1", "3", "4", "6"));
    } else {
        EXPECT_THAT(numbers, ElementsAre("1", "4", "6"));
    }
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    EXPECT_EQ(numbers, tshark(file.path(), {"frame.number"}));
}

TEST(Fragments, OfWhichNoneCompletesAnythingAreForgotten) {
    std::vector<OctetVector> packets;
    const OctetVector request = datagram(4, "P. 1:1(0) ack 1", 1000);
    for (std::uint8_t id = 0; id < 200; ++id) {
        OctetVector first = fragment(request, 0, 800);
        first[5] = id;
        packets.push_back(std::move(first));
    }
    const TemporaryFile file{captureOf(packets)};
    const auto loaded = capture::load(file.path());

    ASSERT_TRUE(loaded.has_value());
    EXPECT_THAT(loaded->trace.packets(), IsEmpty());
    EXPECT_EQ(loaded->summary.packets, 200U);
}

}  // namespace
}  // namespace tcplab::test
