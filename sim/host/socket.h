#pragma once

#include "sim/host/call.h"
#include "sim/host/datagram.h"
#include "sim/tcp/endpoint.h"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>

namespace tcplab::host {

using SocketId = std::uint32_t;
using FileId = std::uint32_t;
using ProcessId = std::uint32_t;

/// What setsockopt() has changed; empty: as the host has it.
struct SocketOptions {
    std::optional<std::uint32_t> receiveBuffer{};  ///< In octets.
    std::optional<std::uint32_t> sendBuffer{};
    bool reuseAddress = false;
    bool reusePort = false;
    call::Linger linger{};
    bool keepAlive = false;
    bool noDelay = false;
    bool cork = false;
    bool quickAck = false;
    bool inq = false;
    bool noOptions = false;
    std::optional<std::uint16_t> maxSegment{};
    std::optional<Duration> keepIdle{};
    std::optional<Duration> keepInterval{};
    std::optional<std::uint32_t> keepCount{};
    std::optional<Duration> keepInit{};
    std::optional<Duration> userTimeout{};
    std::optional<std::uint32_t> synCount{};
    std::optional<Duration> linger2{};
    std::optional<std::uint8_t> tos{};
    std::optional<std::uint8_t> ttl{};
    friend bool operator==(const SocketOptions&, const SocketOptions&) = default;
};

/// A listener's part. Every SYN gets a socket of its own: the listener never leaves LISTEN.
struct Listening {
    std::size_t backlog = 0;
    std::deque<SocketId> incomplete{};  ///< In SYN-RECEIVED.
    std::deque<SocketId> complete{};    ///< Wait for accept().
    friend bool operator==(const Listening&, const Listening&) = default;
};

struct ReceivedDatagram {
    wire::SocketAddress from{};
    Bytes payload{};
    friend bool operator==(const ReceivedDatagram&, const ReceivedDatagram&) = default;
};

/// A socket, whether a descriptor refers to it or not. A value.
struct Socket {
    call::Socket::Type type = call::Socket::Type::Stream;
    std::uint8_t ipVersion = 4;
    std::optional<wire::SocketAddress> local{};
    std::optional<wire::SocketAddress> remote{};
    SocketOptions options{};
    Errno error = Errno::None;  ///< SO_ERROR: told once.
    /// What an ICMP message said that does not end the connection; told where it is given up.
    Errno softError = Errno::None;
    bool connected = false;  ///< Has been in ESTABLISHED.
    bool opened = false;     ///< connect() was called, or a SYN made it.
    bool reset = false;
    bool shutRead = false;
    bool shutWrite = false;
    bool orphan = false;  ///< No descriptor refers to it.
    std::optional<SocketId> parent{};
    std::optional<Listening> listening{};
    tcp::Endpoint endpoint{};
    std::deque<Bytes>
        leftOver{};  ///< Octets in order that the program has not read, and no TCB holds.
    std::deque<ReceivedDatagram> datagrams{};
    /// How often it became readable and writable anew, for edges.
    std::uint64_t inEdges = 0;
    std::uint64_t outEdges = 0;

    friend bool operator==(const Socket&, const Socket&) = default;
};

/// What open descriptors share (POSIX: an open file description).
struct File {
    std::size_t references = 0;
    bool nonBlocking = false;
    std::optional<SocketId> socket{};
    /// An epoll's interests.
    struct Watched {
        FileId file = 0;
        call::EpollInterest interest{};
        std::uint64_t inEdges = 0;  ///< Of the socket, when it was last reported.
        std::uint64_t outEdges = 0;
        bool disarmed = false;
        friend bool operator==(const Watched&, const Watched&) = default;
    };
    std::optional<std::map<Fd, Watched>> epoll{};
    friend bool operator==(const File&, const File&) = default;
};

}  // namespace tcplab::host
