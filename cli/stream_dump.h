#pragma once

#include "sim/base/side.h"
#include "sim/base/text.h"
#include "sim/trace/record.h"

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// The octets of a flow that are asked for with --stream.
struct StreamRequest {
    ConnectionId flow = 0;
    Language language = Language::English;
    std::optional<Side> raw{};  ///< What this end sent, as it is; else both as hexadecimal digits.
};

/// Prints what the ends of the flow sent, in order and once, as soon as nothing before it is
/// missing; each packet's part is headed by its sender, offset and number. What the file lacks is
/// told on `err`. The exit code.
[[nodiscard]] int printStream(const std::vector<std::string>& files,
                              const StreamRequest& request,
                              std::ostream& out,
                              std::ostream& err);

}  // namespace tcplab::cli
