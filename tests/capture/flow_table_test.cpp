#include "capture/flow_table.h"

#include "sim/wire/frame.h"
#include "sim/wire/notation.h"

#include <gmock/gmock.h>

#include <array>

namespace tcplab::capture {
namespace {

using std::literals::operator""h;
using std::literals::operator""ns;
using std::literals::operator""s;

wire::SocketAddress end(std::uint8_t host, std::uint16_t port) {
    return {wire::IpAddress::v4(192, 0, 2, host), port};
}

FlowKey keyOf(std::uint16_t port) {
    return FlowKey::of(end(1, port), end(2, 80));
}

void openFlow(FlowTable& table, ConnectionId id, std::uint16_t port) {
    const wire::TcpPacketView syn{
        .from = end(1, port), .to = end(2, 80), .header = {.flags = {.syn = true}}};
    (void)table.open(keyOf(port), id, Frame{}, syn);
}

TEST(FlowKey, IsTheSameWhoeverSends) {
    const auto key = FlowKey::of(end(1, 4000), end(2, 80));

    EXPECT_EQ(key, FlowKey::of(end(2, 80), end(1, 4000)));
    EXPECT_EQ(FlowKeyHash{}(key), FlowKeyHash{}(FlowKey::of(end(2, 80), end(1, 4000))));
    EXPECT_FALSE(key == FlowKey::of(end(1, 80), end(2, 4000)));
}

TEST(FlowTable, FindsWhatWasOpenedUntilItIsRemoved) {
    FlowTable table;
    openFlow(table, 7, 1);

    EXPECT_EQ(table.find(keyOf(1))->connection().id, 7U);
    EXPECT_EQ(table.find(keyOf(2)), nullptr);
    EXPECT_EQ(table.remove(keyOf(1))->connection().id, 7U);
    EXPECT_EQ(table.find(keyOf(1)), nullptr);
}

TEST(FlowTable, LetsGoOfAFlowAMinuteAfterItWasOver) {
    FlowTable table;
    openFlow(table, 0, 1);
    openFlow(table, 1, 2);
    table.lingers(keyOf(1), Instant{1s});

    EXPECT_EQ(table.nextExpired(Instant{61s}), nullptr);
    EXPECT_EQ(table.nextExpired(Instant{61s + 1ns})->connection().id, 0U);
    EXPECT_EQ(table.nextExpired(Instant{1h}), nullptr);
    EXPECT_EQ(table.size(), 1U);
}

TEST(FlowTable, DoesNotTakeANewFlowForTheOneThatHadItsEnds) {
    FlowTable table;
    openFlow(table, 0, 1);
    table.lingers(keyOf(1), Instant{1s});
    (void)table.remove(keyOf(1));
    openFlow(table, 1, 1);

    EXPECT_EQ(table.nextExpired(Instant{1h}), nullptr);
    EXPECT_EQ(table.find(keyOf(1))->connection().id, 1U);
}

TEST(FlowTable, HandsOverAllInOrderOfTheirFirstPackets) {
    FlowTable table;
    for (const std::uint16_t port : std::to_array<std::uint16_t>({5, 3, 9, 1})) {
        openFlow(table, 10U - port, port);
    }

    std::vector<ConnectionId> ids;
    for (const auto& flow : table.removeAll()) ids.push_back(flow->connection().id);

    EXPECT_THAT(ids, testing::ElementsAre(1, 5, 7, 9));
    EXPECT_EQ(table.size(), 0U);
}

}  // namespace
}  // namespace tcplab::capture
