// A segment as text: what is understood is written so that it is understood again.

#include "sim/wire/notation.h"

#include "sim/base/check.h"
#include "tests/fuzz/memory.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tcplab;
    const auto segment = wire::parseSegment(fuzz::textOf({data, size}));
    if (!segment) return 0;
    const std::string text = toString(*segment);
    const auto again = wire::parseSegment(text);
    TCPLAB_CHECK(again.has_value());
    TCPLAB_CHECK(toString(*again) == text);
    return 0;
}
