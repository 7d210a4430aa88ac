#pragma once

#include "sim/base/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab::tcp {

enum class Timer : std::uint8_t {
    Retransmission,  ///< RFC 6298
    LossProbe,       ///< RFC 8985 7: the last segments are unacknowledged for long.
    Reordering,      ///< RFC 8985 6.2: what is missing may still be on its way.
    Persist,         ///< RFC 9293 3.8.6.1: the peer's window is closed.
    DelayedAck,      ///< RFC 9293 3.8.6.3: an ACK waits for company.
    TimeWait,        ///< RFC 9293 3.4.2: 2 MSL
    KeepAlive,       ///< RFC 9293 3.8.4
    User,            ///< RFC 9293 3.9.1.1: the timeout of the OPEN call.
    FinWait2,        ///< A program that is gone waits for the peer's FIN.
};
inline constexpr std::array kTimers{Timer::Retransmission,
                                    Timer::LossProbe,
                                    Timer::Reordering,
                                    Timer::Persist,
                                    Timer::DelayedAck,
                                    Timer::TimeWait,
                                    Timer::KeepAlive,
                                    Timer::User,
                                    Timer::FinWait2};

[[nodiscard]] constexpr std::string_view toString(Timer timer) {
    constexpr std::array<std::string_view, kTimers.size()> kNames{"retransmission",
                                                                  "loss-probe",
                                                                  "reordering",
                                                                  "persist",
                                                                  "delayed-ack",
                                                                  "time-wait",
                                                                  "keep-alive",
                                                                  "user",
                                                                  "fin-wait-2"};
    return kNames[static_cast<std::size_t>(timer)];
}

/// When each timer runs out; empty where it does not run.
class TimerTable {
public:
    [[nodiscard]] std::optional<Instant> due(Timer timer) const {
        return due_[static_cast<std::size_t>(timer)];
    }
    void set(Timer timer, std::optional<Instant> due) {
        due_[static_cast<std::size_t>(timer)] = due;
    }
    friend bool operator==(const TimerTable&, const TimerTable&) = default;

private:
    std::array<std::optional<Instant>, kTimers.size()> due_{};
};

}  // namespace tcplab::tcp
