#include "sim/drill/check_packet.h"
#include "sim/drill/constants.h"
#include "sim/drill/run.h"
#include "sim/wire/notation.h"

#include <algorithm>

namespace tcplab::drill {

namespace {

// Seconds with as many digits as tell it: "1.23".
std::string secondsText(Instant at) {
    constexpr std::int64_t kMillion = 1'000'000;
    const auto micros = at.time_since_epoch().count() / 1000;
    std::string fraction = std::to_string(kMillion + micros % kMillion).substr(1);
    while (fraction.size() > 2 && fraction.back() == '0') fraction.pop_back();
    return std::to_string(micros / kMillion) + "." + fraction;
}

// "8080 > 50001 " where the packet is of another connection than the statement says; else empty.
std::string otherPorts(const PacketStatement& packet, const Translation& connection) {
    const bool known = packet.sourcePort != 0 && connection.scriptRemotePort != 0;
    if (!known || (packet.sourcePort == connection.scriptLocalPort &&
                   packet.destinationPort == connection.scriptRemotePort))
        return {};
    return std::to_string(connection.scriptLocalPort) + " > " +
           std::to_string(connection.scriptRemotePort) + " ";
}

}  // namespace

Run::Failure Run::execute(const Statement& statement, const PacketStatement& packet) {
    if (packet.direction == Direction::Inbound) return send(statement, packet);
    if (const auto* tcp = std::get_if<TcpPattern>(&packet.what))
        return expect(statement, packet, *tcp);
    return expect(statement, packet);
}

Run::Failure Run::send(const Statement& statement, const PacketStatement& packet) {
    advance(due_);
    happened(statement.when, now_);
    const Translation& connection = connectionOf(packet);
    host::Datagram datagram{.source = connection.remote.ip,
                            .destination = connection.local.ip,
                            .tos = packet.ip.tos,
                            .ttl = packet.ip.ttl.value_or(64)};
    if (const auto* tcp = std::get_if<TcpPattern>(&packet.what)) {
        if (tcp->accurateEcn || tcp->ace) return skipped(statement.place, "accurate ECN");
        datagram.carries = host::TcpDatagram{
            connection.remote.port, connection.local.port, connection.inbound(*tcp)};
    } else if (const auto* udp = std::get_if<UdpPattern>(&packet.what)) {
        datagram.carries = host::UdpDatagram{connection.remote.port,
                                             connection.local.port,
                                             Bytes{std::vector<std::uint8_t>(udp->length)}};
    } else {
        const auto& icmp = std::get<IcmpPattern>(packet.what);
        const auto number = icmpNamed(icmp.type, icmp.code, settings_.ipVersion);
        if (!number)
            return failed(statement.place, "an ICMP message of this IP version", icmp.type);
        if (icmp.quoted == IcmpPattern::Quoted::Nothing) return {};
        datagram.carries = host::IcmpDatagram{
            .type = number->type,
            .code = number->code,
            .mtu = icmp.mtu.value_or(0),
            .quoted = icmp.quoted == IcmpPattern::Quoted::Tcp ? host::IcmpDatagram::Quoted::Tcp
                                                              : host::IcmpDatagram::Quoted::Udp,
            .quotedSource = connection.local,
            .quotedDestination = connection.remote,
            .quotedSequence = connection.liveNumber(icmp.sequence)};
    }
    recorder_.scriptSent(now_, datagram);
    host::Outcome outcome;
    host_.arrive(datagram, now_, outcome);
    take(std::move(outcome));
    return {};
}

Run::Failure Run::expect(const Statement& statement,
                         const PacketStatement& packet,
                         const TcpPattern& tcp) {
    Gathering gathering;
    do {
        const LiveDatagram* live = nextSent(statement.when);
        const std::string expected = statement.text + timeText(statement.when);
        if (live == nullptr)
            return failed(statement.place,
                          expected,
                          gathering.octets == 0
                              ? "nothing"
                              : "only " + std::to_string(gathering.octets) + " octets");
        const auto* datagram = std::get_if<host::TcpDatagram>(&live->datagram.carries);
        if (datagram == nullptr)
            return failed(statement.place, expected, "a datagram of UDP or ICMP");
        Translation& connection = connectionOf(packet, live->datagram);
        connection.learn(tcp, datagram->segment);
        const Segment seen = connection.outbound(datagram->segment);
        const auto size = static_cast<std::uint32_t>(seen.payload.size());
        gathering.last = settings_.strictSegments || gathering.octets + size >= tcp.length;

        const auto drift = std::chrono::abs(live->at - scripted_) / std::chrono::microseconds{1};
        // Where a script for Linux says no tick, its timestamps are not those of one run.
        const std::uint32_t tick =
            settings_.timestampTick.value_or(profile_ == tcp::Profile::Linux ? 0 : 1000);
        TcpPattern pattern = tcp;
        pattern.anyTimestamp |= tick == 0;
        const auto tolerance =
            drift == 0 || tick == 0 ? 0U : static_cast<std::uint32_t>(drift / tick) + 1;
        const std::string ports = otherPorts(packet, connection);
        const bool fits =
            ports.empty() &&
            !unexpectedIn(pattern, seen, datagram->segment.seq, gathering, tolerance) &&
            !unexpectedIn(packet.ip, live->datagram) && isOnTime(statement.when, live->at);
        if (!fits) return failed(statement.place, expected, ports + segmentText(*live, seen));
        gathering.octets += size;
        happened(statement.when, live->at);
        sent_.pop_front();
    } while (!gathering.last);
    return {};
}

// UDP and ICMP.
Run::Failure Run::expect(const Statement& statement, const PacketStatement& packet) {
    const LiveDatagram* live = nextSent(statement.when);
    const std::string expected = statement.text + timeText(statement.when);
    if (live == nullptr) return failed(statement.place, expected, "nothing");
    bool fits = isOnTime(statement.when, live->at) && !unexpectedIn(packet.ip, live->datagram);
    std::string got = "a segment of TCP";
    if (const auto* sent = std::get_if<host::UdpDatagram>(&live->datagram.carries)) {
        const auto* udp = std::get_if<UdpPattern>(&packet.what);
        fits = fits && udp != nullptr && sent->payload.size() == udp->length;
        got = "udp (" + std::to_string(sent->payload.size()) + ")";
    } else if (const auto* message = std::get_if<host::IcmpDatagram>(&live->datagram.carries)) {
        const auto* icmp = std::get_if<IcmpPattern>(&packet.what);
        const auto number =
            icmp == nullptr ? std::nullopt : icmpNamed(icmp->type, icmp->code, settings_.ipVersion);
        fits = fits && number && number->type == message->type && number->code == message->code;
        got =
            "icmp type_" + std::to_string(message->type) + " code_" + std::to_string(message->code);
    } else {
        fits = false;
    }
    if (!fits) return failed(statement.place, expected, got + " at " + secondsText(live->at));
    (void)connectionOf(packet, live->datagram);
    happened(statement.when, live->at);
    sent_.pop_front();
    return {};
}

// What the host sends next, if it does so by the end of the statement's time.
const Run::LiveDatagram* Run::nextSent(const When& when) {
    const bool open = when.kind == When::Kind::Any;
    const bool range =
        when.kind == When::Kind::AbsoluteRange || when.kind == When::Kind::RelativeRange;
    const Instant limit = until_ + (range ? when.until.rounding : when.at.rounding);
    while (sent_.empty()) {
        const auto due = host_.nextDeadline();
        if (!due || (!open && *due > limit)) return nullptr;
        now_ = std::max(now_, *due);
        host::Outcome outcome;
        host_.timeOut(now_, outcome);
        take(std::move(outcome));
    }
    return &sent_.front();
}

bool Run::isOnTime(const When& when, Instant at) const {
    if (when.kind == When::Kind::Any) return true;
    const bool range =
        when.kind == When::Kind::AbsoluteRange || when.kind == When::Kind::RelativeRange;
    return at >= due_ - when.at.rounding &&
           at <= until_ + (range ? when.until.rounding : when.at.rounding);
}

std::string Run::timeText(const When& when) const {
    switch (when.kind) {
        case When::Kind::Any: return {};
        case When::Kind::Absolute:
        case When::Kind::Relative: return " at " + secondsText(due_);
        case When::Kind::AbsoluteRange:
        case When::Kind::RelativeRange:
            return " from " + secondsText(due_) + " to " + secondsText(until_);
    }
    TCPLAB_UNREACHABLE();
}

std::string Run::segmentText(const LiveDatagram& live, const Segment& seen) const {
    std::string text = toString(seen);
    if (live.datagram.tos != 0) text = "(tos " + std::to_string(live.datagram.tos) + ") " + text;
    return text + " at " + secondsText(live.at);
}

// Packets without ports are of the connection that is under test: the last one.
Translation& Run::connectionOf(const PacketStatement& packet) {
    const bool inbound = packet.direction == Direction::Inbound;
    const std::uint16_t localPort = inbound ? packet.destinationPort : packet.sourcePort;
    const std::uint16_t remotePort = inbound ? packet.sourcePort : packet.destinationPort;
    if (remotePort != 0) {
        const auto found = std::ranges::find_if(connections_, [&](const Translation& known) {
            return known.scriptRemotePort == remotePort && known.scriptLocalPort == localPort;
        });
        if (found != connections_.end()) return *found;
    } else if (current_) {
        return connections_[*current_];
    }
    current_ = connections_.size();
    connections_.push_back(
        {.scriptLocalPort = localPort,
         .scriptRemotePort = remotePort,
         .local = {settings_.local, localPort != 0 ? localPort : boundPort_},
         .remote = {settings_.remote, remotePort != 0 ? remotePort : peerPort_++}});
    return connections_.back();
}

// Of what the host sends: by its real ends.
Translation& Run::connectionOf(const PacketStatement& packet, const host::Datagram& live) {
    const auto ports = std::visit(
        [](const auto& carried) -> std::pair<std::uint16_t, std::uint16_t> {
            if constexpr (requires { carried.sourcePort; })
                return {carried.sourcePort, carried.destinationPort};
            else
                return {};
        },
        live.carries);
    const wire::SocketAddress local{live.source, ports.first};
    const wire::SocketAddress remote{live.destination, ports.second};
    const auto found = std::ranges::find_if(connections_, [&](const Translation& known) {
        return known.local == local && known.remote == remote;
    });
    if (found != connections_.end()) {
        current_ = static_cast<std::size_t>(found - connections_.begin());
        return *found;
    }
    current_ = connections_.size();
    connections_.push_back({.scriptLocalPort = packet.sourcePort,
                            .scriptRemotePort = packet.destinationPort,
                            .local = local,
                            .remote = remote});
    return connections_.back();
}

}  // namespace tcplab::drill
