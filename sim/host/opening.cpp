#include "sim/host/host.h"

#include <algorithm>
#include <utility>

namespace tcplab::host {

namespace {

Result failure(Errno error) {
    return {.value = -1, .error = error};
}

bool isAny(const wire::IpAddress& address) {
    return std::ranges::all_of(address.octets, [](std::uint8_t octet) { return octet == 0; });
}

}  // namespace

Host::Attempt Host::on(const call::Socket& call, Waiting& waiting, Instant, Outcome&) {
    sockets_[nextSocket_] = {.type = call.type, .ipVersion = call.ipVersion};
    const Fd fd =
        newDescriptor(waiting.process, {.nonBlocking = call.nonBlocking, .socket = nextSocket_++});
    return Result{.value = fd};
}

Host::Attempt Host::on(const call::Bind& call, Waiting& waiting, Instant, Outcome&) {
    Socket* socket = socketOf(fileOf(waiting.process, call.fd));
    if (socket == nullptr) return failure(Errno::BadFileDescriptor);
    if (socket->local) return failure(Errno::Invalid);
    if (call.address.ip.version != socket->ipVersion)
        return failure(Errno::AddressFamilyNotSupported);
    const bool ours = isAny(call.address.ip) || call.address.ip == addressOf(*socket);
    if (!ours) return failure(Errno::AddressNotAvailable);
    wire::SocketAddress address = call.address;
    if (address.port == 0) address.port = ephemeralPort(*socket);
    if (inUse(*socket, address)) return failure(Errno::AddressInUse);
    socket->local = address;
    return Result{};
}

Host::Attempt Host::on(const call::Listen& call, Waiting& waiting, Instant now, Outcome& out) {
    File* file = fileOf(waiting.process, call.fd);
    Socket* socket = socketOf(file);
    if (socket == nullptr) return failure(Errno::BadFileDescriptor);
    if (socket->type != call::Socket::Type::Stream) return failure(Errno::NotSupported);
    if (socket->opened) return failure(Errno::Invalid);
    if (!socket->local) {
        if (!config_.listenWithoutPort) return failure(Errno::DestinationAddressRequired);
        socket->local = wire::SocketAddress{addressOf(*socket), ephemeralPort(*socket)};
    }
    const std::size_t wanted =
        call.backlog < 0 ? config_.mostBacklog : static_cast<std::size_t>(call.backlog);
    if (!socket->listening) socket->listening.emplace();
    socket->listening->backlog = std::min(wanted, config_.mostBacklog);
    if (socket->endpoint.state() == tcp::State::Closed)
        deliver(*file->socket, tcp::PassiveOpen{}, now, out);
    return Result{};
}

Host::Attempt Host::on(const call::Accept& call, Waiting& waiting, Instant, Outcome&) {
    Socket* socket = socketOf(fileOf(waiting.process, call.fd));
    if (socket == nullptr) return failure(Errno::BadFileDescriptor);
    if (!socket->listening) return failure(Errno::Invalid);
    if (socket->listening->complete.empty()) return {};
    const SocketId id = socket->listening->complete.front();
    socket->listening->complete.pop_front();
    Socket& accepted = sockets_.at(id);
    accepted.parent.reset();
    accepted.orphan = false;
    const Fd fd = newDescriptor(waiting.process, {.nonBlocking = call.nonBlocking, .socket = id});
    return Result{.value = fd, .address = accepted.remote};
}

Host::Attempt Host::on(const call::Connect& call, Waiting& waiting, Instant now, Outcome& out) {
    File* file = fileOf(waiting.process, call.fd);
    Socket* socket = socketOf(file);
    if (socket == nullptr) return failure(Errno::BadFileDescriptor);
    if (call.address.ip.version != socket->ipVersion)
        return failure(Errno::AddressFamilyNotSupported);
    const bool stream = socket->type == call::Socket::Type::Stream;
    if (!waiting.started) {
        if (socket->listening) return failure(Errno::NotSupported);
        if (socket->connected && stream) return failure(Errno::IsConnected);
        if (socket->opened && stream) return failure(Errno::AlreadyInProgress);
        if (!socket->local || isAny(socket->local->ip)) {
            const std::uint16_t port = socket->local ? socket->local->port : ephemeralPort(*socket);
            socket->local = wire::SocketAddress{addressOf(*socket), port};
        }
        socket->remote = call.address;
        socket->opened = true;
        if (!stream) return Result{};
        const Seq iss = initialNumber(*socket->local, *socket->remote, now);
        deliver(*file->socket, tcp::ActiveOpen{iss}, now, out);
        socket = socketOf(file);
    }
    switch (socket->endpoint.state()) {
        case tcp::State::SynSent:
        case tcp::State::SynReceived: return {};
        case tcp::State::Closed: return failure(std::exchange(socket->error, Errno::None));
        case tcp::State::Listen:
        case tcp::State::Established:
        case tcp::State::FinWait1:
        case tcp::State::FinWait2:
        case tcp::State::CloseWait:
        case tcp::State::Closing:
        case tcp::State::LastAck:
        case tcp::State::TimeWait: return Result{};
    }
    TCPLAB_UNREACHABLE();
}

Host::Attempt Host::on(const call::SocketName& call, Waiting& waiting, Instant, Outcome&) {
    const Socket* socket = socketOf(fileOf(waiting.process, call.fd));
    if (socket == nullptr) return failure(Errno::BadFileDescriptor);
    if (call.peer && !socket->connected) return failure(Errno::NotConnected);
    const wire::SocketAddress unbound{{.version = socket->ipVersion}, 0};
    return Result{.address = (call.peer ? socket->remote : socket->local).value_or(unbound)};
}

// SO_REUSEADDR lets a port be taken again that is bound, and not listened at.
bool Host::inUse(const Socket& asks, const wire::SocketAddress& address) const {
    return std::ranges::any_of(sockets_, [&](const auto& entry) {
        const Socket& other = entry.second;
        if (&other == &asks || !other.local || other.type != asks.type) return false;
        if (other.local->port != address.port || other.ipVersion != asks.ipVersion) return false;
        const bool apart =
            !isAny(address.ip) && !isAny(other.local->ip) && address.ip != other.local->ip;
        if (apart || (asks.options.reusePort && other.options.reusePort)) return false;
        return !(asks.options.reuseAddress && other.opened);
    });
}

std::uint16_t Host::ephemeralPort(const Socket& asks) const {
    const wire::IpAddress any{.version = asks.ipVersion};
    std::uint16_t port = config_.firstEphemeralPort;
    while (inUse(asks, {any, port}) && port < 0xFFFF) ++port;
    return port;
}

wire::IpAddress Host::addressOf(const Socket& socket) const {
    return socket.ipVersion == 4 ? config_.v4 : config_.v6;
}

}  // namespace tcplab::host
