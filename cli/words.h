#pragma once

#include "sim/base/text.h"
#include "sim/trace/label.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::cli {

/// A check that an option's value is one of these, which have static storage.
[[nodiscard]] CLI::Validator oneOf(std::vector<std::string_view> known);

/// The words of a check that oneOf() made; empty where another made it.
[[nodiscard]] std::vector<std::string> wordsOf(const CLI::Validator& check);

/// A check that an option's value is a whole number in decimal digits and in this range, both ends
/// included.
[[nodiscard]] CLI::Validator wholeNumber(std::uint64_t least = 0, std::uint64_t most = UINT32_MAX);

/// A check that an option's value is a time: "1.5s".
[[nodiscard]] CLI::Validator validTime();

/// A check that a parser, whose errors are sentences, takes an option's value.
template <class Parse>
[[nodiscard]] CLI::Validator validBy(Parse parse) {
    return CLI::Validator{[parse](const std::string& word) {
                              const auto parsed = parse(word);
                              return parsed ? std::string{} : parsed.error().what;
                          },
                          ""};
}

/// A check that a framing is written rightly, "auto" included.
[[nodiscard]] CLI::Validator validFraming();

/// The RFC's names of the states.
[[nodiscard]] std::vector<std::string_view> stateNames();

/// The names of the notations of packets, and the one with this name, which is one of them.
[[nodiscard]] std::vector<std::string_view> notationNames();
[[nodiscard]] Notation notationNamed(std::string_view name);

/// "client" or "server", for people.
[[nodiscard]] std::string_view sideName(Side side, Language language);

/// "en" or "zh_CN"; where the name is empty, the language of the user's locale.
[[nodiscard]] Language languageNamed(std::string_view name);

/// What was wrong with the command line that `app` has failed to parse, and where to look.
[[nodiscard]] std::string explain(const CLI::App& app, const CLI::ParseError& error);

}  // namespace tcplab::cli
