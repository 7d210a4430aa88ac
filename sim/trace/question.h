#pragma once

#include "sim/net/scenario.h"
#include "sim/trace/trace.h"

#include <optional>

namespace tcplab {

/// The step after which the question's time has come, or the first time after it at which anything
/// happens: the last step of that time. Empty: it is asked when all has been played.
[[nodiscard]] std::optional<Moment> askedAt(const Trace& trace, const net::Question& question);

/// The first end that has come into the state that the question wants by this moment.
[[nodiscard]] std::optional<Side> reachedBy(const Trace& trace,
                                            const net::Question& question,
                                            Moment moment);

}  // namespace tcplab
