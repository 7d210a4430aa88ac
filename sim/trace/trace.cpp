#include "sim/trace/trace.h"

#include <algorithm>

namespace tcplab {

void Trace::connection(const Connection& connection) {
    connections_.push_back(connection);
}

void Trace::packet(const Packet& packet, Octets octets) {
    TCPLAB_CHECK(packets_.empty() || packets_.back().number < packet.number);
    Packet kept = packet;
    kept.octets = {octets_.size(), static_cast<std::uint32_t>(octets.size())};
    octets_.insert(octets_.end(), octets.begin(), octets.end());
    packets_.push_back(std::move(kept));
    for (const auto& sighting : {packet.transit.departed, packet.transit.seen})
        if (sighting) reach(sighting->moment);
}

void Trace::entry(const Entry& entry) {
    entries_.push_back(entry);
    reach(entry.moment);
    const auto complete = [&](PacketId number, std::optional<Sighting> Transit::*what) {
        const auto found = std::ranges::lower_bound(packets_, number, {}, &Packet::number);
        TCPLAB_CHECK(found != packets_.end());
        auto& sighting = found->transit.*what;
        if (!sighting) sighting = Sighting{entry.at, entry.moment};  // A copy may arrive later.
    };
    if (const auto* arrived = std::get_if<Arrived>(&entry.what))
        complete(arrived->packet, &Transit::arrived);
    if (const auto* lost = std::get_if<Lost>(&entry.what)) complete(lost->packet, &Transit::lost);
}

void Trace::reach(Moment moment) {
    moments_ = std::max(moments_, moment);
}

const Packet* Trace::find(PacketId number) const {
    const auto found = std::ranges::lower_bound(packets_, number, {}, &Packet::number);
    return found != packets_.end() && found->number == number ? &*found : nullptr;
}

Octets Trace::octetsOf(const Packet& packet) const {
    return Octets{octets_}.subspan(static_cast<std::size_t>(packet.octets.offset),
                                   packet.octets.length);
}

std::vector<Band> bands(const Trace& trace, ConnectionId connection, Side side) {
    const auto& known = trace.connections();
    const auto found = std::ranges::find(known, connection, &Connection::id);
    TCPLAB_CHECK(found != known.end());
    std::vector<Band> all{{.state = found->initial[side]}};
    for (const Entry& entry : trace.entries()) {
        if (entry.connection != connection || entry.side != side) continue;
        const auto* entered = std::get_if<Entered>(&entry.what);
        if (entered == nullptr) continue;
        all.back().to = entry.moment;
        all.push_back({.state = entered->to,
                       .from = entry.moment,
                       .certainty = entry.certainty,
                       .why = entry.why,
                       .cause = entry.cause});
    }
    all.back().to = trace.moments() + 1;
    return all;
}

tcp::State stateAt(const Trace& trace, ConnectionId connection, Side side, Moment moment) {
    const std::vector<Band> all = bands(trace, connection, side);
    const auto after = std::ranges::upper_bound(all, moment, {}, &Band::from);
    return std::prev(after)->state;
}

Instant startOf(const Trace& trace, ConnectionId connection) {
    const auto captured = [connection](const Packet& packet) {
        return packet.connection == connection && packet.transit.seen;
    };
    const auto first = std::ranges::find_if(trace.packets(), captured);
    return first == trace.packets().end() ? Instant{} : first->transit.seen->at;
}

}  // namespace tcplab
