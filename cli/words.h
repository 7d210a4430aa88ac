#pragma once

#include "sim/base/text.h"
#include "sim/trace/label.h"

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tcplab::cli {

/// A check that an option's value is one of these, which have static storage.
[[nodiscard]] CLI::Validator oneOf(std::vector<std::string_view> known);

/// The RFC's names of the states.
[[nodiscard]] std::vector<std::string_view> stateNames();

/// The names of the notations of packets, and the one with this name, which is one of them.
[[nodiscard]] std::vector<std::string_view> notationNames();
[[nodiscard]] Notation notationNamed(std::string_view name);

/// "en" or "zh_CN"; where the name is empty, the language of the user's locale.
[[nodiscard]] Language languageNamed(std::string_view name);

/// What was wrong with the command line that `app` has failed to parse, in a sentence.
[[nodiscard]] std::string explain(const CLI::App& app, const CLI::ParseError& error);

}  // namespace tcplab::cli
