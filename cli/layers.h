#pragma once

#include "cli/rows.h"
#include "sim/base/text.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

namespace tcplab::cli {

/// What `tcplab layers` is asked for.
struct LayersRequest {
    std::string file{};        ///< A capture; "-" is standard input.
    std::uint32_t packet = 1;  ///< Its number in the file, all packets counted.
    bool fields = false;       ///< Every field of every header besides.
    Language language = Language::English;
    bool colour = false;             ///< With ANSI colours.
    std::optional<Format> format{};  ///< Empty: for people.
};

/// Prints what each of the seven OSI layers did for one packet of a capture file, beside the four
/// of TCP/IP, with the octets that each added. As rows: a row a layer, from the top; with `fields`
/// a row a field. The exit code.
[[nodiscard]] int layers(const LayersRequest& request, std::ostream& out, std::ostream& err);

}  // namespace tcplab::cli
