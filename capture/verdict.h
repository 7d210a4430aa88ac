#pragma once

#include "capture/flow.h"
#include "sim/base/text.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tcplab::capture {

/// What a flow came to.
struct Outcome {
    enum class Kind : std::uint8_t {
        Reset,       ///< A RST ended it.
        Refused,     ///< A RST answered the SYN.
        Unanswered,  ///< Nobody answered the SYN.
        HalfClosed,  ///< One end has closed, the other has not.
        Open,        ///< Nobody has closed.
        Closed,      ///< Both have.
    };
    Kind kind = Kind::Open;
    std::optional<Side> by{};  ///< Who did it, or did it first; empty where both or neither did.
    /// The capture has no packet of this end, so that nobody knows what it did.
    std::optional<Side> unseen{};
    friend bool operator==(const Outcome&, const Outcome&) = default;
};
[[nodiscard]] Outcome outcomeOf(const Flow& flow);
/// "reset by the server"
[[nodiscard]] const Text& shortVerdict(Outcome outcome);

/// What happened to a flow, and what is wrong if anything: one sentence that cites packets.
[[nodiscard]] std::string verdict(const Flow& flow, Language language);

/// How much of it deserves a look: flows with more trouble come first. 0 where there is none.
[[nodiscard]] std::uint64_t trouble(const Flow& flow);

}  // namespace tcplab::capture
