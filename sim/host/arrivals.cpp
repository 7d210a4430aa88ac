// TCP segments that arrive: RFC 9293 3.10.7, and who of the host's sockets takes them.

#include "sim/host/host.h"
#include "sim/host/initial_number.h"

#include <algorithm>
#include <span>

namespace tcplab::host {

namespace {

bool supersedes(std::span<const Deed> deeds) {
    return std::ranges::any_of(deeds, [](const Deed& deed) {
        const auto* acted = std::get_if<Acted>(&deed);
        const auto* signal = acted == nullptr ? nullptr : std::get_if<tcp::Signal>(&acted->action);
        return signal != nullptr && signal->notice == tcp::Notice::Superseded;
    });
}

}  // namespace

void Host::arriveTcp(const Datagram& datagram, const TcpDatagram& tcp, Instant now, Outcome& out) {
    const wire::SocketAddress local{datagram.destination, tcp.destinationPort};
    const wire::SocketAddress remote{datagram.source, tcp.sourcePort};
    const auto listener = boundAt(local, call::Socket::Type::Stream, true);
    if (const auto connection = connectionAt(local, remote)) {
        const std::size_t before = out.size();
        intoConnection(*connection, datagram, now, out);
        // RFC 9293 3.6.1: a new connection takes the place of one in TIME-WAIT.
        if (!listener || !supersedes(std::span{out}.subspan(before))) return;
    }
    if (listener) return intoListener(*listener, datagram, now, out);
    intoNobody(datagram, now, out);
}

void Host::intoConnection(SocketId id, const Datagram& datagram, Instant now, Outcome& out) {
    const Segment& segment = std::get<TcpDatagram>(datagram.carries).segment;
    Socket& socket = sockets_.at(id);
    if (socket.parent && socket.endpoint.state() == tcp::State::SynReceived &&
        sockets_.contains(*socket.parent)) {
        // The queue for accept() is full: the last ACK counts as lost, and the SYN-ACK comes again.
        const Listening& listening = *sockets_.at(*socket.parent).listening;
        if (listening.complete.size() > listening.backlog && !segment.ctl.rst) return;
    }
    deliver(id, tcp::SegmentArrives{segment, ecnOf(datagram.tos)}, now, out);
}

// A copy of the listener meets the segment. Where that opens a connection, the copy is kept.
void Host::intoListener(SocketId id, const Datagram& datagram, Instant now, Outcome& out) {
    const auto& tcp = std::get<TcpDatagram>(datagram.carries);
    const Socket& listener = sockets_.at(id);
    const Listening& listening = *listener.listening;
    const wire::SocketAddress local{datagram.destination, tcp.destinationPort};
    const wire::SocketAddress remote{datagram.source, tcp.sourcePort};
    const bool opens = tcp.segment.ctl.syn && !tcp.segment.ctl.ack && !tcp.segment.ctl.rst;
    if (opens && listening.complete.size() > listening.backlog) return;

    Socket copy{.type = listener.type,
                .ipVersion = listener.ipVersion,
                .local = local,
                .remote = remote,
                .options = listener.options,
                .opened = true,
                .orphan = true,
                .parent = id};
    const bool full = listening.incomplete.size() >= config_.mostIncomplete;
    const Seq cookie = cookieOf(config_.secret, local, remote, tcp.segment);
    const bool returns = config_.synCookies && isCookie(config_.secret, local, remote, tcp.segment);
    Seq iss = initialNumber(local, remote, now);
    if (opens && full) {
        if (!config_.synCookies) return;
        iss = cookie;
    } else if (returns) {
        iss = tcp.segment.ack - 1;
    }
    tcp::Actions ignored;
    copy.endpoint.on(tcp::PassiveOpen{iss}, now, configOf(copy), ignored);
    if (returns) {  // What the SYN did then is done again; what it does not tell is lost.
        copy.endpoint.on(tcp::SegmentArrives{synOf(tcp.segment)}, now, configOf(copy), ignored);
    }
    const SocketId child = nextSocket_++;
    sockets_[child] = std::move(copy);
    if (opens || returns) sockets_.at(id).listening->incomplete.push_back(child);
    deliver(child, tcp::SegmentArrives{tcp.segment, ecnOf(datagram.tos)}, now, out);
    const auto born = sockets_.find(child);
    if (born == sockets_.end()) return;
    const bool keeps = born->second.endpoint.state() != tcp::State::Listen &&
                       born->second.endpoint.state() != tcp::State::Closed;
    if (keeps && !(opens && full)) return;
    std::erase(sockets_.at(id).listening->incomplete, child);
    erase(child);
}

// A closed endpoint says what RFC 9293 3.10.7.1 says, with the options of who has the port.
void Host::intoNobody(const Datagram& datagram, Instant now, Outcome& out) {
    if (config_.blackhole) return;
    const auto& tcp = std::get<TcpDatagram>(datagram.carries);
    const wire::SocketAddress local{datagram.destination, tcp.destinationPort};
    const auto holder = boundAt(local, call::Socket::Type::Stream, false);
    const SocketOptions options = holder ? sockets_.at(*holder).options : SocketOptions{};
    tcp::Endpoint closed;
    tcp::Actions actions;
    closed.on(tcp::SegmentArrives{tcp.segment}, now, config_.tcp, actions);
    for (tcp::Action& action : actions) {
        auto* transmit = std::get_if<tcp::Transmit>(&action);
        if (transmit == nullptr) continue;
        Datagram answer{.source = datagram.destination,
                        .destination = datagram.source,
                        .tos = options.tos.value_or(0),
                        .ttl = options.ttl.value_or(config_.ttl),
                        .carries = TcpDatagram{
                            tcp.destinationPort, tcp.sourcePort, std::move(transmit->segment)}};
        out.push_back(Sent{{}, std::move(answer), transmit->why, false});
    }
}

std::optional<SocketId> Host::connectionAt(const wire::SocketAddress& local,
                                           const wire::SocketAddress& remote) const {
    for (const auto& [id, socket] : sockets_)
        if (socket.type == call::Socket::Type::Stream && socket.remote == remote &&
            socket.local == local && socket.endpoint.state() != tcp::State::Closed)
            return id;
    return {};
}

std::optional<SocketId> Host::boundAt(const wire::SocketAddress& local,
                                      call::Socket::Type type,
                                      bool listening) const {
    std::optional<SocketId> found;
    for (const auto& [id, socket] : sockets_) {
        if (socket.type != type || !socket.local || socket.local->port != local.port) continue;
        if (socket.ipVersion != local.ip.version) continue;
        if (listening && !socket.listening) continue;
        if (type == call::Socket::Type::Stream && socket.remote) continue;
        if (socket.local->ip == local.ip) return id;
        const wire::IpAddress any{.version = socket.ipVersion};
        if (socket.local->ip == any) found = id;
    }
    return found;
}

Seq Host::initialNumber(const wire::SocketAddress& local,
                        const wire::SocketAddress& remote,
                        Instant now) const {
    return host::initialNumber(config_.secret, local, remote, now);
}

}  // namespace tcplab::host
