#pragma once

#include "sim/base/time.h"
#include "sim/wire/stack.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace tcplab::wire {

/// A datagram that was put together.
struct Datagram {
    std::vector<std::uint8_t> octets{};  ///< From its IP header on, as if it had never been cut up.
    std::size_t fragments = 0;           ///< How many it came in.
};

/// Puts the fragments of IP datagrams together (RFC 791 3.2, RFC 8200 4.5). Where IPv4 fragments
/// overlap, what arrived later counts; IPv6 datagrams with overlapping fragments are given up as a
/// whole (RFC 5722). Both time and memory have a limit, so that hostile fragments cost no more.
class Reassembler {
public:
    struct Limits {
        Duration ipv4 = std::chrono::seconds{30};  ///< From the first fragment to the last.
        Duration ipv6 = std::chrono::seconds{60};
        std::size_t datagrams = 1024;  ///< Waiting at once; the oldest ones are given up.
        std::size_t octets = std::size_t{4} << 20;  ///< Kept of all of them.
    };

    Reassembler() = default;
    explicit Reassembler(const Limits& limits) : limits_{limits} {}

    /// Takes a frame that came at this time. Where its outermost fragment is the last one that a
    /// datagram waits for: the whole datagram. Fragments that were not captured to their end are
    /// passed over.
    [[nodiscard]] std::optional<Datagram> take(const Layers& layers, Instant at);

    /// Whether the frame holds a fragment that take() would look at.
    [[nodiscard]] static bool isFragment(const Layers& layers) {
        return fragmentIn(layers).has_value();
    }

    /// Datagrams that wait for more, and those whose fragments are no longer taken.
    [[nodiscard]] std::size_t waiting() const { return partial_.size(); }

private:
    struct Key {
        IpAddress source{};
        IpAddress destination{};
        std::uint32_t identification = 0;
        std::uint8_t protocol = 0;  ///< IPv4 only.
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    /// Octets of the payload, `to` not included.
    struct Range {
        std::size_t from = 0;
        std::size_t to = 0;
        friend bool operator==(const Range&, const Range&) = default;
    };
    struct Fragment {
        Key key{};
        Octets header{};               ///< What comes before the payload in the whole datagram.
        std::size_t nextHeaderAt = 0;  ///< IPv6: where in it the payload is announced,
        std::uint8_t nextHeader = 0;   ///< and as what.
        Range range{};
        bool more = false;
        Octets payload{};
    };
    struct Partial {
        std::uint64_t age = 0;
        Instant since{};
        std::vector<std::uint8_t> header{};  ///< Of the fragment with the first octets.
        std::vector<std::uint8_t> payload{};
        std::vector<Range> have{};  ///< In order; of IPv4 joined where they touch.
        std::size_t covered = 0;    ///< Octets in them.
        std::optional<std::size_t> length{};
        std::size_t fragments = 0;
        bool givenUp = false;  ///< Those still to come are not taken either.
    };

    [[nodiscard]] static std::optional<Fragment> fragmentIn(const Layers& layers);
    [[nodiscard]] static std::optional<Fragment> readIpv4(const Layers& layers, const Layer& layer);
    [[nodiscard]] static std::optional<Fragment> readIpv6(const Layers& layers, const Layer& layer);
    [[nodiscard]] static bool contradicts(const Partial& partial, const Fragment& fragment);
    static void keepHeader(Partial& partial, const Fragment& fragment);
    static void join(Partial& partial, Range range, bool whereTheyTouch);
    [[nodiscard]] static Datagram wholeOf(Partial& partial, std::uint8_t version);

    [[nodiscard]] Partial& partialOf(const Key& key, Instant at);
    void giveUp(Partial& partial);
    void forget(const Key& key);
    void forgetExpired(Instant at);
    [[nodiscard]] bool isOver(const Key& key, const Partial& partial, Instant at) const;

    Limits limits_{};
    std::map<Key, Partial> partial_{};
    std::map<std::uint64_t, Key> ages_{};  ///< The same ones, oldest first.
    std::uint64_t nextAge_ = 0;
    std::size_t octets_ = 0;  ///< Of all payloads that are kept.
};

}  // namespace tcplab::wire
