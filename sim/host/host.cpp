#include "sim/host/host.h"

#include "sim/base/overloaded.h"

#include <algorithm>

namespace tcplab::host {

CallNumber Host::call(ProcessId process, Call call, Instant now, Outcome& out) {
    const CallNumber number = nextCall_++;
    Waiting waiting{.number = number, .process = process, .call = std::move(call)};
    out.push_back(CallBegan{number});
    Attempt result = attempt(waiting, now, out);
    if (!result && !mayWait(waiting)) {
        const bool connecting = std::holds_alternative<call::Connect>(waiting.call);
        result = waiting.octets > 0 ? Result{.value = static_cast<std::int64_t>(waiting.octets)}
                                    : Result{-1, connecting ? Errno::InProgress : Errno::Again};
    }
    if (result)
        out.push_back(CallReturned{number, std::move(*result)});
    else
        waiting_.push_back(std::move(waiting));
    retryWaiting(now, out);
    return number;
}

void Host::arrive(const Datagram& datagram, Instant now, Outcome& out) {
    if (datagram.destination != config_.v4 && datagram.destination != config_.v6) return;
    std::visit(Overloaded{
                   [&](const TcpDatagram& tcp) { arriveTcp(datagram, tcp, now, out); },
                   [&](const UdpDatagram& udp) { arriveUdp(datagram, udp, out); },
                   [&](const IcmpDatagram& icmp) { arriveIcmp(icmp, now, out); },
               },
               datagram.carries);
    retryWaiting(now, out);
}

std::optional<Instant> Host::nextDeadline() const {
    std::optional<Instant> earliest;
    const auto consider = [&](Instant due) {
        if (!earliest || due < *earliest) earliest = due;
    };
    for (const auto& [id, socket] : sockets_)
        if (const auto deadline = socket.endpoint.nextDeadline()) consider(deadline->due);
    for (const Waiting& waiting : waiting_)
        if (waiting.until) consider(*waiting.until);
    return earliest;
}

void Host::timeOut(Instant now, Outcome& out) {
    std::optional<SocketId> first;
    tcp::Endpoint::Deadline earliest{};
    for (const auto& [id, socket] : sockets_) {
        const auto deadline = socket.endpoint.nextDeadline();
        if (!deadline || deadline->due > now || (first && earliest.due <= deadline->due)) continue;
        first = id;
        earliest = *deadline;
    }
    if (first) deliver(*first, tcp::Timeout{earliest.timer}, now, out);
    retryWaiting(now, out);
}

std::optional<SocketId> Host::socketOf(ProcessId process, Fd fd) const {
    const auto table = descriptors_.find(process);
    if (table == descriptors_.end()) return {};
    const auto entry = table->second.find(fd);
    return entry == table->second.end() ? std::nullopt : files_.at(entry->second).socket;
}

bool Host::waits(CallNumber call) const {
    return std::ranges::find(waiting_, call, &Waiting::number) != waiting_.end();
}

Host::Attempt Host::attempt(Waiting& waiting, Instant now, Outcome& out) {
    const Call call = waiting.call;
    Attempt result =
        std::visit([&](const auto& what) { return on(what, waiting, now, out); }, call);
    waiting.started = true;
    return result;
}

bool Host::mayWait(const Waiting& waiting) const {
    const auto blocking = [&](Fd fd, bool dontWait) {
        const auto table = descriptors_.find(waiting.process);
        if (dontWait || table == descriptors_.end()) return false;
        const auto entry = table->second.find(fd);
        return entry != table->second.end() && !files_.at(entry->second).nonBlocking;
    };
    return std::visit(
        Overloaded{
            [&](const call::Accept& call) { return blocking(call.fd, false); },
            [&](const call::Connect& call) { return blocking(call.fd, false); },
            [&](const call::Receive& call) { return blocking(call.fd, call.dontWait); },
            [&](const call::Send& call) { return blocking(call.fd, call.dontWait); },
            [](const auto&) { return true; },
        },
        waiting.call);
}

void Host::retryWaiting(Instant now, Outcome& out) {
    for (std::size_t i = 0; i < waiting_.size();) {
        Waiting waiting = waiting_[i];
        Attempt result = attempt(waiting, now, out);
        waiting_[i] = waiting;
        if (!result) {
            ++i;
            continue;
        }
        out.push_back(CallReturned{waiting.number, std::move(*result)});
        waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(i));
        i = 0;  // What it took may let another go on.
    }
}

File* Host::fileOf(ProcessId process, Fd fd) {
    const auto table = descriptors_.find(process);
    if (table == descriptors_.end()) return nullptr;
    const auto entry = table->second.find(fd);
    return entry == table->second.end() ? nullptr : &files_.at(entry->second);
}

Socket* Host::socketOf(const File* file) {
    if (file == nullptr || !file->socket) return nullptr;
    return &sockets_.at(*file->socket);
}

// The lowest number that is free, as POSIX has it; 0 to 2 are taken.
Fd Host::newDescriptor(ProcessId process, File file) {
    std::map<Fd, FileId>& table = descriptors_[process];
    Fd fd = 3;
    while (table.contains(fd)) ++fd;
    file.references = 1;
    files_[nextFile_] = std::move(file);
    table[fd] = nextFile_++;
    return fd;
}

void Host::deliver(SocketId id, const tcp::Event& event, Instant now, Outcome& out) {
    Socket& socket = sockets_.at(id);
    const tcp::State before = socket.endpoint.state();
    const std::size_t hadToRead = socket.endpoint.tcb().receivedSize();
    const std::size_t hadToSend = socket.endpoint.tcb().sendQueue.size();
    const std::deque<Bytes> held = socket.endpoint.tcb().received;
    const bool hadEnd = socket.endpoint.tcb().finReceived();
    const bool taking = std::holds_alternative<tcp::Receive>(event);

    tcp::Actions actions;
    socket.endpoint.on(event, now, configOf(socket), actions);
    for (tcp::Action& action : actions) perform(id, std::move(action), out);

    const tcp::Tcb& tcb = socket.endpoint.tcb();
    const bool over = socket.endpoint.state() == tcp::State::Closed && before != tcp::State::Closed;
    if (over && !taking) socket.leftOver = held;
    if (tcb.receivedSize() > hadToRead || (tcb.finReceived() && !hadEnd) || over) ++socket.inEdges;
    if (tcb.sendQueue.size() < hadToSend || over || before == tcp::State::SynSent)
        ++socket.outEdges;
    settle(id, before);
}

void Host::perform(SocketId id, tcp::Action action, Outcome& out) {
    Socket& socket = sockets_.at(id);
    if (auto* transmit = std::get_if<tcp::Transmit>(&action)) {
        Datagram datagram{
            .source = socket.local->ip,
            .destination = socket.remote->ip,
            .tos = tosOf(socket.options.tos.value_or(0), transmit->ecn),
            .ttl = socket.options.ttl.value_or(config_.ttl),
            .carries =
                TcpDatagram{socket.local->port, socket.remote->port, std::move(transmit->segment)}};
        out.push_back(Sent{id, std::move(datagram), transmit->why, transmit->retransmission});
        return;
    }
    if (const auto* signal = std::get_if<tcp::Signal>(&action)) notice(socket, signal->notice);
    out.push_back(Acted{id, std::move(action)});
}

void Host::notice(Socket& socket, tcp::Notice notice) {
    switch (notice) {
        case tcp::Notice::Established: socket.connected = true; return;
        case tcp::Notice::EndOfData: return;
        case tcp::Notice::Refused: socket.error = Errno::ConnectionRefused; return;
        case tcp::Notice::Reset:
            socket.error = Errno::ConnectionReset;
            socket.reset = true;
            return;
        case tcp::Notice::TimedOut:
            socket.error = socket.softError == Errno::None ? Errno::TimedOut : socket.softError;
            return;
        case tcp::Notice::Unreachable: socket.error = socket.softError; return;
        case tcp::Notice::Closed:
        case tcp::Notice::SoftError:
        case tcp::Notice::Trouble:
        case tcp::Notice::Urgent:
        case tcp::Notice::Superseded: return;
    }
}

// What a change of state means for the queues of the listener, and for a socket that nobody has.
void Host::settle(SocketId id, tcp::State before) {
    Socket& socket = sockets_.at(id);
    const tcp::State state = socket.endpoint.state();
    if (state == before) return;
    const bool half = state == tcp::State::SynReceived || state == tcp::State::Listen;
    if (!half && state != tcp::State::SynSent && state != tcp::State::Closed)
        socket.connected = true;
    const auto parent = socket.parent ? sockets_.find(*socket.parent) : sockets_.end();
    if (parent != sockets_.end() && parent->second.listening) {
        Listening& listening = *parent->second.listening;
        const auto queued = std::ranges::find(listening.incomplete, id);
        if (queued != listening.incomplete.end() && state != tcp::State::SynReceived) {
            listening.incomplete.erase(queued);
            if (!half && state != tcp::State::Closed) {
                listening.complete.push_back(id);
                ++parent->second.inEdges;
            } else {
                return erase(id);
            }
        }
    }
    if (state != tcp::State::Closed || !socket.orphan) return;
    if (parent != sockets_.end() && parent->second.listening)
        std::erase(parent->second.listening->complete, id);
    erase(id);
}

void Host::erase(SocketId id) {
    sockets_.erase(id);
}

namespace {

// Of a doubled buffer one half is for the bookkeeping; the window is whole segments of the rest,
// and the shift what that takes.
void halveBuffer(tcp::Config& config) {
    constexpr std::uint32_t kUnscaled = 0x8000;
    config.receiveBuffer /= 2;
    std::uint8_t shift = 0;
    while ((config.receiveBuffer >> shift) >= 2 * kUnscaled && shift < 14) ++shift;
    if (config.windowScale) config.windowScale = shift;
    if (config.receiveBuffer > config.mss)
        config.receiveBuffer -= config.receiveBuffer % config.mss;
}

}  // namespace

tcp::Config Host::configOf(const Socket& socket) const {
    const SocketOptions& options = socket.options;
    tcp::Config config = config_.tcp;
    const auto path = socket.remote ? pathMtus_.find(socket.remote->ip) : pathMtus_.end();
    config.mtu = path == pathMtus_.end() ? config_.mtu : std::min(path->second, config_.mtu);
    config.mss = static_cast<std::uint16_t>(std::max(config.mtu, kHeaders) - kHeaders);
    if (socket.ipVersion == 6) config = tcp::withIpv6(config);
    if (options.maxSegment) config.mss = std::min(config.mss, *options.maxSegment);
    if (options.receiveBuffer) {
        config.receiveBuffer = *options.receiveBuffer;
        if (config_.doubleBuffers) halveBuffer(config);
    }
    if (options.noDelay) config.nagle = false;
    if (options.cork) config.cork = true;
    config.quickAck = options.quickAck;
    if (options.keepAlive) config.keepAlive = true;
    if (options.keepIdle) config.keepAliveIdle = *options.keepIdle;
    if (options.keepInterval) config.keepAliveInterval = *options.keepInterval;
    if (options.keepCount) config.keepAliveProbes = *options.keepCount;
    if (options.keepInit) config.openTimeout = options.keepInit;
    if (options.synCount) config.synRetries = options.synCount;
    if (options.linger2) config.finWait2Timeout = options.linger2;
    if (options.userTimeout) config.userTimeout = options.userTimeout;
    if (options.noOptions) {
        config.announceMss = config.timestamps = config.sack = false;
        config.windowScale.reset();
    }
    return config;
}

void Host::drop(tcp::State state, Instant now, Outcome& out) {
    std::vector<SocketId> found;
    for (const auto& [id, socket] : sockets_)
        if (socket.endpoint.state() == state) found.push_back(id);
    for (const SocketId id : found) deliver(id, tcp::Abort{}, now, out);
}

}  // namespace tcplab::host
