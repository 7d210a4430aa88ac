#pragma once

#include "sim/base/expected.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tcplab::drill {

/// The value of a name in code, or nothing.
using Lookup = std::function<std::optional<std::int64_t>(std::string_view)>;
/// What code has called by a name, for the code after it: "cwnd = 10", "cwnd += 1".
using CodeVariables = std::map<std::string, std::int64_t, std::less<>>;

struct FalseAssertion {
    std::string expression{};  ///< "tcpi_snd_cwnd == 10"
    std::string values{};      ///< "tcpi_snd_cwnd = 9"
};

/// Carries out what stands between %{ and }%: assertions and assignments, one a line or parted by
/// ";", over numbers and names, with the comparisons (chained too), arithmetic and logic of Python.
/// Empty: all hold. The error says what is used that is not there.
[[nodiscard]] Expected<std::optional<FalseAssertion>, std::string> checkCode(
    std::string_view code, const Lookup& lookup, CodeVariables& variables);

}  // namespace tcplab::drill
