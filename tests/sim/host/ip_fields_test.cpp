// RFC 9293 3.9.1.9 and 3.9.2: what a program may say of the IP header.

#include "tests/sim/host/two_hosts.h"

namespace tcplab::test {
namespace {

using host::call::Option;
using testing::Each;
using testing::Field;

constexpr std::uint8_t kExpedited = 46U << 2U;  // RFC 3246

class IpFields : public TwoHosts {
protected:
    void set(host::Fd fd, Option option, std::int64_t value) {
        EXPECT_EQ(call(client, host::call::SetOption{fd, option, value}).error, host::Errno::None);
    }
    /// What the client sends from here on.
    const std::deque<host::Datagram>& sending(host::Fd fd) {
        client.sent.clear();
        send(client, fd, "hello");
        call(client, host::call::Close{fd});
        EXPECT_GE(client.sent.size(), 2U);
        return client.sent;
    }
};

TEST_F(IpFields, TosIsInEverySegmentOfTheSocket) {
    listen();
    const host::Fd fd = socket(client);
    set(fd, Option::TypeOfService, kExpedited);
    client.sent.clear();

    call(client, host::call::Connect{fd, kServer});
    EXPECT_EQ(client.sent.size(), 2U);  // The SYN, and the ACK of its answer.
    EXPECT_THAT(client.sent, Each(Field(&host::Datagram::tos, kExpedited)));
    EXPECT_THAT(sending(fd), Each(Field(&host::Datagram::tos, kExpedited)));
    EXPECT_THAT(server.sent, Each(Field(&host::Datagram::tos, 0)));
}

TEST_F(IpFields, TosMayChangeInTheMiddle) {
    const auto [fd, accepted] = connect();
    EXPECT_THAT(client.sent, Each(Field(&host::Datagram::tos, 0)));

    set(fd, Option::TypeOfService, kExpedited);

    EXPECT_THAT(sending(fd), Each(Field(&host::Datagram::tos, kExpedited)));
}

TEST_F(IpFields, TtlIsInEverySegmentOfTheSocket) {
    const auto [fd, accepted] = connect();
    EXPECT_THAT(client.sent, Each(Field(&host::Datagram::ttl, 64)));

    set(fd, Option::TimeToLive, 3);

    EXPECT_THAT(sending(fd), Each(Field(&host::Datagram::ttl, 3)));
}

}  // namespace
}  // namespace tcplab::test
