#pragma once

#include "sim/base/side.h"
#include "sim/base/time.h"
#include "sim/wire/ecn.h"
#include "sim/wire/segment.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace tcplab::net {

/// A segment on its way.
struct InFlight {
    std::uint32_t number = 0;  ///< 1-based, in order of departure over both directions.
    Side to{};
    Segment segment{};
    Instant due{};         ///< When it reaches the far end.
    bool doomed = false;   ///< It is lost there.
    bool corrupt = false;  ///< Its checksum will be wrong there.
    wire::Ecn ecn = wire::Ecn::NotEct;
    friend bool operator==(const InFlight&, const InFlight&) = default;
};

/// What is on its way, by `due`, then in order of departure. Each direction has a queue of its own,
/// in which packets seldom pass others: pushing and taking the first costs the same however many
/// there are.
class DueQueue {
public:
    [[nodiscard]] bool empty() const;
    [[nodiscard]] std::size_t size() const;
    /// The one that is due first. The queue is not empty.
    [[nodiscard]] const InFlight& front() const;
    void push(InFlight packet);
    [[nodiscard]] bool contains(std::uint32_t number) const;
    /// Takes out the packet with this number, which is there; of two copies the one due first.
    [[nodiscard]] InFlight take(std::uint32_t number);
    /// Of all packets, ascending, each once.
    [[nodiscard]] std::vector<std::uint32_t> numbers() const;

    friend bool operator==(const DueQueue&, const DueQueue&) = default;

private:
    PerSide<std::deque<InFlight>> to_{};  ///< By who receives.
};

}  // namespace tcplab::net
