#pragma once

#include "cli/rows.h"
#include "sim/base/side.h"
#include "sim/base/text.h"
#include "sim/framing/framing.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// What `tcplab frame` is asked for.
struct FrameRequest {
    std::vector<std::string> files{};  ///< Captures or plain octets; "-" is standard input.
    std::optional<framing::Framing> framing{};  ///< Empty: to be inferred.
    bool messages = false;  ///< Inferred, and then a row a message all the same.
    std::optional<std::uint32_t> flow{};
    std::optional<Side> from{};
    Format format = Format::Table;
    bool colour = false;
    Language language = Language::English;
};

/// Splits what the files hold into messages and prints them on `out`, remarks on `err`. The exit
/// code.
[[nodiscard]] int frame(const FrameRequest& request, std::ostream& out, std::ostream& err);

}  // namespace tcplab::cli
