// A packetdrill script.

#include "sim/drill/parse_script.h"
#include "tests/fuzz/memory.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tcplab;
    (void)drill::parseScript(fuzz::textOf({data, size}), {});
    return 0;
}
