#pragma once

#include "sim/base/bytes.h"
#include "sim/base/time.h"
#include "sim/host/errno.h"
#include "sim/wire/address.h"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

// The calls of POSIX and BSD sockets as values: what is asked, and what comes back.
namespace tcplab::host {

using Fd = int;

namespace call {

struct Socket {
    std::uint8_t ipVersion = 4;
    enum class Type : std::uint8_t { Stream, Datagram };
    Type type = Type::Stream;
    bool nonBlocking = false;
    friend bool operator==(const Socket&, const Socket&) = default;
};
struct Bind {
    Fd fd = 0;
    wire::SocketAddress address{};  ///< Port 0: any.
    friend bool operator==(const Bind&, const Bind&) = default;
};
struct Listen {
    Fd fd = 0;
    int backlog = 0;
    friend bool operator==(const Listen&, const Listen&) = default;
};
struct Accept {
    Fd fd = 0;
    bool nonBlocking = false;  ///< accept4() with SOCK_NONBLOCK: the new descriptor.
    friend bool operator==(const Accept&, const Accept&) = default;
};
struct Connect {
    Fd fd = 0;
    wire::SocketAddress address{};
    friend bool operator==(const Connect&, const Connect&) = default;
};
/// read, readv, recv, recvfrom and recvmsg: they differ in how they are written.
struct Receive {
    Fd fd = 0;
    std::uint64_t count = 0;
    bool peek = false;
    bool dontWait = false;
    bool waitAll = false;
    bool truncate = false;   ///< MSG_TRUNC: octets are dropped, not copied.
    bool outOfBand = false;  ///< MSG_OOB
    friend bool operator==(const Receive&, const Receive&) = default;
};
/// write, writev, send, sendto and sendmsg.
struct Send {
    Fd fd = 0;
    Bytes octets{};
    bool dontWait = false;
    bool more = false;         ///< MSG_MORE
    bool outOfBand = false;    ///< MSG_OOB
    bool endOfRecord = false;  ///< MSG_EOR
    bool endOfFile = false;    ///< MSG_EOF: and then shutdown(SHUT_WR).
    std::optional<wire::SocketAddress> to{};
    friend bool operator==(const Send&, const Send&) = default;
};
struct Shutdown {
    Fd fd = 0;
    bool read = false;
    bool write = false;
    friend bool operator==(const Shutdown&, const Shutdown&) = default;
};
struct Close {
    Fd fd = 0;
    friend bool operator==(const Close&, const Close&) = default;
};
struct Dup {
    Fd fd = 0;
    friend bool operator==(const Dup&, const Dup&) = default;
};
/// fcntl(F_GETFL): the result's value is 1 where O_NONBLOCK is set.
struct GetFlags {
    Fd fd = 0;
    friend bool operator==(const GetFlags&, const GetFlags&) = default;
};
/// fcntl(F_SETFL)
struct SetFlags {
    Fd fd = 0;
    bool nonBlocking = false;
    friend bool operator==(const SetFlags&, const SetFlags&) = default;
};

enum class Option : std::uint8_t {
    Error,
    ReceiveBuffer,
    SendBuffer,
    ReuseAddress,
    ReusePort,
    Linger,
    KeepAlive,
    Type,
    AcceptConnections,
    NoDelay,
    Cork,  ///< TCP_CORK, TCP_NOPUSH
    MaxSegment,
    KeepIdle,      ///< Seconds.
    KeepInterval,  ///< Seconds.
    KeepCount,
    KeepInit,     ///< TCP_KEEPINIT, seconds.
    UserTimeout,  ///< Milliseconds.
    QuickAck,
    Inq,        ///< TCP_INQ: what is left to be read is told with each read.
    NoOptions,  ///< TCP_NOOPT
    SynCount,
    Linger2,  ///< Seconds.
    TypeOfService,
    TimeToLive,
    OutOfBandInline,
    Ignored,  ///< Taken and remembered by nobody: it concerns what is not modelled.
};
struct Linger {
    bool on = false;
    int seconds = 0;
    friend bool operator==(const Linger&, const Linger&) = default;
};
using OptionValue = std::variant<std::int64_t, Errno, Linger>;

struct GetOption {
    Fd fd = 0;
    Option option{};
    friend bool operator==(const GetOption&, const GetOption&) = default;
};
struct SetOption {
    Fd fd = 0;
    Option option{};
    OptionValue value{};
    friend bool operator==(const SetOption&, const SetOption&) = default;
};
/// ioctl(SIOCINQ) and ioctl(SIOCOUTQ): octets to be read, and those sent and not acknowledged.
struct QueueSize {
    Fd fd = 0;
    enum class Queue : std::uint8_t { In, Out, OutUnsent };
    Queue queue{};
    friend bool operator==(const QueueSize&, const QueueSize&) = default;
};

/// What a descriptor is ready for; the names are poll()'s and epoll's.
struct Readiness {
    bool in = false;
    bool out = false;
    bool priority = false;
    bool error = false;
    bool hangUp = false;
    bool readHangUp = false;
    bool invalid = false;
    [[nodiscard]] bool any() const {
        return in || out || priority || error || hangUp || readHangUp || invalid;
    }
    friend bool operator==(const Readiness&, const Readiness&) = default;
};
struct PollFd {
    Fd fd = 0;
    Readiness events{};
    Readiness revents{};
    friend bool operator==(const PollFd&, const PollFd&) = default;
};
struct Poll {
    std::vector<PollFd> fds{};
    std::optional<Duration> timeout{};  ///< Empty: for ever.
    friend bool operator==(const Poll&, const Poll&) = default;
};
struct EpollCreate {
    friend bool operator==(const EpollCreate&, const EpollCreate&) = default;
};
struct EpollInterest {
    Readiness events{};
    bool edge = false;
    bool oneShot = false;
    std::uint64_t data = 0;
    friend bool operator==(const EpollInterest&, const EpollInterest&) = default;
};
struct EpollControl {
    Fd epoll = 0;
    enum class Operation : std::uint8_t { Add, Modify, Delete };
    Operation operation{};
    Fd fd = 0;
    EpollInterest interest{};
    friend bool operator==(const EpollControl&, const EpollControl&) = default;
};
struct EpollWait {
    Fd epoll = 0;
    std::size_t most = 1;
    std::optional<Duration> timeout{};
    friend bool operator==(const EpollWait&, const EpollWait&) = default;
};
struct SocketName {
    Fd fd = 0;
    bool peer = false;  ///< getpeername()
    friend bool operator==(const SocketName&, const SocketName&) = default;
};
/// The process ends: all its descriptors are closed.
struct Exit {
    friend bool operator==(const Exit&, const Exit&) = default;
};

}  // namespace call

using Call = std::variant<call::Socket,
                          call::Bind,
                          call::Listen,
                          call::Accept,
                          call::Connect,
                          call::Receive,
                          call::Send,
                          call::Shutdown,
                          call::Close,
                          call::Dup,
                          call::GetFlags,
                          call::SetFlags,
                          call::GetOption,
                          call::SetOption,
                          call::QueueSize,
                          call::Poll,
                          call::EpollCreate,
                          call::EpollControl,
                          call::EpollWait,
                          call::SocketName,
                          call::Exit>;

struct EpollEvent {
    call::Readiness events{};
    std::uint64_t data = 0;
    friend bool operator==(const EpollEvent&, const EpollEvent&) = default;
};

/// What a call gives back: -1 and an error, or a value and what else it fills in.
struct Result {
    std::int64_t value = 0;
    Errno error = Errno::None;
    Bytes octets{};
    bool truncated = false;             ///< MSG_TRUNC: the datagram was longer.
    std::optional<std::int64_t> inq{};  ///< TCP_CM_INQ: octets left, and 1 for the end.
    std::optional<wire::SocketAddress> address{};
    call::OptionValue option{};
    std::vector<call::PollFd> polled{};
    std::vector<EpollEvent> events{};
    friend bool operator==(const Result&, const Result&) = default;
};

}  // namespace tcplab::host
