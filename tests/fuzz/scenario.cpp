// The text of a scenario; what is accepted is played for a while.

#include "sim/base/check.h"
#include "sim/trace/simulate.h"
#include "tests/fuzz/memory.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tcplab;
    constexpr Moment kSteps = 100;
    const auto scenario = net::parseScenario(fuzz::textOf({data, size}), "input.toml");
    if (scenario) {
        (void)simulate(*scenario, Course{.steps = kSteps});
    } else {
        TCPLAB_CHECK(!scenario.error().what.empty());
    }
    return 0;
}
