#pragma once

#include "sim/wire/address.h"

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
    /// Ports first: they differ where addresses do not.
    friend bool operator==(const FlowKey& a, const FlowKey& b) {
        return a.low.port == b.low.port && a.high.port == b.high.port && a.low.ip == b.low.ip &&
               a.high.ip == b.high.ip;
    }
};

struct FlowKeyHash {
    [[nodiscard]] std::size_t operator()(const FlowKey& key) const {
        // Each word is mixed by itself, so that none waits for the one before.
        std::uint64_t hash = mix(std::uint64_t{key.low.port} << 16 | key.high.port) +
                             mix(word(key.low.ip, 0) + kStep) +
                             mix(word(key.high.ip, 0) + 2 * kStep);
        if (key.low.ip.version == 6) {
            hash += mix(word(key.low.ip, 8) + 3 * kStep) + mix(word(key.high.ip, 8) + 4 * kStep);
        }
        return hash;
    }

private:
    // The step and the finisher of SplitMix64.
    static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15;

    [[nodiscard]] static std::uint64_t word(const wire::IpAddress& ip, std::size_t offset) {
        std::uint64_t octets = 0;
        std::memcpy(&octets, &ip.octets[offset], sizeof octets);
        return octets;
    }
    [[nodiscard]] static constexpr std::uint64_t mix(std::uint64_t x) {
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }
};

}  // namespace tcplab::capture
