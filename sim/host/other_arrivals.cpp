// UDP datagrams and ICMP errors that arrive.

#include "sim/host/host.h"
#include "sim/wire/icmp.h"
#include "sim/wire/icmpv6.h"

#include <algorithm>
#include <span>
#include <utility>

namespace tcplab::host {

namespace {

using tcp::IcmpError;

// RFC 792 and RFC 1122 3.2.2.1
std::optional<IcmpError> unreachable(std::uint8_t code) {
    switch (code) {
        case 0:
        case 6:
        case 11: return IcmpError::NetUnreachable;
        case 1:
        case 7:
        case 8:
        case 12: return IcmpError::HostUnreachable;
        case 2: return IcmpError::ProtocolUnreachable;
        case 3: return IcmpError::PortUnreachable;
        case 4: return IcmpError::TooBig;
        case 5: return IcmpError::SourceRouteFailed;
        case 9:
        case 10:
        case 13: return IcmpError::Prohibited;
        case 14:
        case 15: return IcmpError::PrecedenceTooLow;
        default: return {};
    }
}

// RFC 4443 3.1
std::optional<IcmpError> unreachableV6(std::uint8_t code) {
    switch (code) {
        case 0:
        case 2: return IcmpError::NetUnreachable;
        case 1: return IcmpError::Prohibited;
        case 3: return IcmpError::HostUnreachable;
        case 4: return IcmpError::PortUnreachable;
        default: return {};
    }
}

std::optional<IcmpError> icmpErrorOf(const IcmpDatagram& icmp) {
    constexpr std::uint8_t kTooBigV6 = 2;
    constexpr std::uint8_t kTimeExceededV6 = 3;
    constexpr std::uint8_t kParameterProblemV6 = 4;
    if (icmp.quotedSource.ip.version == 6) {
        if (icmp.type == wire::Icmpv6Header::kUnreachable) return unreachableV6(icmp.code);
        if (icmp.type == kTooBigV6) return IcmpError::TooBig;
        if (icmp.type == kTimeExceededV6)
            return icmp.code == 0 ? IcmpError::TimeExceeded : IcmpError::ReassemblyTimedOut;
        if (icmp.type != kParameterProblemV6) return {};
        return icmp.code == 1 ? IcmpError::ProtocolUnreachable : IcmpError::ParameterProblem;
    }
    using wire::IcmpHeader;
    if (icmp.type == IcmpHeader::kUnreachable) return unreachable(icmp.code);
    if (icmp.type == IcmpHeader::kSourceQuench) return IcmpError::SourceQuench;
    if (icmp.type == IcmpHeader::kParameterProblem) return IcmpError::ParameterProblem;
    if (icmp.type == IcmpHeader::kTimeExceeded)
        return icmp.code == 0 ? IcmpError::TimeExceeded : IcmpError::ReassemblyTimedOut;
    return {};
}

Errno errnoOf(IcmpError error, bool prohibitedRefuses) {
    switch (error) {
        case IcmpError::NetUnreachable: return Errno::NetworkUnreachable;
        case IcmpError::ProtocolUnreachable: return Errno::NoProtocolOption;
        case IcmpError::PortUnreachable: return Errno::ConnectionRefused;
        case IcmpError::TooBig: return Errno::MessageSize;
        case IcmpError::SourceRouteFailed: return Errno::NotSupported;
        case IcmpError::Prohibited:
            return prohibitedRefuses ? Errno::ConnectionRefused : Errno::HostUnreachable;
        case IcmpError::ParameterProblem: return Errno::ProtocolError;
        case IcmpError::HostUnreachable:
        case IcmpError::PrecedenceTooLow:
        case IcmpError::ReassemblyTimedOut:
        case IcmpError::TimeExceeded:
        case IcmpError::SourceQuench: return Errno::HostUnreachable;
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace

// RFC 8201 4, RFC 1191 3: what fits the path is kept for the destination, and for every connection
// to come. What would not make segments smaller says nothing.
void Host::learnPathMtu(const Socket& socket, const IcmpDatagram& icmp) {
    constexpr std::uint32_t kLeastV6 = 1280;  // RFC 8200 5
    const tcp::Tcb& tcb = socket.endpoint.tcb();
    const bool v6 = socket.ipVersion == 6;
    if (icmp.quotedSequence < tcb.snd.una || tcb.snd.nxt <= icmp.quotedSequence) return;
    if (!v6 && icmp.mtu >= std::uint32_t{tcb.sendMss} + kHeaders) return;
    const std::uint32_t mtu = v6 ? std::max(icmp.mtu, kLeastV6) : icmp.mtu;
    std::uint16_t& known =
        pathMtus_.try_emplace(icmp.quotedDestination.ip, config_.mtu).first->second;
    if (mtu != 0 && mtu < known) known = static_cast<std::uint16_t>(mtu);
}

// Nobody has the port: ICMP says so (RFC 1122 4.1.3.1).
void Host::arriveUdp(const Datagram& datagram, const UdpDatagram& udp, Outcome& out) {
    const wire::SocketAddress local{datagram.destination, udp.destinationPort};
    const wire::SocketAddress remote{datagram.source, udp.sourcePort};
    if (const auto id = boundAt(local, call::Socket::Type::Datagram, false)) {
        Socket& socket = sockets_.at(*id);
        if (socket.remote && *socket.remote != remote) return;
        std::size_t held = 0;
        for (const ReceivedDatagram& waiting : socket.datagrams) held += waiting.payload.size();
        if (held + udp.payload.size() > configOf(socket).receiveBuffer) return;
        socket.datagrams.push_back({remote, udp.payload});
        ++socket.inEdges;
        return;
    }
    const bool v4 = datagram.destination.version == 4;
    IcmpDatagram unreachable{
        .type = v4 ? wire::IcmpHeader::kUnreachable : wire::Icmpv6Header::kUnreachable,
        .code = static_cast<std::uint8_t>(v4 ? 3 : 4),
        .quoted = IcmpDatagram::Quoted::Udp,
        .quotedSource = remote,
        .quotedDestination = local};
    out.push_back(Sent{{},
                       {.source = datagram.destination,
                        .destination = datagram.source,
                        .ttl = config_.ttl,
                        .carries = unreachable},
                       {},
                       false});
}

void Host::arriveIcmp(const IcmpDatagram& icmp, Instant now, Outcome& out) {
    const auto error = icmpErrorOf(icmp);
    if (!error) return;
    const Errno number = errnoOf(*error, config_.prohibitedRefuses);
    if (icmp.quoted == IcmpDatagram::Quoted::Udp) {
        const auto id = boundAt(icmp.quotedSource, call::Socket::Type::Datagram, false);
        if (!id || sockets_.at(*id).remote != icmp.quotedDestination) return;
        sockets_.at(*id).error = number;
        ++sockets_.at(*id).inEdges;
        return;
    }
    const auto id = connectionAt(icmp.quotedSource, icmp.quotedDestination);
    if (!id) return;
    Socket& socket = sockets_.at(*id);
    if (*error == IcmpError::TooBig) learnPathMtu(socket, icmp);
    const Errno before = std::exchange(socket.softError, number);
    const std::size_t told = out.size();
    deliver(*id, tcp::IcmpArrives{*error, icmp.quotedSequence, icmp.mtu}, now, out);
    // What the endpoint takes no notice of leaves no trace.
    const bool taken = std::ranges::any_of(std::span{out}.subspan(told), [](const Deed& deed) {
        const auto* acted = std::get_if<Acted>(&deed);
        return acted != nullptr && std::holds_alternative<tcp::Signal>(acted->action);
    });
    const auto after = sockets_.find(*id);
    if (!taken && after != sockets_.end()) after->second.softError = before;
}

}  // namespace tcplab::host
