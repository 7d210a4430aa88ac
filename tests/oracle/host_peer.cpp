#include "tests/oracle/host_peer.h"

#include "sim/base/check.h"
#include "sim/wire/frame.h"
#include "sim/wire/stack.h"

namespace tcplab::test {
namespace {

namespace call = host::call;

constexpr host::ProcessId kProcess = 1;
constexpr std::size_t kEthernetHeader = 14;

}  // namespace

HostPeer::HostPeer(host::HostConfig config, std::uint16_t local, wire::SocketAddress remote)
    : host_{std::move(config)}, local_{local}, remote_{remote} {}

// Every call here returns at once.
host::Result HostPeer::call(host::Call call, Instant now) {
    host::Outcome outcome;
    const auto number = host_.call(kProcess, std::move(call), now, outcome);
    take(outcome);
    for (const host::Deed& deed : outcome)
        if (const auto* returned = std::get_if<host::CallReturned>(&deed);
            returned != nullptr && returned->call == number)
            return returned->result;
    TCPLAB_UNREACHABLE();
}

void HostPeer::open(Instant now) {
    const auto fd = static_cast<host::Fd>(call(call::Socket{.nonBlocking = true}, now).value);
    call(call::Bind{fd, {{}, local_}}, now);
    fd_ = fd;
}

void HostPeer::listen(Instant now) {
    open(now);
    listener_ = fd_;
    fd_.reset();
    call(call::Listen{*listener_, 4}, now);
}

void HostPeer::connect(Instant now) {
    open(now);
    call(call::Connect{*fd_, remote_}, now);
}

std::size_t HostPeer::send(Octets octets, Instant now) {
    if (!fd_) return 0;
    const auto result = call(call::Send{.fd = *fd_, .octets = Bytes{octets}}, now);
    return result.value < 0 ? 0 : static_cast<std::size_t>(result.value);
}

void HostPeer::shutdown(Instant now) {
    call(call::Shutdown{.fd = *fd_, .write = true}, now);
}

void HostPeer::close(Instant now) {
    call(call::Close{*fd_}, now);
    fd_.reset();
}

void HostPeer::abort(Instant now) {
    call(call::SetOption{*fd_, call::Option::Linger, call::Linger{.on = true}}, now);
    close(now);
}

void HostPeer::arrive(const IpPacket& packet, Instant now) {
    const auto layers = wire::dissect(wire::LinkType::RawIp, packet, packet.size());
    const auto view = wire::tcpView(layers);
    if (!view || wire::verifyChecksum(*view).state != wire::ChecksumVerdict::State::Right) return;
    host::Outcome outcome;
    host_.arrive(
        {.source = view->from.ip,
         .destination = view->to.ip,
         .carries = host::TcpDatagram{view->from.port, view->to.port, wire::toSegment(*view)}},
        now,
        outcome);
    take(outcome);
    serve(now);
}

std::optional<Instant> HostPeer::nextDeadline() const {
    return host_.nextDeadline();
}

void HostPeer::timeOut(Instant now) {
    host::Outcome outcome;
    host_.timeOut(now, outcome);
    take(outcome);
    serve(now);
}

void HostPeer::serve(Instant now) {
    if (listener_ && !fd_ && received_.empty() && !ended_) {
        const auto accepted = call(call::Accept{*listener_, true}, now);
        if (accepted.value >= 0) fd_ = static_cast<host::Fd>(accepted.value);
    }
    while (fd_ && !ended_ && !failed_) {
        const auto result = call(call::Receive{.fd = *fd_, .count = 4096}, now);
        if (result.value > 0)
            received_ += result.octets.text();
        else if (result.value == 0)
            ended_ = true;
        else if (result.error == host::Errno::Again || result.error == host::Errno::NotConnected)
            return;
        else
            failed_ = true;
    }
}

void HostPeer::take(const host::Outcome& outcome) {
    for (const host::Deed& deed : outcome) {
        if (const auto* acted = std::get_if<host::Acted>(&deed))
            if (const auto* enters = std::get_if<tcp::Enter>(&acted->action))
                reach(tcp::toString(enters->to));
        const auto* sent = std::get_if<host::Sent>(&deed);
        if (sent == nullptr) continue;
        const auto& tcp = std::get<host::TcpDatagram>(sent->datagram.carries);
        const auto frame =
            wire::encodeFrame({.from = {sent->datagram.source, tcp.sourcePort},
                               .to = {sent->datagram.destination, tcp.destinationPort},
                               .ttl = sent->datagram.ttl},
                              tcp.segment);
        sent_.emplace_back(frame.begin() + kEthernetHeader, frame.end());
    }
}

}  // namespace tcplab::test
