#include "sim/wire/osi_layers.h"

#include "tests/sim/wire/layer_samples.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

namespace tcplab::wire {
namespace {

using test::Sample;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::array<LayerWork, 7> worksOf(const Sample& sample, std::size_t captured = SIZE_MAX) {
    const Octets octets = Octets{sample.octets}.first(std::min(captured, sample.octets.size()));
    return osiLayers(dissect(sample.link, octets, sample.octets.size()));
}

LayerWork workOf(const Sample& sample, OsiLayer layer) {
    const auto works = worksOf(sample);
    return *std::ranges::find(works, layer, &LayerWork::layer);
}

std::vector<std::string> partsOf(const LayerWork& work) {
    std::vector<std::string> parts;
    for (const LayerPart& part : work.parts)
        parts.push_back(std::string{part.name.en} + " " + std::to_string(part.length));
    return parts;
}

TEST(OsiLayers, StandFromTheApplicationDownBesideTheFourOfTheInternet) {
    std::vector<std::pair<int, std::string_view>> order;
    for (const LayerWork& work : worksOf(test::syn()))
        order.emplace_back(static_cast<int>(work.layer), titleOf(internetLayerOf(work.layer)).en);

    EXPECT_THAT(order,
                ElementsAre(std::pair{7, "Application"},
                            std::pair{6, "Application"},
                            std::pair{5, "Application"},
                            std::pair{4, "Transport"},
                            std::pair{3, "Internet"},
                            std::pair{2, "Link"},
                            std::pair{1, "Link"}));
}

TEST(OsiLayers, EveryOctetOfAFrameBelongsToOneLayer) {
    for (const Sample& sample : test::samples()) {
        for (std::size_t captured = 0; captured <= sample.octets.size(); ++captured) {
            std::vector<bool> taken(sample.octets.size(), false);
            for (const LayerWork& work : worksOf(sample, captured)) {
                std::size_t sum = 0;
                for (const LayerPart& part : work.parts) {
                    sum += part.length;
                    for (std::size_t i = part.offset; i < part.offset + part.length; ++i) {
                        ASSERT_LT(i, taken.size()) << sample.name << " cut to " << captured;
                        ASSERT_FALSE(taken[i]) << sample.name << " cut to " << captured;
                        taken[i] = true;
                    }
                }
                EXPECT_EQ(sum, work.octets);
            }
            ASSERT_EQ(std::ranges::count(taken, true),
                      static_cast<std::ptrdiff_t>(sample.octets.size()))
                << sample.name << " cut to " << captured;
        }
    }
}

TEST(OsiLayers, EachHasItsSentenceInBothLanguages) {
    for (const Sample& sample : test::samples()) {
        for (const LayerWork& work : worksOf(sample)) {
            EXPECT_TRUE(work.did.en.ends_with('.')) << sample.name << ": " << work.did.en;
            EXPECT_TRUE(work.did.zh.ends_with("。")) << sample.name << ": " << work.did.zh;
        }
    }
}

TEST(OsiLayers, AddTheirHeadersToASyn) {
    const auto works = worksOf(test::syn());

    EXPECT_THAT(partsOf(works[0]), ElementsAre());
    EXPECT_THAT(partsOf(works[3]), ElementsAre("TCP 40"));
    EXPECT_THAT(partsOf(works[4]), ElementsAre("IPv4 20"));
    EXPECT_THAT(partsOf(works[5]), ElementsAre("Ethernet 14"));
    EXPECT_THAT(partsOf(works[6]), ElementsAre());
    EXPECT_THAT(works[3].did.en, HasSubstr("asks to open the connection"));
    EXPECT_THAT(works[5].did.en, HasSubstr("02:00:00:00:00:01 → 02:00:00:00:00:02"));
}

TEST(OsiLayers, PaddingIsTheWorkOfTheDataLink) {
    const LayerWork link = workOf(test::paddedAck(), OsiLayer::DataLink);

    EXPECT_THAT(partsOf(link), ElementsAre("Ethernet 14", "padding 6"));
    EXPECT_THAT(link.did.en, HasSubstr("Fills up 6 octets"));
}

TEST(OsiLayers, TtlOfOnePassesNoMoreRouter) {
    Sample sample = test::syn();
    sample.octets.at(14 + 8) = 1;

    EXPECT_THAT(workOf(sample, OsiLayer::Network).did.en, HasSubstr("0 more routers"));
}

TEST(OsiLayers, ATunnelIsALinkToThePacketInIt) {
    const LayerWork link = workOf(test::layerSample("Vxlan"), OsiLayer::DataLink);

    EXPECT_THAT(partsOf(link),
                ElementsAre("Ethernet 14", "IPv4 20", "UDP 8", "VXLAN 8", "Ethernet 14"));
    EXPECT_THAT(link.did.en, HasSubstr("the tunnel (IPv4, UDP, VXLAN, Ethernet) is a link"));
}

TEST(OsiLayers, RawIpHasNoDataLink) {
    const LayerWork link = workOf(test::rawIpv4(), OsiLayer::DataLink);

    EXPECT_EQ(link.octets, 0U);
    EXPECT_THAT(link.did.en, HasSubstr("Not in this capture"));
}

TEST(OsiLayers, SessionAndPresentationAreLeftToThePrograms) {
    for (const OsiLayer layer : {OsiLayer::Session, OsiLayer::Presentation}) {
        const LayerWork work = workOf(test::syn(), layer);
        EXPECT_EQ(work.octets, 0U);
        EXPECT_THAT(work.did.en, HasSubstr("None here"));
    }
}

TEST(OsiLayers, ATlsRecordIsTheWorkOfThePresentation) {
    const LayerWork work = workOf(test::layerSample("TlsClientHello"), OsiLayer::Presentation);

    EXPECT_GT(work.octets, 0U);
    EXPECT_THAT(work.did.en, HasSubstr("TLS record"));
}

TEST(OsiLayers, ATlsRecordIsTold) {
    const LayerWork work = workOf(test::layerSample("TlsClientHello"), OsiLayer::Presentation);

    EXPECT_THAT(work.did.en, HasSubstr("(handshake, TLS 1.0, 74 octets)"));
    EXPECT_THAT(work.did.zh, HasSubstr("（握手，TLS 1.0，74 字节）"));
}

// Six octets: its one octet of content belongs to the record, and what follows is another record.
TEST(OsiLayers, AChangeOfCiphersIsARecordWithItsOctet) {
    const auto works = worksOf(test::layerSample("TlsChangeCipherSpec"));

    EXPECT_THAT(partsOf(works[1]), ElementsAre("TLS 6"));
    EXPECT_THAT(works[1].did.zh, HasSubstr("（更改密码规格，TLS 1.2，1 字节）"));
    EXPECT_EQ(works[0].octets, 9U);
    EXPECT_THAT(works[0].did.en, HasSubstr("more records"));
}

TEST(OsiLayers, WhatAnIcmpErrorQuotesBelongsToTheNetwork) {
    const auto works = worksOf(test::layerSample("IcmpUnreachable"));

    EXPECT_EQ(works[3].octets, 0U);
    EXPECT_THAT(works[3].did.en, HasSubstr("None here"));
    EXPECT_THAT(partsOf(works[4]), ElementsAre("IPv4 20", "ICMP 8", "IPv4 20", "TCP 8"));
}

TEST(OsiLayers, ALaterFragmentHasNoTransportHeader) {
    const LayerWork work = workOf(test::ipv4LaterFragment(), OsiLayer::Transport);

    EXPECT_THAT(work.did.en, HasSubstr("in fragments"));
    EXPECT_THAT(work.did.en, Not(HasSubstr("Port")));
}

}  // namespace
}  // namespace tcplab::wire
