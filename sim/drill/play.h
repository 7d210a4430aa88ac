#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/drill/runner.h"
#include "sim/net/scenario.h"
#include "sim/trace/trace.h"

#include <optional>
#include <string_view>

namespace tcplab::drill {

/// A script that was run, for whoever shows it like a scenario.
struct Played {
    /// Its name, its title and notes, which are its first comment, and what came of it. No hosts.
    net::Scenario about{};
    Trace trace{Origin::Simulated};  ///< Up to the failure, where it failed.
    Verdict verdict{};
};

/// Runs the script with the profile that its sysctls speak of. `origin` names the text in errors,
/// which say line, column and what was expected; the script's name is its last part.
[[nodiscard]] Expected<Played, Error> play(std::string_view source, std::string_view origin);

/// "Line 12: expected > . 1:1(0) ack 1, got . 1:1(0) ack 2", or that all came as expected.
[[nodiscard]] net::Bilingual toText(const Verdict& verdict);

}  // namespace tcplab::drill
