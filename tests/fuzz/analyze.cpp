// A capture file, analysed from first packet to last.

#include "tests/fuzz/checking_sink.h"
#include "tests/fuzz/memory.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tcplab;
    const auto source = capture::openCapture(fuzz::inputOf({data, size}));
    if (!source) return 0;
    fuzz::CheckingSink sink;
    (void)capture::analyze(**source, sink);
    return 0;
}
