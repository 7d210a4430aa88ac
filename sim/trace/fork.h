#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/net/world.h"
#include "sim/trace/record.h"

#include <string>
#include <string_view>

namespace tcplab {

/// Where a run leaves its course: after the first `at` steps this choice is taken, as a step of its
/// own, and the scheduler goes on from there.
struct Fork {
    Moment at = 0;
    net::Choice choice{};
    friend bool operator==(const Fork&, const Fork&) = default;
};

/// Reads "drop 4", "delay 4 50ms", "duplicate 4", "corrupt 4", where 4 is a packet's number, or a
/// call that a host makes: "call client send 100", "call server close". The error names the word
/// that is wrong and the nearest right one.
[[nodiscard]] Expected<net::Choice, Error> parseTurn(std::string_view text);

/// Reads "STEP: TURN", as in "5: drop 4".
[[nodiscard]] Expected<Fork, Error> parseFork(std::string_view text);

/// As it is written: "drop 4", and "5: drop 4". Choices that the scheduler makes have words too:
/// "deliver 4", "client retransmission timeout", "client's next call".
[[nodiscard]] std::string toString(const net::Choice& choice);
[[nodiscard]] std::string toString(const Fork& fork);

}  // namespace tcplab
