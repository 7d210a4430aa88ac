#pragma once

#include "sim/net/scenario.h"
#include "sim/net/world.h"
#include "sim/trace/record.h"

#include <array>
#include <vector>

namespace tcplab {

/// A variable of the TCB as views show it.
struct Variable {
    std::string_view name{};
    std::uint64_t value = 0;
    bool isSequence = false;
    friend bool operator==(const Variable&, const Variable&) = default;
};
using Variables = std::array<Variable, 11>;
[[nodiscard]] Variables variablesOf(const tcp::Tcb& tcb);

/// Turns what steps of a world did into the record: packets as real octets, and entries.
class Recorder {
public:
    /// Tells `sink` of the connection. `sink` outlives the recorder.
    Recorder(const net::Scenario& scenario, const net::World& start, Sink& sink);

    /// `world` is the one in which the step that did `outcome` has just been taken.
    void record(const net::World& world, const net::Outcome& outcome);

private:
    /// The sequence numbers of one direction, unwrapped. Where it had no SYN, what is seen counts
    /// as 1.
    struct Numbers {
        std::optional<Seq> isn{};
        std::int64_t highest = 0;
        std::int64_t sent(const Segment& segment);
        [[nodiscard]] std::int64_t relative(Seq number) const;
    };
    struct SentRange {
        std::int64_t from = 0;
        std::int64_t to = 0;
        PacketId packet = 0;
    };
    void packet(const net::World& world, Side from, PacketId number, const tcp::Transmit& sent);
    void acted(const net::World& world, Entry entry, const net::Acted& deed);
    void variables(const net::World& world, Entry entry);

    Sink& sink_;
    PerSide<wire::SocketAddress> addresses_;
    Moment moment_ = 0;
    PerSide<Variables> variables_{};
    PerSide<Numbers> numbers_{};
    PerSide<std::vector<SentRange>> sent_{};  ///< What occupied sequence space, oldest first.
};

}  // namespace tcplab
