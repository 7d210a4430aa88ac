#pragma once

#include "sim/wire/notation.h"

#include <cstddef>
#include <ostream>
#include <stdexcept>
#include <string_view>

namespace tcplab::test {

/// The segment that the notation of sim/wire/notation.h describes: "S. 100:100(0) ack 301"_seg
inline Segment operator""_seg(const char* text, std::size_t length) {
    auto segment = wire::parseSegment({text, length});
    if (!segment) throw std::invalid_argument{segment.error().what};
    return *segment;
}

}  // namespace tcplab::test

namespace tcplab {

inline void PrintTo(const Segment& segment, std::ostream* out) {
    *out << toString(segment);
}

}  // namespace tcplab
