#pragma once

#include "sim/tcp/state.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tcplab::tcp {

/// One edge of the state diagram, labelled as RFC 9293 figure 5 labels it.
struct Transition {
    State from{};
    State to{};
    std::string_view event{};  ///< "rcv FIN", "CLOSE"
    std::string_view sends{};  ///< "ACK of FIN"; empty where nothing is sent.
    bool inFigure5 = true;     ///< False for those that only the text of 3.10 has.
};

/// The declared relation: RFC 9293 figure 5, its notes, and the resets and aborts of 3.10. It is a
/// witness and decides nothing: the machine checks its own changes against it, the observer infers
/// along it, and the state diagram draws it.
inline constexpr std::array kTransitions{
    Transition{State::Closed, State::Listen, "passive OPEN", ""},
    Transition{State::Closed, State::SynSent, "active OPEN", "SYN"},
    Transition{State::Listen, State::SynReceived, "rcv SYN", "SYN,ACK"},
    Transition{State::Listen, State::SynSent, "SEND", "SYN"},
    Transition{State::Listen, State::Closed, "CLOSE", ""},
    Transition{State::SynSent, State::SynReceived, "rcv SYN", "SYN,ACK"},
    Transition{State::SynSent, State::Established, "rcv SYN,ACK", "ACK"},
    Transition{State::SynSent, State::Closed, "CLOSE", ""},
    Transition{State::SynReceived, State::Established, "rcv ACK of SYN", ""},
    Transition{State::SynReceived, State::FinWait1, "CLOSE", "FIN"},
    Transition{State::SynReceived, State::Listen, "rcv RST", ""},
    Transition{State::Established, State::FinWait1, "CLOSE", "FIN"},
    Transition{State::Established, State::CloseWait, "rcv FIN", "ACK"},
    Transition{State::FinWait1, State::FinWait2, "rcv ACK of FIN", ""},
    Transition{State::FinWait1, State::Closing, "rcv FIN", "ACK"},
    Transition{State::FinWait1, State::TimeWait, "rcv FIN,ACK of FIN", "ACK"},
    Transition{State::FinWait2, State::TimeWait, "rcv FIN", "ACK"},
    Transition{State::CloseWait, State::LastAck, "CLOSE", "FIN"},
    Transition{State::Closing, State::TimeWait, "rcv ACK of FIN", ""},
    Transition{State::LastAck, State::Closed, "rcv ACK of FIN", ""},
    Transition{State::TimeWait, State::Closed, "timeout 2MSL", ""},
    Transition{State::SynReceived, State::Closed, "rcv RST", "", false},
    Transition{State::Established, State::Closed, "rcv RST", "", false},
    Transition{State::FinWait1, State::Closed, "rcv RST", "", false},
    Transition{State::FinWait2, State::Closed, "rcv RST", "", false},
    Transition{State::CloseWait, State::Closed, "rcv RST", "", false},
    Transition{State::Closing, State::Closed, "rcv RST", "", false},
};

namespace detail {

/// A bit for each pair of states, as there is a question for every change of state.
inline constexpr auto kDeclared = [] {
    std::array<std::uint32_t, kStates.size()> declared{};
    for (const Transition& edge : kTransitions) {
        declared[static_cast<std::size_t>(edge.from)] |= 1U << static_cast<unsigned>(edge.to);
    }
    return declared;
}();

}  // namespace detail

[[nodiscard]] constexpr bool isDeclared(State from, State to) {
    const std::uint32_t declared = detail::kDeclared[static_cast<std::size_t>(from)];
    return (declared >> static_cast<unsigned>(to) & 1U) != 0;
}

}  // namespace tcplab::tcp
