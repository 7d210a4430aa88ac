#include "sim/wire/stack.h"
#include "tests/sim/wire/samples.h"

#include <gmock/gmock.h>

#include <stdexcept>
#include <string>

namespace tcplab::wire {
namespace {

using test::Sample;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kIp = 14;
constexpr std::size_t kTcp = 34;

std::vector<LayerFields> shown(const Sample& sample, std::size_t size = SIZE_MAX) {
    const Octets captured = Octets{sample.octets}.first(std::min(size, sample.octets.size()));
    return fieldsOf(dissect(sample.link, captured, sample.octets.size()));
}

LayerFields shownLayer(const Sample& sample, Protocol protocol, std::size_t size = SIZE_MAX) {
    for (LayerFields& layer : shown(sample, size)) {
        if (layer.protocol == protocol) return std::move(layer);
    }
    throw std::invalid_argument{"no such layer"};
}

const Field& field(const std::vector<Field>& fields, std::string_view name) {
    for (const Field& one : fields) {
        if (one.name.en == name) return one;
    }
    throw std::invalid_argument{"no field is called " + std::string{name}};
}

std::vector<std::string> linesOf(const std::vector<Field>& fields, std::string_view indent = "") {
    std::vector<std::string> lines;
    for (const Field& one : fields) {
        lines.push_back(std::string{indent} + std::string{one.name.en} + ": " + one.value);
        const auto inside = linesOf(one.children, std::string{indent} + "  ");
        lines.insert(lines.end(), inside.begin(), inside.end());
    }
    return lines;
}

TEST(FieldsOfEthernet, AreTheAddressesAndTheType) {
    const auto layer = shownLayer(test::syn(), Protocol::Ethernet);

    EXPECT_EQ(layer.summary.en, "02:00:00:00:00:01 \u2192 02:00:00:00:00:02");
    EXPECT_THAT(linesOf(layer.fields),
                ElementsAre("Destination address: 02:00:00:00:00:02",
                            "Source address: 02:00:00:00:00:01",
                            "Type: 0x0800 (IPv4)"));
}

TEST(FieldsOfIpv4, AreThoseOfTheHeader) {
    const auto layer = shownLayer(test::ipOptionsAndSack(), Protocol::Ipv4);

    EXPECT_EQ(layer.summary.en, "192.0.2.1 \u2192 198.51.100.2");
    EXPECT_THAT(linesOf(layer.fields),
                ElementsAre("Version: 4",
                            "Header length: 6 \u00d7 4 = 24",
                            "DSCP: 0",
                            "ECN: 0",
                            "Total length: 67",
                            "Identification: 0x1c46",
                            "Flags: DF",
                            "  Reserved: 0",
                            "  DF: 1",
                            "  MF: 0",
                            "Fragment offset: 0 \u00d7 8 = 0",
                            "Time to live: 64",
                            "Protocol: 6 (TCP)",
                            "Header checksum: 0x9d33",
                            "Source address: 192.0.2.1",
                            "Destination address: 198.51.100.2",
                            "Options: 0x94040000",
                            "  Router alert: 0x94040000",
                            "    Kind: 148",
                            "    Length: 4",
                            "    Data: 0x0000"));
}

TEST(FieldsOfIpv6, AreThoseOfTheHeader) {
    const auto layer = shownLayer(test::ipv6Extensions(), Protocol::Ipv6);

    EXPECT_EQ(layer.summary.en, "2001:db8::1 \u2192 2001:db8::2");
    EXPECT_THAT(linesOf(layer.fields),
                ElementsAre("Version: 6",
                            "DSCP: 0",
                            "ECN: 0",
                            "Flow label: 0x12345",
                            "Payload length: 42",
                            "Next header: 0 (IPv6 hop-by-hop)",
                            "Hop limit: 64",
                            "Source address: 2001:db8::1",
                            "Destination address: 2001:db8::2"));
}

TEST(FieldsOfAnExtension, NameWhatComesNext) {
    const auto layer = shownLayer(test::ipv6Extensions(), Protocol::Ipv6HopByHop);

    EXPECT_EQ(layer.summary.en, "\u2192 IPv6 destination options");
    EXPECT_THAT(linesOf(layer.fields),
                ElementsAre("Next header: 60 (IPv6 destination options)",
                            "Extension length: 0 \u00d7 8 = 0",
                            "Options: 0x050200000100",
                            "  Router alert: 0x05020000",
                            "    Kind: 5",
                            "    Length: 2",
                            "    Value: 0",
                            "  PadN: 0x0100",
                            "    Kind: 1",
                            "    Length: 0"));
}

TEST(FieldsOfAFragmentHeader, TellWhereItLies) {
    const auto layer = shownLayer(test::ipv6FirstFragment(), Protocol::Ipv6Fragment);

    EXPECT_THAT(linesOf(layer.fields),
                ElementsAre("Next header: 6 (TCP)",
                            "Reserved: 0",
                            "Fragment offset: 0 \u00d7 8 = 0",
                            "Reserved: 0",
                            "M: 1",
                            "Identification: 0xcafebabe"));
}

TEST(FieldsOfTcp, AreThoseOfTheHeaderAndItsOptions) {
    const auto layer = shownLayer(test::syn(), Protocol::Tcp);

    EXPECT_EQ(layer.summary.en,
              "40000 \u2192 80, S 1000:1000(0) win 65535 "
              "<mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7>");
    EXPECT_THAT(linesOf(field(layer.fields, "Options").children),
                ElementsAre("Maximum segment size: mss 1460",
                            "  Kind: 2",
                            "  Length: 4",
                            "  MSS: 1460",
                            "SACK permitted: sackOK",
                            "  Kind: 4",
                            "  Length: 2",
                            "Timestamps: TS val 1 ecr 0",
                            "  Kind: 8",
                            "  Length: 10",
                            "  TSval: 1",
                            "  TSecr: 0",
                            "No operation: nop",
                            "Window scale: wscale 7",
                            "  Kind: 3",
                            "  Length: 3",
                            "  Shift: 7"));
}

TEST(FieldsOfTcp, NameTheControlBitsThatAreSet) {
    const auto layer = shownLayer(test::ipv6Extensions(), Protocol::Tcp);

    const Field& bits = field(layer.fields, "Control bits");
    EXPECT_EQ(bits.value, "URG, ACK, PSH");
    EXPECT_THAT(
        linesOf(bits.children),
        ElementsAre(
            "CWR: 0", "ECE: 0", "URG: 1", "ACK: 1", "PSH: 1", "RST: 0", "SYN: 0", "FIN: 0"));
}

TEST(FieldsOfTcp, LieWhereTheHeaderHasThem) {
    const auto layer = shownLayer(test::syn(), Protocol::Tcp);

    EXPECT_EQ(field(layer.fields, "Source port").offset, kTcp);
    EXPECT_EQ(field(layer.fields, "Acknowledgement number").offset, kTcp + 8);
    const Field& dataOffset = field(layer.fields, "Data offset");
    EXPECT_EQ(dataOffset.offset, kTcp + 12);
    EXPECT_EQ(dataOffset.firstBit, 0U);
    EXPECT_EQ(dataOffset.bits, 4U);
    EXPECT_EQ(field(layer.fields, "Reserved").firstBit, 4U);
    const Field& syn = field(field(layer.fields, "Control bits").children, "SYN");
    EXPECT_EQ(syn.offset, kTcp + 13);
    EXPECT_EQ(syn.firstBit, 6U);
    EXPECT_EQ(syn.bits, 1U);
    const Field& timestamps = field(field(layer.fields, "Options").children, "Timestamps");
    EXPECT_EQ(timestamps.offset, kTcp + 26);
    EXPECT_EQ(field(timestamps.children, "TSecr").offset, kTcp + 32);
}

TEST(FieldsOfTcp, ListTheEdgesOfEverySackBlock) {
    const auto layer = shownLayer(test::ipOptionsAndSack(), Protocol::Tcp);

    const auto& options = field(layer.fields, "Options").children;
    EXPECT_THAT(linesOf(field(options, "Selective acknowledgement").children),
                ElementsAre("Kind: 5",
                            "Length: 18",
                            "Left edge: 6000",
                            "Right edge: 7000",
                            "Left edge: 8000",
                            "Right edge: 9000"));
}

TEST(FieldsOfPayload, AreItsOctetsWithDotsForWhatCannotBePrinted) {
    auto sample = test::ipOptionsAndSack();
    sample.octets[79] = '\n';

    const auto layer = shownLayer(sample, Protocol::Payload);

    EXPECT_EQ(layer.summary.en, "3 octets");
    EXPECT_THAT(linesOf(layer.fields), ElementsAre("Octets: a.c"));
}

TEST(FieldsOfPayload, TellHowMuchWasCaptured) {
    const auto layer = shownLayer(test::ipOptionsAndSack(), Protocol::Payload, 80);

    EXPECT_EQ(layer.summary.en, "3 octets");
    EXPECT_THAT(field(layer.fields, "Octets").remark.en, testing::HasSubstr("captured: 2"));
    EXPECT_EQ(field(layer.fields, "Octets").length, 2U);
}

TEST(Remarks, TellWhetherAChecksumIsRight) {
    const auto layer = shownLayer(test::syn(), Protocol::Tcp);

    EXPECT_EQ(field(layer.fields, "Checksum").remark.en, "right");
    EXPECT_EQ(field(layer.fields, "Checksum").remark.zh, "\u6b63\u786e");
    EXPECT_FALSE(field(layer.fields, "Checksum").wrong);
}

TEST(Remarks, TellWhatAWrongChecksumShouldBe) {
    auto sample = test::syn();
    sample.octets[kIp + 10] = 0;

    const Field checksum = field(shownLayer(sample, Protocol::Ipv4).fields, "Header checksum");

    EXPECT_EQ(checksum.remark.en, "wrong, should be 0x323f");
    EXPECT_TRUE(checksum.wrong);
}

TEST(Remarks, MarkTheFieldThatMakesNoSense) {
    auto sample = test::syn();
    sample.octets[kTcp + 12] = 0x40;

    const Field offset = field(shownLayer(sample, Protocol::Tcp).fields, "Data offset");

    EXPECT_TRUE(offset.wrong);
    EXPECT_FALSE(offset.remark.zh.empty());
}

TEST(Remarks, MarkTheOctetsFromABrokenOptionOn) {
    auto sample = test::syn();
    sample.octets[kTcp + 27] = 0;

    const auto layer = shownLayer(sample, Protocol::Tcp);

    const auto& options = field(layer.fields, "Options").children;
    EXPECT_FALSE(options.front().wrong);
    EXPECT_EQ(options.back().name.en, "Not read");
    EXPECT_EQ(options.back().offset, kTcp + 26);
    EXPECT_TRUE(options.back().wrong);
}

TEST(Remarks, DoNotCallWrongWhatIsOnlyCut) {
    const auto layer = shownLayer(test::syn(), Protocol::Tcp, kTcp + 22);

    const Field& options = field(layer.fields, "Options");
    EXPECT_FALSE(options.wrong);
    EXPECT_FALSE(options.remark.empty());
    EXPECT_EQ(options.length, 2U);
}

TEST(Remarks, ExplainALaterFragment) {
    const auto layer = shownLayer(test::ipv4LaterFragment(), Protocol::Ipv4);

    const Field& offset = field(layer.fields, "Fragment offset");
    EXPECT_EQ(offset.value, "4 \u00d7 8 = 32");
    EXPECT_FALSE(offset.remark.empty());
    EXPECT_FALSE(offset.wrong);
}

// What was not captured is unknown, and not zero.
TEST(SummaryOfALayer, SaysWhyWhereTheHeaderIsNotThere) {
    for (std::size_t size = kTcp; size < kTcp + 20; ++size) {
        const auto layer = shownLayer(test::syn(), Protocol::Tcp, size);

        EXPECT_EQ(layer.summary.en, "The capture ends inside this header.") << size << " octets";
        EXPECT_FALSE(layer.summary.zh.empty());
    }
}

TEST(SummaryOfALayer, SaysWhatMakesNoSense) {
    auto sample = test::syn();
    sample.octets[kIp] = 0x44;

    const auto layer = shownLayer(sample, Protocol::Ipv4);

    EXPECT_THAT(layer.summary.en, testing::HasSubstr("header length"));
}

TEST(FieldsOfNothing, AreNone) {
    EXPECT_THAT(fieldsOf(dissect(LinkType::RawIp, {}, 0)), IsEmpty());
}

}  // namespace
}  // namespace tcplab::wire
