#pragma once

#include "sim/base/bytes.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tcplab::test {

/// One end of a connection with the stack below it, the model's or another's: IP packets go in and
/// out, and a program calls it. Time comes with each call and never goes back.
class Peer {
public:
    using IpPacket = std::vector<std::uint8_t>;

    virtual ~Peer() = default;

    virtual void listen(Instant now) = 0;
    virtual void connect(Instant now) = 0;
    /// How many of the octets it took; 0 where it is not connected.
    virtual std::size_t send(Octets octets, Instant now) = 0;
    /// CLOSE of the sending direction; octets may still be received.
    virtual void shutdown(Instant now) = 0;
    /// The program is done with it, both directions being closed.
    virtual void close(Instant now) = 0;
    /// ABORT: a RST, and nothing more.
    virtual void abort(Instant now) = 0;

    virtual void arrive(const IpPacket& packet, Instant now) = 0;
    [[nodiscard]] virtual std::optional<Instant> nextDeadline() const = 0;
    virtual void timeOut(Instant now) = 0;

    /// What left since the last time.
    [[nodiscard]] std::vector<IpPacket> takeSent() { return std::exchange(sent_, {}); }
    [[nodiscard]] const std::string& received() const { return received_; }
    [[nodiscard]] bool ended() const { return ended_; }    ///< The peer's FIN was reached.
    [[nodiscard]] bool failed() const { return failed_; }  ///< Reset, or given up.
    /// The states of the connection so far, each once, by the names of the RFC.
    [[nodiscard]] const std::vector<std::string_view>& path() const { return path_; }

protected:
    Peer() = default;
    Peer(const Peer&) = default;
    Peer& operator=(const Peer&) = default;

    void reach(std::string_view state) {
        if (path_.empty() || path_.back() != state) path_.push_back(state);
    }

    std::vector<IpPacket> sent_{};
    std::string received_{};
    bool ended_ = false;
    bool failed_ = false;
    std::vector<std::string_view> path_{};
};

}  // namespace tcplab::test
