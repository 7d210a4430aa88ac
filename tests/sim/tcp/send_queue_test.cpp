#include "sim/tcp/send_queue.h"

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

TEST(SendQueue, KnowsWhereRecordsEndUntilTheyAreAcknowledged) {
    tcp::SendQueue queue;
    queue.append(Bytes{std::string(10, 'a')});
    queue.append(Bytes{std::string(5, 'b')}, true);
    queue.append(Bytes{std::string(20, 'c')});

    EXPECT_EQ(queue.recordLeft(0), 15U);
    EXPECT_EQ(queue.recordLeft(14), 1U);
    EXPECT_EQ(queue.recordLeft(15), 20U);
    queue.acknowledge(12);
    EXPECT_EQ(queue.recordLeft(0), 3U);
    queue.acknowledge(3);
    EXPECT_EQ(queue.recordLeft(0), 20U);
}

class Records : public EndpointTest {};

TEST_F(Records, DoNotShareASegmentWithWhatFollows) {
    establish();
    on(tcp::Send{.octets = Bytes{std::string(9000, 'x')}});  // More than the window.
    on(tcp::Send{.octets = Bytes{std::string(40, 'x')}, .endsRecord = true});
    on(tcp::Send{.octets = Bytes{std::string(100, 'x')}});

    const tcp::Actions sent = arrives(". 301:301(0) ack 8141 win 8192");

    EXPECT_THAT(sent, testing::Contains(transmits("P. 8677:9141(464) ack 301")));
    EXPECT_THAT(sent, testing::Contains(transmits("P. 9141:9241(100) ack 301")));
}

}  // namespace
}  // namespace tcplab::test
