#pragma once

#include "capture/rules.h"
#include "sim/base/error.h"
#include "sim/base/expected.h"

#include <string_view>

namespace tcplab::cli {

/// Reads a rules file (docs/testing.md). `origin` names it in errors, which say line, column and
/// the nearest right word.
[[nodiscard]] Expected<capture::Rules, Error> parseRules(std::string_view toml,
                                                         std::string_view origin);

}  // namespace tcplab::cli
