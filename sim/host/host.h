#pragma once

#include "sim/host/call.h"
#include "sim/host/datagram.h"
#include "sim/host/host_config.h"
#include "sim/host/socket.h"

#include <cstdint>
#include <map>
#include <optional>
#include <variant>
#include <vector>

namespace tcplab::host {

using CallNumber = std::uint32_t;

// What a host did, in order.

/// A datagram leaves. `socket` is empty where none sent it: a RST for a port that nobody has.
struct Sent {
    std::optional<SocketId> socket{};
    Datagram datagram{};
    tcp::Clause why{};
    bool retransmission = false;
    friend bool operator==(const Sent&, const Sent&) = default;
};
/// What an endpoint did besides sending.
struct Acted {
    SocketId socket = 0;
    tcp::Action action{};
    friend bool operator==(const Acted&, const Acted&) = default;
};
struct CallBegan {
    CallNumber call = 0;
    friend bool operator==(const CallBegan&, const CallBegan&) = default;
};
/// Right after CallBegan, or later where the call had to wait.
struct CallReturned {
    CallNumber call = 0;
    Result result{};
    friend bool operator==(const CallReturned&, const CallReturned&) = default;
};
using Deed = std::variant<Sent, Acted, CallBegan, CallReturned>;
using Outcome = std::vector<Deed>;

/// A host with BSD sockets over sim/tcp. A value without a clock: time comes with each event and
/// never goes back. All that happens to it comes through call(), arrive() and timeOut().
class Host {
public:
    explicit Host(HostConfig config = {}) : config_{std::move(config)} {}

    /// A process makes a call. It returns at once, or when something that it waits for happens.
    CallNumber call(ProcessId process, Call call, Instant now, Outcome& out);
    void arrive(const Datagram& datagram, Instant now, Outcome& out);

    /// When something is due next; then somebody calls timeOut().
    [[nodiscard]] std::optional<Instant> nextDeadline() const;
    /// Carries out the earliest thing that is due by `now`.
    void timeOut(Instant now, Outcome& out);

    [[nodiscard]] const HostConfig& config() const { return config_; }
    void configure(HostConfig config) { config_ = std::move(config); }

    [[nodiscard]] const std::map<SocketId, Socket>& sockets() const { return sockets_; }
    /// The socket that this descriptor refers to, or nothing.
    [[nodiscard]] std::optional<SocketId> socketOf(ProcessId process, Fd fd) const;
    [[nodiscard]] bool waits(CallNumber call) const;
    /// The configuration of a socket's endpoint: the host's, and what its options change.
    [[nodiscard]] tcp::Config configOf(const Socket& socket) const;
    [[nodiscard]] call::Readiness readiness(const Socket& socket) const;
    /// Drops connections in this state without a word to the peer, as tcpdrop(8) does.
    void drop(tcp::State state, Instant now, Outcome& out);

    friend bool operator==(const Host&, const Host&) = default;

private:
    static constexpr std::uint16_t kHeaders = 40;  ///< Of IPv4 and TCP, without options.

    /// A call that has not returned.
    struct Waiting {
        CallNumber number = 0;
        ProcessId process = 0;
        Call call{};
        std::optional<Instant> until{};
        bool started = false;              ///< Its first attempt was made.
        std::size_t octets = 0;            ///< Already taken.
        std::optional<SocketId> socket{};  ///< Of a close() that lingers.
        friend bool operator==(const Waiting&, const Waiting&) = default;
    };
    using Attempt = std::optional<Result>;

    // host.cpp
    [[nodiscard]] Attempt attempt(Waiting& waiting, Instant now, Outcome& out);
    [[nodiscard]] bool mayWait(const Waiting& waiting) const;
    void retryWaiting(Instant now, Outcome& out);
    [[nodiscard]] File* fileOf(ProcessId process, Fd fd);
    [[nodiscard]] Socket* socketOf(const File* file);
    [[nodiscard]] Fd newDescriptor(ProcessId process, File file);
    void deliver(SocketId id, const tcp::Event& event, Instant now, Outcome& out);
    void perform(SocketId id, tcp::Action action, Outcome& out);
    void settle(SocketId id, tcp::State before);
    void notice(Socket& socket, tcp::Notice notice);
    void erase(SocketId id);

    // opening.cpp
    [[nodiscard]] Attempt on(const call::Socket& call, Waiting& waiting, Instant now, Outcome& out);
    [[nodiscard]] Attempt on(const call::Bind& call, Waiting& waiting, Instant now, Outcome& out);
    [[nodiscard]] Attempt on(const call::Listen& call, Waiting& waiting, Instant now, Outcome& out);
    [[nodiscard]] Attempt on(const call::Accept& call, Waiting& waiting, Instant now, Outcome& out);
    [[nodiscard]] Attempt on(const call::Connect& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] Attempt on(const call::SocketName& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] bool inUse(const Socket& asks, const wire::SocketAddress& address) const;
    [[nodiscard]] std::uint16_t ephemeralPort(const Socket& asks) const;
    [[nodiscard]] wire::IpAddress addressOf(const Socket& socket) const;

    // transfer.cpp
    [[nodiscard]] Attempt on(const call::Receive& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] Attempt on(const call::Send& call, Waiting& waiting, Instant now, Outcome& out);
    [[nodiscard]] Attempt on(const call::QueueSize& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] Bytes take(SocketId id, const call::Receive& call, Instant now, Outcome& out);

    // closing.cpp
    [[nodiscard]] Attempt on(const call::Shutdown& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] Attempt on(const call::Close& call, Waiting& waiting, Instant now, Outcome& out);
    [[nodiscard]] Attempt on(const call::Exit& call, Waiting& waiting, Instant now, Outcome& out);
    /// The socket that lost its last descriptor, if it did.
    std::optional<SocketId> release(ProcessId process, Fd fd, Instant now, Outcome& out);
    void closeSocket(SocketId id, Instant now, Outcome& out);
    void closeListener(SocketId id, Instant now, Outcome& out);

    // descriptors.cpp
    [[nodiscard]] Attempt on(const call::Dup& call, Waiting& waiting, Instant now, Outcome& out);
    [[nodiscard]] Attempt on(const call::GetFlags& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] Attempt on(const call::SetFlags& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] Attempt on(const call::Poll& call, Waiting& waiting, Instant now, Outcome& out);
    [[nodiscard]] Attempt on(const call::EpollCreate& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] Attempt on(const call::EpollControl& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] Attempt on(const call::EpollWait& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] std::optional<EpollEvent> reported(File::Watched& watched);

    // socket_options.cpp
    [[nodiscard]] Attempt on(const call::GetOption& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] Attempt on(const call::SetOption& call,
                             Waiting& waiting,
                             Instant now,
                             Outcome& out);
    [[nodiscard]] std::optional<call::OptionValue> get(Socket& socket, call::Option option) const;
    [[nodiscard]] Errno set(Socket& socket,
                            call::Option option,
                            const call::OptionValue& value) const;

    // arrivals.cpp
    void arriveTcp(const Datagram& datagram, const TcpDatagram& tcp, Instant now, Outcome& out);
    void intoConnection(SocketId id, const Datagram& datagram, Instant now, Outcome& out);
    void intoListener(SocketId id, const Datagram& datagram, Instant now, Outcome& out);
    void intoNobody(const Datagram& datagram, Instant now, Outcome& out);
    [[nodiscard]] std::optional<SocketId> connectionAt(const wire::SocketAddress& local,
                                                       const wire::SocketAddress& remote) const;
    [[nodiscard]] std::optional<SocketId> boundAt(const wire::SocketAddress& local,
                                                  call::Socket::Type type,
                                                  bool listening) const;
    [[nodiscard]] Seq initialNumber(const wire::SocketAddress& local,
                                    const wire::SocketAddress& remote,
                                    Instant now) const;

    // other_arrivals.cpp
    void arriveUdp(const Datagram& datagram, const UdpDatagram& udp, Outcome& out);
    void learnPathMtu(const Socket& socket, const IcmpDatagram& icmp);
    void arriveIcmp(const IcmpDatagram& icmp, Instant now, Outcome& out);

    HostConfig config_;
    std::map<SocketId, Socket> sockets_{};
    std::map<FileId, File> files_{};
    std::map<ProcessId, std::map<Fd, FileId>> descriptors_{};
    std::map<wire::IpAddress, std::uint16_t> pathMtus_{};  ///< By destination, as ICMP told.
    std::vector<Waiting> waiting_{};
    SocketId nextSocket_ = 1;
    FileId nextFile_ = 1;
    CallNumber nextCall_ = 1;
};

}  // namespace tcplab::host
