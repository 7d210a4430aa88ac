#pragma once

#include "sim/base/side.h"
#include "sim/base/time.h"
#include "sim/tcp/clause.h"
#include "sim/tcp/state.h"
#include "sim/wire/address.h"
#include "sim/wire/link_type.h"
#include "sim/wire/segment.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

// The one kind of record: what a simulation, a capture file and a run against a kernel all leave.
// Unknown is empty, never zero.
namespace tcplab {

enum class Origin : std::uint8_t { Simulated, Captured };
enum class Certainty : std::uint8_t { Known, Inferred };

using ConnectionId = std::uint32_t;  ///< 0-based, in order of first packets.
using PacketId = std::uint32_t;  ///< 1-based: the number in the file, or the order of departure.
using CallId = std::uint32_t;

/// A position of the cursor. Position n shows what the first n steps did: choices of the simulated
/// world, or packets of a capture. 0 shows nothing yet.
using Moment = std::uint32_t;

struct Connection {
    ConnectionId id = 0;
    PerSide<wire::SocketAddress> ends{};
    PerSide<tcp::State> initial{{tcp::State::Closed, tcp::State::Closed}};  ///< At moment 0.
    bool clientGuessed = false;  ///< No SYN was seen that says who opened.
};

struct Sighting {
    Instant at{};
    Moment moment = 0;
    friend bool operator==(const Sighting&, const Sighting&) = default;
};

/// What is known of a packet's journey. A simulation knows departure and end; a capture knows only
/// when it was seen.
struct Transit {
    std::optional<Sighting> departed{};
    std::optional<Sighting> seen{};
    std::optional<Sighting> arrived{};
    std::optional<Sighting> lost{};
};

/// Where a packet's octets lie in the store that the record is kept with; while a capture is read,
/// that is its file.
struct OctetRange {
    static constexpr std::uint64_t kNowhere = UINT64_MAX;  ///< They were put together.

    std::uint64_t offset = 0;
    std::uint32_t length = 0;
};

/// What a TCP header says, with numbers relative to the direction's ISN, unwrapped to 64 bits.
struct TcpNumbers {
    Flags flags{};
    std::int64_t seq = 0;
    std::optional<std::int64_t> ack{};  ///< Empty where the ACK bit is off.
    std::uint32_t seqRaw = 0;
    std::uint32_t ackRaw = 0;
    std::uint32_t len = 0;     ///< Octets of payload, as the IP header tells, captured or not.
    std::uint32_t window = 0;  ///< Scaled where the scale is known.
};

/// A TCP packet that was sent.
struct Packet {
    PacketId number = 0;
    ConnectionId connection = 0;
    Side from{};
    TcpNumbers tcp{};
    Transit transit{};
    /// Of its sender: the state once it has sent this packet. Of the other end: what is known or
    /// can be told of it by then.
    PerSide<tcp::State> states{};
    bool certain = true;  ///< False where the states are a guess.
    std::optional<PacketId> retransmissionOf{};
    wire::LinkType link = wire::LinkType::Ethernet;
    OctetRange octets{};
    std::uint32_t originalLength = 0;  ///< Octets on the wire; octets.length may be fewer.
};

// What may happen at an end of a connection.

struct Sent {
    PacketId packet = 0;
};
struct Arrived {
    PacketId packet = 0;
};
struct Lost {
    PacketId packet = 0;
};  ///< Told of its sender.
struct Discarded {
    PacketId packet = 0;
};  ///< It arrived and was not taken.
struct Entered {
    tcp::State from{}, to{};
};
/// A program calls. Where the call waits, its Returned is of a later moment.
struct Called {
    CallId call = 0;
    std::string text{};
};  ///< "send(12)"
struct Returned {
    CallId call = 0;
    std::string text{}, result{};
};  ///< "recv()", "5"
struct Armed {
    std::string_view timer{};
    Instant due{};
};
struct Disarmed {
    std::string_view timer{};
};
struct Fired {
    std::string_view timer{};
};
/// A variable of the TCB that this moment changed, under the RFC's name: "SND.UNA". Sequence
/// numbers are raw here; `isSequence` says that a view may show them relative.
struct VariableChanged {
    std::string_view name{};
    std::uint64_t before = 0;
    std::uint64_t after = 0;
    bool isSequence = false;
};

using Happening = std::variant<Sent,
                               Arrived,
                               Lost,
                               Discarded,
                               Entered,
                               Called,
                               Returned,
                               Armed,
                               Disarmed,
                               Fired,
                               VariableChanged>;

/// Something that happened at one end, with the reason.
struct Entry {
    Instant at{};
    Moment moment = 0;
    ConnectionId connection = 0;
    Side side{};
    std::optional<PacketId> cause{};  ///< The packet that brought it about.
    Certainty certainty = Certainty::Known;
    tcp::Clause why{};
    Happening what{};
};

/// Takes the record as it is made. The row printer, the file writer and Trace are sinks.
class Sink {
public:
    virtual ~Sink() = default;
    /// Comes before the first packet or entry of the connection.
    virtual void connection(const Connection& connection) = 0;
    /// `octets` are valid during the call.
    virtual void packet(const Packet& packet, Octets octets) = 0;
    virtual void entry(const Entry& entry) = 0;

protected:
    Sink() = default;
    Sink(const Sink&) = default;
    Sink& operator=(const Sink&) = default;
};

}  // namespace tcplab
