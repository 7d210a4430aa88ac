#include "tests/sim/host/two_hosts.h"

namespace tcplab::test {
namespace {

using host::Errno;
using tcp::State;
namespace call = host::call;

class Host : public TwoHosts {};

TEST_F(Host, CarriesOctetsFromOneProgramToAnother) {
    const auto [fd, accepted] = connect();

    EXPECT_EQ(send(client, fd, "hello").value, 5);

    EXPECT_EQ(receive(server, accepted).octets.text(), "hello");
    EXPECT_EQ(receive(server, accepted).error, Errno::Again);
}

TEST_F(Host, KeepsItsListenerInListen) {
    const host::Fd listener = listen();
    const host::Fd fd = socket(client);

    EXPECT_EQ(call(client, call::Connect{fd, kServer}).value, 0);

    EXPECT_EQ(stateOf(server, listener), State::Listen);
    EXPECT_EQ(stateOf(client, fd), State::Established);
}

TEST_F(Host, TakesConnectionsInTheOrderOfTheirComing) {
    const host::Fd listener = listen();
    const host::Fd first = socket(client);
    const host::Fd second = socket(client);
    call(client, call::Connect{first, kServer});
    call(client, call::Connect{second, kServer});

    const auto accepted = call(server, call::Accept{listener});

    EXPECT_EQ(accepted.address, call(client, call::SocketName{first}).address);
}

TEST_F(Host, LetsNoMoreInThanTheBacklog) {
    const host::Fd listener = listen(1);
    for (int i = 0; i < 2; ++i) call(client, call::Connect{socket(client), kServer});

    // The third SYN gets no answer, and comes again until somebody accepts.
    const host::Fd third = socket(client);
    const auto waiting = begin(client, call::Connect{third, kServer});
    EXPECT_TRUE(client.host.waits(waiting));
    EXPECT_EQ(stateOf(client, third), State::SynSent);

    call(server, call::Accept{listener});
    wait(2s);
    EXPECT_EQ(client.results.at(waiting).value, 0);
}

TEST_F(Host, AnswersWithoutKeepingAnythingWhereSynsAreTooMany) {
    auto config = server.host.config();
    config.mostIncomplete = 0;
    server.host.configure(config);
    const host::Fd listener = listen();
    const host::Fd fd = socket(client);

    EXPECT_EQ(call(client, call::Connect{fd, kServer}).value, 0);
    const auto accepted = call(server, call::Accept{listener});
    EXPECT_EQ(send(client, fd, "by cookie").value, 9);

    EXPECT_EQ(receive(server, static_cast<host::Fd>(accepted.value)).octets.text(), "by cookie");
}

TEST_F(Host, RefusesWhereNobodyListens) {
    EXPECT_EQ(call(client, call::Connect{socket(client), kServer}).error, Errno::ConnectionRefused);
}

TEST_F(Host, LetsACallWaitUntilThereIsSomething) {
    const auto [fd, accepted] = connect();
    const auto waiting = begin(server, call::Receive{.fd = accepted, .count = 10});
    EXPECT_TRUE(server.host.waits(waiting));

    send(client, fd, "now");

    EXPECT_EQ(server.results.at(waiting).octets.text(), "now");
}

TEST_F(Host, LetsAReaderWaitForAllThatItWants) {
    const auto [fd, accepted] = connect();
    const auto waiting = begin(server, call::Receive{.fd = accepted, .count = 6, .waitAll = true});

    send(client, fd, "half");
    EXPECT_TRUE(server.host.waits(waiting));
    send(client, fd, "more");
    wait(1s);  // Nagle's algorithm holds the second until the first is acknowledged.

    EXPECT_EQ(server.results.at(waiting).octets.text(), "halfmo");
}

TEST_F(Host, LetsALookLeaveWhatItSees) {
    const auto [fd, accepted] = connect();
    send(client, fd, "hello");

    EXPECT_EQ(call(server, call::Receive{.fd = accepted, .count = 3, .peek = true}).value, 3);

    EXPECT_EQ(receive(server, accepted).octets.text(), "hello");
}

TEST_F(Host, LetsAWriterWaitForRoom) {
    const auto [fd, accepted] = connect();
    call(client, call::SetOption{fd, call::Option::SendBuffer, std::int64_t{1000}});
    cut = true;
    const auto waiting =
        begin(client, call::Send{.fd = fd, .octets = Bytes{std::string(1500, 'x')}});
    EXPECT_TRUE(client.host.waits(waiting));

    cut = false;
    wait(5s);

    EXPECT_EQ(client.results.at(waiting).value, 1500);
    EXPECT_EQ(receive(server, accepted, 2000).value, 1500);
}

TEST_F(Host, TellsTheEndOfDataOnceAllIsRead) {
    const auto [fd, accepted] = connect();
    send(client, fd, "bye");
    call(client, call::Close{fd});

    EXPECT_EQ(receive(server, accepted).octets.text(), "bye");
    EXPECT_EQ(receive(server, accepted).value, 0);
    EXPECT_EQ(stateOf(server, accepted), State::CloseWait);
}

TEST_F(Host, SendsOnAfterShutdownOfTheOtherDirection) {
    const auto [fd, accepted] = connect();
    call(client, call::Shutdown{.fd = fd, .write = true});

    EXPECT_EQ(send(server, accepted, "answer").value, 6);

    EXPECT_EQ(receive(client, fd).octets.text(), "answer");
    EXPECT_EQ(send(client, fd, "more").error, Errno::BrokenPipe);
}

TEST_F(Host, ClosesAConnectionWithItsLastDescriptor) {
    const auto [fd, accepted] = connect();
    const auto copy = static_cast<host::Fd>(call(client, call::Dup{fd}).value);

    call(client, call::Close{fd});
    EXPECT_EQ(receive(server, accepted).error, Errno::Again);
    call(client, call::Close{copy});

    EXPECT_EQ(receive(server, accepted).value, 0);
}

TEST_F(Host, ClosesAllThatAProcessHadWhenItExits) {
    const auto [fd, accepted] = connect();

    call(client, call::Exit{});

    EXPECT_EQ(receive(server, accepted).value, 0);
    EXPECT_EQ(client.host.socketOf(kProcess, fd), std::nullopt);
}

TEST_F(Host, ResetsWhatItClosesWithOctetsUnread) {
    const auto [fd, accepted] = connect();
    send(client, fd, "never read");

    call(server, call::Close{accepted});

    EXPECT_EQ(receive(client, fd).error, Errno::ConnectionReset);
}

TEST_F(Host, ResetsWhatItClosesWithoutLingering) {
    const auto [fd, accepted] = connect();
    call(client, call::SetOption{fd, call::Option::Linger, call::Linger{true, 0}});

    call(client, call::Close{fd});

    EXPECT_EQ(receive(server, accepted).error, Errno::ConnectionReset);
}

TEST_F(Host, LingersUntilTheOtherEndHasIt) {
    const auto [fd, accepted] = connect();
    call(client, call::SetOption{fd, call::Option::Linger, call::Linger{true, 10}});
    cut = true;
    const auto closing = begin(client, call::Close{fd});
    EXPECT_TRUE(client.host.waits(closing));

    cut = false;
    wait(2s);

    EXPECT_EQ(client.results.at(closing).value, 0);
}

TEST_F(Host, ResetsWhoSendsToAProgramThatIsGone) {
    const auto [fd, accepted] = connect();
    call(server, call::Close{accepted});

    send(client, fd, "too late");

    EXPECT_EQ(receive(client, fd).error, Errno::ConnectionReset);
}

TEST_F(Host, LetsWhatCameBeforeAResetBeRead) {
    const auto [fd, accepted] = connect();
    send(client, fd, "last words");
    call(client, call::SetOption{fd, call::Option::Linger, call::Linger{true, 0}});
    call(client, call::Close{fd});

    EXPECT_EQ(receive(server, accepted).octets.text(), "last words");
    EXPECT_EQ(receive(server, accepted).error, Errno::ConnectionReset);
    EXPECT_EQ(receive(server, accepted).value, 0);
}

TEST_F(Host, TellsAnErrorOnce) {
    const auto [other, accepted] = connect();
    call(server, call::SetOption{accepted, call::Option::Linger, call::Linger{true, 0}});
    call(server, call::Close{accepted});

    const call::GetOption error{other, call::Option::Error};
    EXPECT_EQ(call(client, error).option, call::OptionValue{Errno::ConnectionReset});
    EXPECT_EQ(call(client, error).option, call::OptionValue{Errno::None});
}

TEST_F(Host, TakesAPortAgainOnlyWhereItIsFree) {
    const host::Fd listener = listen();
    const host::Fd other = socket(server);

    EXPECT_EQ(call(server, call::Bind{other, {{}, kServer.port}}).error, Errno::AddressInUse);
    call(server, call::Close{listener});
    EXPECT_EQ(call(server, call::Bind{other, {{}, kServer.port}}).error, Errno::None);
}

TEST_F(Host, GivesAnIcmpErrorToTheSocketThatItIsAbout) {
    const host::Fd one = socket(client);
    const host::Fd two = socket(client);
    cut = true;
    const auto first = begin(client, call::Connect{one, kServer});
    const auto second = begin(client, call::Connect{two, kServer});
    const auto& syn = std::get<host::TcpDatagram>(client.sent.at(1).carries);
    host::Outcome outcome;

    client.host.arrive(
        {.source = kServer.ip,
         .destination = client.host.config().v4,
         .carries = host::IcmpDatagram{.type = 3,
                                       .code = 3,
                                       .quotedSource = {client.host.config().v4, syn.sourcePort},
                                       .quotedDestination = kServer,
                                       .quotedSequence = syn.segment.seq}},
        now,
        outcome);

    EXPECT_TRUE(client.host.waits(first));
    EXPECT_FALSE(client.host.waits(second));
}

TEST_F(Host, CarriesDatagramsAndSaysWhereNobodyHasThePort) {
    const auto udp = [&](End& end) {
        return static_cast<host::Fd>(
            call(end, call::Socket{.type = call::Socket::Type::Datagram}).value);
    };
    const host::Fd from = udp(client);
    const host::Fd to = udp(server);
    call(server, call::Bind{to, {{}, 53}});
    call(client, call::Connect{from, {kServer.ip, 53}});

    send(client, from, "question");
    EXPECT_EQ(receive(server, to, 4).octets.text(), "ques");
    EXPECT_EQ(receive(server, to).error, Errno::Again);

    call(server, call::Close{to});
    send(client, from, "again");
    EXPECT_EQ(send(client, from, "third").error, Errno::ConnectionRefused);
}

TEST_F(Host, IsAValue) {
    const auto [fd, accepted] = connect();
    const host::Host copy = client.host;

    send(client, fd, "x");
    EXPECT_NE(copy, client.host);

    client.host = copy;
    EXPECT_EQ(copy, client.host);
    EXPECT_EQ(send(client, fd, "y").value, 1);
}

TEST_F(Host, SaysWhatIsWrongWithACall) {
    const host::Fd fd = socket(client);

    EXPECT_EQ(call(client, call::Close{99}).error, Errno::BadFileDescriptor);
    EXPECT_EQ(call(client, call::Accept{fd}).error, Errno::Invalid);
    EXPECT_EQ(receive(client, fd).error, Errno::NotConnected);
    EXPECT_EQ(send(client, fd, "x").error, Errno::NotConnected);
    EXPECT_EQ(call(client, call::Shutdown{.fd = fd, .write = true}).error, Errno::NotConnected);
    EXPECT_EQ(call(client, call::SetOption{fd, call::Option::MaxSegment, std::int64_t{-1}}).error,
              Errno::Invalid);
}

}  // namespace
}  // namespace tcplab::test
