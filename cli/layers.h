#pragma once

#include "sim/base/text.h"

#include <cstdint>
#include <ostream>
#include <string>

namespace tcplab::cli {

struct LayersRequest {
    std::string file{};
    std::uint32_t packet = 1;  ///< Its number in the file, all packets counted.
    bool fields = false;       ///< Every field of every header besides.
    Language language = Language::English;
    bool colour = false;  ///< With ANSI colours.
};

/// Prints what each of the seven OSI layers did for one packet of a capture file, beside the four
/// of TCP/IP, with the octets that each added. Returns an exit code of verbs.h.
int layers(const LayersRequest& request, std::ostream& out, std::ostream& err);

}  // namespace tcplab::cli
