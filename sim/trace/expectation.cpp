#include "sim/trace/expectation.h"

#include <algorithm>
#include <string_view>

namespace tcplab {

namespace {

std::string joined(const std::vector<tcp::State>& states) {
    std::string text;
    for (const tcp::State state : states) {
        if (!text.empty()) text += ", ";
        text += toString(state);
    }
    return text;
}

}  // namespace

std::vector<tcp::State> statesVisited(const Trace& trace, ConnectionId connection, Side side) {
    std::vector<tcp::State> states;
    for (const Band& band : bands(trace, connection, side)) states.push_back(band.state);
    return states;
}

bool inThisOrder(const std::vector<tcp::State>& wanted, const std::vector<tcp::State>& visited) {
    auto next = wanted.begin();
    for (const tcp::State state : visited)
        if (next != wanted.end() && *next == state) ++next;
    return next == wanted.end();
}

std::vector<std::string> unmetExpectations(const net::Scenario& scenario, const Trace& trace) {
    std::vector<std::string> unmet;
    for (const net::Expectation& expected : scenario.expectations) {
        const std::string host{toString(expected.side)};
        const std::vector<tcp::State> visited = statesVisited(trace, 0, expected.side);
        if (expected.endsIn && visited.back() != *expected.endsIn)
            unmet.push_back(host + " was to end in " + std::string{toString(*expected.endsIn)} +
                            " and ended in " + std::string{toString(visited.back())});
        if (!inThisOrder(expected.visits, visited))
            unmet.push_back(host + " was to visit " + joined(expected.visits) +
                            " and went through " + joined(visited));

        const auto count = [&](auto&& matches) {
            return static_cast<std::uint32_t>(
                std::ranges::count_if(trace.packets(), [&](const Packet& packet) {
                    return packet.from == expected.side && matches(packet);
                }));
        };
        const auto check =
            [&](std::optional<std::uint32_t> wanted, std::uint32_t found, std::string_view what) {
                if (wanted && *wanted != found)
                    unmet.push_back(std::to_string(*wanted) + " packets of the " + host +
                                    " were to be " + std::string{what} + ", and " +
                                    std::to_string(found) + " were");
            };
        check(expected.lost,
              count([](const Packet& p) { return p.transit.lost.has_value(); }),
              "lost");
        check(expected.retransmissions,
              count([](const Packet& p) { return p.retransmissionOf.has_value(); }),
              "retransmissions");
    }
    return unmet;
}

}  // namespace tcplab
