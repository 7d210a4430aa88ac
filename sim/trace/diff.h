#pragma once

#include "sim/trace/trace.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace tcplab {

/// A place in each of two records; empty where a record has ended, or has no such thing.
template <class T>
struct InBoth {
    std::optional<T> a{};
    std::optional<T> b{};
    friend bool operator==(const InBoth&, const InBoth&) = default;
};

/// A packet that only one of two runs has, or that fared differently in them. Of packets of one end
/// with the same control bits, relative sequence number and length the first is paired with the
/// first, the second with the second, and so on.
struct PacketDiff {
    InBoth<PacketId> packet{};
    // Of one that both have: what is not the same.
    bool sent = false;    ///< When it left.
    bool fate = false;    ///< Whether, when and how often it arrived.
    bool ack = false;     ///< The acknowledgement number.
    bool window = false;  ///< The window.
};

/// How two runs differ. Initial sequence numbers, and the reasons that are given, may differ
/// without being a difference: all numbers are relative.
struct RunDiff {
    /// Where entries() of the two first differ in time, end, or what happened.
    std::optional<InBoth<std::size_t>> first{};
    std::vector<PacketDiff> packets{};  ///< In order of departure.
    /// For each end the states that it went through, where they differ.
    PerSide<std::optional<InBoth<std::vector<tcp::State>>>> states{};

    [[nodiscard]] bool same() const {
        return !first && packets.empty() && !states[Side::Client] && !states[Side::Server];
    }
};

/// Compares the first connection of two simulated records.
[[nodiscard]] RunDiff diff(const Trace& a, const Trace& b);

}  // namespace tcplab
