#pragma once

#include "sim/tcp/clause.h"
#include "sim/tcp/state.h"

namespace tcplab::capture {

/// What asks for a change of state that packets show, `resets` where it is the sender of a RST that
/// changes. No clause where the change is none that packets can show.
[[nodiscard]] tcp::Clause observedClause(tcp::State from, tcp::State to, bool resets);

}  // namespace tcplab::capture
