#pragma once

#include "capture/flow.h"
#include "sim/base/text.h"

#include <string>

namespace tcplab::capture {

/// What happened to a flow, and what is wrong if anything: one sentence that cites packets.
[[nodiscard]] std::string verdict(const Flow& flow, Language language);

/// How much of it deserves a look: flows with more trouble come first. 0 where there is none.
[[nodiscard]] std::uint64_t trouble(const Flow& flow);

}  // namespace tcplab::capture
