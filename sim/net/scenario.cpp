#include "sim/net/scenario.h"

#include "sim/base/nearest.h"
#include "sim/net/builtin.h"

#include <algorithm>

namespace tcplab::net {

World begin(const Scenario& scenario, std::uint64_t seed) {
    World world;
    world.rng = Rng{seed};
    world.links = scenario.links;
    for (const Side side : kSides) {
        const HostPlan& plan = scenario.hosts[side];
        Host& host = world.hosts[side];
        host.address = plan.address.ip;
        host.config = plan.config;
        host.iss = plan.iss;
        host.program = std::make_shared<const Program>(plan.program);
    }
    return world;
}

const std::vector<Scenario>& builtInScenarios() {
    static const std::vector<Scenario> kScenarios = [] {
        std::vector<Scenario> all;
        for (const BuiltIn& builtIn : builtIns()) {
            auto scenario = parseScenario(builtIn.toml, builtIn.name);
            TCPLAB_CHECK(scenario.has_value());
            all.push_back(*std::move(scenario));
        }
        std::ranges::sort(all, {}, &Scenario::name);
        return all;
    }();
    return kScenarios;
}

Expected<Scenario, Error> scenarioNamed(std::string_view name, std::span<const Setting> settings) {
    for (const BuiltIn& builtIn : builtIns())
        if (builtIn.name == name) return parseScenario(builtIn.toml, name, settings);
    std::vector<std::string_view> names;
    for (const Scenario& scenario : builtInScenarios()) names.emplace_back(scenario.name);
    std::string what = "no scenario is called \"" + std::string{name} + "\"";
    if (const auto right = nearest(name, names)) {
        what += "; did you mean \"" + std::string{*right} + "\"?";
    } else {
        what += "; there are";
        for (const std::string_view one : names) {
            what += one == names.front() ? " " : ", ";
            what += one;
        }
    }
    return Unexpected{Error{Error::Code::NotFound, std::move(what)}};
}

}  // namespace tcplab::net
