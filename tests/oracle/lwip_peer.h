#pragma once

#include "sim/wire/address.h"
#include "tests/oracle/peer.h"

#include <memory>

namespace tcplab::test {

/// lwIP in this process, with one connection through its raw interface: its timers are called by
/// hand, so that its time is the test's, and no thread runs. lwIP is global: one at a time.
class LwipPeer final : public Peer {
public:
    LwipPeer(wire::SocketAddress local, wire::SocketAddress remote);
    ~LwipPeer() override;
    LwipPeer(const LwipPeer&) = delete;
    LwipPeer& operator=(const LwipPeer&) = delete;

    void listen(Instant now) override;
    void connect(Instant now) override;
    std::size_t send(Octets octets, Instant now) override;
    void shutdown(Instant now) override;
    void close(Instant now) override;
    void abort(Instant now) override;
    void arrive(const IpPacket& packet, Instant now) override;
    /// Empty where it has no connection left.
    [[nodiscard]] std::optional<Instant> nextDeadline() const override;
    void timeOut(Instant now) override;

private:
    class Stack;
    void look();

    std::unique_ptr<Stack> stack_;
    Instant nextTick_{};
};

}  // namespace tcplab::test
