#pragma once

#include "sim/base/rng.h"
#include "sim/base/side.h"
#include "sim/net/due_queue.h"
#include "sim/net/link.h"
#include "sim/net/program.h"
#include "sim/tcp/endpoint.h"
#include "sim/wire/address.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace tcplab::net {

/// One end: a machine and the program above it.
struct Host {
    wire::IpAddress address{};
    tcp::Config config{};
    std::optional<Seq> iss{};  ///< Fixed by the scenario; else drawn.
    tcp::Endpoint endpoint{};
    /// When each state was entered for the first time.
    std::array<std::optional<Instant>, tcp::kStates.size()> enteredAt{};

    std::shared_ptr<const Program> program = std::make_shared<const Program>();
    std::size_t nextCall = 0;
    bool waiting = false;          ///< program[nextCall] has begun and not returned.
    std::uint32_t callNumber = 0;  ///< Of the call that waits.
    Instant freeSince{};           ///< When the last call returned.
    /// How the connection ended for the program, until a call tells it.
    std::optional<std::string_view> failure{};

    friend bool operator==(const Host&, const Host&);
};

/// Two hosts and the wire between them. A value: comparing and copying it is the time machine.
struct World {
    PerSide<Host> hosts{};
    PerSide<Link> links{};  ///< By who sends.
    DueQueue inFlight{};
    Rng rng{1};
    Instant now{};
    std::uint32_t departed = 0;  ///< Segments sent so far.
    std::uint32_t called = 0;    ///< Calls begun so far.

    friend bool operator==(const World&, const World&) = default;
};

// All that may happen next. The scheduler picks one; an explorer tries all.

/// The packet with this number reaches the far end; of two copies, one.
struct Deliver {
    std::uint32_t packet = 0;
    friend bool operator==(const Deliver&, const Deliver&) = default;
};
/// It does not.
struct Drop {
    std::uint32_t packet = 0;
    friend bool operator==(const Drop&, const Drop&) = default;
};
/// A timer runs out.
struct Fire {
    Side side{};
    tcp::Timer timer{};
    friend bool operator==(const Fire&, const Fire&) = default;
};
/// The program makes its next call.
struct MakeCall {
    Side side{};
    friend bool operator==(const MakeCall&, const MakeCall&) = default;
};

// What nobody planned, for whoever wants another future. It takes no time.

/// A fault befalls a packet that is on its way: it will be lost at the far end, take `extra`
/// longer, arrive twice, or arrive damaged. Of two copies the one that is due first.
struct Befall {
    std::uint32_t packet = 0;
    Fault::Kind kind{};
    Duration extra{};  ///< Delay only.
    friend bool operator==(const Befall&, const Befall&) = default;
};
/// A call that nobody planned. One that may wait becomes the next of the program, if none waits.
struct Interject {
    Side side{};
    Call call{};
    friend bool operator==(const Interject&, const Interject&) = default;
};
using Choice = std::variant<Deliver, Drop, Fire, MakeCall, Befall, Interject>;

/// Whether the choice can be taken in this world.
[[nodiscard]] bool isOpen(const World& world, const Choice& choice);

// What a step did, in order, for whoever records it.

struct PacketArrived {
    std::uint32_t packet = 0;
};
struct PacketLost {
    std::uint32_t packet = 0;
};
struct TimerFired {
    tcp::Timer timer{};
};
struct CallBegan {
    std::uint32_t call = 0;
    std::string text{};
};
/// The call that began under this number returns: a count, "0", or the name of an errno.
struct CallReturned {
    std::uint32_t call = 0;
    std::string text{};
    std::string result{};
};
/// The machine did something. `packet` is the number that a Transmit got.
struct Acted {
    tcp::Action action{};
    std::uint32_t packet = 0;
};
using Deed = std::variant<PacketArrived, PacketLost, TimerFired, CallBegan, CallReturned, Acted>;

struct Outcome {
    Side side{};  ///< At whose end it happened; of a lost packet, its sender.
    std::vector<Deed> deeds{};
};

/// Takes one choice that is open in `world` and advances it, moving `now` to when the choice is
/// due.
[[nodiscard]] Outcome step(World& world, const Choice& choice);

/// When the program's next call can be made; empty where it waits for something, or has ended.
[[nodiscard]] std::optional<Instant> callDue(const World& world, Side side);

}  // namespace tcplab::net
