#pragma once

#include "sim/wire/address.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tcplab::capture {

/// The two ends of a connection in an order that does not depend on who sends.
struct FlowKey {
    wire::SocketAddress low{};
    wire::SocketAddress high{};

    [[nodiscard]] static FlowKey of(const wire::SocketAddress& a, const wire::SocketAddress& b) {
        const bool swap = b.port != a.port ? b.port < a.port : b.ip < a.ip;
        return swap ? FlowKey{b, a} : FlowKey{a, b};
    }
    friend bool operator==(const FlowKey&, const FlowKey&) = default;
};

struct FlowKeyHash {
    [[nodiscard]] std::size_t operator()(const FlowKey& key) const {
        std::uint64_t sum = (std::uint64_t{key.low.port} << 16 | key.high.port) * kFactors[0] +
                            word(key.low.ip, 0) * kFactors[1] + word(key.high.ip, 0) * kFactors[2];
        if (key.low.ip.version == 6) {
            sum += word(key.low.ip, 8) * kFactors[3] + word(key.high.ip, 8) * kFactors[4];
        }
        return finish(sum);
    }

private:
    // Odd, and else any: the digits of pi.
    static constexpr std::array<std::uint64_t, 5> kFactors{0x243F6A8885A308D3,
                                                           0x13198A2E03707345,
                                                           0xA4093822299F31D1,
                                                           0x082EFA98EC4E6C89,
                                                           0x452821E638D01377};

    [[nodiscard]] static std::uint64_t word(const wire::IpAddress& ip, std::size_t offset) {
        std::uint64_t octets = 0;
        std::memcpy(&octets, &ip.octets[offset], sizeof octets);
        return octets;
    }
    /// As SplitMix64 does it.
    [[nodiscard]] static constexpr std::uint64_t finish(std::uint64_t x) {
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }
};

}  // namespace tcplab::capture
