#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tcplab::wire {

using MacAddress = std::array<std::uint8_t, 6>;

/// "02:00:00:00:00:01"
[[nodiscard]] std::string toString(const MacAddress& address);

/// An IPv4 or IPv6 address. Ordered, so that the two ends of a flow have a canonical order.
struct IpAddress {
    std::array<std::uint8_t, 16> octets{};  ///< In network order; IPv4 uses the first four.
    std::uint8_t version = 4;               ///< 4 or 6

    [[nodiscard]] static constexpr IpAddress v4(std::uint8_t a,
                                                std::uint8_t b,
                                                std::uint8_t c,
                                                std::uint8_t d) {
        return {{a, b, c, d}, 4};
    }
    [[nodiscard]] constexpr std::size_t size() const { return version == 4 ? 4 : 16; }

    friend constexpr auto operator<=>(const IpAddress&, const IpAddress&) = default;
    /// In words, as flows are told apart by it once a packet.
    friend constexpr bool operator==(const IpAddress& a, const IpAddress& b) {
        using Words = std::array<std::uint64_t, 2>;
        return std::bit_cast<Words>(a.octets) == std::bit_cast<Words>(b.octets) &&
               a.version == b.version;
    }
};

/// "192.0.2.1" or "2001:db8::1" (RFC 5952).
[[nodiscard]] std::string toString(const IpAddress& address);
[[nodiscard]] std::optional<IpAddress> parseIpAddress(std::string_view text);

/// An address and a port.
struct SocketAddress {
    IpAddress ip{};
    std::uint16_t port = 0;

    friend constexpr auto operator<=>(const SocketAddress&, const SocketAddress&) = default;
    /// Ports first: they differ where addresses do not.
    friend constexpr bool operator==(const SocketAddress& a, const SocketAddress& b) {
        return a.port == b.port && a.ip == b.ip;
    }
};

/// "192.0.2.1:80" or "[2001:db8::1]:80"
[[nodiscard]] std::string toString(const SocketAddress& address);

}  // namespace tcplab::wire
