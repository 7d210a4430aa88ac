#include "capture/analysis/finding.h"

#include <gmock/gmock.h>

namespace tcplab::capture {
namespace {

using ::testing::ElementsAre;

std::vector<PacketId> packetsOf(const Proof& proof) {
    return {proof.packets.begin(), proof.packets.begin() + proof.count};
}

TEST(Finding, IsFoundByItsName) {
    for (std::size_t n = 0; n < kFindingCount; ++n) {
        const auto finding = static_cast<Finding>(n);
        EXPECT_EQ(findingNamed(toString(finding)), finding);
        EXPECT_FALSE(meaningOf(finding).en.empty());
        EXPECT_FALSE(meaningOf(finding).zh.empty());
    }
    EXPECT_EQ(findingNamed("Retransmission"), std::nullopt);
}

TEST(PacketFindings, ProveEachWithPacketsInTheirOrder) {
    PacketFindings found{9};
    found.add(Finding::FastRetransmission, {7, 3});
    found.add(Finding::ZeroWindow, {0, 9});

    ASSERT_EQ(found.end() - found.begin(), 2);
    EXPECT_THAT(packetsOf(found.begin()[0]), ElementsAre(3, 7, 9));
    EXPECT_THAT(packetsOf(found.begin()[1]), ElementsAre(9));
    EXPECT_TRUE(found.has(Finding::ZeroWindow));
    EXPECT_FALSE(found.has(Finding::KeepAlive));
}

TEST(PacketFindings, KeepOursWithoutTsharks) {
    PacketFindings found{9};
    found.add(Finding::Retransmission, {7});
    found.add(Finding::RepeatedOctets, {3});
    found.add(Finding::ZeroWindow);

    found.dropTsharks();

    ASSERT_EQ(found.end() - found.begin(), 1);
    EXPECT_EQ(found.begin()->finding, Finding::RepeatedOctets);
    EXPECT_THAT(packetsOf(*found.begin()), ElementsAre(3, 9));
    EXPECT_FALSE(found.has(Finding::Retransmission));
}

TEST(FindingCounts, CountAllAndKeepTheFirstPackets) {
    FindingCounts counts;
    for (PacketId packet = 1; packet <= 8; ++packet) {
        PacketFindings found{packet};
        found.add(Finding::ZeroWindow);
        if (packet == 4) found.add(Finding::Retransmission);
        counts.note(found);
    }

    ASSERT_EQ(counts.counts().size(), 2U);
    EXPECT_EQ(counts.counts()[0].finding, Finding::Retransmission);
    EXPECT_THAT(counts.counts()[0].evidence(), ElementsAre(4));
    EXPECT_EQ(counts.of(Finding::ZeroWindow), 8U);
    EXPECT_THAT(counts.counts()[1].evidence(), ElementsAre(1, 2, 3, 4, 5));
    EXPECT_EQ(counts.of({Finding::ZeroWindow, Finding::Retransmission}), 9U);
    EXPECT_EQ(counts.of(Finding::OutOfOrder), 0U);
}

}  // namespace
}  // namespace tcplab::capture
