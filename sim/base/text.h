#pragma once

#include <cstdint>
#include <string_view>

namespace tcplab {

enum class Language : std::uint8_t { English, Chinese };

/// A sentence for people in both languages, with static storage.
struct Text {
    std::string_view en{};
    std::string_view zh{};  ///< zh_CN

    [[nodiscard]] constexpr std::string_view in(Language language) const {
        return language == Language::Chinese ? zh : en;
    }
    friend constexpr bool operator==(const Text&, const Text&) = default;
};

}  // namespace tcplab
