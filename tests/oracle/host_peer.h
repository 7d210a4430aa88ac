#pragma once

#include "sim/host/host.h"
#include "tests/oracle/peer.h"

#include <optional>

namespace tcplab::test {

/// The model's host, with one connection of one process. It takes real octets: a packet whose
/// checksum is wrong is dropped.
class HostPeer final : public Peer {
public:
    /// Its own address is the configuration's; `local` is the port that it listens at, or opens
    /// from.
    HostPeer(host::HostConfig config, std::uint16_t local, wire::SocketAddress remote);

    void listen(Instant now) override;
    void connect(Instant now) override;
    std::size_t send(Octets octets, Instant now) override;
    void shutdown(Instant now) override;
    void close(Instant now) override;
    void abort(Instant now) override;
    void arrive(const IpPacket& packet, Instant now) override;
    [[nodiscard]] std::optional<Instant> nextDeadline() const override;
    void timeOut(Instant now) override;

private:
    host::Result call(host::Call call, Instant now);
    void open(Instant now);
    /// Accepts and reads what there is, as a program woken by epoll does.
    void serve(Instant now);
    void take(const host::Outcome& outcome);

    host::Host host_;
    std::uint16_t local_;
    wire::SocketAddress remote_;
    std::optional<host::Fd> listener_{};
    std::optional<host::Fd> fd_{};
};

}  // namespace tcplab::test
