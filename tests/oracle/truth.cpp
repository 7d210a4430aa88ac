#include "tests/oracle/truth.h"

#include <algorithm>

namespace tcplab::test {

using tcp::State;

Side sideIn(const capture::Loaded& seen, const Trace& truth, Side side) {
    const auto& end = truth.connections().at(0).ends[side];
    return seen.trace.connections().at(0).ends[side] == end ? side : other(side);
}

Moment lastSeen(const Trace& trace) {
    Moment last = 0;
    for (const Entry& entry : trace.entries())
        if (std::holds_alternative<Arrived>(entry.what) || std::holds_alternative<Sent>(entry.what))
            last = entry.moment;
    return last;
}

bool sentFinBy(const Trace& truth, Side side, PacketId last) {
    return std::ranges::any_of(truth.packets(), [&](const Packet& packet) {
        return packet.from == side && packet.tcp.flags.fin && packet.number <= last;
    });
}

State fromOutside(const Trace& truth, State state, Side side, bool finSeen) {
    const auto fin = std::ranges::find_if(truth.packets(), [&](const Packet& packet) {
        return packet.from == side && packet.tcp.flags.fin;
    });
    if (!finSeen || fin == truth.packets().end()) {
        if (state == State::FinWait1) return State::Established;
        if (state == State::Closing || state == State::LastAck) return State::CloseWait;
        return state;
    }
    // The other end's FIN came while its own was waiting.
    if (fin->states[side] == State::Closing) {
        if (state == State::Closing) return State::LastAck;
        if (state == State::TimeWait) return State::Closed;
    }
    return state;
}

std::vector<std::string_view> statesFrom(const Trace& truth,
                                         const Packet& sent,
                                         bool finSeen,
                                         Instant until) {
    const auto shown = [&](State state) {
        return toString(fromOutside(truth, state, sent.from, finSeen));
    };
    std::vector<std::string_view> states{shown(sent.states[sent.from])};
    for (const Entry& entry : truth.entries()) {
        const auto* change = std::get_if<Entered>(&entry.what);
        if (change != nullptr && entry.side == sent.from && entry.at <= until &&
            entry.moment > sent.transit.departed->moment)
            states.push_back(shown(change->to));
    }
    return states;
}

}  // namespace tcplab::test
