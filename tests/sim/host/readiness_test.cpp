#include "tests/sim/host/two_hosts.h"

namespace tcplab::test {
namespace {

using host::Errno;
namespace call = host::call;

class Readiness : public TwoHosts {
protected:
    call::Readiness poll(End& end, host::Fd fd) {
        const call::Readiness all{.in = true, .out = true, .readHangUp = true};
        return call(end, call::Poll{{{fd, all, {}}}, Duration{}}).polled.at(0).revents;
    }
    host::Fd watch(host::Fd fd, bool edge) {
        const auto epoll = static_cast<host::Fd>(call(server, call::EpollCreate{}).value);
        call(server,
             call::EpollControl{.epoll = epoll,
                                .fd = fd,
                                .interest = {.events = {.in = true}, .edge = edge, .data = 7}});
        return epoll;
    }
    std::int64_t ready(host::Fd epoll) {
        return call(server, call::EpollWait{epoll, 4, Duration{}}).value;
    }
};

TEST_F(Readiness, OfAListenerIsAConnectionToAccept) {
    const host::Fd listener = listen();
    EXPECT_FALSE(poll(server, listener).in);

    call(client, call::Connect{socket(client), kServer});

    EXPECT_TRUE(poll(server, listener).in);
}

TEST_F(Readiness, OfAConnectionIsOctetsAndRoom) {
    const auto [fd, accepted] = connect();
    EXPECT_FALSE(poll(server, accepted).in);
    EXPECT_TRUE(poll(server, accepted).out);

    send(client, fd, "x");

    EXPECT_TRUE(poll(server, accepted).in);
}

TEST_F(Readiness, TellsThatThePeerHasHungUp) {
    const auto [fd, accepted] = connect();
    call(client, call::Close{fd});

    EXPECT_TRUE(poll(server, accepted).readHangUp);
    EXPECT_TRUE(poll(server, accepted).in);
    EXPECT_FALSE(poll(server, accepted).hangUp);
}

TEST_F(Readiness, OfNoDescriptorIsInvalid) {
    EXPECT_TRUE(poll(client, 42).invalid);
}

TEST_F(Readiness, EndsAPollThatWaits) {
    const auto [fd, accepted] = connect();
    const auto waiting = begin(server, call::Poll{{{accepted, {.in = true}, {}}}, {}});
    EXPECT_TRUE(server.host.waits(waiting));

    send(client, fd, "x");

    EXPECT_EQ(server.results.at(waiting).value, 1);
}

TEST_F(Readiness, EndsAPollWhenItsTimeIsOver) {
    const auto [fd, accepted] = connect();
    const auto waiting = begin(server, call::Poll{{{accepted, {.in = true}, {}}}, Duration{30ms}});

    wait(29ms);
    EXPECT_TRUE(server.host.waits(waiting));
    wait(1ms);
    EXPECT_EQ(server.results.at(waiting).value, 0);
}

TEST_F(Readiness, ByLevelIsToldAsLongAsItLasts) {
    const auto [fd, accepted] = connect();
    const host::Fd epoll = watch(accepted, false);
    send(client, fd, "x");

    EXPECT_EQ(ready(epoll), 1);
    EXPECT_EQ(ready(epoll), 1);
    receive(server, accepted);
    EXPECT_EQ(ready(epoll), 0);
}

TEST_F(Readiness, ByEdgeIsToldWhenSomethingCame) {
    const auto [fd, accepted] = connect();
    const host::Fd epoll = watch(accepted, true);
    send(client, fd, "x");

    EXPECT_EQ(ready(epoll), 1);
    EXPECT_EQ(ready(epoll), 0);  // Not read, and not told again.
    send(client, fd, "y");
    wait(1s);  // Nagle's algorithm.
    EXPECT_EQ(ready(epoll), 1);
}

TEST_F(Readiness, IsForgottenWithTheDescriptor) {
    const auto [fd, accepted] = connect();
    const host::Fd epoll = watch(accepted, false);
    send(client, fd, "x");

    call(server, call::Close{accepted});

    EXPECT_EQ(ready(epoll), 0);
}

}  // namespace
}  // namespace tcplab::test
