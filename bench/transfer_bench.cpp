// How fast the simulator moves octets: 200 MB over 1 Gbit/s and 5 ms, alone and with a record of
// it. bench/against-ns3 runs it beside ns-3.
//
//     transfer_bench [LOSS [MEGABYTES]]

#include "sim/net/scheduler.h"
#include "sim/trace/recorder.h"
#include "sim/trace/trace.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>

namespace tcplab {
namespace {

using namespace std::chrono_literals;

net::Scenario transfer(double loss, std::size_t octets) {
    net::Scenario scenario{.name = "transfer"};
    constexpr std::size_t kOnce = 4U << 20U;
    const Bytes block = net::alphabet(kOnce);
    net::Program sends{{.kind = net::CallKind::Connect}};
    for (std::size_t sent = 0; sent < octets; sent += kOnce)
        sends.push_back({.kind = net::CallKind::Send,
                         .octets = block.slice(0, std::min(kOnce, octets - sent))});
    sends.push_back({.kind = net::CallKind::Close});

    scenario.hosts[Side::Client] = {.address = {wire::IpAddress::v4(10, 0, 0, 1), 49'152},
                                    .program = std::move(sends)};
    scenario.hosts[Side::Server] = {
        .address = {wire::IpAddress::v4(10, 0, 0, 2), 9},
        .program = {{.kind = net::CallKind::Listen},
                    {.kind = net::CallKind::Accept},
                    {.kind = net::CallKind::Recv, .count = 1U << 20U, .untilEnd = true},
                    {.kind = net::CallKind::Close}}};
    for (const Side side : kSides) {
        scenario.hosts[side].config.windowScale = 7;
        scenario.hosts[side].config.timestamps = true;
        scenario.hosts[side].config.receiveBuffer = 4U << 20U;
        scenario.links[side] = {.delay = 5ms, .rate = 1'000'000'000};
    }
    const auto perMillion = static_cast<std::uint32_t>(loss * net::Chance::kAlways + 0.5);
    scenario.links[Side::Client].loss.perMillion = perMillion;
    return scenario;
}

struct Nothing final : Sink {
    void connection(const Connection& /*connection*/) override {}
    void packet(const Packet& /*packet*/, Octets /*octets*/) override {}
    void entry(const Entry& /*entry*/) override {}
};

/// Processor time, which others on this machine do not lengthen.
double seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// Plays it, and says how long that took.
void run(const char* how, const net::Scenario& scenario, std::size_t octets, Sink* sink) {
    const double began = seconds();
    net::World world = net::begin(scenario, 1);
    std::optional<Recorder> recorder;
    if (sink != nullptr) recorder.emplace(scenario, world, *sink);
    for (auto due = net::nextDue(world); due; due = net::nextDue(world)) {
        const net::Outcome outcome = net::step(world, due->choice);
        if (recorder) recorder->record(world, outcome);
    }
    const double took = seconds() - began;
    const tcp::Tcb& tcb = world.hosts[Side::Client].endpoint.tcb();
    fmt::print("{:<20} {:8.3f} s {:7.0f} MB/s  {} packets{}\n",
               how,
               took,
               static_cast<double>(octets) / 1e6 / took,
               world.departed,
               tcb.state == tcp::State::Closed ? "" : "  NOT FINISHED");
}

}  // namespace
}  // namespace tcplab

int main(int argc, char** argv) {
    using namespace tcplab;
    const double loss = argc > 1 ? std::strtod(argv[1], nullptr) : 0;
    const double megabytes = argc > 2 ? std::strtod(argv[2], nullptr) : 200;
    const auto octets = static_cast<std::size_t>(megabytes * 1e6);
    const net::Scenario scenario = transfer(loss, octets);
    run("not recorded", scenario, octets, nullptr);
    Nothing nothing;
    run("recorded, not kept", scenario, octets, &nothing);
    Trace trace{Origin::Simulated};
    run("recorded and kept", scenario, octets, &trace);
}
