#pragma once

#include "sim/base/time.h"

namespace tcplab::tcp {

/// For how long a sender had something to send, and for how long of it the peer's window alone held
/// it back (TCP_INFO of Linux has both). A value.
class Chronograph {
public:
    enum class Kind : std::uint8_t { Idle, Busy, WindowLimited };

    void turn(Kind kind, Instant now) {
        if (kind == kind_) return;
        busy_ = busy(now);
        windowLimited_ = windowLimited(now);
        kind_ = kind;
        since_ = now;
    }
    [[nodiscard]] Duration busy(Instant now) const {
        return kind_ == Kind::Idle ? busy_ : busy_ + (now - since_);
    }
    [[nodiscard]] Duration windowLimited(Instant now) const {
        return kind_ == Kind::WindowLimited ? windowLimited_ + (now - since_) : windowLimited_;
    }
    friend bool operator==(const Chronograph&, const Chronograph&) = default;

private:
    Kind kind_ = Kind::Idle;
    Instant since_{};
    Duration busy_{};
    Duration windowLimited_{};
};

}  // namespace tcplab::tcp
