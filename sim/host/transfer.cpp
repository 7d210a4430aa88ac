#include "sim/host/host.h"

#include <algorithm>
#include <utility>

namespace tcplab::host {

namespace {

Result failure(Errno error) {
    return {.value = -1, .error = error};
}

// The first octets of what lies in pieces, without taking them.
Bytes gathered(const std::deque<Bytes>& pieces, std::size_t count) {
    std::vector<std::uint8_t> octets;
    for (const Bytes& piece : pieces) {
        if (octets.size() == count) break;
        const Octets part = piece.view().first(std::min(piece.size(), count - octets.size()));
        octets.insert(octets.end(), part.begin(), part.end());
    }
    return Bytes{std::move(octets)};
}

void dropFront(std::deque<Bytes>& pieces, std::size_t count) {
    while (count > 0 && count >= pieces.front().size()) {
        count -= pieces.front().size();
        pieces.pop_front();
    }
    if (count > 0) pieces.front() = pieces.front().slice(count);
}

std::size_t sizeOf(const std::deque<Bytes>& pieces) {
    std::size_t sum = 0;
    for (const Bytes& piece : pieces) sum += piece.size();
    return sum;
}

}  // namespace

Host::Attempt Host::on(const call::Receive& call, Waiting& waiting, Instant now, Outcome& out) {
    File* file = fileOf(waiting.process, call.fd);
    if (file == nullptr) return failure(Errno::BadFileDescriptor);
    Socket* socket = socketOf(file);
    if (socket == nullptr) return failure(Errno::NotSocket);
    if (socket->type == call::Socket::Type::Datagram) {
        if (socket->error != Errno::None) return failure(std::exchange(socket->error, Errno::None));
        if (socket->datagrams.empty()) return {};
        const ReceivedDatagram datagram = socket->datagrams.front();
        if (!call.peek) socket->datagrams.pop_front();
        const Bytes octets = datagram.payload.slice(0, call.count);
        return Result{.value = static_cast<std::int64_t>(octets.size()),
                      .octets = octets,
                      .truncated = octets.size() < datagram.payload.size(),
                      .address = datagram.from};
    }
    if (socket->listening) return failure(Errno::NotConnected);
    const tcp::Tcb& tcb = socket->endpoint.tcb();
    const std::size_t available = tcb.receivedSize() + sizeOf(socket->leftOver);
    const bool over = socket->endpoint.state() == tcp::State::Closed;
    const bool ended = socket->shutRead || tcb.finReceived() || (over && socket->connected);
    if (call.count == 0) return Result{};
    if (available > 0) {
        const bool enough = !call.waitAll || available >= call.count;
        if (!enough && !ended && socket->error == Errno::None) return {};
        const Bytes octets = take(*file->socket, call, now, out);
        Result result{.value = static_cast<std::int64_t>(octets.size()), .octets = octets};
        if (socket->options.inq) {
            const tcp::Tcb& after = socket->endpoint.tcb();
            const std::size_t left = after.receivedSize() + sizeOf(socket->leftOver);
            result.inq = static_cast<std::int64_t>(left) + (after.finReceived() ? 1 : 0);
        }
        return result;
    }
    if (socket->error != Errno::None) return failure(std::exchange(socket->error, Errno::None));
    if (ended) return Result{};
    if (!socket->opened) return failure(Errno::NotConnected);
    return {};
}

Bytes Host::take(SocketId id, const call::Receive& call, Instant now, Outcome& out) {
    Socket& socket = sockets_.at(id);
    const auto count = static_cast<std::size_t>(call.count);
    if (!socket.leftOver.empty()) {
        const Bytes octets = gathered(socket.leftOver, count);
        if (!call.peek) dropFront(socket.leftOver, octets.size());
        return octets;
    }
    if (call.peek) return gathered(socket.endpoint.tcb().received, count);
    const Bytes octets = gathered(socket.endpoint.tcb().received, count);
    const auto most = std::min<std::uint64_t>(call.count, UINT32_MAX);
    deliver(id, tcp::Receive{static_cast<std::uint32_t>(most)}, now, out);
    return octets;
}

Host::Attempt Host::on(const call::Send& call, Waiting& waiting, Instant now, Outcome& out) {
    File* file = fileOf(waiting.process, call.fd);
    if (file == nullptr) return failure(Errno::BadFileDescriptor);
    Socket* socket = socketOf(file);
    if (socket == nullptr) return failure(Errno::NotSocket);
    if (socket->error != Errno::None) return failure(std::exchange(socket->error, Errno::None));
    if (socket->type == call::Socket::Type::Datagram) {
        const auto to = call.to ? call.to : socket->remote;
        if (!to) return failure(Errno::DestinationAddressRequired);
        if (!socket->local)
            socket->local = wire::SocketAddress{addressOf(*socket), ephemeralPort(*socket)};
        Datagram datagram{.source = addressOf(*socket),
                          .destination = to->ip,
                          .tos = socket->options.tos.value_or(0),
                          .ttl = socket->options.ttl.value_or(config_.ttl),
                          .carries = UdpDatagram{socket->local->port, to->port, call.octets}};
        out.push_back(Sent{*file->socket, std::move(datagram), {}, false});
        return Result{.value = static_cast<std::int64_t>(call.octets.size())};
    }
    if (socket->shutWrite) return failure(Errno::BrokenPipe);
    if (!socket->opened) return failure(Errno::NotConnected);
    const tcp::State state = socket->endpoint.state();
    if (state == tcp::State::Closed) return failure(Errno::BrokenPipe);
    if (state == tcp::State::SynSent || state == tcp::State::SynReceived) return {};

    const std::size_t buffer = socket->options.sendBuffer.value_or(config_.sendBuffer);
    const std::size_t used = socket->endpoint.tcb().sendQueue.size();
    const std::size_t room = buffer - std::min(used, buffer);
    const Bytes left = call.octets.slice(waiting.octets);
    const Bytes fits = left.slice(0, room);
    if (fits.empty() && !left.empty()) return {};
    waiting.octets += fits.size();
    const SocketId id = *file->socket;
    deliver(id,
            tcp::Send{fits,
                      call.outOfBand,
                      call.more,
                      call.endOfRecord && waiting.octets == call.octets.size()},
            now,
            out);
    if (waiting.octets < call.octets.size()) return {};
    return Result{.value = static_cast<std::int64_t>(call.octets.size())};
}

Host::Attempt Host::on(const call::QueueSize& call, Waiting& waiting, Instant, Outcome&) {
    const Socket* socket = socketOf(fileOf(waiting.process, call.fd));
    if (socket == nullptr) return failure(Errno::BadFileDescriptor);
    if (socket->listening) return failure(Errno::Invalid);
    const tcp::Tcb& tcb = socket->endpoint.tcb();
    switch (call.queue) {
        case call::QueueSize::Queue::In:
            return Result{
                .option = static_cast<std::int64_t>(tcb.receivedSize() + sizeOf(socket->leftOver))};
        case call::QueueSize::Queue::Out:
            return Result{.option = static_cast<std::int64_t>(tcb.sendQueue.size())};
        case call::QueueSize::Queue::OutUnsent: {
            const Seq first = tcb.snd.una < tcb.snd.iss + 1 ? tcb.snd.iss + 1 : tcb.snd.una;
            const auto sent = static_cast<std::int64_t>(tcb.snd.nxt - first) - (tcb.fin ? 1 : 0);
            return Result{.option = static_cast<std::int64_t>(tcb.sendQueue.size()) - sent};
        }
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::host
