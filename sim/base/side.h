#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tcplab {

/// An end of a connection. The client is who opened it; in a simultaneous open, who was first.
enum class Side : std::uint8_t { Client, Server };
inline constexpr std::array kSides{Side::Client, Side::Server};

[[nodiscard]] constexpr Side other(Side side) {
    return side == Side::Client ? Side::Server : Side::Client;
}
[[nodiscard]] constexpr std::size_t index(Side side) {
    return static_cast<std::size_t>(side);
}
/// "client" or "server"
[[nodiscard]] constexpr std::string_view toString(Side side) {
    return side == Side::Client ? "client" : "server";
}

/// A value for each end of a connection.
template <class T>
struct PerSide {
    std::array<T, 2> values{};
    [[nodiscard]] constexpr T& operator[](Side side) { return values[index(side)]; }
    [[nodiscard]] constexpr const T& operator[](Side side) const { return values[index(side)]; }
    friend bool operator==(const PerSide&, const PerSide&) = default;
};

}  // namespace tcplab
