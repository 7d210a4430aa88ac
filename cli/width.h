#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tcplab::cli {

/// The columns of a terminal that a UTF-8 text takes: Chinese characters and full-width signs take
/// two (Unicode Standard Annex 11).
[[nodiscard]] std::size_t widthOf(std::string_view text);

/// The text with blanks after it, up to this width.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

}  // namespace tcplab::cli
