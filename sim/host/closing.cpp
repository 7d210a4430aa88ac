#include "sim/host/host.h"

#include <algorithm>

namespace tcplab::host {

namespace {

Result failure(Errno error) {
    return {.value = -1, .error = error};
}

// Whether all that was to be sent has been acknowledged, or cannot be any more.
bool isDelivered(const Socket& socket) {
    const tcp::Tcb& tcb = socket.endpoint.tcb();
    return tcb.state == tcp::State::Closed || tcb.finAcknowledged();
}

}  // namespace

Host::Attempt Host::on(const call::Shutdown& call, Waiting& waiting, Instant now, Outcome& out) {
    File* file = fileOf(waiting.process, call.fd);
    Socket* socket = socketOf(file);
    if (socket == nullptr) return failure(Errno::BadFileDescriptor);
    if (!socket->opened || socket->endpoint.state() == tcp::State::Closed)
        return failure(Errno::NotConnected);
    const SocketId id = *file->socket;
    if (call.read && !socket->shutRead) {
        socket->shutRead = true;
        ++socket->inEdges;
    }
    if (call.write && !socket->shutWrite) {
        socket->shutWrite = true;
        ++socket->outEdges;
        if (socket->type == call::Socket::Type::Stream) deliver(id, tcp::Close{}, now, out);
    }
    return Result{};
}

Host::Attempt Host::on(const call::Close& call, Waiting& waiting, Instant now, Outcome& out) {
    if (!waiting.started) {
        if (fileOf(waiting.process, call.fd) == nullptr) return failure(Errno::BadFileDescriptor);
        waiting.socket = release(waiting.process, call.fd, now, out);
        const auto socket = waiting.socket ? sockets_.find(*waiting.socket) : sockets_.end();
        if (socket == sockets_.end() || !socket->second.options.linger.on) return Result{};
        waiting.until = now + std::chrono::seconds{socket->second.options.linger.seconds};
    }
    // SO_LINGER: wait until it is delivered, or the time is over.
    const auto socket = sockets_.find(*waiting.socket);
    if (socket == sockets_.end() || isDelivered(socket->second) || now >= *waiting.until)
        return Result{};
    return {};
}

Host::Attempt Host::on(const call::Exit& /*call*/, Waiting& waiting, Instant now, Outcome& out) {
    while (!descriptors_[waiting.process].empty())
        (void)release(waiting.process, descriptors_[waiting.process].begin()->first, now, out);
    descriptors_.erase(waiting.process);
    std::erase_if(waiting_, [&](const Waiting& other) { return other.process == waiting.process; });
    return Result{};
}

std::optional<SocketId> Host::release(ProcessId process, Fd fd, Instant now, Outcome& out) {
    std::map<Fd, FileId>& table = descriptors_.at(process);
    const FileId id = table.at(fd);
    table.erase(fd);
    if (--files_.at(id).references > 0) return {};
    const std::optional<SocketId> socket = files_.at(id).socket;
    files_.erase(id);
    for (auto& [other, file] : files_)
        if (file.epoll)
            std::erase_if(*file.epoll, [&](const auto& entry) { return entry.second.file == id; });
    if (socket) closeSocket(*socket, now, out);
    return socket;
}

void Host::closeSocket(SocketId id, Instant now, Outcome& out) {
    Socket& socket = sockets_.at(id);
    if (socket.listening) return closeListener(id, now, out);
    socket.orphan = true;
    if (socket.endpoint.state() == tcp::State::Closed) return erase(id);
    const bool unread = socket.endpoint.tcb().receivedSize() > 0;
    const bool abort = (socket.options.linger.on && socket.options.linger.seconds == 0) ||
                       (unread && config_.resetUnread);
    if (abort) return deliver(id, tcp::Abort{}, now, out);
    if (!socket.shutWrite) deliver(id, tcp::Close{}, now, out);
    if (sockets_.contains(id)) deliver(id, tcp::EndReceiving{}, now, out);
}

// Connections that nobody has accepted are reset; those that are not complete are forgotten.
void Host::closeListener(SocketId id, Instant now, Outcome& out) {
    const Listening listening = *sockets_.at(id).listening;
    sockets_.erase(id);
    for (const SocketId child : listening.incomplete) erase(child);
    for (const SocketId child : listening.complete) {
        sockets_.at(child).parent.reset();
        sockets_.at(child).orphan = true;
        deliver(child, tcp::Abort{}, now, out);
    }
}

}  // namespace tcplab::host
