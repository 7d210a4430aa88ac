#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab::tcp {

/// The states of RFC 9293 3.3.2, in the order in which the RFC lists them.
enum class State : std::uint8_t {
    Listen,
    SynSent,
    SynReceived,
    Established,
    FinWait1,
    FinWait2,
    CloseWait,
    Closing,
    LastAck,
    TimeWait,
    Closed,
};

inline constexpr std::array kStates{
    State::Listen,
    State::SynSent,
    State::SynReceived,
    State::Established,
    State::FinWait1,
    State::FinWait2,
    State::CloseWait,
    State::Closing,
    State::LastAck,
    State::TimeWait,
    State::Closed,
};

/// The RFC's name: "FIN-WAIT-2".
[[nodiscard]] constexpr std::string_view toString(State state) {
    constexpr std::array<std::string_view, kStates.size()> kNames{
        "LISTEN",
        "SYN-SENT",
        "SYN-RECEIVED",
        "ESTABLISHED",
        "FIN-WAIT-1",
        "FIN-WAIT-2",
        "CLOSE-WAIT",
        "CLOSING",
        "LAST-ACK",
        "TIME-WAIT",
        "CLOSED",
    };
    return kNames[static_cast<std::size_t>(state)];
}

/// The state with this RFC name, or nothing.
[[nodiscard]] constexpr std::optional<State> stateNamed(std::string_view name) {
    for (const State state : kStates)
        if (toString(state) == name) return state;
    return std::nullopt;
}

}  // namespace tcplab::tcp
