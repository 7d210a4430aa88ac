#pragma once

#include "sim/host/host.h"

#include <gmock/gmock.h>

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace tcplab::host {

inline void PrintTo(Errno error, std::ostream* out) {
    *out << (error == Errno::None ? "no error" : toString(error));
}

}  // namespace tcplab::host

namespace tcplab::test {

using namespace std::chrono_literals;

/// Two hosts on a wire that takes no time: what one sends, the other has at once.
class TwoHosts : public testing::Test {
protected:
    static constexpr wire::SocketAddress kServer{wire::IpAddress::v4(192, 0, 2, 2), 80};
    static constexpr host::ProcessId kProcess = 1;

    /// One of the hosts, and what its calls gave.
    struct End {
        host::Host host{};
        std::map<host::CallNumber, host::Result> results{};
        std::deque<host::Datagram> sent{};  ///< All of it, for who wants to look.
    };

    TwoHosts() : client{host::Host{}}, server{host::Host{{.v4 = kServer.ip}}} {}

    host::CallNumber begin(End& end, host::Call call) {
        host::Outcome outcome;
        const auto number = end.host.call(kProcess, std::move(call), now, outcome);
        take(end, std::move(outcome));
        return number;
    }
    /// A call that returns at once.
    host::Result call(End& end, host::Call what) {
        const auto number = begin(end, std::move(what));
        const auto result = end.results.find(number);
        if (result == end.results.end()) {
            ADD_FAILURE() << "the call waits";
            return {.value = -1};
        }
        return result->second;
    }
    host::Fd socket(End& end, bool nonBlocking = false) {
        return static_cast<host::Fd>(
            call(end, host::call::Socket{.nonBlocking = nonBlocking}).value);
    }
    host::Fd listen(int backlog = 4) {
        const host::Fd fd = socket(server);
        call(server, host::call::Bind{fd, {{}, kServer.port}});
        call(server, host::call::Listen{fd, backlog});
        return fd;
    }
    /// Connected descriptors: the client's and the server's.
    std::pair<host::Fd, host::Fd> connect() {
        const host::Fd listener = listen();
        const host::Fd fd = socket(client);
        EXPECT_EQ(call(client, host::call::Connect{fd, kServer}).error, host::Errno::None);
        const auto accepted = call(server, host::call::Accept{listener});
        return {fd, static_cast<host::Fd>(accepted.value)};
    }
    host::Result send(End& end, host::Fd fd, const std::string& text) {
        return call(end, host::call::Send{.fd = fd, .octets = Bytes{text}});
    }
    host::Result receive(End& end, host::Fd fd, std::uint64_t count = 1000) {
        return call(end, host::call::Receive{.fd = fd, .count = count, .dontWait = true});
    }
    /// Lets time pass, timers run out and packets arrive.
    void wait(Duration length) {
        const Instant end = now + length;
        while (true) {
            std::optional<Instant> due;
            End* first = nullptr;
            for (End* one : {&client, &server})
                if (const auto next = one->host.nextDeadline(); next && (!due || *next < *due)) {
                    due = next;
                    first = one;
                }
            if (!due || *due > end) break;
            now = std::max(now, *due);
            host::Outcome outcome;
            first->host.timeOut(now, outcome);
            take(*first, std::move(outcome));
        }
        now = end;
    }
    [[nodiscard]] tcp::State stateOf(const End& end, host::Fd fd) const {
        return end.host.sockets().at(end.host.socketOf(kProcess, fd).value()).endpoint.state();
    }

    End client;
    End server;
    bool cut = false;  ///< Nothing arrives.
    Instant now{};

private:
    void take(End& from, host::Outcome outcome) {
        for (host::Deed& deed : outcome) {
            if (auto* returned = std::get_if<host::CallReturned>(&deed))
                from.results[returned->call] = std::move(returned->result);
            auto* sent = std::get_if<host::Sent>(&deed);
            if (sent == nullptr) continue;
            from.sent.push_back(sent->datagram);
            if (cut) continue;
            End& to = &from == &client ? server : client;
            host::Outcome answer;
            to.host.arrive(sent->datagram, now, answer);
            take(to, std::move(answer));
        }
    }
};

}  // namespace tcplab::test
