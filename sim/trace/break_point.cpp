#include "sim/trace/break_point.h"

#include "sim/base/nearest.h"
#include "sim/base/overloaded.h"
#include "sim/base/words.h"
#include "sim/tcp/transitions.h"

#include <algorithm>

namespace tcplab {

namespace {

std::optional<tcp::State> stateIn(std::string_view given) {
    std::string word{given};
    std::ranges::transform(word, word.begin(), [](char c) {
        return 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return tcp::stateNamed(word);
}

std::vector<std::string_view> stateNames() {
    std::vector<std::string_view> names;
    for (const tcp::State state : tcp::kStates) names.push_back(toString(state));
    return names;
}

/// Takes a leading "client" or "server" off.
std::optional<Side> takeSide(std::string_view& text) {
    std::string_view rest = text;
    const std::string_view word = takeWord(rest);
    for (const Side side : kSides) {
        if (word != toString(side)) continue;
        text = rest;
        return side;
    }
    return std::nullopt;
}

Unexpected<Error> usage(std::string what) {
    return Unexpected{Error{Error::Code::Usage, std::move(what)}};
}

Expected<BreakPoint, Error> edgeIn(std::string_view rest) {
    const auto side = takeSide(rest);
    const std::string_view first = takeWord(rest);
    const std::string_view second = takeWord(rest);
    if (second.empty() || !rest.empty())
        return usage("edge: expected two states, as in \"edge FIN-WAIT-1 CLOSING\"");
    const auto from = stateIn(first);
    const auto to = stateIn(second);
    if (!from || !to) return usage("edge: " + unknownWord(from ? second : first, stateNames()));
    if (!tcp::isDeclared(*from, *to))
        return usage("edge: TCP never goes from " + std::string{toString(*from)} + " to " +
                     std::string{toString(*to)});
    return BreakPoint{EdgeBreak{side, *from, *to}};
}

std::string sideText(std::optional<Side> side) {
    return side ? std::string{toString(*side)} + " " : std::string{};
}

}  // namespace

Expected<BreakPoint, Error> parseBreakPoint(std::string_view text) {
    std::string_view rest = text;
    if (takeWord(rest) == "edge") return edgeIn(rest);
    rest = text;
    const auto side = takeSide(rest);
    const std::string_view word = takeWord(rest);
    const bool isOneWord = !word.empty() && rest.empty();
    if (const auto state = stateIn(word); isOneWord && state)
        return BreakPoint{StateBreak{side, *state}};
    auto expression = parsePacketExpression(trimmed(text));
    if (expression) return BreakPoint{*std::move(expression)};
    const bool isName = isOneWord && nearest(word, stateNames());
    return isName ? usage(unknownWord(word, stateNames())) : Unexpected{expression.error()};
}

std::string toString(const BreakPoint& breakPoint) {
    return std::visit(Overloaded{
                          [](const StateBreak& it) {
                              return sideText(it.side) + std::string{toString(it.state)};
                          },
                          [](const EdgeBreak& it) {
                              return "edge " + sideText(it.side) + std::string{toString(it.from)} +
                                     " " + std::string{toString(it.to)};
                          },
                          [](const PacketExpression& it) { return it.text(); },
                      },
                      breakPoint);
}

std::vector<Moment> stopsOf(const Trace& trace, const BreakPoint& breakPoint) {
    std::vector<Moment> stops;
    if (const auto* expression = std::get_if<PacketExpression>(&breakPoint)) {
        for (const Packet& packet : trace.packets()) {
            const auto& sighting =
                packet.transit.departed ? packet.transit.departed : packet.transit.seen;
            if (sighting && expression->matches(packet)) stops.push_back(sighting->moment);
        }
    }
    for (const Entry& entry : trace.entries()) {
        const auto* change = std::get_if<Entered>(&entry.what);
        if (change == nullptr) continue;
        const auto isOf = [&](std::optional<Side> side) { return !side || *side == entry.side; };
        const auto* state = std::get_if<StateBreak>(&breakPoint);
        const auto* edge = std::get_if<EdgeBreak>(&breakPoint);
        const bool stateMet = state != nullptr && isOf(state->side) && state->state == change->to;
        const bool edgeMet = edge != nullptr && isOf(edge->side) && edge->from == change->from &&
                             edge->to == change->to;
        if (stateMet || edgeMet) stops.push_back(entry.moment);
    }
    std::ranges::sort(stops);
    stops.erase(std::unique(stops.begin(), stops.end()), stops.end());
    return stops;
}

}  // namespace tcplab
