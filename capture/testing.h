#pragma once

#include "capture/session.h"
#include "capture/stream.h"
#include "sim/trace/expectation.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

// GoogleTest matchers for the connections of a capture, installed as <tcplab/testing.h>:
//
//     const auto run = tcplab::matchers::Replay{"run.pcap"};
//     EXPECT_THAT(run.flow(0), ClientVisits(State::FinWait1, State::TimeWait));
//     EXPECT_THAT(run.flow(0), ClosedBy(Side::Client));
//     EXPECT_THAT(run.flow(0).sent(Side::Client), StartsWith("GET / HTTP/1.1"));
namespace tcplab::matchers {

/// A connection of a capture; valid as long as its Replay.
class FlowView {
public:
    FlowView(const capture::Loaded& loaded, const capture::Flow& flow)
        : loaded_{&loaded}, flow_{&flow} {}

    [[nodiscard]] const capture::Flow& flow() const { return *flow_; }
    /// The states that an end went through, first to last.
    [[nodiscard]] std::vector<tcp::State> states(Side side) const {
        return statesVisited(loaded_->trace, flow_->connection.id, side);
    }
    /// The octets that an end sent, in their order, up to the first that is not in the capture.
    [[nodiscard]] std::string sent(Side side) const;

private:
    const capture::Loaded* loaded_;
    const capture::Flow* flow_;
};

/// A capture file, analysed. Where it cannot be read whole the test fails and says why.
class Replay {
public:
    explicit Replay(const std::string& path) {
        auto loaded = capture::load(path);
        if (!loaded) {
            ADD_FAILURE() << loaded.error().what;
            return;
        }
        loaded_ = *std::move(loaded);
        if (loaded_.summary.stopped) ADD_FAILURE() << loaded_.summary.stopped->what;
    }

    [[nodiscard]] std::size_t flows() const { return loaded_.flows.size(); }
    /// The flow with this number, in order of first packets. Where there is none the test fails,
    /// and an empty one is given.
    [[nodiscard]] FlowView flow(std::size_t number) const {
        if (number < flows()) return {loaded_, loaded_.flows[number]};
        ADD_FAILURE() << "there is no flow " << number << "; there are " << flows();
        return {kNone, kNoFlow};
    }

private:
    static inline const capture::Flow kNoFlow{};
    static inline const capture::Loaded kNone = [] {
        capture::Loaded none;
        none.trace.connection({});
        return none;
    }();
    capture::Loaded loaded_{};
};

inline std::string FlowView::sent(Side side) const {
    const auto streams = capture::streamsOf(loaded_->trace, flow_->connection.id);
    return {streams[side].octets.begin(), streams[side].octets.end()};
}

inline void PrintTo(const FlowView& view, std::ostream* out) {
    const auto& ends = view.flow().connection.ends;
    *out << toString(ends[Side::Client]) << " -> " << toString(ends[Side::Server]);
    for (const Side side : kSides) {
        *out << "; " << toString(side);
        for (const tcp::State state : view.states(side)) *out << ' ' << toString(state);
    }
}

namespace detail {

inline std::string namesOf(const std::vector<tcp::State>& states) {
    std::string names;
    for (const tcp::State state : states) {
        if (!names.empty()) names += ", ";
        names += toString(state);
    }
    return names;
}

}  // namespace detail

/// An end goes through these states in this order, perhaps with others between.
MATCHER_P2(Visits,
           side,
           wanted,
           std::string{toString(side)} + (negation ? " does not visit " : " visits ") +
               detail::namesOf(wanted)) {
    *result_listener << "which goes through " << detail::namesOf(arg.states(side));
    return inThisOrder(wanted, arg.states(side));
}

template <class... States>
[[nodiscard]] auto ClientVisits(States... states) {
    return Visits(Side::Client, std::vector<tcp::State>{states...});
}
template <class... States>
[[nodiscard]] auto ServerVisits(States... states) {
    return Visits(Side::Server, std::vector<tcp::State>{states...});
}

/// The end is in this state once all packets have arrived.
MATCHER_P2(EndsIn,
           side,
           state,
           std::string{toString(side)} + (negation ? " does not end" : " ends") + " in " +
               std::string{toString(state)}) {
    *result_listener << "which ends in " << toString(arg.flow().states[side]);
    return arg.flow().states[side] == state;
}

/// This end sent the first FIN, and the other one answered it.
MATCHER_P(ClosedBy,
          side,
          (negation ? "is not closed by the " : "is closed by the ") +
              std::string{toString(side)}) {
    using By = capture::Flow::ClosedBy;
    return arg.flow().closedBy == (side == Side::Client ? By::Client : By::Server);
}

/// This end sent a RST that ended the connection.
MATCHER_P(ResetBy,
          side,
          (negation ? "is not reset by the " : "is reset by the ") + std::string{toString(side)}) {
    return arg.flow().resetBy == side;
}

/// The finding was made so often at most.
MATCHER_P2(HasAtMost,
           most,
           finding,
           (negation ? "has more than " : "has at most ") + std::to_string(most) + " of " +
               std::string{toString(finding)}) {
    const std::uint64_t times = arg.flow().findings.of(finding);
    *result_listener << "which has " << times;
    return times <= static_cast<std::uint64_t>(most);
}

/// Nothing was found but these.
MATCHER_P(FindsOnly, allowed, negation ? "has other findings" : "has no other findings") {
    bool others = false;
    for (const auto& count : arg.flow().findings.counts()) {
        if (std::ranges::find(allowed, count.finding) != allowed.end()) continue;
        *result_listener << toString(count.finding) << " " << count.times << " ";
        others = true;
    }
    return !others;
}
template <class... Findings>
[[nodiscard]] auto HasNoFindingsBut(Findings... allowed) {
    return FindsOnly(std::vector<capture::Finding>{allowed...});
}

/// Nothing was found: no retransmission, no zero window, nothing else that docs/findings.md has.
[[nodiscard]] inline auto HasNoFindings() {
    return HasNoFindingsBut();
}

}  // namespace tcplab::matchers
