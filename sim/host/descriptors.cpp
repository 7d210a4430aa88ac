// Descriptors, and which of them are ready: fcntl, dup, poll and epoll.

#include "sim/host/host.h"

#include <algorithm>

namespace tcplab::host {

namespace {

Result failure(Errno error) {
    return {.value = -1, .error = error};
}

// Errors and hang-ups are told whether asked for or not.
call::Readiness masked(const call::Readiness& is, const call::Readiness& asked) {
    return {.in = is.in && asked.in,
            .out = is.out && asked.out,
            .priority = is.priority && asked.priority,
            .error = is.error,
            .hangUp = is.hangUp,
            .readHangUp = is.readHangUp && asked.readHangUp,
            .invalid = is.invalid};
}

}  // namespace

Host::Attempt Host::on(const call::Dup& call, Waiting& waiting, Instant, Outcome&) {
    File* file = fileOf(waiting.process, call.fd);
    if (file == nullptr) return failure(Errno::BadFileDescriptor);
    ++file->references;
    std::map<Fd, FileId>& table = descriptors_.at(waiting.process);
    Fd fd = 3;
    while (table.contains(fd)) ++fd;
    table[fd] = table.at(call.fd);
    return Result{.value = fd};
}

Host::Attempt Host::on(const call::GetFlags& call, Waiting& waiting, Instant, Outcome&) {
    const File* file = fileOf(waiting.process, call.fd);
    if (file == nullptr) return failure(Errno::BadFileDescriptor);
    return Result{.value = file->nonBlocking ? 1 : 0};
}

Host::Attempt Host::on(const call::SetFlags& call, Waiting& waiting, Instant, Outcome&) {
    File* file = fileOf(waiting.process, call.fd);
    if (file == nullptr) return failure(Errno::BadFileDescriptor);
    file->nonBlocking = call.nonBlocking;
    return Result{};
}

call::Readiness Host::readiness(const Socket& socket) const {
    call::Readiness ready{.error = socket.error != Errno::None};
    if (socket.listening) {
        ready.in = !socket.listening->complete.empty();
        return ready;
    }
    if (socket.type == call::Socket::Type::Datagram) {
        ready.in = !socket.datagrams.empty() || ready.error;
        ready.out = true;
        return ready;
    }
    const tcp::Tcb& tcb = socket.endpoint.tcb();
    const bool over = tcb.state == tcp::State::Closed;
    const bool opening = tcb.state == tcp::State::SynSent || tcb.state == tcp::State::SynReceived;
    const bool noMoreIn = socket.shutRead || tcb.finReceived() || (over && socket.opened);
    const bool noMoreOut = socket.shutWrite || over;
    const std::size_t buffer = socket.options.sendBuffer.value_or(config_.sendBuffer);
    ready.in = tcb.receivedSize() > 0 || !socket.leftOver.empty() || noMoreIn || ready.error;
    ready.readHangUp = noMoreIn;
    ready.hangUp = over ? !socket.listening : noMoreIn && noMoreOut;
    // Room for at least a third, so that a writer is not woken for each octet.
    ready.out =
        !opening && (noMoreOut || buffer - std::min(buffer, tcb.sendQueue.size()) >= buffer / 3);
    return ready;
}

Host::Attempt Host::on(const call::Poll& call, Waiting& waiting, Instant now, Outcome&) {
    if (!waiting.started && call.timeout) waiting.until = now + *call.timeout;
    Result result{.polled = call.fds};
    for (call::PollFd& polled : result.polled) {
        polled.revents = {};
        if (polled.fd < 0) continue;
        const File* file = fileOf(waiting.process, polled.fd);
        if (const Socket* socket = socketOf(file))
            polled.revents = masked(readiness(*socket), polled.events);
        else
            polled.revents.invalid = file == nullptr;
        if (polled.revents.any()) ++result.value;
    }
    const bool over = waiting.until && now >= *waiting.until;
    return result.value > 0 || over ? Attempt{std::move(result)} : std::nullopt;
}

Host::Attempt Host::on(const call::EpollCreate& /*call*/, Waiting& waiting, Instant, Outcome&) {
    File file;
    file.epoll.emplace();
    return Result{.value = newDescriptor(waiting.process, std::move(file))};
}

Host::Attempt Host::on(const call::EpollControl& call, Waiting& waiting, Instant, Outcome&) {
    File* epoll = fileOf(waiting.process, call.epoll);
    const File* file = fileOf(waiting.process, call.fd);
    if (epoll == nullptr || file == nullptr) return failure(Errno::BadFileDescriptor);
    if (!epoll->epoll || epoll == file) return failure(Errno::Invalid);
    const bool known = epoll->epoll->contains(call.fd);
    if (call.operation == call::EpollControl::Operation::Add && known)
        return failure(Errno::Exists);
    if (call.operation != call::EpollControl::Operation::Add && !known)
        return failure(Errno::NoEntry);
    if (call.operation == call::EpollControl::Operation::Delete)
        epoll->epoll->erase(call.fd);
    else
        (*epoll->epoll)[call.fd] = {.file = descriptors_.at(waiting.process).at(call.fd),
                                    .interest = call.interest};
    return Result{};
}

// What epoll_wait() says of one descriptor. An edge is what has come since it said so last.
std::optional<EpollEvent> Host::reported(File::Watched& watched) {
    const Socket* socket = socketOf(&files_.at(watched.file));
    if (socket == nullptr || watched.disarmed) return {};
    call::Readiness ready = masked(readiness(*socket), watched.interest.events);
    const bool first = watched.inEdges == 0 && watched.outEdges == 0;
    const bool news =
        first || watched.inEdges != socket->inEdges + 1 || watched.outEdges != socket->outEdges + 1;
    if (!ready.any() || (watched.interest.edge && !news)) return {};
    watched.inEdges = socket->inEdges + 1;
    watched.outEdges = socket->outEdges + 1;
    watched.disarmed = watched.interest.oneShot;
    return EpollEvent{ready, watched.interest.data};
}

Host::Attempt Host::on(const call::EpollWait& call, Waiting& waiting, Instant now, Outcome&) {
    File* epoll = fileOf(waiting.process, call.epoll);
    if (epoll == nullptr) return failure(Errno::BadFileDescriptor);
    if (!epoll->epoll) return failure(Errno::Invalid);
    if (!waiting.started && call.timeout) waiting.until = now + *call.timeout;
    Result result;
    for (auto& [fd, watched] : *epoll->epoll) {
        if (result.events.size() == call.most) break;
        if (auto event = reported(watched)) result.events.push_back(*event);
    }
    result.value = static_cast<std::int64_t>(result.events.size());
    const bool over = waiting.until && now >= *waiting.until;
    return result.value > 0 || over ? Attempt{std::move(result)} : std::nullopt;
}

}  // namespace tcplab::host
