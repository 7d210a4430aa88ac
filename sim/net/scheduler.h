#pragma once

#include "sim/net/world.h"

#include <optional>

namespace tcplab::net {

/// What is due next and when; empty where nothing will ever happen again. At the same instant
/// packets come first, in order of departure, then timers, then calls, the client before the
/// server.
struct Due {
    Instant at{};
    Choice choice{};
};
[[nodiscard]] std::optional<Due> nextDue(const World& world);

/// Tells where a run ends that nobody ends. Two ends that probe each other, for a window (RFC 9293
/// 3.8.6.1) or to keep alive (3.8.4), may do so for ever.
class Repetition {
public:
    /// So many probes are played of which nothing comes.
    static constexpr int kMostProbes = 20;

    /// What is due next; empty also where only more of the same is.
    [[nodiscard]] std::optional<Due> nextDue(const World& world) const;
    /// To be told of each step, and the world after it.
    void taken(const World& world, const Choice& choice);

private:
    struct Reached {
        tcp::State state{};
        Seq sent{};
        Seq acknowledged{};
        Seq received{};
        std::size_t readable = 0;
        std::size_t call = 0;
        friend bool operator==(const Reached&, const Reached&) = default;
    };
    PerSide<Reached> reached_{};
    int probes_ = 0;  ///< Since something was reached.
};

}  // namespace tcplab::net
