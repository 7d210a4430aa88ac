#include "capture/heat.h"

#include <algorithm>
#include <bit>

namespace tcplab::capture {

namespace {

std::size_t placeOf(tcp::State state) {
    return static_cast<std::size_t>(std::ranges::find(tcp::kStates, state) - tcp::kStates.begin());
}

/// The states in which an end of the flow has been, a bit for each.
std::uint32_t statesOf(const FlowRow& flow, Ways ways) {
    std::uint32_t states = 0;
    for (const Side side : kSides)
        states |= std::uint32_t{1} << placeOf(flow.connection.initial[side]);
    for (; ways != 0; ways &= ways - 1) {
        const auto way = static_cast<std::size_t>(std::countr_zero(ways));
        states |= std::uint32_t{1} << placeOf(tcp::kTransitions.at(way).to);
    }
    return states;
}

template <class Counts>
void count(Counts& counts, std::uint32_t bits) {
    for (; bits != 0; bits &= bits - 1)
        counts.at(static_cast<std::size_t>(std::countr_zero(bits))) += 1;
}

Ways waysOf(const FlowRow& flow) {
    return flow.ways[Side::Client] | flow.ways[Side::Server];
}

}  // namespace

Ways waysOf(const Passage& passage) {
    Ways ways = 0;
    for (std::size_t i = 0; i < tcp::kTransitions.size(); ++i) {
        const tcp::Transition& change = tcp::kTransitions.at(i);
        const bool from = !passage.from || change.from == *passage.from;
        if (from && change.to == passage.to) ways |= Ways{1} << i;
    }
    return ways;
}

bool wentThrough(const FlowRow& flow, const Passage& passage) {
    const Ways taken = waysOf(flow);
    if (passage.from) return (taken & waysOf(passage)) != 0;
    return (statesOf(flow, taken) >> placeOf(passage.to) & 1U) != 0;
}

std::uint32_t Heat::of(const Passage& passage) const {
    if (!passage.from) return states.at(placeOf(passage.to));
    const Ways way = waysOf(passage);
    return way == 0 ? 0 : changes.at(static_cast<std::size_t>(std::countr_zero(way)));
}

Heat heatOf(std::span<const FlowRow> flows) {
    Heat heat{.flows = static_cast<std::uint32_t>(flows.size())};
    for (const FlowRow& flow : flows) {
        const Ways ways = waysOf(flow);
        count(heat.changes, ways);
        count(heat.states, statesOf(flow, ways));
    }
    return heat;
}

}  // namespace tcplab::capture
