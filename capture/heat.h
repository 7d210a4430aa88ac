#pragma once

#include "capture/index.h"

#include <array>
#include <optional>
#include <span>

// Where the flows of a capture went in the state diagram, as far as Observer can tell.
namespace tcplab::capture {

/// A place in the diagram: a state, or a change of it.
struct Passage {
    std::optional<tcp::State> from{};  ///< Empty: the state itself, wherever one came from.
    tcp::State to{};
    friend bool operator==(const Passage&, const Passage&) = default;
};

/// The declared changes of which it speaks; none where there is no such change.
[[nodiscard]] Ways waysOf(const Passage& passage);

/// Whether an end of the flow went there; a state in which it began counts as well.
[[nodiscard]] bool wentThrough(const FlowRow& flow, const Passage& passage);

/// How many flows went through each place.
struct Heat {
    std::uint32_t flows = 0;  ///< All of them.
    std::array<std::uint32_t, tcp::kTransitions.size()> changes{};
    std::array<std::uint32_t, tcp::kStates.size()> states{};  ///< In the order of kStates.

    [[nodiscard]] std::uint32_t of(const Passage& passage) const;
};
[[nodiscard]] Heat heatOf(std::span<const FlowRow> flows);

}  // namespace tcplab::capture
