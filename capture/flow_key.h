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
        return b < a ? FlowKey{b, a} : FlowKey{a, b};
    }
    friend bool operator==(const FlowKey&, const FlowKey&) = default;
};

struct FlowKeyHash {
    [[nodiscard]] std::size_t operator()(const FlowKey& key) const {
        std::uint64_t hash = (std::uint64_t{key.low.port} << 16 | key.high.port) << 8;
        hash |= key.low.ip.version;
        for (const wire::IpAddress* ip : {&key.low.ip, &key.high.ip}) {
            for (const std::size_t half : {0U, 8U}) {
                std::uint64_t word = 0;
                std::memcpy(&word, &ip->octets[half], sizeof word);
                hash = mix(hash ^ word);
            }
        }
        return hash;
    }

private:
    // The finisher of SplitMix64.
    [[nodiscard]] static constexpr std::uint64_t mix(std::uint64_t x) {
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }
};

}  // namespace tcplab::capture
