#pragma once

#include "sim/trace/record.h"

#include <string>
#include <vector>

namespace tcplab {

/// A record kept whole, for runs and flows of a size that a person looks at. Views know this and
/// nothing of where it came from.
class Trace : public Sink {
public:
    explicit Trace(Origin origin = Origin::Captured) : origin_{origin} {}

    void connection(const Connection& connection) override;
    /// Packets come in ascending order of number.
    void packet(const Packet& packet, Octets octets) override;
    /// Arrived and Lost also complete the Transit of their packet.
    void entry(const Entry& entry) override;

    [[nodiscard]] Origin origin() const { return origin_; }
    [[nodiscard]] const std::vector<Connection>& connections() const { return connections_; }
    [[nodiscard]] const std::vector<Packet>& packets() const { return packets_; }
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    /// How many steps there are: the cursor goes from 0 to this.
    [[nodiscard]] Moment moments() const { return moments_; }
    /// The packet with this number, or null.
    [[nodiscard]] const Packet* find(PacketId number) const;
    [[nodiscard]] Octets octetsOf(const Packet& packet) const;

private:
    void reach(Moment moment);

    Origin origin_;
    std::vector<Connection> connections_{};
    std::vector<Packet> packets_{};
    std::vector<Entry> entries_{};
    std::vector<std::uint8_t> octets_{};
    Moment moments_ = 0;
};

/// A stretch of moments during which an end was in one state.
struct Band {
    tcp::State state{};
    Moment from = 0;  ///< The first moment at which it holds.
    Moment to = 0;    ///< The first at which it no longer does; moments() + 1 where it stays.
    Certainty certainty = Certainty::Known;
    tcp::Clause why{};                ///< Of the change into it.
    std::optional<PacketId> cause{};  ///< The packet that made the change, where one did.
};

/// The states of one end, first to last; the first band starts at 0.
[[nodiscard]] std::vector<Band> bands(const Trace& trace, ConnectionId connection, Side side);

/// The state of an end at a moment.
[[nodiscard]] tcp::State stateAt(const Trace& trace,
                                 ConnectionId connection,
                                 Side side,
                                 Moment moment);

/// What the time of a connection counts from: the start of the run, or its first captured packet.
[[nodiscard]] Instant startOf(const Trace& trace, ConnectionId connection);

}  // namespace tcplab
