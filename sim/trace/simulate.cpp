#include "sim/trace/simulate.h"

#include "sim/net/scheduler.h"
#include "sim/trace/recorder.h"

namespace tcplab {

void simulate(const net::Scenario& scenario, std::uint64_t seed, Sink& sink) {
    net::World world = net::begin(scenario, seed);
    Recorder recorder{scenario, world, sink};
    while (const auto due = net::nextDue(world)) {
        if (scenario.until && *scenario.until < due->at) break;
        recorder.record(world, net::step(world, due->choice));
    }
}

Trace simulate(const net::Scenario& scenario, std::uint64_t seed) {
    Trace trace{Origin::Simulated};
    simulate(scenario, seed, trace);
    return trace;
}

}  // namespace tcplab
