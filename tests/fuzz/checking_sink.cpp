#include "tests/fuzz/checking_sink.h"

#include "sim/base/check.h"
#include "sim/tcp/transitions.h"

namespace tcplab::fuzz {

void CheckingSink::connection(const Connection& connection) {
    TCPLAB_CHECK(states_.emplace(connection.id, connection.initial).second);
}

void CheckingSink::packet(const Packet& packet, Octets /*octets*/) {
    TCPLAB_CHECK(states_.contains(packet.connection));
    TCPLAB_CHECK(packet.number > last_);
    TCPLAB_CHECK(packet.tcp.flags.ack == packet.tcp.ack.has_value());
    last_ = packet.number;
}

void CheckingSink::entry(const Entry& entry) {
    const auto* change = std::get_if<Entered>(&entry.what);
    if (change == nullptr) return;
    tcp::State& state = states_.at(entry.connection)[entry.side];
    TCPLAB_CHECK(change->from == state);
    TCPLAB_CHECK(tcp::isDeclared(change->from, change->to));
    state = change->to;
}

void CheckingSink::flow(const capture::Flow& flow) {
    const PerSide<tcp::State> states = states_.at(flow.connection.id);
    for (const Side side : kSides) TCPLAB_CHECK(flow.states[side] == states[side]);
    TCPLAB_CHECK(flow.packets[Side::Client] + flow.packets[Side::Server] > 0);
    states_.erase(flow.connection.id);
}

}  // namespace tcplab::fuzz
