#include "sim/trace/simulate.h"

#include "sim/net/scheduler.h"
#include "sim/trace/recorder.h"

#include <optional>

namespace tcplab {

namespace {

/// A run, choice by choice.
class Run {
public:
    Run(const net::Scenario& scenario, std::uint64_t seed, std::span<const net::Choice> first)
        : until_{scenario.until}, first_{first}, world_{net::begin(scenario, seed)} {}

    [[nodiscard]] const net::World& world() const { return world_; }

    /// What is taken next; nothing at the end.
    [[nodiscard]] std::optional<net::Choice> next() const {
        if (taken_ < first_.size()) return first_[taken_];
        const auto due = net::nextDue(world_);
        if (!due || (until_ && *until_ < due->at)) return std::nullopt;
        return due->choice;
    }
    [[nodiscard]] net::Outcome take(const net::Choice& choice) {
        ++taken_;
        return net::step(world_, choice);
    }

private:
    std::optional<Instant> until_;
    std::span<const net::Choice> first_;
    net::World world_;
    std::size_t taken_ = 0;
};

}  // namespace

void simulate(const net::Scenario& scenario,
              std::uint64_t seed,
              std::span<const net::Choice> first,
              Sink& sink) {
    Run run{scenario, seed, first};
    Recorder recorder{scenario, run.world(), sink};
    while (const auto choice = run.next()) {
        const net::Outcome outcome = run.take(*choice);
        recorder.record(run.world(), outcome);
    }
}

void simulate(const net::Scenario& scenario, std::uint64_t seed, Sink& sink) {
    simulate(scenario, seed, {}, sink);
}

Trace simulate(const net::Scenario& scenario, std::uint64_t seed) {
    Trace trace{Origin::Simulated};
    simulate(scenario, seed, trace);
    return trace;
}

std::vector<net::Choice> choicesOf(const net::Scenario& scenario,
                                   std::uint64_t seed,
                                   std::span<const net::Choice> first,
                                   std::size_t count) {
    Run run{scenario, seed, first};
    std::vector<net::Choice> choices;
    while (choices.size() < count) {
        const auto choice = run.next();
        if (!choice) break;
        choices.push_back(*choice);
        (void)run.take(*choice);
    }
    return choices;
}

}  // namespace tcplab
