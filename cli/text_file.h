#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"

#include <optional>
#include <string>
#include <string_view>

namespace tcplab::cli {

/// All of a file. The error says why not.
[[nodiscard]] Expected<std::string, Error> readText(const std::string& path);

/// Puts the text in the place of what the file holds.
[[nodiscard]] std::optional<Error> writeText(const std::string& path, std::string_view text);

/// Whether both name one file that is there.
[[nodiscard]] bool isSameFile(const std::string& a, const std::string& b);

}  // namespace tcplab::cli
