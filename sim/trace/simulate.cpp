#include "sim/trace/simulate.h"

#include "sim/net/scheduler.h"
#include "sim/trace/recorder.h"

namespace tcplab {

namespace {

/// Why the fork cannot be taken in the world that `taken` steps have led to; nothing where it can.
std::optional<Error> refusal(const Fork& fork, const net::World& world, Moment taken) {
    const auto usage = [&](const std::string& why) {
        return Error{Error::Code::Usage, toString(fork) + ": " + why};
    };
    if (fork.at > taken) return usage("the run ends with step " + std::to_string(taken));
    if (net::isOpen(world, fork.choice)) return std::nullopt;
    if (world.inFlight.empty()) return usage("no packet is on its way then");
    const std::vector<std::uint32_t> numbers = world.inFlight.numbers();
    std::string flying;
    for (const std::uint32_t number : numbers)
        flying += (flying.empty() ? "" : ", ") + std::to_string(number);
    return usage("that packet is not on its way then; " + flying +
                 (numbers.size() == 1 ? " is" : " are"));
}

std::optional<Error> run(const net::Scenario& scenario, const Course& course, Sink& sink) {
    net::World world = net::begin(scenario, course.seed);
    Recorder recorder{scenario, world, sink};
    auto fork = course.forks.begin();
    for (Moment taken = 0; !course.steps || taken < *course.steps; ++taken) {
        std::optional<net::Choice> choice;
        const auto due = net::nextDue(world);
        const bool goesOn = due && !(scenario.until && *scenario.until < due->at);
        if (goesOn) choice = due->choice;
        if (fork != course.forks.end() && (fork->at <= taken || !goesOn)) {
            if (auto refused = refusal(*fork, world, taken)) return refused;
            choice = (fork++)->choice;
        }
        if (!choice) return std::nullopt;
        const net::Outcome outcome = net::step(world, *choice);
        recorder.record(world, outcome);
    }
    return std::nullopt;
}

}  // namespace

void simulate(const net::Scenario& scenario, std::uint64_t seed, Sink& sink) {
    const auto refused = run(scenario, Course{.seed = seed}, sink);
    TCPLAB_CHECK(!refused);
}

Trace simulate(const net::Scenario& scenario, std::uint64_t seed) {
    Trace trace{Origin::Simulated};
    simulate(scenario, seed, trace);
    return trace;
}

Expected<Trace, Error> simulate(const net::Scenario& scenario, const Course& course) {
    Trace trace{Origin::Simulated};
    if (auto refused = run(scenario, course, trace)) return Unexpected{*std::move(refused)};
    return trace;
}

}  // namespace tcplab
