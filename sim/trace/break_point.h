#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/base/side.h"
#include "sim/tcp/state.h"
#include "sim/trace/packet_expression.h"
#include "sim/trace/trace.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tcplab {

/// An end enters this state.
struct StateBreak {
    std::optional<Side> side{};  ///< Empty: either.
    tcp::State state{};
};
/// An end goes from one state to the other.
struct EdgeBreak {
    std::optional<Side> side{};  ///< Empty: either.
    tcp::State from{};
    tcp::State to{};
};
/// A place at which to stop; a PacketExpression stops where a packet that it matches is sent.
using BreakPoint = std::variant<StateBreak, EdgeBreak, PacketExpression>;

/// Reads "TIME-WAIT", "client TIME-WAIT", "edge FIN-WAIT-1 CLOSING", "edge server LISTEN CLOSED",
/// or a packet expression. States may be in small letters.
[[nodiscard]] Expected<BreakPoint, Error> parseBreakPoint(std::string_view text);

/// As it is written.
[[nodiscard]] std::string toString(const BreakPoint& breakPoint);

/// The moments of a record at which it stops, ascending.
[[nodiscard]] std::vector<Moment> stopsOf(const Trace& trace, const BreakPoint& breakPoint);

}  // namespace tcplab
