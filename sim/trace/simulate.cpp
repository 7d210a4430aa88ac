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
    if (const auto* call = std::get_if<net::Interject>(&fork.choice))
        return usage("the " + std::string{toString(call->side)} +
                     "'s program still waits in another call");
    if (world.inFlight.empty()) return usage("no packet is on its way then");
    const std::vector<std::uint32_t> numbers = world.inFlight.numbers();
    std::string flying;
    for (const std::uint32_t number : numbers)
        flying += (flying.empty() ? "" : ", ") + std::to_string(number);
    return usage("that packet is not on its way then; " + flying +
                 (numbers.size() == 1 ? " is" : " are"));
}

/// The world that the course leads to; `sink` may be null.
Expected<net::World, Error> run(const net::Scenario& scenario, const Course& course, Sink* sink) {
    net::World world = net::begin(scenario, course.seed);
    std::optional<Recorder> recorder;
    if (sink != nullptr) recorder.emplace(scenario, world, *sink);
    net::Repetition repetition;
    auto fork = course.forks.begin();
    for (Moment taken = 0; !course.steps || taken < *course.steps; ++taken) {
        std::optional<net::Choice> choice;
        const auto due = repetition.nextDue(world);
        const bool goesOn = due && !(scenario.until && *scenario.until < due->at);
        if (goesOn) choice = due->choice;
        if (fork != course.forks.end() && (fork->at <= taken || !goesOn)) {
            if (auto refused = refusal(*fork, world, taken)) return Unexpected{*refused};
            choice = (fork++)->choice;
        }
        if (!choice) break;
        const net::Outcome outcome = net::step(world, *choice);
        repetition.taken(world, *choice);
        if (recorder) recorder->record(world, outcome);
    }
    return world;
}

}  // namespace

void simulate(const net::Scenario& scenario, std::uint64_t seed, Sink& sink) {
    const auto played = run(scenario, Course{.seed = seed}, &sink);
    TCPLAB_CHECK(played.has_value());
}

Trace simulate(const net::Scenario& scenario, std::uint64_t seed) {
    Trace trace{Origin::Simulated};
    simulate(scenario, seed, trace);
    return trace;
}

Expected<Trace, Error> simulate(const net::Scenario& scenario, const Course& course) {
    Trace trace{Origin::Simulated};
    if (const auto played = run(scenario, course, &trace); !played)
        return Unexpected{played.error()};
    return trace;
}

Expected<net::World, Error> worldAfter(const net::Scenario& scenario, const Course& course) {
    return run(scenario, course, nullptr);
}

}  // namespace tcplab
