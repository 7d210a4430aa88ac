// A capture file of any format, compressed or not, frame by frame.

#include "capture/frame_source.h"
#include "sim/base/check.h"
#include "tests/fuzz/memory.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tcplab;
    const auto source = capture::openCapture(fuzz::inputOf({data, size}));
    if (!source) {
        TCPLAB_CHECK(!source.error().what.empty());
        return 0;
    }
    for (std::uint32_t number = 1;; ++number) {
        const auto frame = (*source)->next();
        if (!frame) TCPLAB_CHECK(!frame.error().what.empty());
        if (!frame || !*frame) return 0;
        TCPLAB_CHECK((*frame)->number == number);
    }
}
