#pragma once

#include "sim/net/world.h"

#include <optional>

namespace tcplab::net {

/// What is due next and when; empty where nothing will ever happen again. At the same instant
/// packets come first, in order of departure, then timers, then calls, the client before the
/// server.
struct Due {
    Instant at{};
    Choice choice{};
};
[[nodiscard]] std::optional<Due> nextDue(const World& world);

}  // namespace tcplab::net
