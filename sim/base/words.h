#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

// What is typed at a prompt or as one argument: words with blanks between them.
namespace tcplab {

/// Without the blanks at both ends.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r";
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

/// Takes the first word off, and the blanks around it; empty where there is none.
[[nodiscard]] inline std::string_view takeWord(std::string_view& text) {
    text = trimmed(text);
    const std::string_view word = text.substr(0, text.find_first_of(" \t\r"));
    text = trimmed(text.substr(word.size()));
    return word;
}

/// The number that the word is, in decimal digits; nothing where it is not one that fits.
[[nodiscard]] inline std::optional<std::uint32_t> numberIn(std::string_view word) {
    std::uint32_t number = 0;
    const char* end = word.data() + word.size();
    const auto read = std::from_chars(word.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

}  // namespace tcplab
