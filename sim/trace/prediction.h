#pragma once

#include "sim/trace/futures.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace tcplab {

/// What one future has in store: the first step in it at which an end sends something or changes
/// its state.
struct Outlook {
    std::optional<net::Choice> turn{};  ///< What must be chosen now for it; empty: it comes so.
    Trace trace{Origin::Simulated};     ///< Goes on for a while after that step.
    Moment moment = 0;                  ///< The step; 0: nothing more happens.
};

/// A question about what comes next, with its answers. All of them come from runs of the model: the
/// wrong ones are what would come if a packet were lost, or a program called something else.
struct Prediction {
    std::vector<Outlook> outlooks{};  ///< Two to four; no two say the same.
    std::size_t right = 0;            ///< The one without a turn.
};

/// Empty where nothing more will happen, or nothing that anybody can do makes a difference.
[[nodiscard]] std::optional<Prediction> predict(const Futures::Future& future, Moment at);

}  // namespace tcplab
